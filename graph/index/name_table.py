"""The table of names of a store, opened: which papers have a name, the most cited first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..utils.database import LOCKED, base_tables, what_runs
from ..utils.text import words
from .name_keys import FORMAT, VERSION, WITHOUT_AUTHORS, key_of

_REBUILD = "run 'lineage bulk index' again"
_MEMORY = "256MiB"
"""How much of the table DuckDB may keep; the system also keeps pages of the file."""
_CACHED_NAMES = 32
"""How many names are cached, 250 KB each at most: one question asks for some of its words again."""
_FEW = 16
"""Of at most this many papers the titles are read, rather than the papers of the other words."""
_FILTER_SIZE = 1 << 20
_TABLES = {
    "keys": {"key": "UBIGINT", "corpusid": "UINTEGER", "rank": "UTINYINT"},
    "frequent": {"key": "UBIGINT", "papers": "BIGINT"},
    "about": {"format": "VARCHAR", "version": "INTEGER"},
}
"""The tables that are read, with their columns."""


@dataclass(frozen=True, eq=False)
class NameMatches:
    """The papers with a name, the most cited first by the release's count."""

    ids: NDArray[np.uint32]
    """Their corpus ids; when very many papers have the name, the first ones."""
    ranks: NDArray[np.uint8]
    """How cited they are, as `graph.index.top_k_filter.ranks_of` defines it: ascending."""
    papers: int
    """How many papers have the name; a lower bound when that is not known."""
    complete: bool = True
    """Whether `ids` are all papers with the name, and no others."""

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, kept: NDArray[np.bool_], *, complete: bool) -> NameMatches:
        """The matches where `kept` is true."""
        return NameMatches(self.ids[kept], self.ranks[kept], int(kept.sum()), complete)


NO_MATCHES = NameMatches(np.empty(0, np.uint32), np.empty(0, np.uint8), 0)


class NameTable:
    """Looks up which papers have a name. Any number of threads may use it.

    The file is what `graph.index.build_names.build_names` wrote. Raises `InputError` for a file of another kind or
    version, and one that holds what runs when it is asked: it may be a stranger's.
    """

    def __init__(self, path: Path) -> None:
        import duckdb

        self._path, self._duckdb_error = path, duckdb.Error
        if not path.is_file():
            raise InputError("no table of names here", where=str(path), remedy=_REBUILD)
        try:
            # A look-up reads a few row groups: starting threads takes longer.
            settings = {"memory_limit": _MEMORY, "threads": "1", **LOCKED}
            self._connection = duckdb.connect(str(path), read_only=True, config=settings)
            self._check_version()
            self._check_tables()
            self._cached = lru_cache(maxsize=_CACHED_NAMES)(self._read)
            self._frequent: dict[int, int] = dict(
                self._connection.execute("SELECT key, papers FROM main.frequent").fetchall()
            )
        except (duckdb.Error, UnicodeDecodeError) as fault:
            raise self.damaged(str(fault)) from None

    def _check_version(self) -> None:
        tables = base_tables(self._connection)
        about = []
        if tables.get("about") == _TABLES["about"]:
            about = self._connection.execute("SELECT format, version FROM main.about").fetchall()
        if about not in ([(FORMAT, VERSION)], [(FORMAT, WITHOUT_AUTHORS)]):
            version = f"version {about[0][1]}" if about else "an older version"
            raise InputError(
                f"a table of names of {version}, but this program reads version {VERSION}",
                where=str(self._path),
                remedy=_REBUILD,
            )
        self.has_authors: bool = about[0][1] == VERSION

    def _check_tables(self) -> None:
        """Refuse all but tables of data: a view or a macro decides itself what is read when it is asked."""
        strange = what_runs(self._connection)
        if strange:
            raise InputError(
                f"a table of names that holds more than tables ({', '.join(strange[:3])})",
                where=str(self._path),
                remedy=f"do not use this file; {_REBUILD}",
            )
        tables = base_tables(self._connection)
        if any(tables.get(name) != columns for name, columns in _TABLES.items()):
            raise self.damaged("its tables are not those of an index")

    def named(self, kind: str, text: str) -> NameMatches:
        """The papers with a name.

        `kind` and `text` are as for `graph.index.name_keys.key_of`. Reads one or two row groups of the table; for a
        frequent name, as many as hold its papers.
        """
        return self._cached(kind, text)

    def having(self, wanted: Iterable[str], title: Callable[[int], str | None]) -> NameMatches:
        """The papers whose titles have all of some words.

        For a frequent word the table has only the most cited papers. Beside rarer words, a frequent word excludes only
        papers that are cited often enough to be in its list. Papers that are cited less may or may not have it; they
        are returned, and the result is not `complete`. When all words are frequent, the result has the papers that are
        in the list of each word. `title` gives the title of the paper with a corpus id.
        """
        rarest_first = sorted(dict.fromkeys(wanted), key=lambda word: (self._papers_with(word), -len(word)))
        matches, has_rare_word = NO_MATCHES, False
        for place, word in enumerate(rarest_first):
            found = self.named("word", word)
            if not place:
                matches, has_rare_word = found, found.complete
            elif has_rare_word and not found.complete:
                matches = _not_excluded(matches, found)
            else:
                matches = _in_both(matches, found)
            if has_rare_word and len(matches) <= _FEW:
                return _with_words_in_title(matches, set(rarest_first[place + 1 :]), title)
        return matches

    def nearest(self, wanted: Iterable[str]) -> NameMatches:
        """The papers whose titles have the most of some words; frequent words do not count."""
        lists = [self.named("word", word) for word in dict.fromkeys(wanted) if not self._papers_with(word)]
        lists = [matches for matches in lists if len(matches)]
        if not lists:
            return NO_MATCHES
        all_ids = np.concatenate([matches.ids for matches in lists])
        ids, first, times = np.unique(all_ids, return_index=True, return_counts=True)
        best = times == times.max()
        ranks = np.concatenate([matches.ranks for matches in lists])[first[best]]
        order = np.lexsort((ids[best], ranks))
        return NameMatches(ids[best][order], ranks[order], len(order))

    def clear_cache(self) -> None:
        """Forget the names that were looked up before."""
        self._cached.cache_clear()

    def _papers_with(self, word: str) -> int:
        """How many titles have a frequent word; 0 for a word that is not frequent."""
        return self._frequent.get(key_of("word", word), 0)

    def _read(self, kind: str, text: str) -> NameMatches:
        key = key_of(kind, text)
        try:  # on a cursor of its own: threads must not share one
            rows = (
                self._connection.cursor()
                .execute("SELECT corpusid, rank FROM main.keys WHERE key = ?", [key])
                .fetchnumpy()
            )
        except self._duckdb_error as fault:
            raise self.damaged(str(fault)) from None
        ids, ranks = (rows[name] for name in ("corpusid", "rank"))
        if np.ma.is_masked(ids) or np.ma.is_masked(ranks):
            raise self.damaged("it has empty cells")
        ids, ranks = np.asarray(ids), np.asarray(ranks)
        papers = self._frequent.get(key, len(ids))
        return NameMatches(ids, ranks, papers, papers == len(ids))

    def without_authors(self) -> InputError:
        """The fault of a question about authors where none are in the table."""
        return InputError("this index of a store has no authors in it", where=str(self._path), remedy=_REBUILD)

    def damaged(self, what: str) -> InputError:
        """The error for contents that cannot be used."""
        first_line = next(iter(what.splitlines()), "")
        return InputError(f"the table of names is damaged ({first_line})", where=str(self._path), remedy=_REBUILD)


def _in_both(one: NameMatches, other: NameMatches) -> NameMatches:
    """The papers that are in both."""
    return one.only(_among(one.ids, other.ids), complete=one.complete and other.complete)


def _not_excluded(matches: NameMatches, frequent: NameMatches) -> NameMatches:
    """The papers that are in the list of a frequent word, or cited too little to be in it."""
    has_word = _among(matches.ids, frequent.ids)
    may_have_word = ~has_word & (matches.ranks >= frequent.ranks[-1])
    return matches.only(has_word | may_have_word, complete=matches.complete and not may_have_word.any())


def _with_words_in_title(matches: NameMatches, wanted: set[str], title: Callable[[int], str | None]) -> NameMatches:
    """The papers whose titles have all of some words."""
    kept = np.array([wanted <= set(words(title(corpusid) or "")) for corpusid in matches.ids.tolist()], np.bool_)
    return matches.only(kept, complete=matches.complete)


def _among(ids: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which ids are among others.

    A look-up by their last bits excludes most ids that are not, in a fifth of the time of sorting.
    """
    is_taken = np.zeros(_FILTER_SIZE, np.bool_)
    is_taken[others & np.uint32(_FILTER_SIZE - 1)] = True
    among: NDArray[np.bool_] = is_taken[ids & np.uint32(_FILTER_SIZE - 1)]
    among[among] = np.isin(ids[among], others, assume_unique=True, kind="sort")
    return among
