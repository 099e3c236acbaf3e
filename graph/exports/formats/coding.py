"""A coding sheet: a row a citation with what is known of its purpose, and empty columns for two coders."""

from __future__ import annotations

from ...utils.csv_files import csv_text
from ..column import Column, pick_flat
from ..columns import CITATION_FACTS, REASON_FACTS
from ..contents import ExportedCitation
from ..selection import Selection

CODERS = ("coder_1", "coder_2")
"""The columns in which the two coders write."""

_SENTENCES: Column[ExportedCitation] = Column(
    "sentences", "strings", "the citing sentences that sources quote", lambda c: c.sentences
)
COLUMNS: tuple[Column[ExportedCitation], ...] = (
    *pick_flat(CITATION_FACTS, "citing", "cited", "citing_name", "cited_name", "citing_year", "cited_year", "intents"),
    *pick_flat(REASON_FACTS, "reason", "reason_confidence", "reason_sections", "reason_text"),
    _SENTENCES.flat(" | "),
)
"""The columns that are filled in."""


def write(selection: Selection) -> dict[str, str]:
    """The sheet; `graph.exports.coding_sheets` reads it when it has been filled in."""
    cells = [column.values(selection.citations) for column in COLUMNS]
    rows = [(*row, *(None for _ in CODERS), None) for row in zip(*cells, strict=True)]
    return {".csv": csv_text([*(column.name for column in COLUMNS), *CODERS, "note"], rows)}
