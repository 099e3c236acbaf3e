"""Time on the axis of the picture: where each year begins, and where each paper.

The axis is real time, bent in two ways. Every paper adds a little width to its year, so that a crowded year gets the
room that it needs; and a stretch of years without papers shrinks to a narrow, labelled gap.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MARGIN = 24.0
BOX_GAP = 10.0  # the least space between two boxes of a row
YEAR = 46.0  # the least width of a year: its label must fit
GAP, NARROW_GAP = 84.0, 44.0  # the width of a stretch without papers, however long; narrow where there are many
FEW_GAPS = 2


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year, of a stretch of empty years, or of the papers without a date.

    Labels are "2017", "1993-2013" with an en dash (`empty`, not drawn to scale), and "undated".
    """

    label: str
    x: float
    empty: bool = False


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Papers in order of time.

    Attributes
    ----------
    dated : sequence of (int, float, int)
        Of every paper with a date its year, which part of it has passed, and how many papers of the year come before.
    papers_in : mapping of int to int
        How many papers each year has.
    widths : sequence of float
        Of the box of every paper; those without a date come last.
    """

    dated: Sequence[tuple[int, float, int]]
    papers_in: Counter[int]
    widths: Sequence[float]

    @classmethod
    def of(cls, dates: Sequence[tuple[int, float] | None], widths: Sequence[float]) -> TimeAxis:
        """The axis of papers by their `moment`, None for those without a date, and the widths of their boxes."""
        papers_in: Counter[int] = Counter()
        dated: list[tuple[int, float, int]] = []
        for year, passed in filter(None, dates):
            dated.append((year, passed, papers_in[year]))
            papers_in[year] += 1
        return cls(dated, papers_in, widths)

    def lefts(self, room: float) -> tuple[list[float], list[Tick]]:
        """Where each box begins if every paper adds `room` to the width of its year; and the ticks."""
        # Time itself gets a third of the width, shared evenly among the years that have papers.
        years = self.papers_in
        year_width = max(YEAR, 0.5 * room * years.total() / len(years)) if years else YEAR
        starts, ticks, x = _years(years, year_width, room)
        lefts = [round(starts[year] + year_width * passed + room * before, 2) for year, passed, before in self.dated]
        undated = len(self.widths) - len(lefts)
        if undated:
            ends = (left + width + BOX_GAP for left, width in zip(lefts, self.widths, strict=False))
            begin = round(max([x, *ends]), 2)
            ticks.append(Tick("undated", begin))
            lefts += [round(begin + room * n, 2) for n in range(undated)]
        return lefts, ticks


def _years(papers_in: Mapping[int, int], year_width: float, room: float) -> tuple[dict[int, float], list[Tick], float]:
    """Where each year begins, the ticks, and where the last year ends."""
    years = sorted(papers_in)
    gap = GAP if sum(later - year > 2 for year, later in pairwise(years)) <= FEW_GAPS else NARROW_GAP
    starts: dict[int, float] = {}
    ticks: list[Tick] = []
    x = MARGIN
    for previous, year in zip((None, *years), years, strict=False):
        empty = 0 if previous is None else year - previous - 1
        if empty == 1:
            ticks.append(Tick(str(year - 1), x))
            x += YEAR
        elif empty > 1:
            ticks.append(Tick(f"{year - empty}\N{EN DASH}{year - 1}", x, empty=True))
            x += gap
        ticks.append(Tick(str(year), x))
        starts[year] = x
        x += year_width + room * papers_in[year]
    return starts, ticks, x


def moment(date: str | None) -> tuple[int, float] | None:
    """The year of a date, and which part of it has passed in the middle of what is known.

    >>> moment("2020"), moment("2020-01"), moment(None)
    ((2020, 0.5), (2020, 0.041666666666666664), None)
    """
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if not month:
        return year, 0.5
    if not day:
        return year, (month - 0.5) / 12
    # As if every month were a twelfth of the year, so that a day never leaves its month.
    _, days = calendar.monthrange(year, month)
    return year, (month - 1 + (day - 0.5) / days) / 12
