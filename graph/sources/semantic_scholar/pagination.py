"""Reading one list page by page, as a state machine: a state and an answer give the next state."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Literal

from ...model.corpus import Direction, State
from .date_windows import Window
from .endpoints import PAGE, WALL, Request, page_request
from .responses import EdgeRow, NotFound, OffsetLimit, PaperRow, ResultPage, Value

Ending = Literal[
    "complete", "empty", "empty_but_counted", "elided", "not_found", "broken_off", "limited", "capped", "failed"
]
STATE_OF: dict[Ending, State] = {
    "complete": "complete",
    "empty": "complete",
    "empty_but_counted": "partial",
    "elided": "elided",
    "not_found": "failed",
    "broken_off": "partial",
    "limited": "partial",
    "capped": "capped",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """The service's answer, as the driver of a conversation hands it on."""

    value: Value


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Ask for less; `lasting` when the size itself was refused."""

    lasting: bool


@dataclass(frozen=True, slots=True)
class NoResult:
    """No usable answer within the budget."""

    why: str


Outcome = Answered | TooLarge | NoResult


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a walk through one list stands; `ending` is None while there is more to ask.

    Attributes
    ----------
    paper : str
        The service's own id.
    window : Window or None
        Only citers of these days.
    most : int or None
        Stop after so many rows.
    limit, ceiling : int
        How many rows to ask for now, and at most.
    wall : int
        offset + limit must stay below it.
    rows, unreadable : tuple
        What was read, repeated rows included; and one line for every row that could not be.
    why : str
        For a walk that ended before its list did.
    """

    paper: str
    direction: Direction
    window: Window | None = None
    most: int | None = None
    contexts: bool = False
    offset: int = 0
    limit: int = PAGE
    ceiling: int = PAGE
    wall: int = WALL
    rows: tuple[EdgeRow, ...] = ()
    unreadable: tuple[str, ...] = ()
    ending: Ending | None = None
    why: str = ""

    @property
    def state(self) -> State:
        """The coverage that it ended in."""
        if self.ending is None:
            return "failed" if self.rows else "not_fetched"
        if self.ending == "empty" and self.direction == "references":
            return "partial"  # nearly every paper cites others: the service has not read this one
        state = STATE_OF[self.ending]
        return "partial" if state == "complete" and self.unreadable else state


def next_request(walk: Walk) -> Request:
    """The page to ask for now."""
    limit = min(walk.limit, walk.wall - 1 - walk.offset, (walk.most or WALL) - walk.offset)
    return page_request(
        walk.paper,
        walk.direction,
        offset=walk.offset,
        limit=limit,
        window=str(walk.window) if walk.window else None,
        contexts=walk.contexts,
    )


def step(walk: Walk, outcome: Outcome, *, counted: int | None = None) -> Walk:
    """The walk after an answer.

    Parameters
    ----------
    walk : Walk
        A walk that has not ended.
    outcome : Answered, TooLarge or NoResult
    counted : int, optional
        How many rows the service says that the list has: an empty list that is counted is not empty.
    """
    asked = next_request(walk).size
    if isinstance(outcome, NoResult):
        return replace(walk, ending="failed", why=outcome.why)
    if isinstance(outcome, TooLarge):
        limit = max(1, asked // 2)
        return replace(walk, limit=limit, ceiling=limit if outcome.lasting else walk.ceiling)
    return _told(walk, outcome.value, asked, counted)


def _told(walk: Walk, value: Value, asked: int, counted: int | None) -> Walk:
    if isinstance(value, ResultPage):
        return _after_page(walk, value, asked, counted)
    if isinstance(value, NotFound):
        return replace(walk, ending="not_found", why=value.why)
    if isinstance(value, OffsetLimit):
        if walk.offset + 1 < value.at <= walk.offset + asked:  # nearer than it was, but rows can still be had
            return replace(walk, wall=value.at)
        return _capped(walk)
    return replace(walk, ending="failed", why="the service answered another question")


def _after_page(walk: Walk, page: ResultPage, asked: int, counted: int | None) -> Walk:
    if page.rows is None:
        if walk.rows:
            return replace(walk, ending="broken_off", why=f"the list is withheld from row {walk.offset} on")
        return replace(walk, ending="elided", why="withheld by the publisher")
    walk = replace(walk, rows=walk.rows + page.rows, unreadable=walk.unreadable + page.unreadable)
    if page.next is None:
        return _ended(walk, page, counted)
    # A next beyond the page that was asked for would leave rows out.
    offset = min(page.next, walk.offset + asked)
    walk = replace(walk, offset=offset, limit=min(walk.ceiling, walk.limit * 2))
    if walk.most is not None and offset >= walk.most:
        return replace(walk, ending="limited", why=f"stopped after {walk.most} rows, as asked")
    return _capped(walk) if offset >= walk.wall - 1 else walk


def _capped(walk: Walk) -> Walk:
    return replace(walk, ending="capped", why=f"the service lists no more than {walk.wall - 1} rows")


def _ended(walk: Walk, page: ResultPage, counted: int | None) -> Walk:
    if walk.rows or walk.unreadable:
        return replace(walk, ending="complete")
    if page.elided:
        return replace(walk, ending="elided", why="withheld by the publisher")
    if counted:
        return replace(walk, ending="empty_but_counted", why=f"the service counts {counted} and lists none")
    return replace(walk, ending="empty")


def walked(walk: Walk, *, counted: int | None = None) -> Generator[Request, Outcome, Walk]:
    """Ask and step until the walk has ended."""
    while walk.ending is None:
        outcome = yield next_request(walk)
        walk = step(walk, outcome, counted=counted)
    return walk


def distinct(rows: tuple[EdgeRow, ...]) -> tuple[EdgeRow, ...]:
    """Each paper once, where it stood first: rows shift while a list is read, and some stand twice.

    A row that repeats adds what it says: influential if one is, and the intents and contexts of all.
    """
    found: dict[str | PaperRow, EdgeRow] = {}
    for row in rows:
        key = row.paper.paper_id or row.paper
        first = found.get(key)
        if first is None:
            found[key] = row
        elif first != row:
            found[key] = replace(
                first,
                influential=first.influential or row.influential,
                intents=tuple(sorted({*first.intents, *row.intents})),
                contexts=tuple(dict.fromkeys(first.contexts + row.contexts)),
            )
    return tuple(found.values())
