"""How papers that are all in memory answer what questions ask of them: see `graph.model.collection`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..algorithms.network import Flags, Ints, Network
from ..algorithms.part_between import part_between

if TYPE_CHECKING:
    from .corpus import Corpus

NO_NUMBERS: Ints = np.empty(0, np.int32)


@dataclass(frozen=True, eq=False)
class Reached:
    """The papers near some others: their numbers, how many hops away each is, and whether these are all."""

    numbers: Ints
    hops: Ints
    complete: bool


class InMemory:
    """Makes a lineage a `graph.model.collection.PaperCollection`: every part is the whole, and no search ends early."""

    most_papers = None
    corpus: Corpus

    @property
    @abstractmethod
    def network(self) -> Network:
        """The citations in both directions."""

    def members_between(self, stops: Sequence[int], via: Sequence[int], most_hops: int | None) -> Ints:
        """Nothing: every part has everything."""
        return NO_NUMBERS

    def members_before(self, number: int, most_hops: int | None) -> Reached:
        """Nothing: every part has everything."""
        return Reached(NO_NUMBERS, NO_NUMBERS, complete=True)

    def reach(
        self, start: int, *, back: bool, among: Flags | None = None, most_hops: int | None = None, most_papers: int = 0
    ) -> Reached:
        """The papers to which paths lead from one, or from which paths lead to it (`back`), by their numbers."""
        away = self.network.hops([start], back=back, among=among, most=most_hops)
        found = np.flatnonzero(away >= 0).astype(np.int32)
        return Reached(found, away[found], complete=True)

    def reachable(self, start: int, *, back: bool) -> Flags:
        """For every paper whether `reach` has it."""
        found: Flags = self.network.hops([start], back=back) >= 0
        return found

    def count_paths(self, start: int, end: int, among: Flags | None = None) -> int | None:
        """How many paths lead from one paper to another; None when circles make them too many to count."""
        found = part_between(self.corpus.arrays.ordered, start, end, among).survey(start, end)
        return None if found is None else found.paths
