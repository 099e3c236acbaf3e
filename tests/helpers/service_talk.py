"""Talks with a citation service without a network: recorded answers by the request that they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.model.corpus import Source
from graph.sources.citation_service import CitationService, ReadList, ServiceRules, Wanted
from graph.sources.http.outcomes import Abort, GiveUp, HttpResponse, Outcome, Retry
from graph.sources.http.request import Request
from graph.sources.records import Record

FOLDER = Path(__file__).parents[1] / "recorded"
DAY = "2026-11-29"
Reply = Callable[[Request], HttpResponse | None]


@dataclass(frozen=True)
class Recording:
    """A recorded answer with its request."""

    url: str
    response: HttpResponse

    @property
    def body(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.response.body)


def recording(name: str) -> Recording:
    """The recording of this name, "openalex/work_404_html"."""
    value = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    body = value["body"]
    headers = {name.lower(): text for name, text in value["headers"].items()}
    waits = headers.get("retry-after")
    sent = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Recording(
        value["request"]["url"], HttpResponse(value["status"], sent, float(waits) if waits else None, headers)
    )


def source_of(service: CitationService) -> Source:
    """The source of what a service said on a day."""
    return Source(f"{service.kind}:{DAY}", service.kind, f"{service.label}, observed {DAY}", DAY)


@dataclass
class Talk:
    """A service whose answers are made up: `reply` gives them, and 404 where it gives none."""

    service: CitationService
    reply: Reply
    asked: list[Request] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def lists(self, *papers: Record, **wanted: Any) -> tuple[ReadList, ...]:
        """What the service says of the lists of some papers."""
        crawl = self.service.crawl(papers, Wanted(**wanted), source_of(self.service))
        try:
            request = next(crawl)
            while True:
                request = crawl.send(self._outcome(request))
        except StopIteration as end:
            result: tuple[ReadList, ...] = end.value
            return result

    def _outcome(self, request: Request) -> Outcome[Any]:
        if request.kind in self.closed:
            return GiveUp(self.closed[request.kind], closes=(request.kind,))
        rules = ServiceRules(self.service, has_secret=False)
        for attempt in range(1, 20):
            self.asked.append(request)
            response = self.reply(request) or HttpResponse(404, b"<!doctype html><title>404 Not Found</title>")
            action = rules.choose_action(request, response, attempt=attempt, jitter=0.5)
            if isinstance(action, Abort):
                return GiveUp(action.why)
            if isinstance(action, GiveUp):
                self.closed |= dict.fromkeys(action.closes, action.why)
            if not isinstance(action, Retry):
                return action
            self.waits.append(action.after)
        raise AssertionError(f"{request} is sent without an end")


def by_line(answers: Mapping[str, Any]) -> Reply:
    """Replies by the line of the request, without what it selects: JSON values, recordings, or one after the other."""
    waiting = {line: [*value] if isinstance(value, tuple) else [value] for line, value in answers.items()}

    def reply(request: Request) -> HttpResponse | None:
        values: Sequence[Any] = waiting.get(str(request), ())
        if not values:
            return None
        value = values[0]
        if len(values) > 1:
            waiting[str(request)] = [*values[1:]]
        return value if isinstance(value, HttpResponse) else HttpResponse(200, json.dumps(value).encode())

    return reply
