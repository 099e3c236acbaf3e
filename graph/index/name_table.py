"""The table of names of a store, opened: which papers have a name, the most cited first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..utils.text import words
from .name_keys import FORMAT, VERSION, key_of

_AGAIN = "run 'lineage bulk index' again"
_MEMORY = "256MiB"
"""What DuckDB may keep of the table; the system keeps pages of the file besides."""


_KEPT = 32
"""Names that are remembered, 250 KB each at the most: a question asks for some of its words again."""
_FEW = 16
"""Of so few papers the titles themselves are read, rather than which others have a word."""
_PLACES = 1 << 20


@dataclass(frozen=True, eq=False)
class NameMatches:
    """The papers of a name, the most cited first by the release's count.

    Attributes
    ----------
    ids : array
        Their corpus ids; of very many papers the first.
    ranks : array
        How cited they are, as `graph.index.top_k_filter.ranks_of` says it: ascending.
    papers : int
        How many there are, or at least how many.
    whole : bool
        Whether `ids` are all of them, and each of them surely has the name.
    """

    ids: NDArray[np.uint32]
    ranks: NDArray[np.uint8]
    papers: int
    whole: bool = True

    def __len__(self) -> int:
        return len(self.ids)


NOTHING = NameMatches(np.empty(0, np.uint32), np.empty(0, np.uint8), 0)


class NameTable:
    """Which papers have a name. Any number of threads may ask.

    Parameters
    ----------
    path : Path
        What `graph.index.build_names.build_names` made.

    Raises
    ------
    InputError
        For a file of another kind or version.
    """

    def __init__(self, path: Path) -> None:
        import duckdb

        self._path, self._fault = path, duckdb.Error
        if not path.is_file():
            raise InputError("no look-up of names here", where=str(path), remedy=_AGAIN)
        try:
            self._base = duckdb.connect(str(path), read_only=True, config={"memory_limit": _MEMORY})
            self._base.execute("SET threads = 1")  # a look-up reads a few row groups: starting threads costs more
            tables = {name for (name,) in self._base.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            about = self._base.execute("SELECT format, version FROM about").fetchall() if "about" in tables else []
            if about != [(FORMAT, VERSION)]:
                version = f"version {about[0][1]}" if about else "an older version"
                raise InputError(
                    f"a look-up of names of {version}, and this program reads version {VERSION}",
                    where=str(path),
                    remedy=_AGAIN,
                )
            self._cached = lru_cache(maxsize=_KEPT)(self._read)
            self._frequent: dict[int, int] = dict(self._base.execute("SELECT key, papers FROM frequent").fetchall())
        except duckdb.Error as fault:
            raise self._damaged(fault) from None

    def named(self, kind: str, text: str) -> NameMatches:
        """The papers of a name.

        Parameters
        ----------
        kind, text : str
            As in `graph.index.name_keys.key_of`.

        Notes
        -----
        One or two row groups of the table, and of a frequent name as many as hold its papers.
        """
        return self._cached(kind, text)

    def having(self, wanted: Iterable[str], title: Callable[[int], str | None]) -> NameMatches:
        """The papers whose titles have all of some words.

        Of very frequent words the table has the most cited papers only. Beside rarer words they shut out the
        papers that would be among these and are not; a paper with fewer citations may still lack them, and the
        answer is not `whole`. Where all words are so frequent, papers are found that are among the most cited of each.

        Parameters
        ----------
        wanted : iterable of str
        title : callable
            The title of the paper of a corpus id.
        """
        left = sorted(dict.fromkeys(wanted), key=lambda word: (self._papers(word), -len(word)))
        best, rarer = NOTHING, False
        for place, word in enumerate(left):
            found = self.named("word", word)
            if not place:
                best, rarer = found, found.whole
            else:
                best = _sifted(best, found) if rarer and not found.whole else _both(best, found)
            if rarer and len(best) <= _FEW:
                return _titled(best, set(left[place + 1 :]), title)
        return best

    def forget(self) -> None:
        """Drop the names that are remembered."""
        self._cached.cache_clear()

    def _papers(self, word: str) -> int:
        """In how many titles a word is, or 0 for not so many."""
        return self._frequent.get(key_of("word", word), 0)

    def nearest(self, wanted: Iterable[str]) -> NameMatches:
        """The papers whose titles have the most of those words that are not in very many titles."""
        lists = [self.named("word", word) for word in dict.fromkeys(wanted) if not self._papers(word)]
        lists = [found for found in lists if len(found)]
        if not lists:
            return NOTHING
        every = np.concatenate([found.ids for found in lists])
        ids, first, times = np.unique(every, return_index=True, return_counts=True)
        kept = times == times.max()
        ranks = np.concatenate([found.ranks for found in lists])[first[kept]]
        order = np.lexsort((ids[kept], ranks))
        return NameMatches(ids[kept][order], ranks[order], len(order))

    def _read(self, kind: str, text: str) -> NameMatches:
        key = key_of(kind, text)
        try:  # on a cursor of its own: threads must not share one
            rows = self._base.cursor().execute("SELECT corpusid, rank FROM keys WHERE key = ?", [key]).fetchnumpy()
        except self._fault as fault:
            raise self._damaged(fault) from None
        ids, ranks = (np.asarray(rows[name]) for name in ("corpusid", "rank"))
        papers = self._frequent.get(key, len(ids))
        return NameMatches(ids, ranks, papers, papers == len(ids))

    def _damaged(self, fault: Any) -> InputError:
        first = str(fault).splitlines()[0]
        return InputError(f"not a whole look-up of names ({first})", where=str(self._path), remedy=_AGAIN)


def _both(one: NameMatches, other: NameMatches) -> NameMatches:
    """The papers that are in both."""
    kept = _among(one.ids, other.ids)
    return NameMatches(one.ids[kept], one.ranks[kept], int(kept.sum()), one.whole and other.whole)


def _sifted(one: NameMatches, other: NameMatches) -> NameMatches:
    """Those of one that the other has, or is too short to tell about."""
    has = _among(one.ids, other.ids)
    untold = ~has & (one.ranks >= other.ranks[-1])
    kept = has | untold
    return NameMatches(one.ids[kept], one.ranks[kept], int(kept.sum()), one.whole and not untold.any())


def _titled(one: NameMatches, wanted: set[str], title: Callable[[int], str | None]) -> NameMatches:
    """Those whose titles have the words."""
    kept = np.array([wanted <= set(words(title(number) or "")) for number in one.ids.tolist()], np.bool_)
    return NameMatches(one.ids[kept], one.ranks[kept], int(kept.sum()), one.whole)


def _among(ids: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which ids are among others. Their last bits tell of most that they are not, at a fifth of the cost of sorting."""
    taken = np.zeros(_PLACES, np.bool_)
    taken[others & np.uint32(_PLACES - 1)] = True
    among: NDArray[np.bool_] = taken[ids & np.uint32(_PLACES - 1)]
    among[among] = np.isin(ids[among], others, assume_unique=True, kind="sort")
    return among
