"""Figures of answers: the flow between themes, and a search by citations as the flow of PRISMA 2020."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from xml.sax.saxutils import escape, quoteattr

from ..analysis.snowball import Snowball
from ..analysis.theme_flow import ThemeFlow
from ..model.lineage import Lineage
from ..utils.text import clipped, for_xml
from .formats.svg_elements import QUIET, arrowhead, document, path, points, rectangle, text, wrapped
from .selection import provenance_line
from .snowball_flow import Box, flow_of
from .style import text_width, theme_colours

_CELL, _MARGIN, _LINE, _RIGHT = 90, 230, 24, 130


def theme_svg(lineage: Lineage, flow: ThemeFlow) -> str:
    """Draw the citations between themes: a row's ideas reach a column's papers.

    Returns
    -------
    str
        An SVG document. The area of a circle is the number of citations. The number stands below
        it, so that nothing is shown by size or colour alone.
    """
    names = {theme.id: theme.name for theme in lineage.reading_list.themes}
    colours = theme_colours(lineage)
    count = len(flow.themes)
    most = max(flow.arcs.values(), default=0.0) or 1.0
    width, height = _MARGIN + count * _CELL + _RIGHT, _MARGIN + count * _CELL + 20
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = 'font-family="sans-serif" font-size="13" role="img" aria-labelledby="title"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>',
        '<title id="title">Citations between themes, from the cited theme (rows) to the citing theme (columns)</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_MARGIN - 12, _MARGIN - 36, "cited", anchor="end", colour="#555555"),
        _text(_MARGIN - 12, _MARGIN - 20, "is cited by →", anchor="end", colour="#555555"),
    ]
    for n, theme in enumerate(flow.themes):
        middle = _MARGIN + n * _CELL + _CELL / 2
        label = clipped(for_xml(names[theme]), 30)
        lines.append(_text(_MARGIN - 12, middle + 4, label, anchor="end"))
        turned = f"rotate(-45 {middle:g} {_MARGIN - 12})"
        lines.append(_text(middle, _MARGIN - 12, label, transform=turned))
    far = _MARGIN + count * _CELL
    for edge in range(_MARGIN, far + 1, _CELL):
        lines.append(f'<path d="M{_MARGIN} {edge}H{far}M{edge} {_MARGIN}V{far}" stroke="#dddddd"/>')
    for row, cited in enumerate(flow.themes):
        for column, citing in enumerate(flow.themes):
            lines += _cell(row, column, flow.arcs.get((cited, citing), 0.0), most, colours[cited])
    return "\n".join([*lines, "</svg>", ""])


def _cell(row: int, column: int, citations: float, most: float, colour: str) -> list[str]:
    x, y = _MARGIN + column * _CELL + _CELL / 2, _MARGIN + row * _CELL + _CELL / 2
    if not citations:
        return [_text(x, y + 4, "0", anchor="middle", colour="#555555")]
    radius = (_CELL - _LINE) / 2 * sqrt(citations / most)
    return [
        f'<circle cx="{x:g}" cy="{y - 8:g}" r="{radius:.2f}" fill={quoteattr(colour)} stroke="#333333"/>',
        _text(x, y + _CELL / 2 - 6, f"{citations:.1f}".removesuffix(".0"), anchor="middle"),
    ]


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#222222", transform: str = "") -> str:
    turned = f" transform={quoteattr(transform)}" if transform else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}"{turned}>{escape(text)}</text>'


_SIDE, _WIDTH, _BETWEEN, _SIZE, _LINE_HEIGHT = 20.0, 360.0, 50.0, 12.0, 17.0
_ROWS = (
    (("identified",), ("duplicates", "unidentified", "seeds")),
    (("to_screen",), ("excluded",)),
    (("sought",), ("not_retrieved",)),
    (("assessed",), ("reports_excluded",)),
    (("included",), ()),
)
"""The boxes of the flow, a row each: those on the way, and beside them what is left behind."""
_TITLE = "Identification of studies by citation searching (PRISMA 2020)"


def snowball_svg(lineage: Lineage, found: Snowball) -> str:
    """Draw the flow; "n = ..." marks what a person has to count. Equal answers give equal bytes, without scripts."""
    boxes = {box.box: box for box in flow_of(lineage, found)}
    parts = [text(_SIDE, 24, _TITLE, size=15, weight=700)]
    right = _SIDE + _WIDTH + _BETWEEN
    y, before = 50.0, None
    for ours, others in _ROWS:
        left_lines = list(_lines([boxes[name] for name in ours]))
        if ours == ("identified",):
            left_lines += _lines([box for name, box in boxes.items() if name.startswith("identified_")])
        right_lines = list(_lines([boxes[name] for name in others]))
        height = max(len(left_lines), len(right_lines)) * _LINE_HEIGHT + 16
        middle = _SIDE + _WIDTH / 2
        if before is not None:
            parts += _arrow(middle, before, middle, y)
        parts += _box(_SIDE, y, height, left_lines)
        if right_lines:
            parts += _arrow(_SIDE + _WIDTH, y + height / 2, right, y + height / 2)
            parts += _box(right, y, height, right_lines)
        before, y = y + height, y + height + 34
    width = right + _WIDTH + _SIDE
    for line in wrapped(provenance_line(lineage, "search by citations"), width - 2 * _SIDE, 9):
        parts.append(text(_SIDE, y - 14, line, size=9, fill=QUIET))
        y += 12
    numbers = "; ".join(f"{box.description}: {'unknown' if box.n is None else box.n}" for box in boxes.values())
    return document(width, y, _TITLE, numbers, parts)


def _lines(boxes: Sequence[Box]) -> Iterator[str]:
    """The lines of some boxes; a number is never broken."""
    for box in boxes:
        *lines, last = wrapped(f"{box.description[:1].upper()}{box.description[1:]}", _WIDTH - 24, _SIZE)
        number = f"(n = {'...' if box.n is None else f'{box.n:,}'})"
        yield from lines
        if text_width(f"{last} {number}") * _SIZE > _WIDTH - 24:
            yield last
            yield number
        else:
            yield f"{last} {number}"


def _box(x: float, y: float, height: float, lines: Sequence[str]) -> Iterator[str]:
    yield rectangle(x, y, _WIDTH, height, stroke=QUIET, radius=3)
    for n, line in enumerate(lines):
        yield text(x + 12, y + 8 + (n + 0.5) * _LINE_HEIGHT, line, size=_SIZE)


def _arrow(x: float, y: float, to_x: float, to_y: float) -> Iterator[str]:
    dx, dy = (to_x > x) * 1.0, (to_y > y) * 1.0
    yield path(points("M", x, y) + points("L", to_x - 5 * dx, to_y - 5 * dy), stroke=QUIET)
    yield arrowhead(to_x, to_y, dx=dx, dy=dy)
