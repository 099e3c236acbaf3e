"""The columns of every export: each fact about a paper or a citation is defined once, with its type and meaning.

A format picks its columns by name. Its writer, its documentation and its tests are derived from the same tuple.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from operator import attrgetter

from ..analysis.measures import Result, find_measure
from ..analysis.measures.affordable import Measured, estimate_notes
from ..analysis.retraction_status import has_retraction_data, retraction_status
from ..model.lineage import Lineage
from ..model.reading_list import Theme
from ..utils.text import fold
from .column import Column, pick, pick_flat
from .contents import Arc, ExportedCitation, ExportedPaper, PlacedPaper
from .retraction_wording import status_text
from .selection import Selection
from .wording import as_float

PAPER_FACTS: tuple[Column[ExportedPaper], ...] = (
    Column("key", "string", "the paper's key in this corpus", attrgetter("look.paper.key")),
    Column("label", "string", "the short name, with its number in the reading list", attrgetter("look.label")),
    Column("name", "string", "what to call it", attrgetter("look.paper.name")),
    Column("names", "strings", "what people call it", attrgetter("look.paper.names")),
    Column("title", "string", "the full title", attrgetter("look.paper.title")),
    Column("also_titled", "strings", "other titles under which it is cited", attrgetter("look.paper.also_titled")),
    Column("authors", "strings", "as far as they are known, in order", attrgetter("look.paper.authors")),
    Column(
        "authors_complete",
        "boolean",
        "whether those are all",
        lambda p: p.paper.authors_complete if p.paper.authors else None,
    ),
    Column("year", "long", "when the idea became public", attrgetter("look.paper.year")),
    Column("date", "string", "the same, as precisely as it is known", attrgetter("look.paper.date")),
    Column("date_basis", "string", "where the date comes from", attrgetter("look.paper.date_basis")),
    Column("start", "long", "the year again, for Merge columns", attrgetter("look.paper.year")),
    Column("publication_date", "string", "the venue's date", attrgetter("look.paper.publication_date")),
    Column("venue", "string", "where it was published", attrgetter("look.paper.venue")),
    Column("role", "string", "list, bridge, ancestor, descendant or other", attrgetter("look.role")),
    Column("list_numbers", "longs", "its numbers in the reading list", attrgetter("look.numbers")),
    Column(
        "theme",
        "string",
        "the theme of its colour: the first one chosen, or the largest share",
        attrgetter("theme_name"),
    ),
    Column("theme_basis", "string", "chosen by a person, or inferred from its neighbours", attrgetter("theme_basis")),
    Column("themes_chosen", "strings", "the themes that a person gave it", attrgetter("theme_names")),
    Column("inferred_themes", "strings", "the themes that its neighbours suggest", attrgetter("inferred_themes")),
    Column("references_known", "string", "how far its references are known", attrgetter("references")),
    Column(
        "references_listed",
        "long",
        "how many references the longest list of them has",
        attrgetter("references_listed"),
    ),
    Column(
        "cites_in_view",
        "long",
        "how many papers of this file it cites, where its references are known",
        attrgetter("cites_known"),
    ),
    Column("cited_by_in_view", "long", "how many papers of this file are known to cite it", attrgetter("cited_by")),
    Column("identifiers", "strings", "as scheme:value", lambda p: tuple(map(str, p.paper.identifiers))),
    Column("arxiv", "strings", "its arXiv identifier, without a version", lambda p: p.identifiers_of("arxiv")),
    Column("doi", "strings", "its DOI", lambda p: p.identifiers_of("doi")),
    Column("acl", "strings", "its identifier in the ACL Anthology", lambda p: p.identifiers_of("acl")),
    Column("pmid", "strings", "its number in PubMed", lambda p: p.identifiers_of("pmid")),
    Column("pmcid", "strings", "its number in PubMed Central, without PMC", lambda p: p.identifiers_of("pmcid")),
    Column("s2", "strings", "its identifier at Semantic Scholar", lambda p: p.identifiers_of("s2")),
    Column("corpusid", "strings", "its corpus number at Semantic Scholar", lambda p: p.identifiers_of("corpusid")),
    Column("openalex", "strings", "its identifier at OpenAlex", lambda p: p.identifiers_of("openalex")),
    Column("omid", "strings", "its identifier at OpenCitations", lambda p: p.identifiers_of("omid")),
    Column("url", "string", "the page to open for it", attrgetter("look.paper.url")),
    Column("color", "string", "the colour of its theme", attrgetter("colour")),
    Column("r", "int", "red of the main theme's colour", lambda p: p.rgb[0]),
    Column("g", "int", "green of it", lambda p: p.rgb[1]),
    Column("b", "int", "blue of it", lambda p: p.rgb[2]),
    Column(
        "size",
        "double",
        "grows with the papers in this file that cite it",
        lambda p: round(8 + 3 * math.sqrt(p.cited_by), 2),
    ),
)
"""Every fact about a paper that does not depend on the picture."""

PLACE_FACTS: tuple[Column[PlacedPaper], ...] = (
    Column("x", "double", "place: time grows to the right", lambda p: round(p.placement.x, 2)),
    # Gephi's y points up and a page's points down. Not -y, which makes -0.0 of 0.
    Column("y", "double", "place: the first theme on top", lambda p: round(0.0 - p.placement.y, 2)),
)
"""Where a paper stands in the picture."""

CITATION_FACTS: tuple[Column[ExportedCitation], ...] = (
    Column("cited", "string", "the key of the paper that is cited", attrgetter("cited.key")),
    Column("citing", "string", "the key of the paper that cites it", attrgetter("citing.key")),
    Column("cited_name", "string", "what to call the cited paper", attrgetter("cited.name")),
    Column("citing_name", "string", "what to call the citing paper", attrgetter("citing.name")),
    Column("cited_year", "long", "when the cited paper became public", attrgetter("cited.year")),
    Column("citing_year", "long", "when the citing paper became public", attrgetter("citing.year")),
    Column("year", "long", "the year of the citing paper", attrgetter("citing.year")),
    Column("kind", "string", "cites", lambda _: "cites"),
    Column("weight", "double", "how many sources assert the citation", lambda c: float(len(c.citation.assertions))),
    Column("asserted_by", "long", "how many sources assert it", attrgetter("asserted_by")),
    Column("origins", "long", "how many of its sources are independent of each other", attrgetter("origins")),
    Column("sources", "strings", "who asserts the citation", attrgetter("source_labels")),
    Column("evidence", "strings", "who asserts the citation, where and for what", attrgetter("evidence")),
    Column("influential", "boolean", "whether a source calls the citation influential", attrgetter("influential")),
    Column(
        "intents", "strings", "for what the paper is cited, as sources and the reason take it", attrgetter("intents")
    ),
    Column("backwards", "boolean", "true when the cited paper is dated after the citing one", attrgetter("backwards")),
)
"""Every fact about a citation that its sources and the dates of its papers give."""

REASON_FACTS: tuple[Column[ExportedCitation], ...] = (
    Column(
        "reason", "string", "why the paper is cited, as a person read it", lambda c: c.reason.uses if c.reason else None
    ),
    Column(
        "reason_confidence",
        "string",
        "read: its passages were read; partial: a part of them, or notes on them",
        lambda c: c.reason.confidence if c.reason else None,
    ),
    Column(
        "reason_sections",
        "strings",
        "the sections in which it was seen to be cited",
        lambda c: c.reason.sections if c.reason else (),
    ),
    Column(
        "reason_text",
        "string",
        "the text that was read for the reason",
        lambda c: c.reason.text_read if c.reason else None,
    ),
)
"""What the recorded reason of a citation says."""


def share_columns(lineage: Lineage) -> tuple[Column[ExportedPaper], ...]:
    """A column for each theme of the reading list, with the share of the paper in it.

    It is called ``share_`` and the theme's id, in small letters, because Gephi takes two names for one
    that differ in case alone.
    """
    columns: dict[str, Column[ExportedPaper]] = {}
    for position, theme in enumerate(lineage.reading_list.themes, start=1):
        name = "share_" + (re.sub(r"[^a-z0-9]+", "_", fold(theme.id)).strip("_") or str(position))
        while name in columns:
            name = f"{name}_{position}"
        columns[name] = _share_column(name, theme)
    return tuple(columns.values())


def _share_column(name: str, theme: Theme) -> Column[ExportedPaper]:
    meaning = f"its share of the theme {theme.name}; see theme_basis"
    return Column(name, "double", meaning, lambda p: p.share_of(theme.id))


def retraction_columns(lineage: Lineage) -> tuple[Column[ExportedPaper], ...]:
    """What is known of the retraction of each paper; no column where nobody has looked for notices."""
    corpus = lineage.corpus
    if not has_retraction_data(corpus):
        return ()

    def value(paper: ExportedPaper) -> str:
        status = retraction_status(corpus, paper.paper)
        assert status is not None
        return status_text(corpus, status)

    return (Column("retraction", "string", "who says that it is retracted, or that none is reported", value),)


def measure_columns(measured: Measured) -> tuple[Column[ExportedPaper], ...]:
    """A column for each measure, called ``measure_`` and its id."""
    return tuple(_measure_column(id_, result) for id_, result in measured.items())


def _measure_column(id_: str, result: Result) -> Column[ExportedPaper]:
    meaning = "; ".join((f"{find_measure(id_).label}, in the whole corpus", *estimate_notes(result)))
    value_of = result.values.get
    return Column(f"measure_{id_}", "double", meaning, lambda p: as_float(value_of(p.look.paper.key)))


def path_count_columns(counts: Mapping[Arc, int]) -> tuple[Column[ExportedCitation], ...]:
    """A column with the number of paths through each citation, where they were counted."""
    column: Column[ExportedCitation] = Column(
        "paths", "double", "how many paths run through it", lambda c: as_float(counts.get(c.arc))
    )
    return (column,) if counts else ()


def reason_columns(lineage: Lineage) -> tuple[Column[ExportedCitation], ...]:
    """Why papers are cited: columns with lists; none where no citation has a reason."""
    return REASON_FACTS if lineage.reasons else ()


def evidence_columns(lineage: Lineage, counts: Mapping[Arc, int]) -> tuple[Column[ExportedCitation], ...]:
    """What an export without lists says of citations beyond the tables of ``lineage build``."""
    reasons = (column.flat() for column in reason_columns(lineage))
    return (*pick_flat(CITATION_FACTS, "influential", "intents"), *reasons, *path_count_columns(counts))


def build_columns(lineage: Lineage) -> tuple[Column[ExportedCitation], ...]:
    """What ``lineage build`` says of citations beyond its usual columns, where citations have reasons."""
    if not lineage.reasons:
        return ()
    return (*pick_flat(CITATION_FACTS, "intents"), *(column.flat() for column in reason_columns(lineage)))


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
