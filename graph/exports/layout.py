"""Where papers stand in the picture: time on x, themes as lanes on y, nothing on top of another.

A paper's box *begins* at its date. Boxes are never pushed along the time axis: a box that would
lie on another takes another row of its lane, near papers that it cites or that cite it.
`graph.exports.time_axis` bends time; how much width a paper adds to its year is chosen so
that the whole picture has the shape of a screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from operator import add, itemgetter

import numpy as np

from ..model.lineage import BRIDGE, LIST, Lineage
from .lane_rows import order_by_barycentre, rows_in_order, rows_needed
from .style import NO_COLOUR, Look, looks_of, text_width, theme_colours
from .time_axis import BOX_GAP, MARGIN, YEAR, Tick, TimeAxis, moment

ASPECT = 2.1  # width to height of the whole picture: a landscape screen without the page's header
AXIS = 34.0  # the height of the row with the labels of the years
LANE_HEAD, LANE_FOOT, LANE_GAP = 24.0, 8.0, 5.0  # the lane's name, the space below its boxes, and below the lane
ROW_GAP = 7.0  # the space between two rows
GROWTH = 0.2  # of a box: so much room it has behind it, because names grow where the picture is small


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

    Raises `KeyError` when the lineage has no paper of that key. Sorting and packing, n log n for n papers, a fixed
    number of times: 10,000 papers take about a quarter of a second.

    Parameters
    ----------
    keys : sequence of str
        The papers to show. Their order and repetitions do not matter.

    Returns
    -------
    Layout
        Lanes in the reading list's order, without those that would be empty; papers without a known
        theme are in a last lane. Of two papers, the one whose date is certainly earlier begins
        further left. A date of which only the year or the month is known stands in the middle of it,
        and papers of one date are ordered by key. Papers without a date come after all others,
        under the tick "undated". Within its lane a paper stands near those that
        citations join it with: see `graph.exports.lane_rows`.

    Examples
    --------
    >>> from graph import load
    >>> lineage = load()
    >>> picture = timeline(lineage, ["devlin2018", "vaswani2017", "ouyang2022"])
    >>> [lane.theme for lane in picture.lanes], [tick.label for tick in picture.ticks if not tick.empty]
    (['architecture', 'alignment'], ['2017', '2018', '2022'])
    >>> picture.placements["vaswani2017"].left < picture.placements["devlin2018"].left
    True
    """
    boxes = _Boxes.of(looks_of(lineage, list(set(keys))))
    low, high = 0.01, 150.0
    closest = inf, boxes.arranged(low)  # one row more or less may change the shape by much
    for _ in range(14):  # bisection: enough to find the right width for each paper within a pixel or two
        room = (low * high) ** 0.5
        arrangement = boxes.arranged(room)
        shape = arrangement.shape(lineage)
        closest = min(closest, (abs(shape - ASPECT), arrangement), key=itemgetter(0))
        low, high = (low, room) if shape > ASPECT else (room, high)
    return closest[1].in_order(_places(lineage, boxes)).layout(lineage)


def _places(lineage: Lineage, boxes: _Boxes) -> list[float]:
    """Where each box wants to be in its lane, from 0 at the top to 1: near those that citations join it with."""
    keys = [look.paper.key for look in boxes.looks]
    position = {key: n for n, key in enumerate(keys)}
    arcs = [(position[cited], position[citing]) for cited, citing in lineage.arcs_among(keys)]
    cited, citing = np.array(arcs, np.int64).reshape(-1, 2).T
    places = np.zeros(len(keys))
    for members in boxes.lanes.values():
        in_lane = np.full(len(keys), -1, np.int64)
        in_lane[members] = np.arange(len(members))
        inside = (in_lane[cited] >= 0) & (in_lane[citing] >= 0)
        places[members] = order_by_barycentre(len(members), (in_lane[cited[inside]], in_lane[citing[inside]]))
    return places.tolist()


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
        ends = self.ends(lefts)
        rows = {lane: rows_needed(members, lefts, ends) for lane, members in self.lanes.items()}
        return _Arrangement(self, lefts, ticks, rows)

    def ends(self, lefts: Sequence[float]) -> list[float]:
        """Where the next box of a row may begin behind each box."""
        return [left + (1 + GROWTH) * width + BOX_GAP for left, width in zip(lefts, self.widths, strict=True)]


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Boxes with their left sides, in the rows of their lanes."""

    boxes: _Boxes
    lefts: Sequence[float]
    ticks: Sequence[Tick]
    rows: Mapping[str | None, list[list[int]]]

    def in_order(self, places: Sequence[float]) -> _Arrangement:
        """The same boxes in as many rows, each near its place in its lane."""
        lefts, ends = self.lefts, self.boxes.ends(self.lefts)
        rows = {lane: rows_in_order(each, lefts, ends, places) for lane, each in self.boxes.lanes.items()}
        return replace(self, rows=rows)

    @property
    def width(self) -> int:
        """The width of the picture."""
        right = max(map(add, self.lefts, self.boxes.widths), default=MARGIN)
        return ceil(max(right, self.ticks[-1].x + YEAR if self.ticks else 0) + MARGIN)

    def heights(self, lane: str | None) -> list[float]:
        """The height of every row of a lane."""
        heights = self.boxes.heights
        return [max([heights[n] for n in row], default=_OTHER_SIZE.height) for row in self.rows[lane]]

    def shape(self, lineage: Lineage) -> float:
        """The width of the picture by its height."""
        lanes = self.lanes(lineage)
        return self.width / ceil((lanes[-1].bottom + LANE_GAP if lanes else AXIS) + MARGIN)

    def lanes(self, lineage: Lineage) -> list[Lane]:
        """The lanes, in the order of the list's themes; those without a box are left out."""
        colours, lanes, y = theme_colours(lineage), [], AXIS
        themes: list[tuple[str | None, str]] = [(theme.id, theme.name) for theme in lineage.reading_list.themes]
        for theme, name in [*themes, (None, lineage.grouping.words.none)]:
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
