r"""DOT, for Graphviz: papers in ranks of years, in the colours of their themes.

Every text is written as an escString of Graphviz: a backslash stands twice. In a text that is drawn, an
ampersand is written as an entity as well, because Graphviz reads ``&amp;`` and ``\N`` there.
"""

from __future__ import annotations

from collections import defaultdict

from ...utils.text import for_xml, shown
from ..contents import PlacedPaper
from ..selection import Selection

_SHAPES = {"list": ("box", "rounded,filled"), "bridge": ("box", "rounded"), "ancestor": ("ellipse", "solid")}


def write(selection: Selection) -> dict[str, str]:
    """The file. Time runs to the right, and papers of one year stand in one rank."""
    lines = [
        "// " + selection.provenance,
        "digraph lineage {",
        f"  graph [rankdir=LR, label={_drawn(selection.title)}, labelloc=t, newrank=true];",
        '  graph [fontname="Helvetica", tooltip=" "];',
        '  node [fontname="Helvetica", fontsize=11, penwidth=1.5];',
        '  edge [color="#777777", arrowsize=0.6];',
    ]
    years: dict[int, list[str]] = defaultdict(list)
    for paper in selection.placed_papers:
        lines.append(f"  {_text(paper.paper.key)} [{_paper(paper)}];")
        if paper.paper.year is not None:
            years[paper.paper.year].append(paper.paper.key)
    for _, keys in sorted(years.items()):
        if len(keys) > 1:
            lines.append(f"  {{ rank=same; {'; '.join(map(_text, keys))}; }}")
    for citation in selection.citations:
        cited, citing = map(_text, citation.arc)
        attributes = f"weight={citation.asserted_by}, origins={citation.origins}"
        attributes += f", sources={_text('; '.join(citation.source_labels))}"
        if citation.backwards:
            attributes += ", style=dashed, constraint=false, backwards=true"
        lines.append(f"  {cited} -> {citing} [{attributes}];")
    return {".gv": "\n".join([*lines, "}", ""])}


def _paper(exported: PlacedPaper) -> str:
    paper, year = exported.paper, exported.paper.year
    shape, style = _SHAPES.get(exported.look.role, ("ellipse", "dotted"))
    visible = {
        "label": exported.look.label + (f" ({year})" if year else ""),
        "tooltip": paper.title or paper.untitled,
    }
    values = {
        "URL": paper.url,
        "shape": shape,
        "style": style,
        "color": exported.colour,
        "fillcolor": exported.colour + "33",
        "title": paper.title,
        "date": paper.date,
        "date_basis": paper.date_basis,
        "role": exported.look.role,
        "theme": exported.theme_name,
        "theme_basis": exported.theme_basis,
        "list_numbers": "; ".join(map(str, exported.look.numbers)),
    }
    attributes = [f"{name}={_drawn(text)}" for name, text in visible.items()]
    return ", ".join([*attributes, *(f"{name}={_text(value)}" for name, value in values.items() if value)])


def _text(text: str) -> str:
    r"""A quoted string.

    >>> print(_text('a "b" \\N'))
    "a \"b\" \\N"
    """
    escaped = for_xml(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _drawn(text: str) -> str:
    return _text(shown(text).replace("&", "&amp;"))
