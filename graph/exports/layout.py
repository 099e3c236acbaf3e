"""Where papers stand in the picture: time on x, themes as lanes on y, nothing on top of another.

A paper's box *begins* at its date. Boxes are never pushed along the time axis: a box that would
lie on another takes the next row of its lane. The axis is real time, bent in two ways. Every
paper adds a little width to its year, so that a crowded year gets the room that it needs; and a
stretch of years without papers shrinks to a narrow, labelled gap. How much width a paper adds is
chosen so that the whole picture has the shape of a screen.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import pairwise
from math import ceil

from ..model.lineage import BRIDGE, LIST, Lineage
from .style import NO_COLOUR, NO_THEME, label_of, text_width, theme_colours, theme_of

ASPECT = 2.1  # width to height of the whole picture: a landscape screen without the page's header
MARGIN = 24.0
AXIS = 34.0  # the height of the row with the labels of the years
LANE_HEAD, LANE_FOOT, LANE_GAP = 24.0, 8.0, 5.0  # the lane's name, the space below its boxes, and below the lane
BOX_GAP, ROW_GAP = 10.0, 7.0  # the least space between two boxes of a row, and the space between two rows
YEAR = 46.0  # the least width of a year: its label must fit
GAP, NARROW_GAP = 84.0, 44.0  # the width of a stretch without papers, however long; narrow where there are many
FEW_GAPS = 2


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
class Tick:
    """The start of a year, of a stretch of empty years, or of the papers without a date.

    Labels are "2017", "1993-2013" with an en dash (`empty`, not drawn to scale), and "undated".
    """

    label: str
    x: float
    empty: bool = False


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


@dataclass(frozen=True, slots=True)
class _Box:
    """A paper before it has a place; `moment` is its year and which part of the year has passed."""

    key: str
    label: str
    lane: str | None
    moment: tuple[int, float] | None
    width: float
    height: float


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
    a second.
    """
    boxes = [_box(lineage, key) for key in sorted(set(keys))]
    boxes.sort(key=lambda box: (box.moment is None, box.moment or (0, 0.0), box.key))
    low, high = 0.01, 150.0
    picture = _arrange(lineage, boxes, high)
    for _ in range(14):  # bisection: enough to find the right width for each paper within a pixel or two
        room = (low * high) ** 0.5
        picture = _arrange(lineage, boxes, room)
        low, high = (low, room) if picture.width > ASPECT * picture.height else (room, high)
    return picture


def _arrange(lineage: Lineage, boxes: Sequence[_Box], room: float) -> Layout:
    """The picture in which every paper adds `room` to the width of its year."""
    lefts, ticks = _along_time(boxes, room)
    rows = _rows(boxes, lefts)
    placements: dict[str, Placement] = {}
    lanes: list[Lane] = []
    colours = theme_colours(lineage)
    themes: list[tuple[str | None, str]] = [(theme.id, theme.name) for theme in lineage.reading_list.themes]
    y = AXIS
    for theme, name in [*themes, (None, NO_THEME)]:
        if theme not in rows:
            continue
        top, y = y, y + LANE_HEAD
        for row in rows[theme]:
            height = max(boxes[n].height for n in row)
            for n in row:
                box = boxes[n]
                x = round(lefts[n] + box.width / 2, 2)
                placements[box.key] = Placement(box.key, x, y + height / 2, box.width, box.height, box.label)
            y += height + ROW_GAP
        y += LANE_FOOT - ROW_GAP
        lanes.append(Lane(theme, name, colours.get(theme or "", NO_COLOUR), top, y))
        y += LANE_GAP
    right = max((left + box.width for left, box in zip(lefts, boxes, strict=True)), default=MARGIN)
    right = max(right, ticks[-1].x + YEAR if ticks else 0)
    in_time_order = {box.key: placements[box.key] for box in boxes}
    return Layout(in_time_order, lanes, ticks, ceil(right + MARGIN), ceil(y + MARGIN))


def _along_time(boxes: Sequence[_Box], room: float) -> tuple[list[float], list[Tick]]:
    """Where each box begins, given the boxes in order of time; and the ticks."""
    papers_in = Counter(box.moment[0] for box in boxes if box.moment)
    # Time itself gets a third of the width, shared evenly among the years that have papers.
    year_width = max(YEAR, 0.5 * room * papers_in.total() / len(papers_in)) if papers_in else YEAR
    starts, ticks, x = _years(papers_in, year_width, room)
    lefts: list[float] = []
    before: Counter[int] = Counter()
    for box in boxes:
        if box.moment:
            year, passed = box.moment
            lefts.append(round(starts[year] + year_width * passed + room * before[year], 2))
            before[year] += 1
    undated = len(boxes) - len(lefts)
    if undated:
        ends = (left + box.width + BOX_GAP for left, box in zip(lefts, boxes, strict=False))
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


def _rows(boxes: Sequence[_Box], lefts: Sequence[float]) -> dict[str | None, list[list[int]]]:
    """The rows of every lane, as positions of boxes: as few rows as there can be without overlap.

    Boxes come from left to right, so a row is free as soon as its last box has ended. Of the free rows
    a box takes the one that has been free for longest, which spreads the boxes over the lane.
    """
    lanes: dict[str | None, list[list[int]]] = {}
    ends_of: dict[str | None, list[tuple[float, int]]] = {}  # for each lane a heap of where its rows end
    for n, (box, left) in enumerate(zip(boxes, lefts, strict=True)):
        rows, ends = lanes.setdefault(box.lane, []), ends_of.setdefault(box.lane, [])
        end = left + box.width + BOX_GAP
        if ends and ends[0][0] <= left:
            row = ends[0][1]
            heapreplace(ends, (end, row))
            rows[row].append(n)
        else:
            heappush(ends, (end, len(rows)))
            rows.append([n])
    return lanes


def _box(lineage: Lineage, key: str) -> _Box:
    size = _SIZES.get(lineage.role(key), _OTHER_SIZE)
    label = label_of(lineage, key)
    width = 2 * ceil((text_width(label) * size.font + size.padding) / 2)  # even, so that half of it is a whole number
    return _Box(key, label, theme_of(lineage, key), _moment(lineage.paper(key).date), width, size.height)


def _moment(date: str | None) -> tuple[int, float] | None:
    """The year of a date, and which part of it has passed in the middle of what is known.

    >>> _moment("2020"), _moment("2020-01"), _moment(None)
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
