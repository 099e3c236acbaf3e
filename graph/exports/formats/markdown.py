"""Markdown, for notes, issues and papers: the paths with their evidence, and papers by theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...model.reasons import MOST_LETTERS
from ...utils.text import clipped, shown
from ..contents import ExportedCitation, ExportedPaper
from ..selection import Selection
from ..text.reason_text import short_reason
from ..wording import DATE_BASES

_AUTHORS = 8


def write(selection: Selection) -> dict[str, str]:
    """The paths as numbered lists of hops, then all papers by theme, then a table of the citations."""
    lines = [f"# {_text(selection.title[:1].upper() + selection.title[1:])}", ""]
    lines += _paths(selection)
    lines += _papers(selection)
    if selection.citations:
        heads = ["cited", "citing", "asserted by", *(["why"] if selection.lineage.reasons else [])]
        lines += ["## Citations", "", f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
        for citation in selection.citations:
            names = [_text(citation.cited.name), _text(citation.citing.name)]
            lines.append(f"| {' | '.join([*names, _asserted(citation), *_why(citation)])} |")
        lines.append("")
    return {".md": "\n".join([*lines, f"*{_text(selection.provenance)}*", ""])}


def _paths(selection: Selection) -> Iterator[str]:
    if not selection.paths:
        return
    by_arc = {citation.arc: citation for citation in selection.citations}
    yield from ("## Paths", "", "Arrows run from the cited paper to the one that cites it.", "")
    for number, path in enumerate(selection.paths, start=1):
        yield f"{number}. {' → '.join(_dated(selection, key) for key in path)}"
        for arc in pairwise(path):
            cited, citing = (_text(selection.lineage.paper(key).name) for key in arc)
            yield f"   - {citing} cites {cited}: {_asserted(by_arc[arc])}"
            yield from (f"     - why: {why}" for why in _why(by_arc[arc]))
    yield ""


def _papers(selection: Selection) -> Iterator[str]:
    by_theme: dict[str | None, list[ExportedPaper]] = {}
    for paper in selection.papers:
        by_theme.setdefault(paper.look.theme, []).append(paper)
    names = {theme.id: theme.name for theme in selection.lineage.reading_list.themes}
    for theme in (*names, None):
        if theme in by_theme:
            yield from (f"## {_text(names[theme] if theme else 'No theme known')}", "")
            yield from map(_paper, by_theme[theme])
            yield ""


def _paper(exported: ExportedPaper) -> str:
    paper = exported.paper
    title = _text(paper.title or paper.untitled)
    authors = [_text(author) for author in paper.authors[:_AUTHORS]]
    more = ", and others" if len(paper.authors) > _AUTHORS else ""
    number = f"[{'; '.join(map(str, exported.look.numbers))}] " if exported.look.numbers else ""
    parts = [
        ", ".join(authors) + more if authors else "",
        f"[{title}](<{paper.url}>)" if paper.url else title,
        _text(paper.venue or ""),
        f"{paper.date} ({DATE_BASES[paper.date_basis]})" if paper.date else "n.d.",
        exported.look.role if exported.look.role != "list" else "",
        "theme inferred" if exported.theme_basis == "inferred" else "",
        _text(clipped(paper.contribution or "", MOST_LETTERS).rstrip(".")),
    ]
    return f"- **{_text(number + paper.name)}** `{paper.key}`: {'. '.join(filter(None, parts))}."


def _asserted(citation: ExportedCitation) -> str:
    return "; ".join(map(_text, citation.evidence))


def _why(citation: ExportedCitation) -> list[str]:
    """Why the paper is cited, or that no reason is recorded; nothing where no citation has a reason."""
    return [_text(why) for why in [short_reason(citation.lineage, *citation.arc)] if why]


def _dated(selection: Selection, key: str) -> str:
    paper = selection.lineage.paper(key)
    return f"{_text(paper.name)} ({paper.year or 'n.d.'})"


def _text(text: str) -> str:
    r"""A text on one line that neither Markdown nor HTML gives a meaning.

    >>> print(_text("a|b *c* <d>"))
    a\|b \*c\* \<d\>
    """
    return re.sub(r"([\\`*_{}\[\]<>|#&!~$])", r"\\\1", shown(text))
