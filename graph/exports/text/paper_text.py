"""Answers about one paper and about the reading list as text, with nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...analysis.paper_summary import PaperSummary, RelatedPapers
from ...analysis.retraction_status import mark_of, retraction_status
from ...model.lineage import LIST, Lineage
from ...model.reading_list import Entry, ReadingList
from ...utils.text import clipped, for_terminal
from ..retraction_wording import status_text
from ..wording import basis_of, counted, describe_coverage, mentions_text, name_of, some_of, theme_names, year_of
from .reason_text import reason_in_words

_MOST_REASONS = 25


def paper_summary_text(lineage: Lineage, found: PaperSummary) -> str:
    """Everything about one paper."""
    paper = found.paper
    sources = [f"{row.state}: {describe_coverage(lineage, row)}" for row in found.references]
    is_known = any(row.state in ("complete", "partial", "capped") for row in found.references)
    status = retraction_status(lineage.corpus, paper)
    more_authors = "; ..." if paper.authors and not paper.authors_complete else ""
    rows = [
        ("title", paper.title or paper.untitled),
        ("brought", paper.contribution or ""),
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
        ("retraction", status_text(lineage.corpus, status) if status else ""),
        ("references", "; ".join(sources) or "not fetched: no source was asked"),
        ("cites", _related(lineage, found.cites, is_known=is_known)),
        ("cited by", _related(lineage, found.cited_by)),
        ("ancestors", _related(lineage, found.ancestors, is_known=is_known)),
        ("descendants", _related(lineage, found.descendants)),
    ]
    head = f"{for_terminal(paper.key)}: {_role(found)}{mark_of(lineage.corpus, paper.key)}"
    lines = [head, *(f"  {name:<13}  {for_terminal(text)}" for name, text in rows if text)]
    return "\n".join([*lines, *_reason_lines(lineage, found), *_mention_lines(lineage, found)]) + "\n"


def _reason_lines(lineage: Lineage, found: PaperSummary) -> Iterator[str]:
    """Who took what from the paper, and what it took from others; nothing where no citation has a reason."""
    if not lineage.reasons:
        return
    name = name_of(lineage, found.paper.key)
    for heading, reasons, total in (
        (f"What others take from {name}", [(each.citing, each) for each in found.gives], found.cited_by.total),
        (f"What {name} takes from others", [(each.cited, each) for each in found.takes], found.cites.total),
    ):
        if total:
            yield f"  {heading}: a reason is recorded for {len(reasons):,} of {counted(total, 'citation')}"
        for key, reason in reasons[:_MOST_REASONS]:
            yield f"    {year_of(lineage, key)}  {name_of(lineage, key)}: {reason_in_words(reason)}"
        if len(reasons) > _MOST_REASONS:
            yield f"    and {len(reasons) - _MOST_REASONS:,} more; --json has them all"


def _mention_lines(lineage: Lineage, found: PaperSummary) -> Iterator[str]:
    """How often the text of the paper cites others, and theirs it; nothing where no text was counted."""
    key, name = found.paper.key, name_of(lineage, found.paper.key)
    for heading, others in (
        (f"How often others cite {name}", [(each.citing, each) for each in found.counted if each.cited == key]),
        (f"How often {name} cites others", [(each.cited, each) for each in found.counted if each.citing == key]),
    ):
        if others:
            yield f"  {heading}: counted in the text for {counted(len(others), 'citation')}"
        for other, citation in others[:_MOST_REASONS]:
            said = "; ".join(dict.fromkeys(filter(None, map(mentions_text, citation.assertions))))
            yield for_terminal(f"    {year_of(lineage, other)}  {name_of(lineage, other)}: {said}")
        if len(others) > _MOST_REASONS:
            yield f"    and {len(others) - _MOST_REASONS:,} more; --json has them all"


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
    """The reading list, entry by entry, under its themes; those of no theme come last."""
    key_of = {entry.number: key for key, entries in lineage.entries.items() for entry in entries}

    def lines_of(heading: str, entries: Iterable[Entry]) -> Iterator[str]:
        yield from ("", for_terminal(heading))
        for entry in entries:
            key = key_of[entry.number]
            paper = lineage.paper(key)
            title = for_terminal(clipped(entry.title or paper.title or paper.untitled, 76))
            yield f"  {entry.number:>3}  {year_of(lineage, key)}  {name_of(lineage, key):<22}  {title}"

    lines = [for_terminal(reading_list.title)]
    for theme in reading_list.themes:
        lines += lines_of(theme.name, (each for each in reading_list.entries if theme.id in each.themes))
    if loose := [each for each in reading_list.entries if not each.themes]:
        lines += lines_of("Under no theme", loose)
    return "\n".join(lines) + "\n"
