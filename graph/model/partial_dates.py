"""Dates that are as precise as they are known: YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

import datetime
import re

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def partial_date(text: str) -> str:
    """Check that a text is a date as this package writes them, YYYY, YYYY-MM or YYYY-MM-DD, and return it.

    Raises
    ------
    ValueError
        When it has another form, or there is no such day.

    Examples
    --------
    >>> partial_date("2018-10-11"), partial_date("1992")
    ('2018-10-11', '1992')
    """
    if not _PARTIAL_DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    datetime.date(year, month, day)
    return text
