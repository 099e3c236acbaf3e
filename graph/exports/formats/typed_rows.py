"""Everything that is known of a selection, as rows with types: for the formats that hold lists.

Names are those of the GraphML columns where both have the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...model.corpus import Assertion
from ...model.lineage import Lineage
from ..columns import CitationInView, Column, measure_columns
from ..graphml_writer import Placed, node_columns, placed_papers
from ..selection import Selection

_PLACE = ("x", "y", "size")

PAPER_FACTS: tuple[Column[Placed], ...] = (
    Column("key", "string", "the paper's key in this corpus", lambda p: p.paper.key),
    Column("label", "string", "the short name, with its number in the reading list", lambda p: p.label),
    Column("names", "strings", "what people call it", lambda p: p.paper.names),
    Column("title", "string", "the full title", lambda p: p.paper.title),
    Column("also_titled", "strings", "other titles under which it is cited", lambda p: p.paper.also_titled),
    Column("authors", "strings", "as far as they are known, in order", lambda p: p.paper.authors),
    Column(
        "authors_complete",
        "boolean",
        "whether those are all",
        lambda p: p.paper.authors_complete if p.paper.authors else None,
    ),
    Column("year", "long", "when the idea became public", lambda p: p.paper.year),
    Column("date", "string", "the same, as precisely as it is known", lambda p: p.paper.date),
    Column("date_basis", "string", "where the date comes from", lambda p: p.paper.date_basis),
    Column("publication_date", "string", "the venue's date", lambda p: p.paper.publication_date),
    Column("venue", "string", "where it was published", lambda p: p.paper.venue),
    Column("role", "string", "list, bridge, ancestor, descendant or other", lambda p: p.facts["role"]),
    Column("list_numbers", "longs", "its numbers in the reading list", lambda p: p.facts["numbers"]),
    Column("theme", "string", "the theme of its colour", lambda p: p.theme_name),
    Column("theme_basis", "string", "chosen by a person, or inferred from its neighbours", lambda p: p.theme_basis),
    Column(
        "themes_chosen",
        "strings",
        "the themes that a person gave it",
        lambda p: tuple(p.lineage.reading_list.theme(theme).name for theme in p.facts["themes"]),
    ),
    Column("references_known", "string", "what is known of its references", lambda p: p.references),
    Column(
        "references_listed", "long", "how many references a source lists at the most", lambda p: p.references_listed
    ),
    Column("cites_in_view", "long", "papers of this file that it cites; null: unknown", lambda p: p.cites_known),
    Column("cited_by_in_view", "long", "papers of this file that are known to cite it", lambda p: p.cited_by),
    Column("identifiers", "strings", "as scheme:value", lambda p: tuple(map(str, p.paper.identifiers))),
    Column("url", "string", "the page to open for it", lambda p: p.paper.url),
    Column("color", "string", "the colour of its theme", lambda p: p.colour),
)
"""What is said of each paper; its place, shares of themes and measures follow."""

CITATION_FACTS: tuple[Column[CitationInView], ...] = (
    Column("cited", "string", "the key of the paper that is cited", lambda c: c.cited.key),
    Column("citing", "string", "the key of the paper that cites it", lambda c: c.citing.key),
    Column("kind", "string", "cites", lambda _: "cites"),
    Column("weight", "double", "how many sources assert the citation", lambda c: float(c.asserted_by)),
    Column("year", "long", "the year of the citing paper", lambda c: c.citing.year),
    Column("sources", "strings", "the ids of who asserts it", lambda c: c.citation.sources),
    Column(
        "evidence",
        "strings",
        "who asserts it, where and for what",
        lambda c: tuple(_evidence(c.lineage, each) for each in c.citation.assertions),
    ),
    Column("influential", "boolean", "whether a source calls it influential; null: none says", lambda c: c.influential),
    Column("intents", "strings", "what sources take it to be for", lambda c: c.intents),
    Column("backwards", "boolean", "true when the cited paper is dated after the citing one", lambda c: c.backwards),
)
"""What is said of each citation; ``paths`` follows in a flow and in a main path."""

EVIDENCE: tuple[Column[CitationInView], ...] = (
    Column("influential", "boolean", "true when a source calls the citation influential", lambda c: c.influential),
    Column("intents", "string", "what sources take it to be for", lambda c: "; ".join(c.intents) or None),
)
"""The same evidence for formats without lists, beside the columns of GraphML."""


def paper_columns(selection: Selection) -> tuple[Column[Any], ...]:
    """All columns of papers, for this reading list and with the measures that it has."""
    flat = {column.name: column for column in node_columns(selection.lineage)}
    shares = [column for name, column in flat.items() if name.startswith("share_")]
    return (*PAPER_FACTS, *(flat[name] for name in _PLACE), *shares, *measure_columns(selection.measured))


def citation_columns(selection: Selection) -> tuple[Column[CitationInView], ...]:
    """All columns of citations."""
    return (*CITATION_FACTS, *path_columns(selection))


def path_columns(selection: Selection) -> tuple[Column[CitationInView], ...]:
    """The paths through each citation, where the selection is a flow or a main path."""
    counts = selection.counts

    def paths(seen: CitationInView) -> float | None:
        count = counts.get((seen.citation.cited, seen.citation.citing))
        return None if count is None or count > 10**300 else float(count)

    return (Column("paths", "double", "how many paths run through it", paths),) if counts else ()


def placed(selection: Selection) -> Iterator[Placed]:
    """The papers of a selection with their places, oldest first."""
    return placed_papers(selection.lineage, selection.layout, selection.papers)


def rows(columns: Sequence[Column[Any]], subjects: Sequence[Any] | Iterator[Any]) -> list[dict[str, Any]]:
    """A dict for each subject; what is not known is None, a list without members is empty."""
    return [{column.name: _plain(column.value(subject)) for column in columns} for subject in subjects]


def known(row: dict[str, Any]) -> dict[str, Any]:
    """What a row knows: for readers that take null for a value."""
    return {name: value for name, value in row.items() if value is not None and value != []}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _evidence(lineage: Lineage, assertion: Assertion) -> str:
    parts = [lineage.corpus.sources[assertion.source].label]
    if assertion.entries:
        parts.append(
            f"{'entry' if len(assertion.entries) == 1 else 'entries'} {', '.join(map(str, assertion.entries))}"
        )
    if assertion.influential:
        parts.append("influential")
    return ", ".join([*parts, *(f"for {intent}" for intent in assertion.intents)])
