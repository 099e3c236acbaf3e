"""CSV: a table of papers and a table of citations."""

from __future__ import annotations

from ..columns import evidence_columns
from ..selection import Selection
from ..tables import citations_csv, papers_csv


def write(selection: Selection) -> dict[str, str]:
    """The papers, and beside them the citations as ``-citations.csv``."""
    lineage, keys, arcs = selection.lineage, selection.keys, selection.arcs
    return {
        ".csv": papers_csv(lineage, keys, selection.measured, arcs=arcs),
        "-citations.csv": citations_csv(lineage, keys, arcs=arcs, more=evidence_columns(selection.counts)),
    }
