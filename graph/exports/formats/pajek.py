"""Pajek: a network, a partition by theme, and vectors of a measure and of years.

The files are written here and not by networkx. Its writer quotes only a text that contains a space, and a quote
or a line end in a title breaks its file; it cannot write partitions and vectors.
"""

from __future__ import annotations

from ...utils.text import one_line
from ..layout import Layout
from ..selection import Selection
from ..style import label_of, theme_of

UNKNOWN = 999999998
"""How Pajek writes a missing value."""
_MEASURE = "pagerank"


def write(selection: Selection) -> dict[str, str]:
    """The network, ``.clu`` with the themes, ``.vec`` with PageRank and ``-years.vec`` with years.

    A label ends with the paper's key, so that no two are alike. Line n of a partition or a vector
    belongs to vertex n.
    """
    lineage, keys = selection.lineage, selection.keys
    order = [theme.id for theme in lineage.reading_list.themes]
    themes = [theme_of(lineage, key) for key in keys]
    result = selection.measured.get(_MEASURE)
    measures = [result.values.get(key) if result else None for key in keys]
    return {
        ".net": _network(selection),
        ".clu": _column([order.index(theme) + 1 if theme else 0 for theme in themes]),
        ".vec": _column([UNKNOWN if value is None else repr(float(value)) for value in measures]),
        "-years.vec": _column([lineage.paper(key).year or UNKNOWN for key in keys]),
    }


def _network(selection: Selection) -> str:
    layout = selection.layout
    number = {key: n for n, key in enumerate(selection.keys, start=1)}
    themes = enumerate(selection.lineage.reading_list.themes, start=1)
    names = "; ".join(["0 not known", *(f"{n} {one_line(theme.name)}" for n, theme in themes)])
    # Only this file has comments: a partition and a vector must begin with the line of their vertices.
    lines = [f"% {selection.provenance_of_measures}", f"% themes: {names}", f"*Vertices {len(number)}"]
    for key, n in number.items():
        x, y = _place(layout, key)
        lines.append(f'{n} "{_label(selection, key)}" {x:.4f} {y:.4f} 0.5000')
    lines.append("*Arcs")
    for citation in selection.citations:
        cited, citing = citation.arc
        lines.append(f"{number[cited]} {number[citing]} {citation.asserted_by}")
    return "\n".join([*lines, ""])


def _label(selection: Selection, key: str) -> str:
    # Pajek cannot escape a quote inside a label.
    text = one_line(label_of(selection.lineage, key)).replace('"', "'").replace("\\", "/")
    return f"{text} [{key}]"


def _place(layout: Layout, key: str) -> tuple[float, float]:
    """The place within the unit square, as Pajek requires; its y axis points down, like ours."""
    place = layout.placements[key]
    return min(1.0, place.x / max(layout.width, 1)), min(1.0, place.y / max(layout.height, 1))


def _column(values: list[int] | list[int | str]) -> str:
    return "\n".join([f"*Vertices {len(values)}", *map(str, values), ""])
