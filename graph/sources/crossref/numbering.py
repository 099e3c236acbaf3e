"""Whether the entries of a deposited list number through: publishers leave out what they could not match.

The number of an entry stands in its key, and each publisher writes keys of its own: ``ref12``, ``832_CR12``, ``b0060``,
``e_1_2_9_13_1``, ``cit12/1``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = re.compile(r"[0-9]+")
_YEARS = range(1500, 2100)
_FROM_TWO = re.compile(r"e_[0-9]+_[0-9_]+$")
"""Wiley's keys, whose number begins with 2 and stands before the last one."""
_STEP_OF_FIVE = 4
"""Elsevier numbers in steps of 5, in at least so many digits: b0005, b0010."""
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the entries of a list are numbered.

    `numbers` are the printed numbers in the order of the keys, where each stands for one entry; None where they cannot
    be told. `gap` says whether entries are missing, or may be.
    """

    numbers: tuple[int, ...] | None = None
    gap: bool = False


def numbering_of(keys: Sequence[str]) -> Numbering:
    """The numbering of a list, whatever order it is in; linear in the keys.

    Only the digits at one place of all keys count, from the end or from the beginning. Keys without digits that change,
    and keys with years, have no numbers, and so no gap.

    >>> numbering_of(["ref3", "ref1", "ref2"])
    Numbering(numbers=(3, 1, 2), gap=False)
    >>> numbering_of(["1", "2", "3", "10", "11", "12"])
    Numbering(numbers=None, gap=True)
    >>> numbering_of(["cit1/1", "cit1/2", "cit2"]).gap
    False
    >>> numbering_of(["Smith2004", "Jones1999"])
    Numbering(numbers=None, gap=False)
    """
    columns = _columns(keys)
    for column in columns:
        numbers = [int(text) for text in column]
        if sorted(numbers) == list(range(1, len(keys) + 1)):
            return Numbering(tuple(numbers))
    if any(_runs_through(column, keys) for column in columns):
        return Numbering()
    return Numbering(gap=any(map(_DIGITS.search, keys)) and not _without_numbers(keys, columns))


def _columns(keys: Sequence[str]) -> list[list[str]]:
    """The digits at each place that all keys have, from the end and from the beginning, where they change."""
    groups = [[text[:_LONGEST] for text in _DIGITS.findall(key)] for key in keys]
    least = min(map(len, groups), default=0)
    if len(keys) == 1:
        return [[group[-1]] for group in groups if group]
    columns = [[group[place] for group in groups] for place in (*range(-1, -least - 1, -1), *range(least))]
    return [column for column in columns if len(set(column)) > 1]


def _runs_through(column: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether the numbers have no gap; one may stand for several entries, as of two works under one number."""
    numbers = sorted({int(text) for text in column})
    count = len(numbers)
    if count * 2 < len(column):
        return False  # a volume or a version rather than a number
    if numbers == list(range(5, 5 * count + 1, 5)) and all(len(text) >= _STEP_OF_FIVE for text in column):
        return True
    first = 2 if all(map(_FROM_TWO.search, keys)) else 1
    return numbers in (list(range(first, first + count)), list(range(count)))


def _without_numbers(keys: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether no place holds digits that change, but years: keys of names number nothing."""
    lengths = Counter(len(_DIGITS.findall(key)) for key in keys)
    if len(lengths) > 1:
        return False
    return all(int(text) in _YEARS for column in columns for text in column)
