"""Where the papers of a view stand: time on x, themes as lanes on y, nothing on top of another.

A paper's box *begins* at its date. Boxes are never pushed along the time axis: a box that would
lie on another takes the next row of its lane. The axis is real time, bent in two ways. Every
paper adds a little width to its year, so that a crowded year gets the room that it needs; and a
stretch of years without papers shrinks to a narrow, labelled gap. How much width a paper adds is
chosen so that the whole picture has the shape of a screen.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import pairwise
from math import ceil

from ..model.lineage import BRIDGE, LIST, Lineage
from .style import NO_COLOUR, NO_THEME, label_of, text_width, theme_colours, theme_of

ASPECT = 2.1  # width to height of the whole picture: a landscape screen less the page's header
MARGIN = 24.0
AXIS = 34.0  # room for the labels of the years
LANE_HEAD, LANE_FOOT, LANE_GAP = 24.0, 8.0, 5.0
BOX_GAP, ROW_GAP = 10.0, 7.0
YEAR = 46.0  # the least width of a year: its label must fit
GAP, NARROW_GAP = 84.0, 44.0  # the width of a stretch without papers, however long; narrow where there are many


@dataclass(frozen=True, slots=True)
class Placement:
    """A paper's place: its centre, and the box in which its mark and its label stay.

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
class _Style:
    """How large a role's mark is: text size, height, and the width beside the text."""

    text: float
    height: float
    beside: float


_STYLES = {LIST: _Style(13.5, 28, 20), BRIDGE: _Style(12, 22, 16)}
_DOT = _Style(11, 16, 14)


@dataclass(frozen=True, slots=True)
class _Box:
    """A paper before it has a place; `moment` is its year and how much of that has passed."""

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
        Lanes in the reading list's order, those without a paper left out, papers without a known
        theme in a last lane. Of two papers, the one whose date is surely the earlier begins
        further left; a date known to the year or month stands in the middle of it, and papers of
        one date follow each other by key. Papers without a date come after all others, under
        the tick "undated".

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
    best = _arranged(lineage, boxes, high)
    for _ in range(14):  # enough to hit the aspect within a pixel or two of room for each paper
        room = (low * high) ** 0.5
        best = _arranged(lineage, boxes, room)
        low, high = (low, room) if best.width > ASPECT * best.height else (room, high)
    return best


def _arranged(lineage: Lineage, boxes: Sequence[_Box], room: float) -> Layout:
    """The picture in which every paper adds `room` to the width of its year."""
    lefts, ticks = _along_time(boxes, room)
    rows = _rows(boxes, lefts)
    placements: dict[str, Placement] = {}
    lanes: list[Lane] = []
    colours = theme_colours(lineage)
    order: list[tuple[str | None, str]] = [(theme.id, theme.name) for theme in lineage.reading_list.themes]
    y = AXIS
    for theme, name in [*order, (None, NO_THEME)]:
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
    placed = {box.key: placements[box.key] for box in boxes}
    return Layout(placed, lanes, ticks, ceil(max(right, ticks[-1].x + YEAR if ticks else 0) + MARGIN), ceil(y + MARGIN))


def _along_time(boxes: Sequence[_Box], room: float) -> tuple[list[float], list[Tick]]:
    """Where each box begins, given the boxes in order of time; and the ticks."""
    dated = Counter(box.moment[0] for box in boxes if box.moment)
    # Time as such gets a third of the width, shared evenly among the years that have papers.
    year_width = max(YEAR, 0.5 * room * dated.total() / len(dated)) if dated else YEAR
    ticks: list[Tick] = []
    starts: dict[int, float] = {}
    x, previous = MARGIN, None
    gap = GAP if sum(later - year > 2 for year, later in pairwise(sorted(dated))) <= 2 else NARROW_GAP
    for year, count in sorted(dated.items()):
        empty = year - previous - 1 if previous is not None else 0
        if empty == 1:
            ticks.append(Tick(str(year - 1), x))
            x += YEAR
        elif empty > 1:
            ticks.append(Tick(f"{year - empty}\N{EN DASH}{year - 1}", x, empty=True))
            x += gap
        ticks.append(Tick(str(year), x))
        starts[year] = x
        x += year_width + room * count
        previous = year
    lefts: list[float] = []
    seen: Counter[int] = Counter()
    for box in boxes:
        if box.moment:
            year, passed = box.moment
            lefts.append(round(starts[year] + year_width * passed + room * seen[year], 2))
            seen[year] += 1
    end = round(max([x, *(left + box.width + BOX_GAP for left, box in zip(lefts, boxes, strict=False))]), 2)
    if len(lefts) < len(boxes):
        ticks.append(Tick("undated", end))
        lefts += [round(end + room * n, 2) for n in range(len(boxes) - len(lefts))]
    return lefts, ticks


def _rows(boxes: Sequence[_Box], lefts: Sequence[float]) -> dict[str | None, list[list[int]]]:
    """The rows of every lane: the fewest in which no two boxes meet.

    Boxes come from left to right, so a row is free as soon as its last box has ended; the row
    that has been free for longest is taken, which spreads them over the lane.
    """
    rows: dict[str | None, list[list[int]]] = {}
    free: dict[str | None, list[tuple[float, int]]] = {}
    for n, (box, left) in enumerate(zip(boxes, lefts, strict=True)):
        lane, ends = rows.setdefault(box.lane, []), free.setdefault(box.lane, [])
        end = left + box.width + BOX_GAP
        if ends and ends[0][0] <= left:
            row = ends[0][1]
            heapreplace(ends, (end, row))
            lane[row].append(n)
        else:
            heappush(ends, (end, len(lane)))
            lane.append([n])
    return rows


def _box(lineage: Lineage, key: str) -> _Box:
    style = _STYLES.get(lineage.graph.nodes[key]["role"], _DOT)
    label = label_of(lineage, key)
    width = 2 * ceil((text_width(label) * style.text + style.beside) / 2)
    return _Box(key, label, theme_of(lineage, key), _moment(lineage.paper(key).date), width, style.height)


def _moment(date: str | None) -> tuple[int, float] | None:
    """The year of a date and how much of it has passed: the middle of what is known."""
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if not month:
        return year, 0.5
    if not day:
        return year, (month - 0.5) / 12
    # As if every month were a twelfth, so that a day never leaves its month.
    first = datetime.date(year, month, 1)
    days = ((first + datetime.timedelta(days=31)).replace(day=1) - first).days if (year, month) != (9999, 12) else 31
    return year, (month - 1 + (day - 0.5) / days) / 12
