"""GEXF 1.3: what GraphML holds, and time, so that Gephi's timeline works.

The file is written here and not by networkx. Its writer takes an attribute called `label`, `start` or `id` for
one of GEXF's own, does not know version 1.3, gives every colour an `a` that makes Gephi Lite ignore the colour, and
numbers attributes in the order in which it meets them, so that appending a second file puts values into wrong columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..column import Column, Value
from ..columns import evidence_columns
from ..contents import ExportedCitation, PlacedPaper
from ..provenance import made_by
from ..selection import Selection
from .graphml import EDGE_COLUMNS, node_columns, plain_text

# GEXF has places of its own for these, so they are not attributes.
_BUILT_IN = {"label", "x", "y", "size", "r", "g", "b", "start", "weight", "kind"}
_TYPES = {"boolean": "boolean", "int": "integer", "long": "long", "double": "double", "string": "string"}
_TIME = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
# A parser of XML 1.1, such as that of Gephi Lite, reads these as line ends, and in an attribute as spaces.
_LINE_ENDS = {"\u2028": "&#8232;", "\u0085": "&#133;"}
_SHAPES = {"list": "square", "bridge": "diamond", "ancestor": "disc"}


def write(selection: Selection) -> dict[str, str]:
    """The file.

    A paper begins on the first day of its date; `date` and `date_basis` say how precisely it is known. A citation
    begins when both of its papers have begun. A paper without a date has no beginning.
    """
    columns = node_columns(selection.lineage, selection.measured)
    place = [column for column in columns if column.name in ("x", "y", "size")]
    papers = [column for column in columns if column.name not in _BUILT_IN]
    citations = [
        column
        for column in (*EDGE_COLUMNS, *evidence_columns(selection.lineage, selection.counts))
        if column.name not in _BUILT_IN
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        f"  <meta><creator>{escape(made_by())}</creator>",
        f"    <description>{escape(selection.provenance_of_measures)}</description></meta>",
        f'  <graph defaultedgetype="directed" idtype="string" {_TIME}>',
        *_declared("node", papers),
        *_declared("edge", citations),
        f'    <nodes count="{len(selection.papers)}">',
    ]
    placed = selection.placed_papers
    for paper, values, *spot in zip(
        placed, _values(papers, placed), *(column.values(placed) for column in place), strict=True
    ):
        lines += _node(paper, values, spot)
    lines += ["    </nodes>", f'    <edges count="{len(selection.citations)}">']
    for citation, values in zip(selection.citations, _values(citations, selection.citations), strict=True):
        lines += _edge(citation, values)
    return {".gexf": "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])}


def _declared(of: str, columns: Sequence[Column[Any]]) -> Iterator[str]:
    yield f'    <attributes class="{of}" mode="static">'
    for column in columns:
        # Ids by name: when Gephi appends a second file, it matches columns by id, and Gephi Lite shows the
        # id instead of the title.
        yield f'      <attribute id="{column.name}" title="{column.name}" type="{_TYPES[column.type]}"/>'
    yield "    </attributes>"


def _node(paper: PlacedPaper, values: str, place: Sequence[object]) -> Iterator[str]:
    begins = _day(paper.paper.date)
    start = f' start="{begins}"' if begins else ""
    label = quoteattr(plain_text(paper.look.label) or paper.paper.key)
    yield f"      <node id={quoteattr(paper.paper.key)} label={label}{start}>"
    yield values
    red, green, blue = paper.rgb
    yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>'
    yield f'        <viz:position x="{place[0]}" y="{place[1]}" z="0.0"/>'
    yield f'        <viz:size value="{place[2]}"/>'
    yield f'        <viz:shape value="{_SHAPES.get(paper.look.role, "triangle")}"/>'
    yield "      </node>"


def _edge(citation: ExportedCitation, values: str) -> Iterator[str]:
    cited, citing = citation.arc
    both = [_day(citation.cited.date), _day(citation.citing.date)]
    start = f' start="{max(filter(None, both))}"' if all(both) else ""
    ends = f"id={quoteattr(f'{cited}:{citing}')} source={quoteattr(cited)} target={quoteattr(citing)}"
    yield f'      <edge {ends} weight="{float(citation.asserted_by)}" kind="cites"{start}>'
    yield values
    yield "      </edge>"


def _values(columns: Sequence[Column[Any]], subjects: Sequence[Any]) -> Iterator[str]:
    """The attributes of every paper or citation, made a column at a time."""
    cells = [column.texts(subjects, _attribute(column.name)) for column in columns]
    return (f"        <attvalues>\n{''.join(row)}        </attvalues>" for row in zip(*cells, strict=True))


def _attribute(name: str) -> Callable[[Value], str]:
    """What writes the attribute of a value, and nothing where it is unknown or empty."""

    def attribute(value: Value) -> str:
        text = plain_text(value)
        return "" if text is None else f'          <attvalue for="{name}" value={quoteattr(text, _LINE_ENDS)}/>\n'

    return attribute


def _day(date: str | None) -> str | None:
    """The first day of a date.

    >>> _day("2018-10"), _day("1992"), _day(None)
    ('2018-10-01', '1992-01-01', None)
    """
    return date and (date + "-01-01")[:10]
