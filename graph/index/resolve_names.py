"""From what a person types to papers of a store: one sorted table of hashed keys in DuckDB.

Every identifier, whole title, "surname year" and word of a title of every paper is a row (key, corpusid, rank),
sorted by key and then by how cited the paper is, so that DuckDB's zone maps lead to the one or two row groups that
can hold it. Of a name of more than 50,000 papers these are the most cited; see `graph.index.name_table`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import AmbiguousName, InputError, NameNotFound
from ..model.identifiers import Identifier, closure, parse_identifier
from ..model.names import author_and_year, entry_number, phrase
from ..model.reading_list import Entry, ReadingList
from ..utils.text import clipped, for_terminal, normalised_title, words
from .citation_index import Index
from .name_table import NameMatches, NameTable
from .paper_records import PaperRecord, PaperRecords

CANDIDATES = 12
VERIFIED = 48
"""Of papers that have all the words, so many of the most cited are looked at for the words in their order."""
RANKED = 500
"""Of the papers of a name so many, those that are cited most by the release's count, are put in the order of ours."""
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Candidates:
    """The papers that a name may mean: vertices of the first of them, and how many there are, or at least are."""

    vertices: Sequence[int]
    papers: int

    @classmethod
    def just(cls, vertices: Sequence[int]) -> Candidates:
        """These, and no more."""
        return cls(vertices, len(vertices))


class NameResolver:
    """Looks papers up by what people call them.

    Parameters
    ----------
    path : Path
        What `graph.index.build_names.build_names` made.
    index : Index
        Tells how often papers are cited: the most cited come first.
    cards : PaperRecords
    reading_list : ReadingList
        Its numbers and names go before all others, as far as the store has its papers.
    """

    def __init__(self, path: Path, index: Index, cards: PaperRecords, reading_list: ReadingList) -> None:
        self._lookup = NameTable(path)
        self._index, self._cards, self.reading_list = index, cards, reading_list

    def resolve(self, name: str) -> int:
        """The vertex of the one paper that a name means.

        The first of these that fits decides: number of an entry, identifier, key of an answer, name in
        the reading list, title, author and year, words of a title in their order.

        Raises
        ------
        NameNotFound
            With titles that have the rarer of its words.
        AmbiguousName
            With the papers that fit, the most cited first.
        InputError
            For the number of an entry that the list does not have, and for an entry that the store lacks.
        """
        name = name.strip()
        number = entry_number(name)
        if number is not None:
            return self._numbered(number)
        rules: tuple[Callable[[str], Candidates], ...] = (
            self._by_identifier,
            self._by_key,
            self._by_list_name,
            self._by_title,
            self._by_author_and_year,
            self._by_words,
        )
        for rule in rules:
            found = rule(name)
            if found.papers == 1:
                return found.vertices[0]
            if found.papers:
                raise AmbiguousName(name, self._lines(found), found.papers)
        near = [self._cards.title(vertex) or "" for vertex in self._near(name)]
        raise NameNotFound(name, [for_terminal(clipped(title, 80)) for title in near])

    def search(self, text: str, top: int) -> tuple[Sequence[int], int]:
        """The papers that a text which is still being typed may mean.

        Parameters
        ----------
        text : str
        top : int
            How many to show.

        Returns
        -------
        (sequence of int, int)
            Vertices: what the text names, then those whose titles have all its words, the most cited
            first; and how many there are. Where there are none the last word may be the beginning of
            one, which is looked for in the most cited of the papers that have the others. Of words that
            are in very many titles only the most cited papers are known, and the number is the least that it can be.
        """
        named, wanted = self._named(text.strip()).vertices, words(text)
        having = self._having(wanted)
        found = list(dict.fromkeys([*named, *having.vertices]))
        if not found and len(wanted) > 1:
            near = self._having(wanted[:-1]).vertices[:VERIFIED]
            found = [vertex for vertex in near if _begins(self._cards.title(vertex), wanted[-1])]
        return found[:top], max(len(found), having.papers)

    def _named(self, name: str) -> Candidates:
        number = entry_number(name)
        if number is not None:
            entries = [entry for entry in self.reading_list.entries if entry.number == number]
            return Candidates.just([vertex for entry in entries if (vertex := self.listed(entry)) is not None])
        rules = (self._by_identifier, self._by_key, self._by_list_name, self._by_title, self._by_author_and_year)
        return next((found for rule in rules if (found := rule(name)).papers), Candidates.just(()))

    def forget(self) -> None:
        """Drop what is remembered of earlier questions, so that the next one is a first one."""
        self._lookup.forget()

    def keyed(self, text: str) -> int | None:
        """The vertex of the paper that has this key in answers; None for what is no key."""
        match = _KEY.fullmatch(text)
        vertex = self._index.vertex(int(match[1])) if match else None
        return vertex if vertex is not None and self._cards[vertex].key == text else None

    def listed(self, entry: Entry) -> int | None:
        """The vertex of an entry of a reading list; None when the store lacks it."""
        found = (vertex for each in sorted(closure(entry.identifiers)) for vertex in self._identified(each))
        return next(found, None)

    def describe(self, vertex: int) -> str:
        """One line that tells a paper from others: corpus id, year, how often it is cited, title."""
        card = self._cards[vertex]
        year = (card.date[0] or "n.d.")[:4]
        title = for_terminal(clipped(card.title or "[untitled]", 80))
        return f"CorpusID:{card.corpusid}  {year}  cited by {self._index.cited_by(vertex):,}  {title}"

    def _lines(self, found: Candidates) -> list[str]:
        lines = [self.describe(vertex) for vertex in found.vertices[:CANDIDATES]]
        if found.papers > len(lines):
            lines.append(f"... and {found.papers - len(lines):,} more: say more of the title")
        return lines

    def _numbered(self, number: int) -> int:
        entry = next((each for each in self.reading_list.entries if each.number == number), None)
        if entry is None:
            raise InputError(f"the reading list has no entry {number}", remedy="'lineage show' lists its entries")
        vertex = self.listed(entry)
        if vertex is None:
            raise InputError(
                f"entry {number}, {for_terminal(entry.title)!r}, is not in this store",
                remedy="name it by an identifier that the release knows",
            )
        return vertex

    def _by_identifier(self, name: str) -> Candidates:
        given = parse_identifier(name)
        return self._in_order(vertex for each in closure([given] if given else []) for vertex in self._identified(each))

    def _identified(self, given: Identifier) -> Sequence[int]:
        if given.scheme == "corpusid":
            vertex = self._index.vertex(int(given.value))
            return [] if vertex is None else [vertex]
        return self._ranked(self._lookup.named(given.scheme, given.value.casefold())).vertices

    def _by_key(self, name: str) -> Candidates:
        vertex = self.keyed(name)
        return Candidates.just([] if vertex is None else [vertex])

    def _by_list_name(self, name: str) -> Candidates:
        wanted = normalised_title(name)
        entries = [e for e in self.reading_list.entries if wanted and wanted in map(normalised_title, e.names)]
        return self._in_order(vertex for entry in entries if (vertex := self.listed(entry)) is not None)

    def _by_title(self, name: str) -> Candidates:
        title = normalised_title(name)
        return self._ranked(self._lookup.named("title", title)) if title else Candidates.just(())

    def _by_author_and_year(self, name: str) -> Candidates:
        named = author_and_year(name)
        if not named:
            return Candidates.just(())
        author, year = named
        found = self._ranked(self._lookup.named("by", f"{author} {year}"))
        if found.papers > VERIFIED:
            return found
        return Candidates.just([vertex for vertex in found.vertices if _said_year(self._cards[vertex]) == year])

    def _by_words(self, name: str) -> Candidates:
        wanted = words(name)
        found, whole = self._having(wanted), phrase(name)
        first, rest = found.vertices[:VERIFIED], found.vertices[VERIFIED:]
        kept = [vertex for vertex in first if whole in phrase(self._cards.title(vertex) or "")]
        return Candidates([*kept, *rest], found.papers - len(first) + len(kept))

    def _near(self, name: str) -> Sequence[int]:
        """The papers whose titles have the most of the rarer words, the most cited first."""
        return self._ranked(self._lookup.nearest(words(name))).vertices[:3]

    def _having(self, wanted: Sequence[str]) -> Candidates:
        """The papers whose titles have all of these words."""
        return self._ranked(self._lookup.having(wanted, self._title))

    def _title(self, corpusid: int) -> str | None:
        vertex = self._index.vertex(corpusid)
        return None if vertex is None else self._cards.title(vertex)

    def _ranked(self, found: NameMatches) -> Candidates:
        places = self._index.ids.searchsorted(found.ids[:RANKED].astype(np.int64))
        return Candidates(self._in_order(self._index.vertices[places].tolist()).vertices, found.papers)

    def _in_order(self, vertices: Iterable[int]) -> Candidates:
        """The most cited first."""
        found = np.array(sorted(set(vertices)), np.int64)
        times = self._index.citers_at[found + 1] - self._index.citers_at[found]
        return Candidates.just(found[np.argsort(-times, kind="stable")].tolist())


def _begins(title: str | None, begun: str) -> bool:
    return any(word.startswith(begun) for word in words(title or ""))


def _said_year(card: PaperRecord) -> int | None:
    date = card.date[0]
    return int(date[:4]) if date else None
