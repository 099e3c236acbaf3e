"""The figure of a search by citations: its flow as PRISMA 2020 has it for other methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..analysis.snowball import Snowball
from ..model.lineage import Lineage
from .formats.svg_elements import QUIET, arrowhead, document, path, points, rectangle, text, wrapped
from .provenance import provenance_line
from .snowball_flow import Box, flow_of
from .style import text_width

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
