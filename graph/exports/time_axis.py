"""Time on the axis of the picture: where each year begins, and where each paper.

The axis is real time, bent in two ways. Every paper adds a little width to its year, so that a crowded year gets the
room that it needs; and a stretch of years without papers shrinks to a narrow, labelled gap.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
    """Papers in order of time."""

    years: Sequence[int]
    """Those that have papers, ascending."""
    papers_in: Sequence[int]
    """How many papers each of these years has."""
    year: NDArray[np.int64]
    """Of every paper with a date the place of its year among these."""
    passed: NDArray[np.float64]
    """Which part of its year has passed."""
    before: NDArray[np.int64]
    """How many papers of its year come before."""
    widths: Sequence[float]
    """Of the box of every paper; those without a date come last."""

    @classmethod
    def of(cls, dates: Sequence[tuple[int, float] | None], widths: Sequence[float]) -> TimeAxis:
        """The axis of papers by their `moment`, None for those without a date, and the widths of their boxes."""
        dated = [date for date in dates if date]
        years, first, year, papers_in = np.unique(
            np.array([each for each, _ in dated], np.int64), return_index=True, return_inverse=True, return_counts=True
        )
        passed = np.array([part for _, part in dated], np.float64)
        return cls(years.tolist(), papers_in.tolist(), year, passed, np.arange(len(dated)) - first[year], widths)

    def lefts(self, room: float) -> tuple[list[float], list[Tick]]:
        """Where each box begins if every paper adds `room` to the width of its year; and the ticks."""
        # Time itself gets a third of the width, shared evenly among the years that have papers.
        year_width = max(YEAR, 0.5 * room * len(self.year) / len(self.years)) if self.years else YEAR
        starts, ticks, x = self._years(year_width, room)
        begins = np.array(starts, np.float64)[self.year]
        lefts = _rounded(begins + year_width * self.passed + room * self.before)
        undated = len(self.widths) - len(lefts)
        if undated:
            ends = (left + width + BOX_GAP for left, width in zip(lefts, self.widths, strict=False))
            begin = round(max([x, *ends]), 2)
            ticks.append(Tick("undated", begin))
            lefts += [round(begin + room * n, 2) for n in range(undated)]
        return lefts, ticks

    def _years(self, year_width: float, room: float) -> tuple[list[float], list[Tick], float]:
        """Where each year begins, the ticks, and where the last year ends."""
        few = sum(later - year > 2 for year, later in pairwise(self.years)) <= FEW_GAPS
        starts: list[float] = []
        ticks: list[Tick] = []
        x = MARGIN
        for previous, year, papers in zip((None, *self.years), self.years, self.papers_in, strict=False):
            empty = 0 if previous is None else year - previous - 1
            if empty == 1:
                ticks.append(Tick(str(year - 1), x))
                x += YEAR
            elif empty > 1:
                ticks.append(Tick(f"{year - empty}\N{EN DASH}{year - 1}", x, empty=True))
                x += GAP if few else NARROW_GAP
            ticks.append(Tick(str(year), x))
            starts.append(x)
            x += year_width + room * papers
        return starts, ticks, x


def _rounded(values: NDArray[np.float64]) -> list[float]:
    """Each value as `round(value, 2)` gives it.

    >>> _rounded(np.array([0.125, 2.675, 1.0]))
    [0.12, 2.67, 1.0]
    """
    hundredths = values * 100
    rounded: list[float] = (np.rint(hundredths) / 100).tolist()
    for n in np.flatnonzero(np.abs(hundredths - np.floor(hundredths) - 0.5) < 1e-6).tolist():
        rounded[n] = round(float(values[n]), 2)  # so near to the middle the product may lie on the wrong side of it
    return rounded


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
