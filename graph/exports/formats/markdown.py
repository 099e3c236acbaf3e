"""Markdown, for notes, issues and papers written in it: papers by theme, or the paths with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...utils.text import shown
from ..columns import CitationInView, PaperInView
from ..selection import Selection
from ..style import theme_of
from .references import DATE_BASES
from .typed_rows import CITATION_FACTS

_EVIDENCE = next(column for column in CITATION_FACTS if column.name == "evidence")
_AUTHORS = 8


def write(selection: Selection) -> dict[str, str]:
    """Paths as numbered lists of hops; then all papers by theme, and a table of the citations."""
    lines = [f"# {_text(selection.title[:1].upper() + selection.title[1:])}", ""]
    lines += _paths(selection)
    lines += _papers(selection)
    if selection.citations:
        lines += ["## Citations", "", "| cited | citing | asserted by |", "| --- | --- | --- |"]
        for seen in selection.citations:
            names = (seen.cited.name, seen.citing.name)
            lines.append(f"| {' | '.join(map(_text, names))} | {_asserted(seen)} |")
        lines.append("")
    return {".md": "\n".join([*lines, f"*{_text(selection.provenance)}*", ""])}


def _paths(selection: Selection) -> Iterator[str]:
    by_arc = {(seen.citation.cited, seen.citation.citing): seen for seen in selection.citations}
    if selection.paths:
        yield from ("## Paths", "", "Arrows run from the cited paper to the one that cites it.", "")
    for number, path in enumerate(selection.paths, start=1):
        yield f"{number}. {' → '.join(_dated(selection, key) for key in path)}"
        for cited, citing in pairwise(path):
            one, other = (_text(selection.lineage.paper(key).name) for key in (citing, cited))
            yield f"   - {one} cites {other}: {_asserted(by_arc[cited, citing])}"
    if selection.paths:
        yield ""


def _papers(selection: Selection) -> Iterator[str]:
    themes = selection.lineage.reading_list.themes
    groups = {theme.id: [theme.name] for theme in themes}
    lanes: dict[str | None, list[PaperInView]] = {}
    for seen in selection.papers:
        lanes.setdefault(theme_of(selection.lineage, seen.paper.key), []).append(seen)
    for theme in (*groups, None):
        if theme in lanes:
            yield from (f"## {_text(groups[theme][0] if theme else 'No theme known')}", "")
            yield from (_paper(seen) for seen in lanes[theme])
            yield ""


def _paper(seen: PaperInView) -> str:
    paper = seen.paper
    title = _text(paper.title or paper.untitled)
    authors = [_text(author) for author in paper.authors[:_AUTHORS]]
    more = ", and others" if len(paper.authors) > _AUTHORS else ""
    told = [
        ", ".join(authors) + more if authors else "",
        f"[{title}](<{paper.url}>)" if paper.url else title,
        _text(paper.venue or ""),
        f"{paper.date} ({DATE_BASES[paper.date_basis]})" if paper.date else "n.d.",
    ]
    number = f"[{seen.list_numbers}] " if seen.list_numbers else ""
    basis = {"inferred": "theme inferred", "chosen": "", None: ""}[seen.theme_basis]
    told += [part for part in (seen.facts["role"] if seen.facts["role"] != "list" else "", basis) if part]
    return f"- **{_text(number + paper.name)}** `{paper.key}`: {'. '.join(filter(None, told))}."


def _asserted(seen: CitationInView) -> str:
    evidence = _EVIDENCE.value(seen)
    assert isinstance(evidence, Iterable)
    return "; ".join(_text(str(each)) for each in evidence)


def _dated(selection: Selection, key: str) -> str:
    paper = selection.lineage.paper(key)
    return f"{_text(paper.name)} ({paper.year or 'n.d.'})"


def _text(text: str) -> str:
    r"""A text on one line that is only text in Markdown, HTML included.

    >>> print(_text("a|b *c* <d>"))
    a\|b \*c\* \<d\>
    """
    return re.sub(r"([\\`*_{}\[\]<>|#&!~$])", r"\\\1", shown(text))
