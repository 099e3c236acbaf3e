"""The figure of the flow between themes: a row a cited theme, a column a citing one, a circle for their citations."""

from __future__ import annotations

from math import sqrt
from xml.sax.saxutils import escape, quoteattr

from ..analysis.theme_flow import ThemeFlow
from ..model.lineage import Lineage
from ..utils.text import clipped, for_xml
from .style import theme_colours

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
