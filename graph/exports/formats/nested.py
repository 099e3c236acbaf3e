"""Everything that is known of a selection, for the formats that hold lists: JSON and Parquet."""

from __future__ import annotations

from ..column import Column, pick
from ..columns import (
    CITATION_FACTS,
    PAPER_FACTS,
    PLACE_FACTS,
    measure_columns,
    path_count_columns,
    reason_columns,
    retraction_columns,
    share_columns,
)
from ..contents import ExportedCitation, PlacedPaper
from ..selection import Selection

_SOURCE_IDS: Column[ExportedCitation] = Column(
    "sources", "strings", "the ids of who asserts the citation", lambda c: c.citation.sources
)


def paper_columns(selection: Selection) -> tuple[Column[PlacedPaper], ...]:
    """All columns of papers, for this reading list and with the measures that it has."""
    facts: tuple[Column[PlacedPaper], ...] = (*PAPER_FACTS, *PLACE_FACTS)
    columns = pick(
        facts,
        *("key", "label", "names", "title", "also_titled", "authors", "authors_complete", "year", "date", "date_basis"),
        *("publication_date", "venue", "role", "list_numbers", "theme", "theme_basis", "themes_chosen"),
        *("references_known", "references_listed", "cites_in_view", "cited_by_in_view", "identifiers", "url"),
        *("color", "x", "y", "size"),
    )
    retractions = retraction_columns(selection.lineage)
    return (*columns, *share_columns(selection.lineage), *retractions, *measure_columns(selection.measured))


def citation_columns(selection: Selection) -> tuple[Column[ExportedCitation], ...]:
    """All columns of citations."""
    before = pick(CITATION_FACTS, "cited", "citing", "kind", "weight", "origins", "year")
    after = pick(CITATION_FACTS, "evidence", "influential", "intents", "backwards")
    reasons = reason_columns(selection.lineage)
    return (*before, _SOURCE_IDS, *after, *reasons, *path_count_columns(selection.counts))
