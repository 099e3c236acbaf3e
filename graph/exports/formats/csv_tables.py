"""CSV: the node table and the edge list."""

from __future__ import annotations

from ..selection import Selection
from ..tables import citations_csv, papers_csv
from .typed_rows import EVIDENCE, path_columns


def write(selection: Selection) -> dict[str, str]:
    """The papers, and beside them the citations as ``-citations.csv``."""
    more = (*EVIDENCE, *path_columns(selection))
    return {
        ".csv": papers_csv(selection.lineage, selection.keys, selection.measured, arcs=selection.arcs),
        "-citations.csv": citations_csv(selection.lineage, selection.keys, arcs=selection.arcs, more=more),
    }
