"""Ranges of days, to read more citations than the service lists at once: split until each part fits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

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
