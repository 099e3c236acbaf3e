"""Reading one list page by page, as a state machine: a state and an outcome give the next state.

More citations than the service lists at once are read by ranges of days, which are split until each part fits.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Literal

from ...model.corpus import Direction, State
from ..http.outcomes import GiveUp, Shrink
from ..http.request import Request
from .endpoints import MAX_PAGE, OFFSET_LIMIT, page_request, size_of
from .paper_rows import CitationRow, PaperRow
from .responses import NotFound, OffsetLimit, ParsedResponse, ResultPage
from .retry_policy import Outcome

_FIRST_YEAR = 1900
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class DateWindow:
    """The days from `start` to `end`, both included."""

    start: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}:{self.end.isoformat()}"

    def split(self) -> tuple[DateWindow, ...]:
        """The years of several years, the months of a year, the days of a month; a day cannot be split.

        >>> [str(part) for part in DateWindow(datetime.date(2017, 6, 12), datetime.date(2018, 12, 31)).split()]
        ['2017-06-12:2017-12-31', '2018-01-01:2018-12-31']
        >>> len(DateWindow(datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)).split())
        29
        """
        start, end = self.start, self.end
        if start == end:
            return ()
        if start.year != end.year:
            later_starts = [datetime.date(year, 1, 1) for year in range(start.year + 1, end.year + 1)]
        elif start.month != end.month:
            later_starts = [datetime.date(start.year, month, 1) for month in range(start.month + 1, end.month + 1)]
        else:
            later_starts = [start + n * _ONE_DAY for n in range(1, (end - start).days + 1)]
        starts = [start, *later_starts]
        ends = [later - _ONE_DAY for later in later_starts] + [end]
        return tuple(map(DateWindow, starts, ends))


def citation_dates(observed: datetime.date, *, since: datetime.date | None = None) -> DateWindow:
    """Every day on which a citing paper may have appeared: venues date their papers up to a year ahead."""
    return DateWindow(since or datetime.date(_FIRST_YEAR, 1, 1), datetime.date(observed.year + 1, 12, 31))


def split_at_publication(window: DateWindow, published: int | None) -> tuple[DateWindow, ...]:
    """The years of a window; those long before the cited paper was published are one part.

    >>> [str(part) for part in split_at_publication(citation_dates(datetime.date(2018, 5, 1)), 2018)]
    ['1900-01-01:2016-12-31', '2017-01-01:2017-12-31', '2018-01-01:2018-12-31', '2019-01-01:2019-12-31']
    """
    first = datetime.date(max((published or _FIRST_YEAR) - 1, _FIRST_YEAR), 1, 1)
    if not window.start < first < window.end:
        return window.split()
    return (DateWindow(window.start, first - _ONE_DAY), *DateWindow(first, window.end).split())


Ending = Literal[
    "complete", "empty", "empty_but_counted", "elided", "not_found", "broken_off", "limited", "capped", "failed"
]
_STATES: dict[Ending, State] = {
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
class PagedList:
    """One list of one paper, as far as its pages were read; `ending` is None while there are more.

    `paper` is the service's own id, and `counted` the number of rows that the service states. With a `window` only
    citations of its days are read. Now `limit` rows are asked for, at most `max_limit`, and offset + limit must stay
    below `offset_limit`. `rows` holds repeated rows too, `unreadable` a line for every row that could not be read, and
    `why` says why the list ended early.
    """

    paper: str
    direction: Direction
    counted: int | None = None
    window: DateWindow | None = None
    max_rows: int | None = None
    contexts: bool = False
    offset: int = 0
    limit: int = MAX_PAGE
    max_limit: int = MAX_PAGE
    offset_limit: int = OFFSET_LIMIT
    rows: tuple[CitationRow, ...] = ()
    unreadable: tuple[str, ...] = ()
    ending: Ending | None = None
    why: str = ""

    @property
    def row_count(self) -> int:
        """How many rows were read, those that could not be read included."""
        return len(self.rows) + len(self.unreadable)

    @property
    def state(self) -> State:
        """The coverage of the list."""
        if self.ending is None:
            return "failed" if self.rows else "not_fetched"
        if self.ending == "empty" and self.direction == "references":
            return "partial"  # nearly every paper cites others: the service has not read this one
        state = _STATES[self.ending]
        return "partial" if state == "complete" and self.unreadable else state


def read_pages(paged: PagedList) -> Generator[Request, Outcome, PagedList]:
    """Request page after page until the list has ended."""
    while paged.ending is None:
        outcome = yield next_request(paged)
        paged = after_outcome(paged, outcome)
    return paged


def next_request(paged: PagedList) -> Request:
    """The request for the next page."""
    rows_left = (paged.max_rows or OFFSET_LIMIT) - paged.offset
    return page_request(
        paged.paper,
        paged.direction,
        offset=paged.offset,
        limit=min(paged.limit, paged.offset_limit - 1 - paged.offset, rows_left),
        dates=str(paged.window) if paged.window else None,
        contexts=paged.contexts,
    )


def after_outcome(paged: PagedList, outcome: Outcome) -> PagedList:
    """The list after the outcome of `next_request`."""
    requested = size_of(next_request(paged))
    if isinstance(outcome, GiveUp):
        return replace(paged, ending="failed", why=outcome.why)
    if isinstance(outcome, Shrink):
        limit = max(1, requested // 2)
        return replace(paged, limit=limit, max_limit=limit if outcome.permanent else paged.max_limit)
    return _after_response(paged, outcome.value, requested)


def _after_response(paged: PagedList, response: ParsedResponse, requested: int) -> PagedList:
    if isinstance(response, ResultPage):
        return _after_page(paged, response, requested)
    if isinstance(response, NotFound):
        return replace(paged, ending="not_found", why=response.why)
    if isinstance(response, OffsetLimit):
        if paged.offset + 1 < response.limit <= paged.offset + requested:
            return replace(paged, offset_limit=response.limit)  # lower than it was, but some rows are below it
        return _capped(paged)
    return replace(paged, ending="failed", why="the service answered another question")


def _after_page(paged: PagedList, page: ResultPage, requested: int) -> PagedList:
    if page.rows is None:
        if paged.rows:
            return replace(paged, ending="broken_off", why=f"the list is withheld from row {paged.offset} on")
        return replace(paged, ending="elided", why="withheld by the publisher")
    paged = replace(paged, rows=paged.rows + page.rows, unreadable=paged.unreadable + page.unreadable)
    if page.next is None:
        return _after_last_page(paged, page)
    offset = min(page.next, paged.offset + requested)  # a page that begins later would leave rows out
    paged = replace(paged, offset=offset, limit=min(paged.max_limit, paged.limit * 2))
    if paged.max_rows is not None and offset >= paged.max_rows:
        return replace(paged, ending="limited", why=f"stopped after {paged.max_rows} rows, as requested")
    return _capped(paged) if offset >= paged.offset_limit - 1 else paged


def _after_last_page(paged: PagedList, page: ResultPage) -> PagedList:
    if paged.row_count:
        return replace(paged, ending="complete")
    if page.elided:
        return replace(paged, ending="elided", why="withheld by the publisher")
    if paged.counted and paged.window is None:
        return replace(paged, ending="empty_but_counted", why=f"the service counts {paged.counted} rows but lists none")
    return replace(paged, ending="empty")


def _capped(paged: PagedList) -> PagedList:
    return replace(paged, ending="capped", why=f"the service lists no more than {paged.offset_limit - 1} rows")


def distinct_rows(rows: tuple[CitationRow, ...]) -> tuple[CitationRow, ...]:
    """Each paper once, where it stood first: rows shift while a list is read, and some are repeated.

    A repeated row adds what it says: influential if one of them is, and the intents and contexts of all.
    """
    found: dict[str | PaperRow, CitationRow] = {}
    for row in rows:
        key = row.paper.paper_id or row.paper
        first = found.setdefault(key, row)
        if first != row:
            found[key] = replace(
                first,
                influential=first.influential or row.influential,
                intents=tuple(sorted({*first.intents, *row.intents})),
                contexts=tuple(dict.fromkeys(first.contexts + row.contexts)),
            )
    return tuple(found.values())
