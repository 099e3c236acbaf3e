"""GraphML for Gephi, and for every other program that reads it.

The file is written here and not by networkx, whose writer fails on an unknown value, numbers its
keys anew in every file and writes one attribute as two when its values differ in type. Readers
are strict in different ways, so the file keeps to what all of them read in the same way: keys with
stable ids, one type for each, no lists, no empty values, every edge once and with an id of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from ...analysis.measures.affordable import Measured
from ...model.lineage import Lineage
from ...utils.text import for_xml
from ..column import Column, Subject, Value, pick_flat
from ..columns import (
    CITATION_FACTS,
    PAPER_FACTS,
    PLACE_FACTS,
    evidence_columns,
    measure_columns,
    retraction_columns,
    share_columns,
)
from ..contents import ExportedCitation, PlacedPaper
from ..selection import Selection

# Gephi recognises label, x, y, size, r, g, b and weight by their names. No column may be called
# id, timeset, interval, source, target or type, in upper or lower case. Two faults of Gephi cannot be
# avoided: in a string column it turns INF into Infinity, and the word null into no value. The label
# is the one string that it does not change.
NODE_COLUMNS: tuple[Column[PlacedPaper], ...] = pick_flat(
    (*PLACE_FACTS, *PAPER_FACTS),
    *("label", "x", "y", "size", "r", "g", "b", "title", "authors", "year", "date", "date_basis", "start", "venue"),
    *("role", "list_numbers", "theme", "theme_basis", "themes_chosen", "references_known"),
    *("arxiv", "doi", "acl", "pmid", "pmcid", "s2", "corpusid", "openalex", "omid", "url"),
)
"""The columns of papers in every file; shares of themes and measures follow."""

EDGE_COLUMNS = pick_flat(CITATION_FACTS, "weight", "kind", "sources", "asserted_by", "origins", "year", "backwards")
"""The columns of citations in every file."""

_TOGETHER = 1 << 12
"""So many papers or citations are made at a time: of all together the texts of the columns would take more room."""
_MARKUP = re.compile("[&<>]")
# White space between two escapes, or at the end of a text: Gephi drops it.
_LONE_SPACE = re.compile(r"(?:\A|[&<>])[ \t\n]+(?=[&<>]|\Z)")


def write(selection: Selection) -> dict[str, str]:
    """The file, with the evidence of each citation beside the columns of ``lineage build``."""
    text = graphml_of(
        selection.lineage,
        selection.placed_papers,
        selection.citations,
        selection.measured,
        more=evidence_columns(selection.lineage, selection.counts),
        comment=selection.provenance_of_measures,
    )
    return {".graphml": text}


def node_columns(lineage: Lineage, measured: Measured) -> tuple[Column[PlacedPaper], ...]:
    """All columns of papers, for this reading list and with these measures."""
    return (*NODE_COLUMNS, *share_columns(lineage), *retraction_columns(lineage), *measure_columns(measured))


def graphml_of(
    lineage: Lineage,
    papers: Sequence[PlacedPaper],
    citations: Sequence[ExportedCitation],
    measured: Measured,
    *,
    more: Sequence[Column[ExportedCitation]] = (),
    comment: str | None = None,
) -> str:
    """Write papers that have their places, and the citations among them, as GraphML.

    Linear in papers and citations. An unknown value has no ``data`` element, which Gephi shows as an empty cell.
    Characters that XML cannot hold are left out.

    Parameters
    ----------
    papers : sequence of PlacedPaper
        Their y is negated, because Gephi's y axis points up.
    measured : mapping of str to Result
        From `graph.analysis.measures.affordable.measured`: a column ``measure_...`` for each.
    more : sequence of Column
        Further columns of citations.
    comment : str, optional
        One line that says where the file comes from.

    Returns
    -------
    str
        To be saved as UTF-8. Arcs run cited -> citing, each pair once. Equal lineages and layouts give equal text.

    Examples
    --------
    >>> from graph import load
    >>> from graph.exports.selection import select_papers
    >>> bert = select_papers(load(), "BERT", ["devlin2018"])
    >>> text = graphml_of(bert.lineage, bert.placed_papers, bert.citations, {})
    >>> next(line.strip() for line in text.splitlines() if 'key="n_label"' in line)
    '<data key="n_label">6 BERT</data>'
    """
    columns, edge_columns = node_columns(lineage, measured), (*EDGE_COLUMNS, *more)
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    if comment:
        # Not as an element <desc>, which some readers take for the label of a node.
        lines.insert(1, f"<!-- {comment.replace('--', '- -')} -->")
    lines += [_key("node", column.name, column.type) for column in columns]
    lines += [_key("edge", column.name, column.type) for column in edge_columns]
    lines.append('  <graph id="lineage" edgedefault="directed">')
    # No key has a character that needs an escape, or a colon, so the id of an edge is unique. It is the same in every
    # file, so Gephi can append files.
    parts = ["\n".join(lines), "\n"]
    for paper, data in zip(papers, _data("n", columns, papers), strict=True):
        parts += (f'    <node id="{paper.look.paper.key}">\n', data, "    </node>\n")
    for (_, cited, citing, *_), data in zip(citations, _data("e", edge_columns, citations), strict=True):
        ends = f'id="{cited.key}:{citing.key}" source="{cited.key}" target="{citing.key}"'
        parts += (f"    <edge {ends}>\n", data, "    </edge>\n")
    return "".join([*parts, "  </graph>\n</graphml>\n"])


def _key(of: str, name: str, type_: str) -> str:
    # Ids by name: when Gephi appends a second file, it matches columns by the id of the key.
    return f'  <key id="{of[0]}_{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>'


def _data(prefix: str, columns: Sequence[Column[Subject]], subjects: Sequence[Subject]) -> Iterator[str]:
    """The data elements of every paper or citation, made a column of some thousand at a time."""
    writers = [(column, _element(f"{prefix}_{column.name}")) for column in columns]
    for first in range(0, len(subjects), _TOGETHER):
        some = subjects[first : first + _TOGETHER]
        yield from map("".join, zip(*[column.texts(some, write) for column, write in writers], strict=True))


def _element(key: str) -> Callable[[Value], str]:
    """What writes the data element of a value, and nothing where it is unknown or empty."""

    def element(value: Value) -> str:
        text = _as_xml(value)
        return "" if text is None else f'      <data key="{key}">{text}</data>\n'

    return element


def plain_text(value: Value) -> str | None:
    """A value as text that XML can hold, or None when it is unknown or empty."""
    if isinstance(value, str):
        text = for_xml(value)
        return text if text and not text.isspace() else None
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else None
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _as_xml(value: Value) -> str | None:
    """The same with every character escaped that has a meaning in XML."""
    text = plain_text(value)
    if text is None or not isinstance(value, str) or not _MARKUP.search(text):
        return text
    if _LONE_SPACE.search(text):
        # Gephi drops a piece of text between two escapes that is only white space, but not in CDATA.
        return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return escape(text)
