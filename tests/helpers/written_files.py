"""Files of an export as tests ask for them: of some papers of a lineage, and the citations among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from graph.analysis.measures.affordable import Measured
from graph.exports.column import Column
from graph.exports.contents import Arc, ExportedCitation, contents_of, placed
from graph.exports.formats.bibtex import entry_text
from graph.exports.formats.csl import csl_item
from graph.exports.formats.graphml import graphml_of
from graph.exports.formats.references import item_of
from graph.exports.layout import Layout
from graph.exports.tables import csv_of_citations, csv_of_papers
from graph.model.lineage import Lineage

More = Sequence[Column[ExportedCitation]]


def papers_csv(lineage: Lineage, keys: Iterable[str], measured: Measured | None = None) -> str:
    return csv_of_papers(lineage, contents_of(lineage, keys)[0], measured)


def citations_csv(lineage: Lineage, keys: Iterable[str], *, more: More = ()) -> str:
    return csv_of_citations(contents_of(lineage, keys)[1], more=more)


def graphml_text(
    lineage: Lineage,
    layout: Layout,
    measured: Measured | None = None,
    *,
    arcs: Collection[Arc] | None = None,
    more: More = (),
    comment: str | None = None,
) -> str:
    papers, citations = contents_of(lineage, layout.placements, arcs)
    return graphml_of(lineage, placed(layout, papers), citations, measured or {}, more=more, comment=comment)


def bibtex_of(lineage: Lineage, key: str) -> str:
    return entry_text(item_of(lineage, key))


def csl_of(lineage: Lineage, key: str) -> dict[str, Any]:
    return csl_item(item_of(lineage, key))
