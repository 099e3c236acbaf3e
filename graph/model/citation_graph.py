"""The citations of a corpus as a graph whose nodes are the keys of papers, or a part of it that a question allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..algorithms.digraph import Digraph
from ..algorithms.network import Flags, Ints
from ..algorithms.ordered_part import OrderedPart
from ..algorithms.part_between import part_between
from ..algorithms.rows import distinct
from .arrays import CorpusArrays


@dataclass(frozen=True, eq=False)
class CitationGraph:
    """Citations between papers, arcs cited -> citing. Nothing is copied: neighbours are read from the arrays."""

    arrays: CorpusArrays
    among: Flags | None = None
    """The papers that belong to it, by their numbers; all when left out."""

    def __contains__(self, key: Any) -> bool:
        return key in self.arrays.numbers and self._has(self.arrays.numbers[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.arrays.keys) if self.among is None else iter(self.keys_of(np.flatnonzero(self.among)))

    def __len__(self) -> int:
        return len(self.arrays.keys) if self.among is None else int(self.among.sum())

    def _has(self, number: int) -> bool:
        return self.among is None or bool(self.among[number])

    def keys_of(self, numbers: Iterable[int]) -> list[str]:
        """The keys of papers by their numbers."""
        return self.arrays.keys_of([int(number) for number in numbers])

    def successors(self, key: str) -> list[str]:
        """The papers that cite a paper."""
        return self._keys(self.arrays.network.citers_of(self.arrays.numbers[key]))

    def predecessors(self, key: str) -> list[str]:
        """The papers that a paper cites."""
        return self._keys(self.arrays.network.references_of(self.arrays.numbers[key]))

    def _keys(self, numbers: Ints) -> list[str]:
        return self.keys_of(numbers if self.among is None else numbers[self.among[numbers]])

    def hops(self, start: str, most: int | None = None, *, back: bool = False, either: bool = False) -> Ints:
        """How many citations away every paper is, by its number; -1 where it cannot be reached: see `Network.hops`."""
        number = self.arrays.numbers[start]
        return self.arrays.network.hops([number], back=back, either=either, among=self.among, most=most)

    def within(self, start: str, end: str, most: int | None = None) -> Digraph[str]:
        """What lies between two papers, at most so many hops apart: see `graph.algorithms.between`.

        Without `most`, walks neither come back to the start nor leave the end.
        """
        one, other = self.arrays.numbers[start], self.arrays.numbers[end]
        if most is None:
            return self.labelled(self.arrays.network.between(one, other, among=self.among), (start, end))
        return self.labelled(self.numbers_within(start, end, most))

    def numbers_within(self, start: str, end: str, most: int) -> Ints:
        """The papers on walks of at most so many hops from one paper to another, by their numbers."""
        numbers = self.arrays.numbers
        return self.arrays.network.within(numbers[start], numbers[end], most, among=self.among)

    def ordered(self, start: str, end: str) -> OrderedPart:
        """What lies between two papers, as arrays in the order of lineage: see `graph.algorithms.part_between`."""
        one, other = self.arrays.numbers[start], self.arrays.numbers[end]
        return part_between(self.arrays.ordered, one, other, self.among)

    def keep(self, flags: Flags) -> CitationGraph:
        """The part of it that only has some papers."""
        return CitationGraph(self.arrays, flags if self.among is None else flags & self.among)

    def labelled(self, numbers: Iterable[int], ends: tuple[str, str] | None = None) -> Digraph[str]:
        """The graph of some papers by their numbers, as lists of keys; `ends` are not entered or left."""
        chosen = distinct(np.fromiter(numbers, np.int64))
        citing, cited = self.arrays.network.arcs_among(chosen)
        if ends is not None:
            kept = (citing != self.arrays.numbers[ends[0]]) & (cited != self.arrays.numbers[ends[1]])
            citing, cited = citing[kept], cited[kept]
        key = dict(zip(chosen.tolist(), self.keys_of(chosen), strict=True))
        pairs = zip(cited.tolist(), citing.tolist(), strict=True)
        return Digraph(key.values(), ((key[one], key[two]) for one, two in pairs))
