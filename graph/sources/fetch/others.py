"""What other services than Semantic Scholar say of the papers of a fetch, each with a log of answers of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model.corpus import Source
from ..citation_service import CitationService, ReadList, ServiceRules, Wanted
from ..http.client import FetchClient, RequestCounts, cached_outcome, run_crawl
from ..http.outcomes import GiveUp, Outcome
from ..http.request import Request
from ..http.response_cache import ResponseCache
from ..http.transport import Service, Transport
from ..records import Record
from .crawl import FetchOptions
from .observation import check_plan, observation

log = logging.getLogger(__name__)

NOT_REQUESTED = GiveUp("not asked yet")


@dataclass(frozen=True, slots=True)
class OtherService:
    """A service besides Semantic Scholar, and where it is reached."""

    service: CitationService
    at: Service


@dataclass(frozen=True, slots=True)
class ServiceAnswers:
    """What one service said: its lists, why no more requests were sent, and how many kept answers were damaged."""

    service: CitationService
    source: Source
    lists: tuple[ReadList, ...]
    outage: str | None = None
    damaged: int = 0

    @property
    def unfinished(self) -> bool:
        """Whether a later run may find more."""
        return any(each.failed for each in self.lists)


@dataclass(frozen=True, slots=True)
class Run:
    """How a run goes: `counts` are those of all services, and the rest is as `graph.sources.fetch.fetch` has it."""

    update: bool
    reparse: bool
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    progress: Callable[[RequestCounts], None] | None
    on_phase: Callable[[str, int], None]
    counts: RequestCounts


class Conversation:
    """An open log of one service's answers, and the client that goes on from there."""

    def __init__(self, other: OtherService, cache: ResponseCache, send: Transport, source: Source, run: Run) -> None:
        self.service, self.source, self.cache = other.service, source, cache
        self._run = run
        self._lists: tuple[ReadList, ...] = ()
        self._rules = ServiceRules(other.service, other.at.key is not None)
        self._client = FetchClient(
            cache,
            send.send,
            self._rules,
            sleep=run.sleep,
            clock=run.clock,
            progress=run.progress,
            needed=False,
            counts=run.counts,
        )

    def ask(self, papers: Sequence[Record], wanted: Wanted) -> tuple[ReadList, ...]:
        """The lists of some papers; they are also remembered for `answers`."""
        expected = self.service.expected(len(papers), wanted)
        self._run.on_phase(self.service.label, sum(expected.values()))
        found = run_crawl(self.service.crawl(papers, wanted, self.source), self._outcome)
        self._lists += found
        return found

    def answers(self) -> ServiceAnswers:
        """All that it said so far."""
        return ServiceAnswers(self.service, self.source, self._lists, self._client.outage, self.cache.damaged)

    def finish(self) -> None:
        """Say that the corpus was written, unless the service had stopped answering."""
        if not self._client.outage and not self._run.reparse:
            self.cache.finish()

    def _outcome(self, request: Request) -> Outcome[Any]:
        if self._run.reparse:
            return cached_outcome(self.cache, request, self._rules) or NOT_REQUESTED
        return self._client(request)


@contextmanager
def conversation(other: OtherService, to: Path, plan: Mapping[str, Any], note: str, run: Run) -> Iterator[Conversation]:
    """A conversation with a service, whose answers are kept in ``raw/`` and its name.

    Raises `InputError` as `graph.sources.fetch.fetch` does.
    """
    import requests

    folder = folder_of(other.service, to)
    if run.reparse and not (folder / "answers.jsonl").is_file():
        raise InputError(
            f"no answers of {other.service.label} to parse again",
            where=str(to),
            remedy="fetch first, without --reparse, or leave it out of --from",
        )
    with ResponseCache(folder) as cache, requests.Session() as session:
        observed = observation(cache, run.clock, update=run.update, reparse=run.reparse, to=to)
        check_plan(cache, plan, reparse=run.reparse)
        kind, label = other.service.kind, other.service.label
        source = Source(f"{kind}:{observed}", kind, f"{label}, observed {observed}", observed, note)
        transport = Transport(session, other.at, read_seconds=other.service.read_seconds)
        yield Conversation(other, cache, transport, source, run)


def folder_of(service: CitationService, to: Path) -> Path:
    """Where the answers of a service are kept in the folder of a corpus."""
    return to / "raw" / service.kind


def wanted_of(options: FetchOptions) -> Wanted:
    """What other services are asked for; their citations say neither how influential they are nor since when."""
    plain = options.citations and not options.influential_only and options.since is None
    return Wanted(options.references, plain, options.most_citations)


def references_alone(wanted: Wanted) -> Wanted:
    """What is asked about papers outside the list."""
    return replace(wanted, citations=False)


def is_entry(record: Record) -> bool:
    """Whether a record is that of an entry of the list."""
    return record.record_id.startswith("list#")
