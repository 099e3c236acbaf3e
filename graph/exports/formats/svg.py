"""A figure for a paper: SVG, drawn here, so that no browser is needed.

The figure of a lineage has time to the right, a lane for each theme, and citations as curves.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from ...model.lineage import BRIDGE, LIST
from ...utils.text import clipped
from ..contents import ExportedCitation, PlacedPaper
from ..layout import Lane, Layout, Placement
from ..selection import Selection
from ..style import text_width, theme_colours
from ..time_axis import Tick
from ..wording import counted
from .svg_elements import (
    INK,
    LINE,
    QUIET,
    arrowhead,
    circle,
    document,
    group,
    path,
    points,
    rectangle,
    text,
    text_on,
    wrapped,
)
from .svg_paths import paths_figure


def write(selection: Selection) -> dict[str, str]:
    """Paths as a compact figure; everything else on a time axis, with a lane for each theme."""
    figure = paths_figure if selection.paths else lineage_figure
    return {".svg": figure(selection)}


_SIDE, _HEAD, _LEGEND_ROW = 20.0, 62.0, 24.0
_SIZES = {LIST: 12.5, BRIDGE: 11.5}  # bold and narrow fonts alike stay inside the boxes of the layout


def lineage_figure(selection: Selection) -> str:
    """Draw a selection as an SVG document without scripts and links; the same selection gives the same bytes.

    Linear in papers and citations after the layout; beyond some hundred papers names are small.
    """
    layout = selection.layout
    papers = {paper.paper.key: paper for paper in selection.placed_papers}
    across = max(layout.width, 600.0)
    width = across + 2 * _SIDE
    title = selection.lineage.reading_list.title
    parts = [text(_SIDE, 24, title, size=17, weight=700)]
    counts = f"{counted(len(papers), 'paper')}, {counted(len(selection.citations), 'citation')}"
    summary = f"{selection.title[:1].upper()}{selection.title[1:]}: {counts}. A box begins at the date of its paper."
    parts.append(text(_SIDE, 46, summary, size=12, fill=QUIET))
    parts.append(f'<g transform="translate({_SIDE:g} {_HEAD:g})">')
    for lane in layout.lanes:
        parts.append(rectangle(0, lane.top, across, lane.bottom - lane.top, fill=lane.colour, opacity=0.07))
    for tick, following in zip_longest(layout.ticks, layout.ticks[1:]):
        parts += _tick(tick, layout, following.x - tick.x if following else layout.width - tick.x)
    opacity = max(0.14, min(0.55, 6 / max(1, len(selection.citations)) ** 0.5))
    for citation in selection.citations:
        parts += _arc(citation, layout, papers[citation.citation.cited].colour, opacity)
    parts += [part for lane in layout.lanes for part in _lane_name(lane, across)]
    parts += [_paper(selection, paper) for paper in papers.values()]
    parts.append("</g>")
    legend, foot = _legend(selection, papers, _HEAD + layout.height, width)
    notes = list(wrapped(selection.provenance, width - 2 * _SIDE, 9))
    parts += legend
    parts += [text(_SIDE, foot + 12 * n, line, size=9, fill=QUIET) for n, line in enumerate(notes)]
    described = f"{counts}, from left to right by date. Curves run from the cited paper to the one that cites it."
    return document(width, foot + 12 * len(notes) + 8, f"{title}: {selection.title}", described, parts)


def _tick(tick: Tick, layout: Layout, room: float) -> Iterator[str]:
    bottom = layout.lanes[-1].bottom if layout.lanes else layout.height
    dash = "2 4" if tick.empty else None
    yield path(points("M", tick.x, 24) + points("V", bottom), stroke=LINE, dash=dash)
    size = 11 if not tick.empty else 9.5
    if not tick.empty or text_width(tick.label) * size + 8 < room:
        yield text(tick.x + 4, 14, tick.label, size=size, fill=QUIET)


def _lane_name(lane: Lane, width: float) -> Iterator[str]:
    yield rectangle(0, lane.top, 4, lane.bottom - lane.top, fill=lane.colour)
    name = clipped(lane.name, int(width / 9))
    yield text(12, lane.top + 12, name, size=11.5, weight=700, halo=True)


def _arc(citation: ExportedCitation, layout: Layout, colour: str, opacity: float) -> Iterator[str]:
    """A curve from the right side of the cited paper to the left side of the citing one."""
    cited, citing = (layout.placements[key] for key in citation.arc)
    dash = "5 4" if citation.backwards else None
    start, end = cited.x + cited.width / 2, citing.left
    if end - start > 12:
        reach = max(12.0, (end - start) * 0.45)
        level = max(0.0, 1 - abs(citing.y - cited.y) / 90)
        bow = min(40.0, 0.12 * (end - start)) * level  # so that it does not run under the papers between
        curve = points("C", start + reach, cited.y - bow, end - reach, citing.y - bow, end - 4, citing.y)
        yield path(points("M", start, cited.y) + curve, stroke=colour, thick=1.3, opacity=opacity, dash=dash)
        yield arrowhead(end, citing.y, dx=reach, dy=bow, size=5.5, fill=colour)
        return
    yield from _steep(cited, citing, colour, opacity, dash)


def _steep(cited: Placement, citing: Placement, colour: str, opacity: float, dash: str | None) -> Iterator[str]:
    """A curve between papers of nearly one date: from below one box to above the other, or the reverse."""
    down = 1 if citing.y > cited.y else -1
    left, right = max(cited.left, citing.left), min(cited.left + cited.width, citing.left + citing.width)
    x0, x1 = cited.x + cited.width / 2 - 8, citing.left + 8
    if right - left > 8:
        x0 = x1 = (left + right) / 2
    y0, y1 = cited.y + down * cited.height / 2, citing.y - down * citing.height / 2
    bow, rise = min(18.0, abs(y1 - y0) * 0.06), y1 - y0
    curve = points("C", x0 + bow, y0 + rise / 2, x1 + bow, y1 - rise / 2, x1, y1)
    yield path(points("M", x0, y0) + curve, stroke=colour, thick=1.3, opacity=opacity, dash=dash)
    yield arrowhead(x1, y1, dx=-bow, dy=rise / 2 or down, size=5.5, fill=colour)


def _paper(selection: Selection, paper: PlacedPaper) -> str:
    place, role = paper.placement, paper.look.role
    box = (place.left, place.y - place.height / 2, place.width, place.height)
    size = _SIZES.get(role, 11.0)
    parts: list[str] = []
    if role == LIST:
        parts.append(rectangle(*box, fill=paper.colour, radius=6))
        second = paper.look.chosen[1:2]
        if second:
            colour = theme_colours(selection.lineage)[second[0]]
            around = (box[0] - 3, box[1] - 3, place.width + 6, place.height + 6)
            parts.append(rectangle(*around, stroke=colour, thick=2.5, radius=9))
        parts.append(text(place.left + 10, place.y, place.label, size=size, weight=700, fill=text_on(paper.colour)))
    elif role == BRIDGE:
        parts.append(rectangle(*box, fill="#ffffff", radius=5))
        parts.append(rectangle(*box, fill=paper.colour, opacity=0.14, stroke=paper.colour, radius=5))
        parts.append(text(place.left + 8, place.y, place.label, size=size))
    else:
        parts.append(circle(place.left + 4.5, place.y, 4, paper.colour))
        parts.append(text(place.left + 13, place.y, place.label, size=size, halo=True))
    year = f" ({paper.paper.date})" if paper.paper.date else ""
    theme = f"; {paper.theme_name}, {paper.theme_basis}" if paper.theme_name else ""
    return group(f"{paper.paper.title or paper.paper.untitled}{year}{theme}", parts)


def _legend(selection: Selection, papers: dict[str, PlacedPaper], y: float, width: float) -> tuple[list[str], float]:
    """What the shapes, outlines and lines in the figure mean; and where the legend ends."""
    roles = {paper.look.role for paper in papers.values()}
    entries: list[tuple[str, list[str]]] = []
    if LIST in roles:
        entries.append(("reading list, with its number", [rectangle(0, -7, 24, 14, fill=QUIET, radius=4)]))
    if BRIDGE in roles:
        entries.append(("bridge between papers of the list", [rectangle(0.5, -6.5, 23, 13, stroke=QUIET, radius=4)]))
    if roles - {LIST, BRIDGE}:
        entries.append(("another paper", [circle(12, 0, 4, QUIET)]))
    if any(len(paper.look.chosen) > 1 for paper in papers.values()):
        box = rectangle(2, -6, 20, 12, fill=QUIET, radius=4)
        entries.append(
            (
                f"outline: also of a second {selection.lineage.grouping.words.one}",
                [box, rectangle(-1, -9, 26, 18, stroke=INK, thick=2, radius=7)],
            )
        )
    if selection.citations:
        line = path(points("M", 0, 0) + points("H", 22), stroke=QUIET, thick=1.5)
        entries.append(("from the cited paper to the citing one", [line, arrowhead(26, 0, fill=QUIET)]))
    if any(citation.backwards for citation in selection.citations):
        dashed = path(points("M", 0, 0) + points("H", 26), stroke=QUIET, thick=1.5, dash="5 4")
        entries.append(("dashed: cites a later paper", [dashed]))
    drawn: list[str] = []
    x, middle = _SIDE, y + 12
    for meaning, parts in entries:
        room = 34 + round(text_width(meaning) * 10.5)
        if x > _SIDE and x + room > width - _SIDE:
            x, middle = _SIDE, middle + _LEGEND_ROW
        drawn.append("\n".join([f'<g transform="translate({x:g} {middle:g})">', *parts, "</g>"]))
        drawn.append(text(x + 34, middle, meaning, size=10.5, fill=QUIET))
        x += room + 18
    return drawn, middle + 30
