"""A made world behind the loopback service of the tests: the same limits over HTTP, with faults on the way."""

from __future__ import annotations

import contextlib
import datetime
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import requests

from graph.sources.http.client import FetchClient, run_crawl
from graph.sources.http.request import Request
from graph.sources.http.response_cache import ResponseCache
from graph.sources.http.transport import Transport
from graph.sources.semantic_scholar.retry_policy import Outcome
from graph.sources.semantic_scholar.service import ScholarRules, service_at
from tests.service import CitationRecord, PaperRecord, ScholarService, serving, transient
from tests.service.records import JsonObject

from .made_service import MadeService
from .made_world import MadeWorld

FAULTS = 0.1
"""So many answers fail at first: too many requests, errors, pages that break off, connections that are dropped."""


@dataclass(frozen=True)
class ServedWorld:
    """What `tests.service` asks of a world, made from the arrays when it is asked."""

    made: MadeService

    @property
    def world(self) -> MadeWorld:
        """The arrays."""
        return self.made.world

    @cached_property
    def elided(self) -> frozenset[str]:
        """The papers whose references are withheld."""
        return frozenset(f"{paper:040x}" for paper in self.world.elided.nonzero()[0].tolist())

    @cached_property
    def _records(self) -> dict[str, PaperRecord]:
        return {}

    def find(self, asked: str) -> PaperRecord:
        """The paper with an id."""
        return self.record(asked)

    def record(self, id_: str) -> PaperRecord:
        """The record with an id."""
        record = self._records.get(id_)
        if record is None:
            record = self._records[id_] = self._record(id_)
        return record

    def _record(self, id_: str) -> PaperRecord:
        if id_.startswith("unresolved"):
            return PaperRecord(id_, {"title": id_}, resolved=False)
        paper = int(id_, 16)
        row = self.made.row(paper)
        day = None if self.world.undated[paper] else datetime.date.fromordinal(int(self.world.days[paper])).isoformat()
        counts = {"referenceCount": row.reference_count, "citationCount": row.citation_count}
        said = {"title": row.title, "year": row.year, "publicationDate": day, **counts}
        return PaperRecord(id_, {**said, "corpusId": paper + 1, "externalIds": {}, "venue": "", "authors": []})

    def to_json(self, record: PaperRecord) -> JsonObject:
        """Every field of a paper."""
        return {**record.fields, "paperId": record.id if record.resolved else None}

    def references_of(self, id_: str) -> tuple[CitationRecord, ...]:
        """The rows of a references page."""
        world, paper = self.world, int(id_, 16)
        rows = [CitationRecord(id_, f"{each:040x}") for each in world.references_of(paper).tolist()]
        lost = int(world.unresolved[world.starts[paper] : world.starts[paper + 1]].sum())
        return (*rows, *(CitationRecord(id_, f"unresolved {paper} {number}") for number in range(lost)))

    def citations_of(self, id_: str) -> tuple[CitationRecord, ...]:
        """The rows of a citations page, the newest first."""
        return _citations(self.world, id_)


@lru_cache(64)
def _citations(world: MadeWorld, id_: str) -> tuple[CitationRecord, ...]:
    return tuple(CitationRecord(f"{each:040x}", id_) for each in world.citers_of(int(id_, 16)).tolist())


@contextlib.contextmanager
def serving_made(made: MadeService) -> Iterator[ScholarService]:
    """The world behind HTTP, with faults, until the block ends."""
    with serving(ServedWorld(made), faults=[transient(1, rate=FAULTS)]) as service:
        yield service


def asked_over_http(service: ScholarService, search: Generator[Request, Outcome, None], budget: int) -> int:
    """Run a search as `graph.sources.fetch.fetch` does, without waiting; returns the requests that were sent.

    Raises `AssertionError` when something is asked twice, or more than the budget is sent.
    """
    service.clear_log()
    with tempfile.TemporaryDirectory() as folder, ResponseCache(Path(folder)) as cache, requests.Session() as session:
        client = FetchClient(
            cache,
            Transport(session, service_at(service.url)).send,
            ScholarRules(has_key=False),
            sleep=lambda _seconds: None,
            clock=time.time,
            random=lambda: 0.5,
            progress=lambda _counts: None,
            most_sent=budget,
        )
        run_crawl(search, client)
    repeated = service.log.repeated()
    assert not repeated, f"asked twice: {repeated}"
    assert len(service.log) == client.counts.sent <= budget
    return client.counts.sent
