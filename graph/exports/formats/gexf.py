"""GEXF 1.3: what GraphML holds, and time, so that Gephi's timeline works.

Written here and not by networkx, whose writer takes an attribute called `label`, `start` or `id` for
its own, knows no 1.3, gives every colour an `a` that makes Gephi Lite ignore it, and numbers attributes
in the order in which it meets them, so that appending a second file puts values into wrong columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..columns import CitationInView, Column, measure_columns
from ..graphml_writer import EDGE_COLUMNS, Placed, node_columns, plain
from ..provenance import made_by
from ..selection import Selection
from .typed_rows import EVIDENCE, path_columns, placed

# What GEXF has places of its own for is no attribute.
_OWN = {"label", "x", "y", "size", "r", "g", "b", "start", "weight", "kind"}
_TYPES = {"boolean": "boolean", "int": "integer", "long": "long", "double": "double", "string": "string"}
_TIME = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
# A parser of XML 1.1, such as Gephi Lite's, takes these for line ends, and in an attribute for blanks.
_LINE_ENDS = {"\u2028": "&#8232;", "\u0085": "&#133;"}
_SHAPES = {"list": "square", "bridge": "diamond", "ancestor": "disc"}


def write(selection: Selection) -> dict[str, str]:
    """The file.

    A paper begins at its date, on the first day that the date allows; `date` and `date_basis` say how
    far it is known. A citation begins when both of its papers are there. What has no date begins never.
    """
    columns = node_columns(selection.lineage)
    place = [c for c in columns if c.name in ("x", "y", "size")]
    papers: list[Column[Any]] = [c for c in columns if c.name not in _OWN]
    papers += measure_columns(selection.measured)
    citations = [c for c in (*EDGE_COLUMNS, *EVIDENCE, *path_columns(selection)) if c.name not in _OWN]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        f"  <meta><creator>{escape(made_by())}</creator>",
        f"    <description>{escape(selection.provenance)}</description></meta>",
        f'  <graph defaultedgetype="directed" idtype="string" {_TIME}>',
        *_declared("node", papers),
        *_declared("edge", citations),
        f'    <nodes count="{len(selection.papers)}">',
    ]
    for paper in placed(selection):
        lines += _node(paper, papers, [column.value(paper) for column in place])
    lines += ["    </nodes>", f'    <edges count="{len(selection.citations)}">']
    for seen in selection.citations:
        lines += _edge(seen, citations)
    return {".gexf": "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])}


def _declared(of: str, columns: Sequence[Column[Any]]) -> Iterator[str]:
    yield f'    <attributes class="{of}" mode="static">'
    for column in columns:
        # Ids by name: Gephi puts the values of a second file into the columns of the first by id, and
        # Gephi Lite shows the id and not the title.
        yield f'      <attribute id="{column.name}" title="{column.name}" type="{_TYPES[column.type]}"/>'
    yield "    </attributes>"


def _node(paper: Placed, columns: Sequence[Column[Placed]], place: Sequence[object]) -> Iterator[str]:
    begins = _day(paper.paper.date)
    start = f' start="{begins}"' if begins else ""
    label = quoteattr(plain(paper.label) or paper.paper.key)
    yield f"      <node id={quoteattr(paper.paper.key)} label={label}{start}>"
    yield from _values(columns, paper)
    red, green, blue = (paper.channel(n) for n in range(3))
    yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>'
    yield f'        <viz:position x="{place[0]}" y="{place[1]}" z="0.0"/>'
    yield f'        <viz:size value="{place[2]}"/>'
    yield f'        <viz:shape value="{_SHAPES.get(paper.facts["role"], "triangle")}"/>'
    yield "      </node>"


def _edge(seen: CitationInView, columns: Sequence[Column[CitationInView]]) -> Iterator[str]:
    cited, citing = seen.citation.cited, seen.citation.citing
    both = [_day(seen.cited.date), _day(seen.citing.date)]
    start = f' start="{max(filter(None, both))}"' if all(both) else ""
    ends = f"id={quoteattr(f'{cited}:{citing}')} source={quoteattr(cited)} target={quoteattr(citing)}"
    yield f'      <edge {ends} weight="{float(seen.asserted_by)}" kind="cites"{start}>'
    yield from _values(columns, seen)
    yield "      </edge>"


def _values(columns: Sequence[Column[Any]], subject: Any) -> Iterator[str]:
    yield "        <attvalues>"
    for column in columns:
        text = plain(column.value(subject))
        if text is not None:
            yield f'          <attvalue for="{column.name}" value={quoteattr(text, _LINE_ENDS)}/>'
    yield "        </attvalues>"


def _day(date: str | None) -> str | None:
    """The first day that a date allows.

    >>> _day("2018-10"), _day("1992"), _day(None)
    ('2018-10-01', '1992-01-01', None)
    """
    return date and (date + "-01-01")[:10]
