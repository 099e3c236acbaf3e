"""Redirections on one service, which a crawl follows by asking again."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .outcomes import Accept, GiveUp, Outcome
from .request import Request
from .rules import Reply

MOST_REDIRECTIONS = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """The service answers this request at another of its addresses: a merged record, or another spelling of an id."""

    path: str
    params: tuple[tuple[str, str], ...]


def moved_to(reply: Reply) -> Moved | None:
    """Where a reply redirects to on the same service; None for any other reply.

    >>> moved_to(Reply(301, b"", "/works/W7?select=id,doi"))
    Moved(path='/works/W7', params=(('select', 'id,doi'),))
    """
    if reply.status not in (301, 302, 303, 307, 308) or not reply.location:
        return None
    parts = urlsplit(reply.location)
    return Moved(parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)))


def asked(request: Request) -> Generator[Request, Outcome[Any], Outcome[Any]]:
    """The outcome of a request, following redirections on the same service: ``yield from asked(request)``."""
    for _ in range(MOST_REDIRECTIONS + 1):
        outcome = yield request
        if not (isinstance(outcome, Accept) and isinstance(outcome.value, Moved)):
            return outcome
        request = Request(request.kind, outcome.value.path, outcome.value.params)
    return GiveUp("it redirects in a circle", lasting=True)
