"""From what a person types to a paper: "6", "BERT", "arXiv:1810.04805", a key, a title, part of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from ..errors import AmbiguousName, InputError, NameNotFound
from ..model.identifiers import closure, parse_identifier
from ..model.lineage import Lineage
from ..utils.text import clipped, for_terminal, normalised_title, surname, words

CANDIDATES = 12
_NUMBER = re.compile(r"(?:#|entry\s+|no\.?\s*)?(\d{1,5})", re.IGNORECASE | re.ASCII)


def resolve(lineage: Lineage, name: str) -> str:
    """The key of the one paper that a name means.

    The first of these that fits decides: number of an entry, key, identifier, name, title, author
    and year, part of a title or a name.

    Parameters
    ----------
    lineage : Lineage
    name : str
        As a person types it.

    Returns
    -------
    str

    Raises
    ------
    NameNotFound
        With the nearest names.
    AmbiguousName
        With the papers that fit, those of the list first.
    InputError
        For the number of an entry that the list does not have.

    Notes
    -----
    Linear in the number of papers: the shipped corpus takes some milliseconds.
    """
    number = _NUMBER.fullmatch(name.strip())
    if number and int(number[1]) not in {entry.number for entry in lineage.reading_list.entries}:
        raise InputError(f"the reading list has no entry {number[1]}", remedy="'lineage show' lists its entries")
    for rule in _RULES:
        found = sorted(set(rule(lineage, name.strip())), key=lineage.place)
        if len(found) == 1:
            return found[0]
        if found:
            lines = [describe(lineage, key) for key in found[:CANDIDATES]]
            if len(found) > CANDIDATES:
                lines.append(f"... and {len(found) - CANDIDATES} more: say more of the title")
            raise AmbiguousName(name, lines, len(found))
    raise NameNotFound(name, _suggestions(lineage, name))


def describe(lineage: Lineage, key: str) -> str:
    """One line that tells a paper from others: key, year, name and title."""
    paper = lineage.paper(key)
    numbers = "".join(f" [{number}]" for number in lineage.graph.nodes[key]["numbers"])
    title = for_terminal(clipped(paper.title or paper.untitled, 80))
    return f"{key}  {paper.year or 'n.d.'}{numbers}  {title}"


def _by_number(lineage: Lineage, name: str) -> Iterable[str]:
    match = _NUMBER.fullmatch(name)
    if match:
        yield from (key for key, entries in lineage.entries.items() if int(match[1]) in {e.number for e in entries})


def _by_key(lineage: Lineage, name: str) -> Iterable[str]:
    yield from (key for key in (name, name.lower()) if key in lineage.corpus.papers)


def _by_identifier(lineage: Lineage, name: str) -> Iterable[str]:
    identifier = parse_identifier(name)
    if identifier:
        wanted = closure([identifier])
        yield from (key for key, p in lineage.corpus.papers.items() if wanted & closure(p.identifiers))


def _by_name(lineage: Lineage, name: str) -> Iterable[str]:
    wanted = normalised_title(name)
    yield from (k for k, p in lineage.corpus.papers.items() if wanted and wanted in map(normalised_title, p.names))


def _by_title(lineage: Lineage, name: str) -> Iterable[str]:
    wanted = normalised_title(name)
    for key, paper in lineage.corpus.papers.items():
        if wanted and wanted in map(normalised_title, (paper.title or "", *paper.also_titled)):
            yield key


def _by_author_and_year(lineage: Lineage, name: str) -> Iterable[str]:
    match = re.fullmatch(r"(.+?)(?:\s+et\s+al\.?)?[\s,]+\(?((?:19|20)\d\d)\)?", name)
    if match:
        for key, paper in lineage.corpus.papers.items():
            if paper.authors and paper.year == int(match[2]) and surname(paper.authors[0]) == surname(match[1]):
                yield key


def _by_part(lineage: Lineage, name: str) -> Iterable[str]:
    wanted = " ".join(words(name))
    for key, paper in lineage.corpus.papers.items():
        if wanted and any(wanted in " ".join(words(text)) for text in (paper.title or "", *paper.names)):
            yield key


_RULES: tuple[Callable[[Lineage, str], Iterable[str]], ...] = (
    _by_number,
    _by_key,
    _by_identifier,
    _by_name,
    _by_title,
    _by_author_and_year,
    _by_part,
)


def _suggestions(lineage: Lineage, name: str) -> list[str]:
    """Names, titles and keys that look like what was typed; names of the list first."""
    named = {text.casefold(): text for p in lineage.corpus.papers.values() for text in p.names}
    near = [named[match] for match in get_close_matches(name.casefold(), named, n=3, cutoff=0.6)]
    if not near:
        titled = {p.title.casefold(): p.title for p in lineage.corpus.papers.values() if p.title}
        near = [titled[match] for match in get_close_matches(name.casefold(), titled, n=3, cutoff=0.6)]
    return [for_terminal(clipped(text, 80)) for text in near or get_close_matches(name, lineage.corpus.papers, n=3)]
