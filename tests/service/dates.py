"""Dates of papers, and the date windows of ``publicationDateOrYear`` and ``year``."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from .records import PaperRecord

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Window:
    """The days from `first` to `last`, both included; None sets no limit."""

    first: datetime.date | None
    last: datetime.date | None

    def holds(self, day: datetime.date | None) -> bool:
        """Whether a day is in the window; an unknown day is in none."""
        if day is None:
            return False
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def parse_window(text: str, *, separator: str = ":") -> Window:
    """Read ``2016-03-05:2020-06-06``, ``2020-06``, ``1981-08-25:`` or ``:2015-01``.

    Raises
    ------
    ValueError
        For any other text.

    Examples
    --------
    >>> parse_window("2020-02").last, parse_window(":2015-01").first
    (datetime.date(2020, 2, 29), None)
    >>> parse_window("2016-2020", separator="-").last
    datetime.date(2020, 12, 31)
    """
    start, found, end = text.partition(separator)
    if not found:
        end = start
    if not (start or end):
        raise ValueError(f"{text!r} is not a date window")
    return Window(_span(start)[0] if start else None, _span(end)[1] if end else None)


def day_of(record: PaperRecord) -> datetime.date | None:
    """The day of a paper; the first of January where only the year is known."""
    stated, year = record.fields.get("publicationDate"), record.fields.get("year")
    try:
        return datetime.date.fromisoformat(stated) if stated else datetime.date(int(year or 0), 1, 1)
    except (TypeError, ValueError):  # a test may write any value into a record
        return None


def _span(text: str) -> tuple[datetime.date, datetime.date]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    year = int(match[1])
    first_month, last_month = (int(match[2]), int(match[2])) if match[2] else (1, 12)
    last_day = int(match[3]) if match[3] else calendar.monthrange(year, last_month)[1]
    first_day = int(match[3]) if match[3] else 1
    return datetime.date(year, first_month, first_day), datetime.date(year, last_month, last_day)
