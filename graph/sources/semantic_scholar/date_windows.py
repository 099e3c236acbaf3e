"""Spans of days, to read citations past the service's wall: split until each part fits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_FIRST_YEAR = 1900
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """The days from `start` to `end`, both included."""

    start: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}:{self.end.isoformat()}"

    def parts(self) -> tuple[Window, ...]:
        """The years of a span, the months of a year, the days of a month; a day has none.

        >>> [str(w) for w in Window(datetime.date(2017, 6, 12), datetime.date(2018, 12, 31)).parts()]
        ['2017-06-12:2017-12-31', '2018-01-01:2018-12-31']
        >>> len(Window(datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)).parts())
        29
        """
        if self.start == self.end:
            return ()
        if self.start.year != self.end.year:
            bounds = [datetime.date(year, 1, 1) for year in range(self.start.year + 1, self.end.year + 1)]
        elif self.start.month != self.end.month:
            bounds = [
                datetime.date(self.start.year, month, 1) for month in range(self.start.month + 1, 1 + self.end.month)
            ]
        else:
            bounds = [self.start + n * _DAY for n in range(1, (self.end - self.start).days + 1)]
        starts = [self.start, *bounds]
        ends = [bound - _DAY for bound in bounds] + [self.end]
        return tuple(Window(start, end) for start, end in zip(starts, ends, strict=True))


def all_days(observed: datetime.date, *, since: datetime.date | None = None) -> Window:
    """Every day on which a citer may have appeared: venues date their papers up to a year ahead."""
    return Window(since or datetime.date(_FIRST_YEAR, 1, 1), datetime.date(observed.year + 1, 12, 31))


def likely_parts(span: Window, published: int | None) -> tuple[Window, ...]:
    """The years of a span, those long before the cited paper appeared taken together.

    >>> [str(w) for w in likely_parts(all_days(datetime.date(2018, 5, 1)), 2018)]
    ['1900-01-01:2016-12-31', '2017-01-01:2017-12-31', '2018-01-01:2018-12-31', '2019-01-01:2019-12-31']
    """
    first = datetime.date(max((published or _FIRST_YEAR) - 1, _FIRST_YEAR), 1, 1)
    if not span.start < first < span.end:
        return span.parts()
    return (Window(span.start, first - _DAY), *Window(first, span.end).parts())
