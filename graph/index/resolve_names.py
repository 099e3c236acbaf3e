"""From what a person types to papers of a store, by a table of hashed names in DuckDB.

Every identifier, whole title, "surname year", author and word of a title of every paper is a row (key, corpusid, rank).
The rows are sorted by key and then by how cited the paper is, so that DuckDB reads only the one or two row groups that
can hold a key. Of a name of more than 50,000 papers the table has the most cited ones; see `graph.index.name_table`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from ..errors import NotHere
from ..model.identifiers import Identifier, closure, parse_identifier
from ..model.names import (
    AuthorsAndYear,
    Candidates,
    authors_and_year,
    entry_number,
    numbered_entries,
    one_paper,
    phrase,
)
from ..model.reading_list import Entry, ReadingList
from ..utils.person_names import family_names, is_author_id
from ..utils.text import clipped, for_terminal, normalised_title, words
from .citation_index import Index
from .name_table import NameMatches, NameTable
from .paper_records import PaperRecords

MAX_VERIFIED = 48
"""How many of the most cited papers that have all words are checked for the words in their order."""
MAX_RANKED = 500
"""How many papers of a name, the most cited by the release's count, are sorted by the store's own count."""
YEARS_APART = (-1, -2, -3, 1)
"""How far the year of a publication is from that of a first version, where names are looked up."""
_MAX_SUGGESTIONS = 3
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*-(\d{1,18})", re.ASCII)


NO_CANDIDATES: Candidates[int] = Candidates((), 0)


class NameResolver:
    """Finds the papers of a store by what people call them.

    `path` is the file that `graph.index.build_names.build_names` wrote. The most cited papers come first, as `index`
    counts the citations; the numbers and names of `reading_list` come before all others, as far as the store has its
    papers.
    """

    def __init__(self, path: Path, index: Index, records: PaperRecords, reading_list: ReadingList) -> None:
        self._table = NameTable(path)
        self._index, self._records, self.reading_list = index, records, reading_list

    def resolve(self, name: str) -> int:
        """The vertex of the one paper that a name means.

        The first of these that fits decides: number of an entry, key of an answer, identifier, name in the reading
        list, title, author and year, words of a title in their order. Raises `NameNotFound` with titles that have the
        most of its rarer words, `AmbiguousName` with the papers that fit, the most cited first, and `InputError`
        for the number of an entry that the list does not have, and for an entry that the store lacks.
        """
        rules = (self._by_number, *self._exact_rules, self._by_words)
        return one_paper(name, rules, self.describe, self._similar_titles)

    def search(self, text: str, top: int) -> tuple[Sequence[int], int]:
        """The papers that a text may mean which a person is still typing.

        Returns at most `top` vertices: the papers that the text names, then those whose titles have all its words, the
        most cited first; and how many there are. If there are none, the last word may be the beginning of a word, which
        is looked for in the most cited papers that have the other words. For words that are in very many titles only
        the most cited papers are known, and the number is a lower bound.
        """
        wanted = words(text)
        having = self._having(wanted)
        vertices = list(dict.fromkeys([*self._named(text.strip()).first, *having.first]))
        if not vertices and len(wanted) > 1:
            others = self._having(wanted[:-1]).first[:MAX_VERIFIED]
            vertices = [vertex for vertex in others if _has_prefix(self._records.title(vertex), wanted[-1])]
        return vertices[:top], max(len(vertices), having.papers)

    def _named(self, name: str) -> Candidates[int]:
        number = entry_number(name)
        if number is not None:
            entries = [entry for entry in self.reading_list.entries if entry.number == number]
            return Candidates.all_of(self._vertices_of(entries))
        found = (candidates for rule in self._exact_rules if (candidates := rule(name)).papers)
        return next(found, NO_CANDIDATES)

    def by_author(self, author: str, most: int) -> Candidates[int]:
        """The papers that may be of an author, the most cited first, and how many there are.

        `author` is an id of Semantic Scholar, or a name, of which the family name counts, or what may be that; at most
        so many papers are returned. Raises `InputError` when the table was made by a version that had no authors in it.
        """
        if not self._table.has_authors:
            raise self._table.without_authors()
        if is_author_id(author):
            return self._most_cited_of(self._table.named("author", author), most)
        found = [self._most_cited_of(self._table.named("family", each), most) for each in family_names(author)]
        every = self._most_cited_first(vertex for candidates in found for vertex in candidates.first)
        in_several = sum(len(candidates.first) for candidates in found) - every.papers
        return Candidates(every.first[:most], sum(candidates.papers for candidates in found) - in_several)

    def clear_cache(self) -> None:
        """Forget what was looked up before, so that the next look-up takes as long as a first one."""
        self._table.clear_cache()

    def vertex_of_key(self, text: str) -> int | None:
        """The vertex of the paper that has this key in answers; None when the text is not such a key."""
        match = _KEY.fullmatch(text)
        vertex = self._index.vertex(int(match[1])) if match else None
        return vertex if vertex is not None and self._records[vertex].key == text else None

    def vertex_of_entry(self, entry: Entry) -> int | None:
        """The vertex of an entry of a reading list; None when the store lacks it."""
        found = (vertex for known in sorted(closure(entry.identifiers)) for vertex in self._identified(known))
        return next(found, None)

    def describe(self, vertex: int) -> str:
        """One line that tells a paper from others: corpus id, year, how often it is cited, title."""
        record = self._records[vertex]
        year = (record.date[0] or "n.d.")[:4]
        title = for_terminal(clipped(record.title or "[untitled]", 80))
        return f"CorpusID:{record.corpusid}  {year}  cited by {self._index.citation_count(vertex):,}  {title}"

    def _similar_titles(self, name: str) -> list[str]:
        nearest = self._most_cited_of(self._table.nearest(words(name))).first[:_MAX_SUGGESTIONS]
        return [for_terminal(clipped(self._records.title(vertex) or "", 80)) for vertex in nearest]

    def _by_number(self, name: str) -> Candidates[int]:
        entries = numbered_entries(name, self.reading_list.entries)
        vertices = self._vertices_of(entries)
        if entries and not vertices:
            raise NotHere(
                f"entry {entries[0].number}, {for_terminal(_title_of(entries[0]))!r}, is not in this store",
                remedy="name it by an identifier that the release has",
            )
        return Candidates.all_of(vertices)

    def _vertices_of(self, entries: Iterable[Entry]) -> list[int]:
        return [vertex for entry in entries if (vertex := self.vertex_of_entry(entry)) is not None]

    @property
    def _exact_rules(self) -> tuple[Callable[[str], Candidates[int]], ...]:
        return (
            self._by_key,
            self._by_identifier,
            self._by_list_name,
            self._by_title,
            self._by_author_and_year,
        )

    def _by_identifier(self, name: str) -> Candidates[int]:
        given = parse_identifier(name)
        known = closure([given] if given else [])
        return self._most_cited_first(vertex for identifier in known for vertex in self._identified(identifier))

    def _identified(self, identifier: Identifier) -> Sequence[int]:
        if identifier.scheme == "corpusid":
            vertex = self._index.vertex(int(identifier.value))
            return [] if vertex is None else [vertex]
        return self._most_cited_of(self._table.named(identifier.scheme, identifier.value.casefold())).first

    def _by_key(self, name: str) -> Candidates[int]:
        vertex = self.vertex_of_key(name)
        return Candidates.all_of([] if vertex is None else [vertex])

    def _by_list_name(self, name: str) -> Candidates[int]:
        wanted = normalised_title(name)
        entries = self.reading_list.entries
        named = [entry for entry in entries if wanted and wanted in map(normalised_title, entry.names)]
        return self._most_cited_first(self._vertices_of(named))

    def _by_title(self, name: str) -> Candidates[int]:
        title = normalised_title(name)
        return self._most_cited_of(self._table.named("title", title)) if title else NO_CANDIDATES

    def _by_author_and_year(self, name: str) -> Candidates[int]:
        cited = authors_and_year(name)
        if cited is None:
            return NO_CANDIDATES
        found = [self._most_cited_of(self._table.named("by", f"{each} {cited.year}")) for each in cited.surnames]
        vertices = [vertex for candidates in found for vertex in candidates.first]
        vertices += (each for each in self._of_other_years(cited) if each not in set(vertices))
        if cited.others and len(vertices) <= MAX_RANKED:
            records = zip(vertices, self._records.many(vertices), strict=True)
            return self._most_cited_first(v for v, each in records if cited.fits(each.authors, complete=True))
        first = self._most_cited_first(vertices)
        return Candidates(first.first, max(first.papers, *(each.papers for each in found)))

    def _of_other_years(self, cited: AuthorsAndYear) -> list[int]:
        """The papers that are cited by this year though the table has them under others.

        It has a paper under the year of its arXiv identifier and under the stated one. Its publication, the name of its
        venue, or the reading list may give another.
        """
        near = [
            vertex
            for surname in cited.surnames
            for years in YEARS_APART
            for vertex in self._most_cited_of(self._table.named("by", f"{surname} {cited.year + years}")).first
        ]
        listed = self._vertices_of(each for each in self.reading_list.entries if each.listed_year == cited.year)
        near = near[:MAX_RANKED]
        records = zip([*near, *listed], self._records.many([*near, *listed]), strict=True)
        return [
            vertex
            for vertex, record in records
            if (vertex in listed or cited.year in record.years) and cited.fits(record.authors, complete=False)
        ]

    def _by_words(self, name: str) -> Candidates[int]:
        wanted = words(name)
        candidates, whole = self._having(wanted), phrase(name)
        first, rest = candidates.first[:MAX_VERIFIED], candidates.first[MAX_VERIFIED:]
        kept = [vertex for vertex in first if whole in phrase(self._records.title(vertex) or "")]
        return Candidates([*kept, *rest], candidates.papers - len(first) + len(kept))

    def _having(self, wanted: Sequence[str]) -> Candidates[int]:
        """The papers whose titles have all of these words."""
        return self._most_cited_of(self._table.having(wanted, self._title))

    def _title(self, corpusid: int) -> str | None:
        vertex = self._index.vertex(corpusid)
        return None if vertex is None else self._records.title(vertex)

    def _most_cited_of(self, matches: NameMatches, most: int | None = None) -> Candidates[int]:
        """The first papers of a name as vertices, in the order of the store's own counts."""
        found = self._index.vertices_of(matches.ids[: most or MAX_RANKED])
        if (found < 0).any():
            raise self._table.damaged("it names papers that the store does not have")
        return Candidates(self._most_cited_first(found.tolist()).first, matches.papers)

    def _most_cited_first(self, vertices: Iterable[int]) -> Candidates[int]:
        distinct = np.array(sorted(set(vertices)), np.int64)
        citations = self._index.citers_at[distinct + 1] - self._index.citers_at[distinct]
        return Candidates.all_of(distinct[np.argsort(-citations, kind="stable")].tolist())


def _title_of(entry: Entry) -> str:
    return entry.title or entry.name


def _has_prefix(title: str | None, prefix: str) -> bool:
    return any(word.startswith(prefix) for word in words(title or ""))
