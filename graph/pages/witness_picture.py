"""The picture of a page that shows who lists the references of its papers."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.witnesses import compared_papers, paper_witnesses
from ..exports.formats.svg_elements import FONT, PAPER, number, rectangle
from ..exports.witness_figure import MOST, witness_drawing
from ..model.lineage import Lineage


def witness_picture(lineage: Lineage, keys: Sequence[str]) -> tuple[int, str]:
    """For how many papers of a page two sources or more were asked, and the picture of their lists as an SVG element.

    Papers of the reading list come first, and the picture has room for some only (`MOST`). The element stands inside a
    page: it has no ids, no styles and no scripts. It is "" where there is nothing to compare.
    """
    on_page = set(keys)
    compared = sorted((key for key in compared_papers(lineage) if key in on_page), key=lineage.place)
    if not compared:
        return 0, ""
    papers = [paper_witnesses(lineage, key) for key in compared[:MOST]]
    width, height, parts = witness_drawing(lineage, papers, left_out=len(compared) - len(papers))
    size = f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}"'
    head = f'<svg {size} font-family="{FONT}" role="img" aria-label="Who lists the references, a bar for each source">'
    return len(compared), "\n".join([head, rectangle(0, 0, width, height, fill=PAPER), *parts, "</svg>"])
