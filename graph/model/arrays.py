"""A corpus as arrays: its papers as numbers, its citations as a network, its dates as integers.

Papers are numbered in the order of their keys. Citations stand in the order of the corpus: by the citing paper,
then by the cited one.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Flags, Ints, Network
from ..algorithms.ordered_part import OrderedPart, ordered_part
from ..algorithms.rows import longer

MANY = 20
"""From one in so many papers on, it is quicker to read all keys than one by one."""
UNDATED = 99999999
"""The date of a paper without one: it comes after all others."""


@dataclass(frozen=True, eq=False)
class CorpusArrays:
    """The numbers behind a corpus."""

    keys: Sequence[str]
    """Of every paper, by its number."""
    numbers: Mapping[str, int]
    """The number of every key."""
    citing: Ints
    cited: Ints
    """Of every citation, in the corpus' order."""
    dates: Ints
    """YYYYMMDD of every paper, 00 for a month or a day that is not known; `UNDATED` where there is no date."""
    stated: Flags
    """Whether the date is only the year that a bibliography states."""
    added: int = 0
    """How many papers stand behind the others and not where their keys belong."""
    basis: CorpusArrays | None = None
    """The arrays of which these are a change: their citations are the same."""

    @cached_property
    def network(self) -> Network:
        """The citations as a network, without those of a paper by itself."""
        if self.basis is not None:
            return self.basis.network.with_nodes(len(self.keys))
        return Network.of(len(self.keys), self.citing, self.cited)

    @cached_property
    def ordered(self) -> OrderedPart:
        """The papers in the order of lineage, with the citations among them; new papers, which have none, left out."""
        if self.basis is not None:
            return self.basis.ordered
        return ordered_part(self.network, np.arange(len(self.keys)))

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """Where the citations by each paper begin, and how many there are."""
        if self.basis is not None:
            return longer(self.basis.begins, len(self.keys) + 1)
        return np.searchsorted(self.citing, np.arange(len(self.keys) + 1)).astype(np.int64)

    def keys_of(self, numbers: Sequence[int]) -> list[str]:
        """The keys of papers by their numbers."""
        keys = self._all_keys if len(numbers) * MANY > len(self.keys) else self.keys
        return [keys[number] for number in numbers]

    def numbers_of(self, keys: Iterable[str]) -> list[int]:
        """The numbers of papers by their keys."""
        asked = list(keys)
        numbers = self._all_numbers if len(asked) * MANY > len(self.keys) else self.numbers
        return [numbers[key] for key in asked]

    @cached_property
    def _all_numbers(self) -> Mapping[str, int]:
        """The numbers in a dictionary, where an index would look them up one by one."""
        return self.numbers if isinstance(self.numbers, dict) else {key: n for n, key in enumerate(self._all_keys)}

    @cached_property
    def _all_keys(self) -> Sequence[str]:
        """The keys in memory, where an index would read them one by one."""
        return self.keys if isinstance(self.keys, list) else list(self.keys)

    @cached_property
    def key_ranks(self) -> NDArray[np.int64]:
        """The rank of every paper by its key: its number, unless papers were added behind the others."""
        ranks = np.arange(len(self.keys))
        if self.added:
            ranks[sorted(range(len(self.keys)), key=self._all_keys.__getitem__)] = np.arange(len(self.keys))
        return ranks

    @cached_property
    def age_ranks(self) -> NDArray[np.int64]:
        """The rank of every paper by date, papers without one last, then by key."""
        ranks = np.empty(len(self.keys), np.int64)
        ranks[np.lexsort((self.key_ranks, self.dates))] = np.arange(len(self.keys))
        return ranks

    @cached_property
    def network_by_age(self) -> Network:
        """The network with papers numbered by their `age_ranks`."""
        network = self.network
        return Network.of(network.nodes, self.age_ranks[network.citing], self.age_ranks[network.references])

    def oldest_first(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Papers by their numbers, in the order of their age."""
        return numbers[np.argsort(self.age_ranks[numbers])]

    def places_of(self, citing: int) -> range:
        """Where in the corpus the citations by a paper stand."""
        return range(int(self.begins[citing]), int(self.begins[citing + 1]))

    def place(self, citing: int, cited: int) -> int | None:
        """Where in the corpus the citation between two papers stands; None where there is none."""
        first, behind = int(self.begins[citing]), int(self.begins[citing + 1])
        at = first + int(np.searchsorted(self.cited[first:behind], cited))
        return at if at < behind and self.cited[at] == cited else None

    def places(self, citing: NDArray[Any], cited: NDArray[Any]) -> NDArray[np.int64]:
        """Where the citations between papers stand, all of which the corpus has."""
        found: NDArray[np.int64] = np.searchsorted(self._pairs, citing.astype(np.int64) * len(self.keys) + cited)
        return found

    @cached_property
    def _pairs(self) -> NDArray[np.int64]:
        """A number for every citation, ascending."""
        return self.citing.astype(np.int64) * len(self.keys) + self.cited

    def backwards(self, cited: Any, citing: Any) -> Any:
        """Whether papers are dated after the ones that cite them, as far as both dates are known.

        Dates are compared as precisely as both are given. A year that a bibliography states is often the
        venue's, so a single year of difference counts only where neither date is of that kind.
        """
        one, other = self.dates[cited], self.dates[citing]
        known = (one != UNDATED) & (other != UNDATED)
        rough = self.stated[cited] | self.stated[citing]
        to_year = one // 10_000 - other // 10_000
        by_month = (one // 100 % 100 > 0) & (other // 100 % 100 > 0)
        by_day = by_month & (one % 100 > 0) & (other % 100 > 0)
        exactly = np.where(by_day, one > other, np.where(by_month, one // 100 > other // 100, to_year > 0))
        return known & np.where(rough, to_year > 1, exactly)

    def only(self, kept: Flags) -> CorpusArrays:
        """The same papers with some of the citations: those for which `kept` is true."""
        citing, cited = self.citing[kept], self.cited[kept]
        return CorpusArrays(self.keys, self.numbers, citing, cited, self.dates, self.stated, self.added)

    def with_papers(self, rows: Mapping[str, Any]) -> CorpusArrays:
        """The same with some papers changed, and those that are new behind the others."""
        added = [key for key in rows if key not in self.numbers]
        keys, numbers = self.keys, self.numbers
        if added:  # an index reads the keys of the others when somebody asks for them
            keys = _KeysWithMore(keys, added)
            numbers = ChainMap(
                {key: len(self.keys) + n for n, key in enumerate(added)}, cast("dict[str, int]", numbers)
            )
        dates, stated = dated(rows.values())
        places = [numbers[key] for key in rows]
        placed = np.concatenate([self.dates, np.zeros(len(added), np.int32)])
        marked = np.concatenate([self.stated, np.zeros(len(added), np.bool_)])
        placed[places], marked[places] = dates, stated
        citing = np.empty(0, np.int32)  # see below
        return _ChangedArrays(keys, numbers, citing, self.cited, placed, marked, self.added + len(added), self)


class _ChangedArrays(CorpusArrays):
    """Arrays that have the citing papers of others, which an index computes when they are first asked for."""

    def __init__(self, *fields: Any) -> None:
        super().__init__(*fields)
        del self.__dict__["citing"]

    @cached_property
    def citing(self) -> Ints:  # a field of the base
        assert self.basis is not None
        return self.basis.citing


class _KeysWithMore(Sequence[str]):
    """Keys, and more keys behind them.

    >>> keys = _KeysWithMore(["a", "c"], ["b"])
    >>> list(keys), keys[2], keys[-1], len(keys)
    (['a', 'c', 'b'], 'b', 'b', 3)
    """

    def __init__(self, first: Sequence[str], more: Sequence[str]) -> None:
        self._first, self._more = first, more

    def __len__(self) -> int:
        return len(self._first) + len(self._more)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        return self._first[number] if number < len(self._first) else self._more[number - len(self._first)]

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from self._more


def arrays_of(papers: Mapping[str, Any], citations: Sequence[Any]) -> CorpusArrays:
    """The arrays of papers and of the citations between them, which are in the corpus' order."""
    keys = sorted(papers)
    numbers = {key: number for number, key in enumerate(keys)}
    citing = np.fromiter((numbers[each.citing] for each in citations), np.int32, len(citations))
    cited = np.fromiter((numbers[each.cited] for each in citations), np.int32, len(citations))
    return CorpusArrays(keys, numbers, citing, cited, *dated(papers[key] for key in keys))


def dated(papers: Iterable[Any]) -> tuple[Ints, Flags]:
    """The dates of papers as integers, and which of them are only a stated year."""
    held = [(each.date, each.date_basis) for each in papers]
    known = {date: _number(date) for date in {date for date, _ in held}}
    dates = np.array([known[date] for date, _ in held], np.int32)
    return dates, np.array([basis == "stated_year" for _, basis in held], np.bool_)


def _number(date: str | None) -> int:
    """A date as YYYYMMDD.

    >>> _number("2014-09"), _number("1992"), _number(None)
    (20140900, 19920000, 99999999)
    """
    return int(date.replace("-", "").ljust(8, "0")) if date else UNDATED
