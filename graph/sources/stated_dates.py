"""Dates in the fields that services have for them."""

from __future__ import annotations

from ..model.corpus import partial_date

YEARS = range(1400, 2101)
"""Years in which a work can have been published; another one is a fault of the record."""


def stated_date(value: object) -> str | None:
    """The date of a field, as precise as it is written; None where it holds none, or one of a year that cannot be.

    >>> stated_date("2018-10"), stated_date("2018-13"), stated_date("0001-01-01"), stated_date(None)
    ('2018-10', None, None, None)
    """
    if not isinstance(value, str):
        return None
    try:
        date = partial_date(value)
    except ValueError:
        return None
    return date if int(date[:4]) in YEARS else None


def date_of_parts(value: object) -> str | None:
    """The date of a field of Crossref, as precise as it is stated; `[[null]]` states none.

    >>> date_of_parts({"date-parts": [[2019, 6, 31]]}), date_of_parts({"date-parts": [[None]]})
    ('2019-06', None)
    """
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = []
    for part in first[:3] if isinstance(first, list) else ():
        if isinstance(part, bool) or not str(part).isdecimal():
            break
        numbers.append(int(part))
    if not numbers or not 1000 <= numbers[0] < 2200:
        return None
    for length in range(len(numbers), 0, -1):
        try:
            return partial_date("-".join(f"{n:0{2 + 2 * (place == 0)}d}" for place, n in enumerate(numbers[:length])))
        except ValueError:
            continue
    return None
