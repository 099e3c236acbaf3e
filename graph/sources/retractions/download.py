"""Retraction Watch's table as Crossref publishes it: what is about papers of a corpus is kept, and no other row.

The table is read as it arrives. The log of answers, in ``raw/retraction_watch/``, holds what was kept of it.
"""

from __future__ import annotations

import datetime
import io
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ...model.identifiers import Identifier
from ..http.client import FetchClient, FetchStopped, RequestCounts, run_crawl
from ..http.outcomes import Accept, Action, Attempt, HttpResponse, Malformed, NoResponse, Reply, Rules
from ..http.rate_limit import Pace
from ..http.replies import Moved, asked, beginning, json_of, moved_to, usual_action
from ..http.request import Request
from ..http.response_cache import ResponseCache
from ..http.transport import Service, Transport
from .join import Search, names_one_of
from .own_file import COLUMNS, row_of, statement_of
from .read import BrokenTable, PartsFile, read_retraction_watch
from .statements import Statement

HOME = "https://gitlab.com"
PATH = "/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
MEGABYTES = 60
"""How large the table is, about, in 2026."""
_SECONDS = 3600.0
_ATTEMPTS = 3
_LEAST_SHARE = 0.9
_REMEDY = "get the file yourself, and give it: lineage retractions FILE"


@dataclass(frozen=True, slots=True)
class FetchedTable:
    """What a table says of the papers of a corpus; `rows` counts those of all papers."""

    statements: tuple[Statement, ...]
    search: Search
    rows: int


def fetch_table(
    searched: frozenset[Identifier],
    raw: Path,
    service: Service,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
    progress: Callable[[RequestCounts], None] | None = None,
) -> FetchedTable:
    """Get the table, and keep what is about some papers.

    Raises `FetchStopped` when there is no answer, or none that is a whole table, and `InputError` when another run
    works on the folder. One request. Linear in the table, of which a row at a time is held.

    `searched` has the DOIs and PubMed ids of the papers. What the folder `raw` has of the same day for the same papers
    is not asked for again. The service needs no key. `sleep` and `clock` are handed in, so that a test need not wait;
    `progress` is called with the counts as they grow.
    """
    import requests

    today = datetime.datetime.fromtimestamp(clock(), datetime.UTC).date().isoformat()
    plan = {"papers": sorted(map(str, searched))}
    with ResponseCache(raw) as cache, requests.Session() as session:
        former = _former_rows(cache)
        if (cache.observed, cache.plan) != (today, plan):
            cache.begin(today)
            cache.save_plan(plan)
        transport = Transport(
            session,
            service,
            seconds=_SECONDS,
            accept="text/csv, text/plain",
            digest=lambda parts: digest(parts, searched, today),
        )
        client = FetchClient(
            cache,
            transport.send,
            _TableRules(former),
            sleep=sleep,
            clock=clock,
            progress=progress,
        )
        outcome = run_crawl(asked(Request("table", PATH)), client)
        if not isinstance(outcome, Accept):
            raise FetchStopped(f"{service.base_url}{PATH}: {outcome.why}; {_REMEDY}")
        cache.finish()
    table: _Table = outcome.value
    return FetchedTable(table.statements, Search(today, searched), table.rows)


@dataclass(frozen=True, slots=True)
class _Table:
    """What was kept of a table, and how many rows it had."""

    statements: tuple[Statement, ...]
    rows: int


def digest(parts: Iterator[bytes], searched: frozenset[Identifier], observed: str) -> bytes:
    """What is kept of a table that arrives in parts: its number of rows, and the statements about some papers.

    Of an answer that is no such table, or not a whole one, the reason is kept. As JSON.
    """
    table = io.BufferedReader(PartsFile(parts), 1 << 16)
    begin = beginning(table.peek(1), 60)
    rows, kept = 0, list[Statement]()
    try:
        for stated in read_retraction_watch(table, observed):
            rows += 1
            kept += [each for each in stated if names_one_of(each, searched)]
    except BrokenTable as fault:
        return msgspec.json.encode({"fault": f"{fault}, in line {fault.line}; it begins {begin!r}"})
    return msgspec.json.encode({"rows": rows, "kept": list(map(row_of, kept))})


@dataclass(frozen=True, slots=True)
class _TableRules(Rules[_Table | Moved]):
    """How the table is asked for; `former` is how many rows it had before, for it may have been cut short."""

    former: int | None

    def pace(self, _request: Request, _headers: Mapping[str, str]) -> Pace:
        return Pace(5.0, 1.0)

    def rows_in(self, value: _Table | Moved) -> int:
        return value.rows if isinstance(value, _Table) else 0

    def read(self, _request: Request, reply: Reply) -> _Table | Moved:
        moved = moved_to(reply)
        if moved:
            return moved
        if reply.status != 200:
            raise Malformed(f"status {reply.status}")
        answer = json_of(reply.body, dict[str, Any])
        if "fault" in answer:
            raise Malformed(str(answer["fault"]))
        try:
            table = _Table(tuple(map(_statement, answer["kept"])), int(answer["rows"]))
        except (KeyError, TypeError, ValueError) as fault:
            raise Malformed(f"not what was kept of a table ({fault})") from None
        if not table.rows:
            raise Malformed("a table without a row")
        if table.rows < _LEAST_SHARE * (self.former or 0):
            raise Malformed(f"a table of {table.rows:,} rows, which had {self.former:,} before")
        return table

    def choose_action(
        self, request: Request, response: HttpResponse | NoResponse, *, attempt: int, jitter: float
    ) -> Action[_Table | Moved]:
        this = Attempt(request, attempt, jitter)
        if isinstance(response, NoResponse):
            return this.retry_or_give_up(response.why, _ATTEMPTS)
        try:
            return Accept(self.read(request, Reply(response.status, response.body, response.location)))
        except Malformed as fault:
            if response.status == 200:
                return this.retry_or_give_up(f"the answer cannot be used: {fault}", _ATTEMPTS)
        return usual_action(this, response, label="Retraction Watch", remedy=_REMEDY)


def _statement(row: Sequence[Any]) -> Statement:
    return statement_of(dict(zip(COLUMNS, row, strict=True)))


def _former_rows(cache: ResponseCache) -> int | None:
    """How many rows the table had when it was last fetched."""
    known = cache.get(Request("table", PATH))
    try:
        rows = json.loads(known.body)["rows"] if known else None
    except (ValueError, TypeError, KeyError):
        return None
    return rows if isinstance(rows, int) else None
