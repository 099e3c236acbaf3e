"""Identifiers of printed works that have none, from a service that knows the same title."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..http.client import FetchClient, RequestCounts, run_crawl
from ..http.response_cache import ResponseCache
from ..http.transport import Service, Transport
from ..printed_lists.entries import PrintedList, Work
from ..printed_lists.read import Bibliography
from ..semantic_scholar.service import ScholarRules, service_at
from .crawl import CrawlResult, FetchOptions, Resolved, Unresolved, crawl
from .target import Target

SERVICE = "Semantic Scholar, by the same title"
"""What is said of an identifier that was found so."""


@dataclass(frozen=True, slots=True)
class ResolvedTitles:
    """A bibliography with the identifiers that were found, and the works that were not."""

    bibliography: Bibliography
    found: tuple[Resolved, ...]
    missing: tuple[Unresolved, ...]
    outage: str | None = None
    """Why no more requests were sent."""


def targets_of(bibliography: Bibliography) -> tuple[Target, ...]:
    """The works that have a title and no identifier, each once: what the service is asked for."""
    found: dict[Target, None] = {}
    for printed in bibliography.lists:
        for entry in printed.entries:
            for work in entry.works:
                if _is_open(work):
                    found.setdefault(_target(work, f"entry {entry.number}"))
    return tuple(found)


def _is_open(work: Work) -> bool:
    return bool(work.title) and not work.identifiers


def _target(work: Work, label: str) -> Target:
    return Target(f"{label}: {work.title}", (), work.title, work.authors[0] if work.authors else None, work.year)


def resolve_titles(
    bibliography: Bibliography,
    raw: Path,
    *,
    service: Service | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
    progress: Callable[[RequestCounts], None] | None = None,
) -> ResolvedTitles:
    """Ask a service for every work that has a title and no identifier.

    One request a work. A work is found when the service has the same title, letters and digits compared, by a first
    author who can be the same person, in a year that is at most one off: `graph.sources.fetch.target`.

    Every answer is kept in the folder `raw` before the next request, so that none is asked twice. Without a `service`
    it is Semantic Scholar without a key. `sleep` and `clock` are handed in, so that a test need not wait; `progress` is
    called with the counts as they grow.
    """
    import requests

    targets = targets_of(bibliography)
    service = service or service_at()
    with ResponseCache(raw) as cache, requests.Session() as session:
        today = datetime.datetime.fromtimestamp(clock(), datetime.UTC).date()
        if cache.observed is None:
            cache.begin(today.isoformat())
        client = FetchClient(
            cache,
            Transport(session, service).send,
            ScholarRules(service.key is not None),
            sleep=sleep,
            clock=clock,
            progress=progress,
        )
        options = FetchOptions(references=False, depth=1)
        result: CrawlResult = run_crawl(crawl(targets, options, today), client)
    found = tuple(each for each in result.resolved if _is_near(each))
    missing = [*result.unresolved, *(_another(each) for each in result.resolved if not _is_near(each))]
    return ResolvedTitles(_with(bibliography, found), found, tuple(missing), client.outage)


def _is_near(each: Resolved) -> bool:
    years = each.target.year, each.row.year
    return None in years or abs(years[0] - years[1]) <= 1  # type: ignore[operator]  # neither is None there


def _another(each: Resolved) -> Unresolved:
    why = f"the same title is there of {each.row.year}, and {each.target.year} is printed"
    return Unresolved(each.target, f"{why}; if it is the paper, write its identifier into the list")


def _with(bibliography: Bibliography, found: Sequence[Resolved]) -> Bibliography:
    by_title = {(each.target.title, each.target.first_author, each.target.year): each for each in found}

    def completed(work: Work) -> Work:
        match = by_title.get((work.title, work.authors[0] if work.authors else None, work.year))
        if match is None or not _is_open(work):
            return work
        identifiers = match.row.identifiers
        return replace(work, identifiers=identifiers, elsewhere={each.scheme: SERVICE for each in identifiers})

    def with_works(printed: PrintedList) -> PrintedList:
        entries = (replace(each, works=tuple(map(completed, each.works))) for each in printed.entries)
        return replace(printed, entries=tuple(entries))

    return replace(bibliography, lists=tuple(map(with_works, bibliography.lists)))
