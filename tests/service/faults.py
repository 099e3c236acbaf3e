"""What can go wrong with one answer. A fault is a value that turns the right answer into a wrong one.

Fault
+-- TooManyRequests, ServerError, HtmlPage, Oversized, Canned   another answer instead
+-- Slow, Truncated, Dropped                               the right answer, badly delivered
+-- ElidedReferences, NullIds, ChangedId, WrongTypes,
|   UnknownFields, NotANumber, LoneSurrogate, Nested,
|   NotJson, EmptyBody                                     another body with status 200
+-- NewCiter                                               the right answer; the next differ
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Literal

from .records import CitationRecord, PaperRecord, made_up_sha
from .wire import Answer, Request, error, gateway_error
from .world import ScholarWorld

_TOO_MANY = (
    "Too Many Requests. Please wait and try again or apply for a key for higher rate limits. "
    "https://www.semanticscholar.org/product/api#api-key-form"
)
_EDGE_PAGE = (
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">\n'
    "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD>\n"
    "<BODY><H1>{status} ERROR</H1><H2>The request could not be satisfied.</H2></BODY></HTML>\n"
)
_MESSAGES = {500: "Internal Server Error", 504: "Endpoint request timed out"}


@dataclass(frozen=True)
class Fault:
    """The base of all faults."""

    def apply(self, request: Request, answer: Answer) -> Answer:
        """The answer that is sent instead of the right one."""
        raise NotImplementedError

    def world_after(self, world: ScholarWorld) -> ScholarWorld:
        """The world after this answer; most faults do not change it."""
        return world

    @property
    def name(self) -> str:
        """The name in the log."""
        return type(self).__name__

    @property
    def harmless(self) -> bool:
        """Whether the client got the right answer nevertheless."""
        return False


@dataclass(frozen=True)
class TooManyRequests(Fault):
    """429, with a Retry-After (seconds, or a date as text) when one is given; `bare` is the other body seen."""

    retry_after: float | str | None = None
    bare: bool = False

    def apply(self, request: Request, answer: Answer) -> Answer:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.bare:
            return gateway_error(429, "Too Many Requests", **headers)
        return gateway_error(429, _TOO_MANY, code="429", **headers)


@dataclass(frozen=True)
class ServerError(Fault):
    """500, 502, 503 or 504; 502 and 503 come as HTML, the others as JSON, unless `body` says otherwise."""

    status: int = 500
    body: Literal["json", "html", "empty"] | None = None
    retry_after: float | str | None = None

    def apply(self, request: Request, answer: Answer) -> Answer:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        kind = self.body or ("html" if self.status in {502, 503} else "json")
        if kind == "json":
            return gateway_error(self.status, _MESSAGES.get(self.status, "Service Unavailable"), **headers)
        text = _EDGE_PAGE.format(status=self.status) if kind == "html" else ""
        return Answer(self.status, text.encode(), "text/html", headers)

    @property
    def name(self) -> str:
        return f"ServerError {self.status}"


@dataclass(frozen=True)
class HtmlPage(Fault):
    """A web page with status 200, as captive portals and proxies send it."""

    def apply(self, request: Request, answer: Answer) -> Answer:
        return Answer(200, b"<!doctype html><html><title>Sign in</title><p>Welcome to the network.</html>", "text/html")


@dataclass(frozen=True)
class Oversized(Fault):
    """400, as for more than 10 MB, for every page and batch of more than `rows`."""

    rows: int = 100

    def apply(self, request: Request, answer: Answer) -> Answer:
        if request.path.endswith("/batch"):
            asked = len(json.loads(request.body)["ids"])
        else:
            asked = int(request.params.get("limit", "100"))
        return error(400, "Response would exceed maximum size....") if asked > self.rows else answer


@dataclass(frozen=True)
class Canned(Fault):
    """Another answer, as it was recorded or is documented; `called` is its name in the log."""

    called: str
    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()

    def apply(self, request: Request, answer: Answer) -> Answer:
        return Answer(self.status, self.body.encode(), self.content_type, dict(self.headers))

    @property
    def name(self) -> str:
        return self.called


@dataclass(frozen=True)
class Slow(Fault):
    """The right answer, some seconds late."""

    seconds: float = 0.05

    def apply(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, delay=self.seconds)

    @property
    def harmless(self) -> bool:
        return True


@dataclass(frozen=True)
class Truncated(Fault):
    """The Content-Length of the whole answer, but only a share of its bytes."""

    keep: float = 0.5

    def apply(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, keep=self.keep)


@dataclass(frozen=True)
class Dropped(Fault):
    """The connection closes "before" or "after" the headers, or is "reset"."""

    at: Literal["before", "after", "reset"] = "before"

    def apply(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, dropped=self.at)

    @property
    def name(self) -> str:
        return f"Dropped {self.at}"


@dataclass(frozen=True)
class NewCiter(Fault):
    """After this answer one more paper, the newest, cites `cited`, so that rows are repeated on the next pages."""

    cited: str
    title: str = "A citing paper that came between two pages"
    date: str = "2026-11-01"

    def apply(self, request: Request, answer: Answer) -> Answer:
        return answer

    def world_after(self, world: ScholarWorld) -> ScholarWorld:
        fields = {"title": self.title, "year": int(self.date[:4]), "publicationDate": self.date}
        citer = PaperRecord(made_up_sha(self.title), fields)
        row = CitationRecord(citer.id, self.cited)
        return world if row in world.citations else world.adding(citer, citations=(row,))

    @property
    def harmless(self) -> bool:
        return True
