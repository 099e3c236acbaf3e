"""From the name that a person types to a paper: "6", "BERT", "arXiv:1810.04805", a key, a title or a part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..model.identifiers import parse_identifier
from ..model.lineage import Lineage
from ..model.name_index import NameIndex
from ..model.names import Candidates, authors_and_year, numbered_entries, one_paper
from ..utils.text import clipped, for_terminal

Rule = Callable[[Lineage, str], Iterator[str]]


def resolve(lineage: Lineage, name: str) -> str:
    """Find the one paper that a name means.

    The first of these rules that finds papers decides: number of an entry, key, identifier, name, title, the name that
    a title begins with, author and year, abbreviation of a title, part of a title or of a name. A number, a key or an
    identifier is looked up. For anything else each rule reads the folded names of all papers once, two gigabytes a
    second: see `graph.model.name_index`. Raises `NameNotFound` with the names that look most like it,
    `AmbiguousName` with the papers that it could mean, those of the list first, and `InputError` for the number of an
    entry that the list does not have.
    """

    def found_by(rule: Rule, typed: str) -> Candidates[str]:
        return Candidates.all_of(sorted(set(rule(lineage, typed)), key=lineage.place))

    rules = (partial(found_by, rule) for rule in _RULES)
    return one_paper(name, rules, partial(describe, lineage), partial(_similar_names, lineage))


def describe(lineage: Lineage, key: str) -> str:
    """One line that tells a paper from others: key, year, number in the list, and title."""
    paper = lineage.paper(key)
    numbers = "".join(f" [{number}]" for number in lineage.entry_numbers(key))
    title = for_terminal(clipped(paper.title or paper.untitled, 80))
    return f"{key}  {paper.year or 'n.d.'}{numbers}  {title}"


def years_of(lineage: Lineage, key: str) -> tuple[int, ...]:
    """The years by which people cite a paper: those of `Paper.years`, and those that its entries in the list state.

    >>> from graph import load
    >>> years_of(load(), "devlin2018"), years_of(load(), "ziegler2019")
    ((2018, 2019), (2019, 2020))
    """
    listed = (entry.listed_year for entry in lineage.entries.get(key, ()) if entry.listed_year is not None)
    return tuple(sorted({*lineage.paper(key).years, *listed}))


def _by_number(lineage: Lineage, name: str) -> Iterator[str]:
    numbered = numbered_entries(name, lineage.reading_list.entries)
    yield from (key for key, entries in lineage.entries.items() if any(entry in numbered for entry in entries))


def _by_key(lineage: Lineage, name: str) -> Iterator[str]:
    yield from (key for key in (name, name.lower()) if key in lineage.corpus.papers)


def _by_identifier(lineage: Lineage, name: str) -> Iterator[str]:
    identifier = parse_identifier(name)
    yield from lineage.corpus.identified(identifier) if identifier else ()


def _by_name(lineage: Lineage, name: str) -> Iterator[str]:
    yield from lineage.corpus.keys_by_name(lambda names: names.named(name))


def _by_title(lineage: Lineage, name: str) -> Iterator[str]:
    yield from lineage.corpus.keys_by_name(lambda names: names.titled(name))


def _by_name_in_title(lineage: Lineage, name: str) -> Iterator[str]:
    yield from lineage.corpus.keys_by_name(lambda names: names.begun_with(name))


def _by_author_and_year(lineage: Lineage, name: str) -> Iterator[str]:
    cited = authors_and_year(name)
    for surname in cited.surnames if cited else ():
        for key in lineage.corpus.keys_by_name(partial(NameIndex.by_author, author=surname)):
            paper = lineage.paper(key)
            if (
                cited
                and cited.year in years_of(lineage, key)
                and cited.fits(paper.authors, complete=paper.authors_complete)
            ):
                yield key


def _by_abbreviation(lineage: Lineage, name: str) -> Iterator[str]:
    yield from lineage.corpus.keys_by_name(lambda names: names.abbreviated(name))


def _by_part(lineage: Lineage, name: str) -> Iterator[str]:
    yield from lineage.corpus.keys_by_name(lambda names: names.containing(name))


_RULES: tuple[Rule, ...] = (
    _by_number,
    _by_key,
    _by_identifier,
    _by_name,
    _by_title,
    _by_name_in_title,
    _by_author_and_year,
    _by_abbreviation,
    _by_part,
)


def _similar_names(lineage: Lineage, name: str) -> list[str]:
    """The names that look most like what was typed, or else the titles, or else the keys."""
    from difflib import get_close_matches  # most names are known

    papers = lineage.corpus.papers
    named = {text.casefold(): text for paper in papers.values() for text in paper.names}
    similar = [named[match] for match in get_close_matches(name.casefold(), named, n=3, cutoff=0.6)]
    if not similar:
        titled = {paper.title.casefold(): paper.title for paper in papers.values() if paper.title}
        similar = [titled[match] for match in get_close_matches(name.casefold(), titled, n=3, cutoff=0.6)]
    return [for_terminal(clipped(text, 80)) for text in similar or get_close_matches(name, papers, n=3)]
