"""From what a person types to papers of a store: one sorted table of hashed keys in DuckDB.

Every identifier, whole title, "surname year" and word of a title of every paper is a row (key, corpusid),
sorted by key, so that DuckDB's zone maps lead to the one or two row groups that can hold it. Texts
are folded by the same macro when they are stored and when they are asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import AmbiguousName, InputError, NameNotFound
from ..identifiers import Identifier, closure, parse_identifier
from ..reading_list import Entry, ReadingList
from ..text import clipped, for_terminal, normalised_title, surname, words
from .cards import Card, Cards
from .index import Index

CANDIDATES = 12
VERIFIED = 48
"""Of papers that have all the words, so many of the most cited are looked at for the words in their order."""
READABLE = 500_000
"""Words in more titles than this are only looked up when a name has no rarer ones."""
_NUMBER = re.compile(r"(?:#|entry\s+|no\.?\s*)?(\d{1,5})", re.IGNORECASE | re.ASCII)
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*-(\d{1,18})", re.ASCII)
_AUTHOR_YEAR = re.compile(r"(.+?)(?:\s+et\s+al\.?)?[\s,]+\(?((?:19|20)\d\d)\)?")


class Names:
    """Looks papers up by what people call them.

    Parameters
    ----------
    path : Path
        What `graph.scale.naming.build_names` made.
    index : Index
        Tells how often papers are cited: the most cited come first.
    cards : Cards
    reading_list : ReadingList
        Its numbers and names go before all others, as far as the store has its papers.
    """

    def __init__(self, path: Path, index: Index, cards: Cards, reading_list: ReadingList) -> None:
        import duckdb

        if not path.is_file():
            raise InputError("no look-up of names here", where=str(path), remedy="run 'lineage bulk index' again")
        try:
            self._base = duckdb.connect(str(path), read_only=True)
        except duckdb.Error as fault:
            raise InputError(
                f"not a look-up of names ({str(fault).splitlines()[0]})",
                where=str(path),
                remedy="run 'lineage bulk index' again",
            ) from None
        self._base.execute("SET threads = 1")  # a look-up reads a few row groups: starting threads costs more
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
        number = _NUMBER.fullmatch(name)
        if number:
            return self._numbered(int(number[1]))
        rules: tuple[Callable[[str], Sequence[int]], ...] = (
            self._by_identifier,
            self._by_key,
            self._by_list_name,
            self._by_title,
            self._by_author_and_year,
            self._by_words,
        )
        for rule in rules:
            found = rule(name)
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousName(name, self._lines(found))
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
            one, which is looked for in the most cited of the papers that have the others.

        Raises
        ------
        InputError
            When all its words are in very many titles.
        """
        named, wanted = self._named(text.strip()), words(text)
        found = list(dict.fromkeys([*named, *self._having(wanted, named)]))
        if not found and len(wanted) > 1:
            near = self._having(wanted[:-1], ())[:VERIFIED]
            found = [vertex for vertex in near if _begins(self._cards.title(vertex), wanted[-1])]
        return found[:top], len(found)

    def _named(self, name: str) -> Sequence[int]:
        number = _NUMBER.fullmatch(name)
        if number:
            entries = [entry for entry in self.reading_list.entries if entry.number == int(number[1])]
            return [vertex for entry in entries if (vertex := self.listed(entry)) is not None]
        rules = (self._by_identifier, self._by_key, self._by_list_name, self._by_title, self._by_author_and_year)
        return next(filter(len, (rule(name) for rule in rules)), ())

    def _having(self, wanted: Sequence[str], named: Sequence[int]) -> Sequence[int]:
        if not wanted:
            return ()
        if min(map(self._frequency, wanted)) > READABLE:
            if named:
                return ()
            raise InputError(f"more than {READABLE:,} titles have these words", remedy="add a rarer one")
        return self._ranked(self._with_words(wanted))

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

    def _lines(self, found: Sequence[int]) -> list[str]:
        lines = [self.describe(vertex) for vertex in found[:CANDIDATES]]
        if len(found) > CANDIDATES:
            lines.append(f"... and {len(found) - CANDIDATES:,} more: say more of the title")
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

    def _by_identifier(self, name: str) -> Sequence[int]:
        given = parse_identifier(name)
        return self._ranked(vertex for each in closure([given] if given else []) for vertex in self._identified(each))

    def _identified(self, given: Identifier) -> Sequence[int]:
        if given.scheme == "corpusid":
            vertex = self._index.vertex(int(given.value))
            return [] if vertex is None else [vertex]
        return self._keyed(given.scheme, given.value.lower())

    def _by_key(self, name: str) -> Sequence[int]:
        vertex = self.keyed(name)
        return [] if vertex is None else [vertex]

    def _by_list_name(self, name: str) -> Sequence[int]:
        wanted = normalised_title(name)
        entries = [e for e in self.reading_list.entries if wanted and wanted in map(normalised_title, e.names)]
        return self._ranked(vertex for entry in entries if (vertex := self.listed(entry)) is not None)

    def _by_title(self, name: str) -> Sequence[int]:
        return self._ranked(self._found("key_of('title', joined(?))", name)) if words(name) else []

    def _by_author_and_year(self, name: str) -> Sequence[int]:
        match = _AUTHOR_YEAR.fullmatch(name)
        if not match:
            return []
        year = int(match[2])
        found = self._ranked(self._keyed("by", f"{surname(match[1])} {year}"))
        if len(found) > VERIFIED:
            return found
        return [vertex for vertex in found if _said_year(self._cards[vertex]) == year]

    def _by_words(self, name: str) -> Sequence[int]:
        wanted = " ".join(words(name))
        if not wanted:
            return []
        found = self._ranked(self._with_words(words(name)))
        kept = [vertex for vertex in found[:VERIFIED] if wanted in " ".join(words(self._cards.title(vertex) or ""))]
        return [*kept, *found[VERIFIED:]]

    def _near(self, name: str) -> Sequence[int]:
        """The papers whose titles have the most of the rarer words, the most cited first."""
        rarer = [word for word in sorted(set(words(name))) if not self._frequency(word)]
        having = [vertex for word in rarer for vertex in self._keyed("word", word)]
        times = Counter(having)
        best = max(times.values(), default=0)
        return self._ranked(vertex for vertex, many in times.items() if many == best)[:3]

    def _with_words(self, wanted: Sequence[str]) -> Sequence[int]:
        """The papers whose titles have the words; the most frequent ones are left out while there are others."""
        times = {word: self._frequency(word) for word in wanted}
        ordered = sorted(times, key=times.__getitem__)
        chosen = [word for word in ordered if times[word] <= READABLE] or ordered[:2]
        query = " INTERSECT ".join("SELECT corpusid FROM keys WHERE key = key_of('word', ?)" for _ in chosen)
        return self._vertices(self._asked(query, chosen).fetchnumpy()["corpusid"])

    def _frequency(self, word: str) -> int:
        row = self._asked("SELECT papers FROM frequent WHERE key = key_of('word', ?)", [word]).fetchone()
        return int(row[0]) if row else 0

    def _keyed(self, kind: str, value: str) -> Sequence[int]:
        return self._found(f"key_of('{kind}', ?)", value)

    def _found(self, key: str, value: str) -> Sequence[int]:
        query = f"SELECT corpusid FROM keys WHERE key = {key}"  # noqa: S608  # made of constants
        return self._vertices(self._asked(query, [value]).fetchnumpy()["corpusid"])

    def _asked(self, query: str, values: Sequence[str]) -> Any:
        """The rows of a query, on a cursor of its own: threads must not share one."""
        return self._base.cursor().execute(query, values)

    def _vertices(self, corpusids: Any) -> Sequence[int]:
        found: Sequence[int] = self._index.ids.searchsorted(corpusids).tolist()
        return found

    def _ranked(self, vertices: Iterable[int]) -> Sequence[int]:
        found = np.array(sorted(set(vertices)), np.int64)
        times = self._index.citers_at[found + 1] - self._index.citers_at[found]
        ranked: Sequence[int] = found[np.argsort(-times, kind="stable")].tolist()
        return ranked


def _begins(title: str | None, begun: str) -> bool:
    return any(word.startswith(begun) for word in words(title or ""))


def _said_year(card: Card) -> int | None:
    date = card.date[0]
    return int(date[:4]) if date else None
