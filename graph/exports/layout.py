"""Where papers stand in the picture: time on x, themes as lanes on y, nothing on top of another.

A paper's box *begins* at its date. Boxes are never pushed along the time axis: a box that would
lie on another takes the next row of its lane. `graph.exports.time_axis` bends time; how much width a paper
adds to its year is chosen so that the whole picture has the shape of a screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from math import ceil
from operator import add

from ..model.lineage import BRIDGE, LIST, Lineage
from .style import NO_COLOUR, NO_THEME, Look, looks_of, text_width, theme_colours
from .time_axis import BOX_GAP, MARGIN, YEAR, Tick, TimeAxis, moment

ASPECT = 2.1  # width to height of the whole picture: a landscape screen without the page's header
AXIS = 34.0  # the height of the row with the labels of the years
LANE_HEAD, LANE_FOOT, LANE_GAP = 24.0, 8.0, 5.0  # the lane's name, the space below its boxes, and below the lane
ROW_GAP = 7.0  # the space between two rows


@dataclass(frozen=True, slots=True)
class Placement:
    """A paper's place: the centre of the box that holds its mark and its label.

    Units are pixels at zoom 1; x grows with time, y grows downwards. The box begins (`left`) at
    the paper's date.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    label: str = ""

    @property
    def left(self) -> float:
        """Where the box begins: the paper's date."""
        return self.x - self.width / 2


@dataclass(frozen=True, slots=True)
class Lane:
    """A theme's band across the picture; `theme` is None for papers without a theme."""

    theme: str | None
    name: str
    colour: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture: placements by key, lanes from top to bottom, ticks from left to right."""

    placements: Mapping[str, Placement]
    lanes: Sequence[Lane]
    ticks: Sequence[Tick]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Size:
    """The size of a box by the role of its paper: of its font, its height, and its width beside the text."""

    font: float
    height: float
    padding: float


_SIZES = {LIST: _Size(13.5, 28, 20), BRIDGE: _Size(12, 22, 16)}
_OTHER_SIZE = _Size(11, 16, 14)


def timeline(lineage: Lineage, keys: Sequence[str]) -> Layout:
    """Place papers by date and theme.

    Parameters
    ----------
    lineage : Lineage
    keys : sequence of str
        The papers to show. Their order and repetitions do not matter.

    Returns
    -------
    Layout
        Lanes in the reading list's order, without those that would be empty; papers without a known
        theme are in a last lane. Of two papers, the one whose date is certainly earlier begins
        further left. A date of which only the year or the month is known stands in the middle of it,
        and papers of one date are ordered by key. Papers without a date come after all others,
        under the tick "undated".

    Raises
    ------
    KeyError
        When the lineage has no paper of that key.

    Examples
    --------
    >>> from graph import load
    >>> lineage = load()
    >>> picture = timeline(lineage, ["devlin2018", "vaswani2017", "ouyang2022"])
    >>> [lane.theme for lane in picture.lanes], [tick.label for tick in picture.ticks if not tick.empty]
    (['architecture', 'alignment'], ['2017', '2018', '2022'])
    >>> picture.placements["vaswani2017"].left < picture.placements["devlin2018"].left
    True

    Notes
    -----
    Sorting and packing, n log n for n papers, a fixed number of times: 10,000 papers take about
    a quarter of a second.
    """
    boxes = _Boxes.of(looks_of(lineage, list(set(keys))))
    low, high = 0.01, 150.0
    for _ in range(14):  # bisection: enough to find the right width for each paper within a pixel or two
        room = (low * high) ** 0.5
        arrangement = boxes.arranged(room)
        low, high = (low, room) if arrangement.is_wide(lineage) else (room, high)
    return arrangement.layout(lineage)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The boxes of papers in order of time, a list for each of their facts; `lanes` has their positions."""

    looks: Sequence[Look]
    widths: Sequence[float]
    heights: Sequence[float]
    lanes: Mapping[str | None, Sequence[int]]
    axis: TimeAxis

    @classmethod
    def of(cls, looks: Sequence[Look]) -> _Boxes:
        """The boxes of papers, by their looks in any order."""
        timed = [(moment(look.paper.date), look) for look in looks]
        timed.sort(key=lambda each: (each[0] is None, each[0] or (0, 0.0), each[1].paper.key))
        looks, lanes = [look for _, look in timed], dict[str | None, list[int]]()
        for n, look in enumerate(looks):
            lanes.setdefault(look.theme, []).append(n)
        sizes = [_SIZES.get(look.role, _OTHER_SIZE) for look in looks]
        # Even, so that half of it is a whole number.
        widths: list[float] = [
            2 * ceil((text_width(look.label) * size.font + size.padding) / 2)
            for look, size in zip(looks, sizes, strict=True)
        ]
        axis = TimeAxis.of([when for when, _ in timed], widths)
        return cls(looks, widths, [size.height for size in sizes], lanes, axis)

    def arranged(self, room: float) -> _Arrangement:
        """The boxes in rows, if every paper adds `room` to the width of its year."""
        lefts, ticks = self.axis.lefts(room)
        ends = [left + width + BOX_GAP for left, width in zip(lefts, self.widths, strict=True)]
        rows = {lane: _rows(members, lefts, ends) for lane, members in self.lanes.items()}
        return _Arrangement(self, lefts, ticks, rows)


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Boxes with their left sides, in the rows of their lanes."""

    boxes: _Boxes
    lefts: Sequence[float]
    ticks: Sequence[Tick]
    rows: Mapping[str | None, list[list[int]]]

    @property
    def width(self) -> int:
        """The width of the picture."""
        right = max(map(add, self.lefts, self.boxes.widths), default=MARGIN)
        return ceil(max(right, self.ticks[-1].x + YEAR if self.ticks else 0) + MARGIN)

    def heights(self, lane: str | None) -> list[float]:
        """The height of every row of a lane."""
        heights = self.boxes.heights
        return [max([heights[n] for n in row]) for row in self.rows[lane]]

    def is_wide(self, lineage: Lineage) -> bool:
        """Whether the picture is wider than a screen."""
        lanes = self.lanes(lineage)
        return self.width > ASPECT * ceil((lanes[-1].bottom + LANE_GAP if lanes else AXIS) + MARGIN)

    def lanes(self, lineage: Lineage) -> list[Lane]:
        """The lanes, in the order of the list's themes; those without a box are left out."""
        colours, lanes, y = theme_colours(lineage), [], AXIS
        themes: list[tuple[str | None, str]] = [(theme.id, theme.name) for theme in lineage.reading_list.themes]
        for theme, name in [*themes, (None, NO_THEME)]:
            if theme not in self.rows:
                continue
            top, y = y, y + LANE_HEAD
            for height in self.heights(theme):
                y += height + ROW_GAP
            y += LANE_FOOT - ROW_GAP
            lanes.append(Lane(theme, name, colours.get(theme or "", NO_COLOUR), top, y))
            y += LANE_GAP
        return lanes

    def layout(self, lineage: Lineage) -> Layout:
        """The finished picture."""
        placements: dict[str, Placement] = {}
        lanes = self.lanes(lineage)
        for lane in lanes:
            y = lane.top + LANE_HEAD
            for row, height in zip(self.rows[lane.theme], self.heights(lane.theme), strict=True):
                for n in row:
                    look, width = self.boxes.looks[n], self.boxes.widths[n]
                    spot = round(self.lefts[n] + width / 2, 2), y + height / 2
                    key = look.paper.key
                    placements[key] = Placement(key, *spot, width, self.boxes.heights[n], look.label)
                y += height + ROW_GAP
        in_time_order = {look.paper.key: placements[look.paper.key] for look in self.boxes.looks}
        bottom = lanes[-1].bottom + LANE_GAP if lanes else AXIS
        return Layout(in_time_order, lanes, self.ticks, self.width, ceil(bottom + MARGIN))


def _rows(members: Sequence[int], lefts: Sequence[float], ends: Sequence[float]) -> list[list[int]]:
    """The rows of a lane, as positions of boxes: as few rows as there can be without overlap.

    Boxes come from left to right, so a row is free as soon as its last box has ended. Of the free rows
    a box takes the one that has been free for longest, which spreads the boxes over the lane.
    """
    rows: list[list[int]] = []
    free: list[tuple[float, int]] = []  # a heap of where the rows end
    for n in members:
        if free and free[0][0] <= lefts[n]:
            row = free[0][1]
            heapreplace(free, (ends[n], row))
            rows[row].append(n)
        else:
            heappush(free, (ends[n], len(rows)))
            rows.append([n])
    return rows
