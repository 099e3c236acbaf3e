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
