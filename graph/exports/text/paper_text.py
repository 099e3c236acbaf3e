"""Answers about one paper and about the list as plain text, with nothing that a terminal would obey."""

from __future__ import annotations

from ...analysis.paper_summary import PaperSummary, RelatedPapers
from ...model.lineage import Lineage
from ...model.reading_list import ReadingList
from ...utils.text import clipped, for_terminal
from .wording import basis_of, counted, coverage_of, name_of, some_of, theme_names, year_of


def portrait_text(lineage: Lineage, found: PaperSummary) -> str:
    """Everything about one paper."""
    paper = found.paper
    numbers = f" (entry {' and '.join(map(str, found.numbers))} of the list)" if found.numbers else ""
    known = (
        "; ".join(f"{c.state}: {coverage_of(lineage, c)}" for c in found.references)
        or "not fetched: no source was asked"
    )
    told = any(c.state in ("complete", "partial", "capped") for c in found.references)
    authors = "; ".join(paper.authors) + ("" if paper.authors_complete or not paper.authors else "; ...")
    rows = [
        ("title", paper.title or paper.untitled),
        ("called", ", ".join(paper.names)),
        ("also titled", "; ".join(paper.also_titled)),
        ("authors", clipped(authors, 300)),
        ("venue", paper.venue or ""),
        ("first version", f"{paper.date or 'unknown'}{basis_of(paper.date_basis)}"),
        ("published", paper.publication_date or ""),
        ("identifiers", "  ".join(str(each) for each in paper.identifiers)),
        ("page", paper.url or ""),
        ("themes", theme_names(lineage, paper.key)),
        ("not verified", "; ".join(paper.unverified)),
        ("references", known),
        ("cites", _kin(lineage, found.cites, known=told)),
        ("cited by", _kin(lineage, found.cited_by)),
        ("ancestors", _kin(lineage, found.ancestors, known=told)),
        ("descendants", _kin(lineage, found.descendants)),
    ]
    head = f"{for_terminal(paper.key)}: {found.role if found.role != 'list' else 'paper of the list'}{numbers}"
    return "\n".join([head, *(f"  {name:<13}  {for_terminal(text)}" for name, text in rows if text)]) + "\n"


def _kin(lineage: Lineage, kin: RelatedPapers, *, known: bool = True) -> str:
    if not (kin.total or known):
        return "unknown"
    parts = []
    for word, keys in (("in the list", kin.list), ("bridges", kin.bridges)):
        if keys:
            parts.append(f"{len(keys)} {word}: {some_of(lineage, keys)}")
    if kin.others:
        parts.append(counted(kin.others, "other"))
    return f"{kin.total:,}" + (f" ({'; '.join(parts)})" if parts else "")


def list_text(lineage: Lineage, reading_list: ReadingList) -> str:
    """The reading list, entry by entry, under its themes."""
    lines = [for_terminal(reading_list.title)]
    key_of = {entry.number: key for key, entries in lineage.entries.items() for entry in entries}
    for theme in reading_list.themes:
        lines += ["", for_terminal(theme.name)]
        for entry in reading_list.entries:
            if theme.id in entry.themes:
                key = key_of[entry.number]
                title = for_terminal(clipped(entry.title, 76))
                lines.append(f"  {entry.number:>3}  {year_of(lineage, key)}  {name_of(lineage, key):<22}  {title}")
    return "\n".join(lines) + "\n"
