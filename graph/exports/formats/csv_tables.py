"""CSV: a table of papers and a table of citations."""

from __future__ import annotations

from ..columns import evidence_columns
from ..selection import Selection
from ..tables import csv_of_citations, csv_of_papers


def write(selection: Selection) -> dict[str, str]:
    """The papers, and beside them the citations as ``-citations.csv``."""
    return {
        ".csv": csv_of_papers(selection.lineage, selection.papers, selection.measured),
        "-citations.csv": csv_of_citations(
            selection.citations, more=evidence_columns(selection.lineage, selection.counts)
        ),
    }
