"""A loopback Semantic Scholar for the tests: its endpoints, its limits, its faults, and a log.

    from tests.service import Rule, ScholarWorld, TooManyRequests, paper, serving

    with serving(ScholarWorld.from_corpus(corpus), faults=[Rule(TooManyRequests(), times=3)]) as service:
        ...fetch from service.url...
        assert not service.log.repeated()

A `ScholarWorld` is what the service knows, a `Fault` in a schedule (`Rule`, `Mix`, `RateLimit`) is
what goes wrong, and a `RequestLog` is what was requested: all of them are values.
"""

from __future__ import annotations

from .bodies import (
    HOSTILE,
    ChangedId,
    ElidedReferences,
    EmptyBody,
    LoneSurrogate,
    Nested,
    NotANumber,
    NotJson,
    NullIds,
    UnknownFields,
    WrongTypes,
)
from .endpoints import Limits, answer
from .faults import Canned, Dropped, Fault, HtmlPage, NewCiter, Oversized, ServerError, Slow, TooManyRequests, Truncated
from .log import Entry, RequestLog
from .process import RemoteService, service_process
from .records import CitationRecord, PaperRecord, made_up_sha, paper, unresolved
from .schedule import Mix, Plan, RateLimit, Rule, outage, transient
from .server import ScholarService, serving
from .wire import Answer, Request
from .world import ScholarWorld

__all__ = [
    "HOSTILE",
    "Answer",
    "Canned",
    "ChangedId",
    "CitationRecord",
    "Dropped",
    "ElidedReferences",
    "EmptyBody",
    "Entry",
    "Fault",
    "HtmlPage",
    "Limits",
    "LoneSurrogate",
    "Mix",
    "Nested",
    "NewCiter",
    "NotANumber",
    "NotJson",
    "NullIds",
    "Oversized",
    "PaperRecord",
    "Plan",
    "RateLimit",
    "RemoteService",
    "Request",
    "RequestLog",
    "Rule",
    "ScholarService",
    "ScholarWorld",
    "ServerError",
    "Slow",
    "TooManyRequests",
    "Truncated",
    "UnknownFields",
    "WrongTypes",
    "answer",
    "made_up_sha",
    "outage",
    "paper",
    "service_process",
    "serving",
    "transient",
    "unresolved",
]
