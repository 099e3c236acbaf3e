"""How people name a paper, wherever it is looked up: "#6", "Devlin et al. (2018)", part of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import AmbiguousName, InputError, NameNotFound, NotHere
from ..utils.arguments import refuse_other
from ..utils.person_names import surname, without_others
from ..utils.text import clipped, words
from .reading_list import Entry

T = TypeVar("T")
MOST_CANDIDATES = 12
"""How many papers the error for an ambiguous name lists."""

LONGEST_NAME = 2_000
"""How many characters a name may have; a longer one names no author and year."""

_SHOWN = 200
"""How many characters of a name an error shows."""
_NUMBER = re.compile(r"(?:#|entry\s+|no\.?\s*)?(\d{1,5})|\[(\d{1,5})\]", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"((?:19|20)\d\d)[a-z]?", re.ASCII)
_AND = re.compile(r",? (?:and|und|et|y) |,? ?[&;] ?")


def entry_number(name: str) -> int | None:
    """The number of an entry of the reading list, or None when the name is something else.

    >>> entry_number("6"), entry_number("#6"), entry_number("entry 6"), entry_number("No. 6"), entry_number("GPT 6")
    (6, 6, 6, 6, None)
    >>> entry_number("[6]")  # as answers show it
    6
    """
    match = _NUMBER.fullmatch(name) if len(name) <= LONGEST_NAME else None
    return int(match[1] or match[2]) if match else None


@dataclass(frozen=True, slots=True)
class AuthorsAndYear:
    """How a text cites a paper: "Devlin et al. (2018)", "Radford & Narasimhan, 2018a"."""

    surnames: tuple[str, ...]
    """What the folded family name of the first author may be."""
    others: tuple[str, ...]
    """The folded family names of further authors that are named, and given names that stand behind a comma: "Cho,
    Kyunghyun" is one author, "Bahdanau, Cho" are two, and only the authors of a paper tell."""
    year: int

    def fits(self, authors: Sequence[str], *, complete: bool) -> bool:
        """Whether the authors of a paper, of which there may be more unless they are `complete`, are those named.

        >>> cited = AuthorsAndYear(("cho",), ("bengio",), 2014)
        >>> cited.fits(["K. Cho", "Y. Bengio"], complete=True), cited.fits(["K. Cho", "B. Lee"], complete=True)
        (True, False)
        >>> AuthorsAndYear(("cho",), ("kyunghyun", "bengio"), 2014).fits(["Kyunghyun Cho", "Y. Bengio"], complete=True)
        True
        """
        known = list(map(surname, authors))
        if not known or known[0] not in self.surnames:
            return False
        return not complete or all(other in known[1:] or self._is_given(other, authors) for other in self.others)

    def _is_given(self, name: str, authors: Sequence[str]) -> bool:
        """Whether a name is, or may be by its initial, a given name of an author who is named."""
        named = {*self.surnames, *self.others}
        given = {part for author in authors if surname(author) in named for part in words(author)[:-1]}
        return name in given or name[0] in given


def authors_and_year(name: str) -> AuthorsAndYear | None:
    """Read how a text cites a paper, or return None when the name is something else.

    >>> authors_and_year("Devlin et al. (2018)")
    AuthorsAndYear(surnames=('devlin',), others=(), year=2018)
    >>> authors_and_year("Bahdanau, Cho and Bengio 2014").others
    ('cho', 'bengio')
    >>> authors_and_year("van den Oord, A. and Vinyals, O. 2017b").others, authors_and_year("BERT")
    (('vinyals',), None)
    """
    if len(name) > LONGEST_NAME:
        return None
    text = " ".join(name.split()).rstrip(" )].,;")
    year = _YEAR.fullmatch(text[-4:]) or _YEAR.fullmatch(text[-5:])
    authors = text[: -len(year[0])] if year else ""
    if year is None or not authors or authors[-1].isalnum():
        return None
    first, *others = _AND.split(without_others(authors.rstrip(" ([,;")))
    surnames = tuple(dict.fromkeys(found for found in (surname(first), surname(_without_initials(first))) if found))
    if not surnames:
        return None
    further = [*_behind_commas(first), *(each for other in others for each in (other, *_behind_commas(other)))]
    named = (surname(_without_initials(name)) for name in further)
    return AuthorsAndYear(surnames, tuple(dict.fromkeys(name for name in named if name)), int(year[1]))


def _behind_commas(authors: str) -> list[str]:
    """What stands behind the commas, unless it is initials: "Cho, K., Bengio, Y." has one such name."""
    return [name for name in authors.split(",")[1:] if any(len(word) > 1 for word in words(name))]


def _without_initials(author: str) -> str:
    """An author without the initials behind the family name: "Devlin J.", "Cho, K. H."; "Weinan E" loses the name."""
    parts = author.partition(",")[0].split(" ")
    while len(parts) > 1 and sum(map(str.isalpha, parts[-1])) <= 1:
        parts.pop()
    return " ".join(parts)


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

    Raises `AmbiguousName` with the papers that it could mean, `NameNotFound` with the similar names, and
    `InputError` for a name of more than `LONGEST_NAME` characters.

    Each of `rules` gives the papers that a name, as a person types it, may mean, in the order in which they are to be
    listed. `describe` gives one line that tells a paper from others, and `similar` the names that look most like one
    that is not known.
    """
    refuse_other("the name of a paper", name, str, "write it as 'BERT', '#6' or 'arxiv:1810.04805'")
    if len(name) > LONGEST_NAME:
        raise InputError(
            f"a name of {len(name):,} characters names no paper", remedy=f"use at most {LONGEST_NAME:,} characters"
        )
    typed = name.strip()
    for rule in rules:
        found = rule(typed)
        if found.papers == 1:
            return found.first[0]
        if found.papers:
            lines = [describe(each) for each in found.first[:MOST_CANDIDATES]]
            if found.papers > len(lines):
                lines.append(f"... and {found.papers - len(lines):,} more: say more of the title")
            raise AmbiguousName(clipped(name, _SHOWN), lines, found.papers)
    raise NameNotFound(clipped(name, _SHOWN), similar(name))


def numbered_entries(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a reading list that a name numbers; none when it is no number.

    Raises `NotHere` for a number that the list does not have.
    """
    number = entry_number(name)
    if number is None:
        return []
    numbered = {entry.number: entry for entry in entries}
    if number not in numbered:
        span = f"its entries are numbered from {min(numbered)} to {max(numbered)}" if numbered else "it has none here"
        raise NotHere(f"the reading list has no entry {number}", remedy=span)
    return [numbered[number]]
