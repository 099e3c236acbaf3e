"""Answers about one paper and about the reading list as text, with nothing that a terminal would obey."""

from __future__ import annotations

from ...analysis.paper_summary import PaperSummary, RelatedPapers
from ...model.lineage import LIST, Lineage
from ...model.reading_list import ReadingList
from ...utils.text import clipped, for_terminal
from .wording import basis_of, counted, describe_coverage, name_of, some_of, theme_names, year_of


def paper_summary_text(lineage: Lineage, found: PaperSummary) -> str:
    """Everything about one paper."""
    paper = found.paper
    sources = [f"{row.state}: {describe_coverage(lineage, row)}" for row in found.references]
    is_known = any(row.state in ("complete", "partial", "capped") for row in found.references)
    more_authors = "; ..." if paper.authors and not paper.authors_complete else ""
    rows = [
        ("title", paper.title or paper.untitled),
        ("called", ", ".join(paper.names)),
        ("also titled", "; ".join(paper.also_titled)),
        ("authors", clipped("; ".join(paper.authors) + more_authors, 300)),
        ("venue", paper.venue or ""),
        ("first version", f"{paper.date or 'unknown'}{basis_of(paper.date_basis)}"),
        ("published", paper.publication_date or ""),
        ("identifiers", "  ".join(str(each) for each in paper.identifiers)),
        ("page", paper.url or ""),
        ("themes", theme_names(lineage, paper.key)),
        ("not verified", "; ".join(paper.unverified)),
        ("references", "; ".join(sources) or "not fetched: no source was asked"),
        ("cites", _related(lineage, found.cites, is_known=is_known)),
        ("cited by", _related(lineage, found.cited_by)),
        ("ancestors", _related(lineage, found.ancestors, is_known=is_known)),
        ("descendants", _related(lineage, found.descendants)),
    ]
    head = f"{for_terminal(paper.key)}: {_role(found)}"
    return "\n".join([head, *(f"  {name:<13}  {for_terminal(text)}" for name, text in rows if text)]) + "\n"


def _role(found: PaperSummary) -> str:
    role = "paper of the list" if found.role == LIST else found.role
    if not found.numbers:
        return role
    return f"{role}, {'entry' if len(found.numbers) == 1 else 'entries'} {' and '.join(map(str, found.numbers))}"


def _related(lineage: Lineage, related: RelatedPapers, *, is_known: bool = True) -> str:
    """How many papers, and which; "unknown" instead of 0 when the references of the paper are not known."""
    if not (related.total or is_known):
        return "unknown"
    parts = []
    for group, keys in (("in the list", related.list), ("bridges", related.bridges)):
        if keys:
            parts.append(f"{len(keys)} {group}: {some_of(lineage, keys)}")
    if related.others:
        parts.append(counted(related.others, "other"))
    return f"{related.total:,}" + (f" ({'; '.join(parts)})" if parts else "")


def list_text(lineage: Lineage, reading_list: ReadingList) -> str:
    """The reading list, entry by entry, under its themes."""
    lines = [for_terminal(reading_list.title)]
    key_of = {entry.number: key for key, entries in lineage.entries.items() for entry in entries}
    for theme in reading_list.themes:
        lines += ["", for_terminal(theme.name)]
        for entry in reading_list.entries:
            if theme.id in entry.themes:
                key = key_of[entry.number]
                title = for_terminal(clipped(entry.title or lineage.paper(key).untitled, 76))
                lines.append(f"  {entry.number:>3}  {year_of(lineage, key)}  {name_of(lineage, key):<22}  {title}")
    return "\n".join(lines) + "\n"
