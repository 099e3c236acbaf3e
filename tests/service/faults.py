"""What can go wrong with one answer. A fault is a value: it takes the right answer and spoils it.

Fault
+-- TooManyRequests, ServerError, HtmlPage, Oversized      another answer instead
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

    def spoil(self, request: Request, answer: Answer) -> Answer:
        """What is sent instead of the right answer."""
        raise NotImplementedError

    def afterwards(self, world: ScholarWorld) -> ScholarWorld:
        """The world after this answer; most faults leave it alone."""
        return world

    @property
    def name(self) -> str:
        """What stands in the log."""
        return type(self).__name__

    @property
    def harmless(self) -> bool:
        """Whether the client got the whole right answer in spite of it."""
        return False


@dataclass(frozen=True)
class TooManyRequests(Fault):
    """429, with a Retry-After (seconds, or a date as text) when one is given; `bare` is the other body seen."""

    retry_after: float | str | None = None
    bare: bool = False

    def spoil(self, request: Request, answer: Answer) -> Answer:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.bare:
            return gateway_error(429, "Too Many Requests", **headers)
        return gateway_error(429, _TOO_MANY, code="429", **headers)


@dataclass(frozen=True)
class ServerError(Fault):
    """500, 502, 503 or 504; 502 and 503 come from the edge as HTML, the others as JSON, unless told."""

    status: int = 500
    body: Literal["json", "html", "empty"] | None = None
    retry_after: float | str | None = None

    def spoil(self, request: Request, answer: Answer) -> Answer:
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
    """A page for people with status 200, as captive portals and proxies send it."""

    def spoil(self, request: Request, answer: Answer) -> Answer:
        return Answer(200, b"<!doctype html><html><title>Sign in</title><p>Welcome to the network.</html>", "text/html")


@dataclass(frozen=True)
class Oversized(Fault):
    """400, as for more than 10 MB, whenever a page or a batch of more than `rows` is asked."""

    rows: int = 100

    def spoil(self, request: Request, answer: Answer) -> Answer:
        if request.path.endswith("/batch"):
            asked = len(json.loads(request.body)["ids"])
        else:
            asked = int(request.params.get("limit", "100"))
        return error(400, "Response would exceed maximum size....") if asked > self.rows else answer


@dataclass(frozen=True)
class Slow(Fault):
    """The right answer, some seconds late."""

    seconds: float = 0.05

    def spoil(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, delay=self.seconds)

    @property
    def harmless(self) -> bool:
        return True


@dataclass(frozen=True)
class Truncated(Fault):
    """A Content-Length for all of it, and only a share of the bytes."""

    keep: float = 0.5

    def spoil(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, keep=self.keep)


@dataclass(frozen=True)
class Dropped(Fault):
    """The connection closes "before" or "after" the headers, or is "reset"."""

    at: Literal["before", "after", "reset"] = "before"

    def spoil(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, dropped=self.at)

    @property
    def name(self) -> str:
        return f"Dropped {self.at}"


@dataclass(frozen=True)
class NewCiter(Fault):
    """After this answer one more paper, the newest, cites `cited`: rows of the next pages repeat."""

    cited: str
    title: str = "A citing paper that came between two pages"
    date: str = "2026-11-01"

    def spoil(self, request: Request, answer: Answer) -> Answer:
        return answer

    def afterwards(self, world: ScholarWorld) -> ScholarWorld:
        fields = {"title": self.title, "year": int(self.date[:4]), "publicationDate": self.date}
        citer = PaperRecord(made_up_sha(self.title), fields)
        row = CitationRecord(citer.id, self.cited)
        return world if row in world.citations else world.adding(citer, citations=(row,))

    @property
    def harmless(self) -> bool:
        return True
