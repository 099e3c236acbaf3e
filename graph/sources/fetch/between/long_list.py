"""A list that is too long for a batch, read page by page as a search wants it, in the years that can matter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ....model.corpus import Direction
from ...http.request import Request
from ...semantic_scholar.endpoints import MAX_NESTED, MAX_PAGE, OFFSET_LIMIT
from ...semantic_scholar.nested_lists import counted_rows
from ...semantic_scholar.pagination import DateWindow, PagedList, after_outcome, distinct_rows, next_request
from ...semantic_scholar.paper_rows import CitationRow, PaperRow
from ...semantic_scholar.retry_policy import Outcome
from .frontier import Years


class LongList:
    """A list in reading. Citations that are many are asked for by date: those of `years` alone, and walls year by year.

    `request` is the next page, None once everything was read; `after` takes its outcome and returns the new rows.
    """

    def __init__(self, paper: PaperRow, direction: Direction, years: Years) -> None:
        self.paper, self.direction = paper, direction
        counted = counted_rows(paper, direction)
        self._whole = PagedList(str(paper.paper_id), direction, counted)
        self._parts: list[PagedList] = []
        self._windows: list[DateWindow] = []
        self._now: PagedList | None = self._whole
        if direction == "citations" and (counted is None or counted >= MAX_NESTED) and years.last is not None:
            first = max(years.first or 1900, (paper.year or 1900) - 1)
            last = max(years.last, first)
            window = DateWindow(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
            year_by_year = (counted or 0) >= OFFSET_LIMIT and first < last
            self._windows = list(window.split()) if year_by_year else [window]
            self._now = None

    def choose_window(self, weights: Mapping[int | None, int]) -> None:
        """Go on with the year of which the other end has met most papers; the last where it has met none."""
        if self._now is None and self._windows:
            best = max(self._windows, key=lambda window: (weights.get(window.start.year, 0), window))
            self._windows.remove(best)
            self._now = PagedList(self._whole.paper, self.direction, window=best)

    @property
    def request(self) -> Request | None:
        """The request for the next page."""
        return None if self._now is None else next_request(self._now)

    @property
    def rows_left(self) -> int:
        """How many rows the next page may bring."""
        counted = self._whole.counted
        read = sum(each.row_count for each in self._parts) + (self._now.row_count if self._now else 0)
        return MAX_PAGE if counted is None else max(1, min(MAX_PAGE, counted - read))

    @property
    def pages_left(self) -> int:
        """How many pages it still has, about."""
        counted = self._whole.counted
        return 1 if counted is None else max(1, -(-(min(counted, OFFSET_LIMIT) - self.so_far().row_count) // MAX_PAGE))

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to read."""
        return self._now is None and not self._windows

    def after(self, outcome: Outcome) -> tuple[CitationRow, ...]:
        """The rows that the outcome of `request` brought."""
        assert self._now is not None
        before = self._now
        self._now = after_outcome(before, outcome)
        rows = self._now.rows[len(before.rows) :]
        if self._now.ending is not None:
            narrower = self._now.window.split() if self._now.window and self._now.ending == "capped" else ()
            self._windows += narrower
            self._parts.append(self._now)
            self._now = None
        return rows

    def so_far(self) -> PagedList:
        """The list as far as it was read."""
        parts = [*self._parts, *([self._now] if self._now else [])]
        if len(parts) == 1 and parts[0].window is None and parts[0].ending is not None:
            return parts[0]
        rows = distinct_rows(tuple(row for part in parts for row in part.rows))
        unreadable = tuple(line for part in parts for line in part.unreadable)
        failed = next((part for part in parts if part.ending == "failed"), None)
        why = failed.why if failed else "only citing papers of some years" if self.ended else "the search ended before"
        ending = "failed" if failed and not rows else "limited"
        return PagedList(
            self._whole.paper,
            self.direction,
            self._whole.counted,
            rows=rows,
            unreadable=unreadable,
            ending=ending,  # type: ignore[arg-type]  # one of the two
            why=why,
        )
