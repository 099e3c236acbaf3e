"""How people name a paper, wherever it is looked up: "#6", "Devlin et al. (2018)", part of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import AmbiguousName, InputError, NameNotFound
from ..utils.text import surname, words
from .reading_list import Entry

T = TypeVar("T")
MOST_CANDIDATES = 12
"""How many papers the error for an ambiguous name lists."""

_NUMBER = re.compile(r"(?:#|entry\s+|no\.?\s*)?(\d{1,5})", re.IGNORECASE | re.ASCII)
_AUTHOR_AND_YEAR = re.compile(r"(.+?)(?:\s+et\s+al\.?)?[\s,]+\(?((?:19|20)\d\d)\)?")


def entry_number(name: str) -> int | None:
    """The number of an entry of the reading list, or None when the name is something else.

    >>> entry_number("6"), entry_number("#6"), entry_number("entry 6"), entry_number("No. 6"), entry_number("GPT 6")
    (6, 6, 6, 6, None)
    """
    match = _NUMBER.fullmatch(name)
    return int(match[1]) if match else None


def author_and_year(name: str) -> tuple[str, int] | None:
    """The folded surname of a first author and the year, or None when the name is something else.

    >>> author_and_year("Devlin et al. (2018)"), author_and_year("Jacob Devlin, 2018"), author_and_year("BERT")
    (('devlin', 2018), ('devlin', 2018), None)
    """
    match = _AUTHOR_AND_YEAR.fullmatch(name)
    return (surname(match[1]), int(match[2])) if match else None


def phrase(text: str) -> str:
    """The folded words of a text, in order and joined by spaces, so that parts of texts can be compared.

    >>> phrase("Self-Attention, again")
    'self attention again'
    """
    return " ".join(words(text))


@dataclass(frozen=True)
class Candidates(Generic[T]):
    """The papers that a name may mean: the first of them, and how many there are at least."""

    first: Sequence[T]
    papers: int

    @classmethod
    def all_of(cls, papers: Sequence[T]) -> Candidates[T]:
        """These papers, and no others."""
        return cls(papers, len(papers))


def one_paper(
    name: str,
    rules: Iterable[Callable[[str], Candidates[T]]],
    describe: Callable[[T], str],
    similar: Callable[[str], Sequence[str]],
) -> T:
    """The one paper that a name means: the first rule that finds papers decides.

    Parameters
    ----------
    name : str
        As a person types it.
    rules : iterable of callable
        Each gives the papers that a name may mean, in the order in which they are to be listed.
    describe : callable
        One line that tells a paper from others.
    similar : callable
        The names that look most like one that is not known.

    Raises
    ------
    AmbiguousName
        With the papers that it could mean.
    NameNotFound
        With the similar names.
    """
    typed = name.strip()
    for rule in rules:
        found = rule(typed)
        if found.papers == 1:
            return found.first[0]
        if found.papers:
            lines = [describe(each) for each in found.first[:MOST_CANDIDATES]]
            if found.papers > len(lines):
                lines.append(f"... and {found.papers - len(lines):,} more: say more of the title")
            raise AmbiguousName(name, lines, found.papers)
    raise NameNotFound(name, similar(name))


def numbered_entries(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a reading list that a name numbers; none when it is no number.

    Raises
    ------
    InputError
        For a number that the list does not have.
    """
    number = entry_number(name)
    found = [] if number is None else [entry for entry in entries if entry.number == number]
    if number is not None and not found:
        raise InputError(f"the reading list has no entry {number}", remedy="'lineage show' lists its entries")
    return found
