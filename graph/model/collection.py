"""What questions ask of papers and the citations between them, whatever holds these: a lineage in memory or a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ..algorithms.network import Flags, Ints
from .in_memory import Reached
from .lineage import Lineage


class Neighbours(Protocol):
    """What each paper cites, and what cites it."""

    def references_of(self, node: int) -> Ints:
        """What a paper cites."""

    def citers_of(self, node: int) -> Ints:
        """What cites a paper."""


class PaperCollection(Protocol):
    """Papers as numbers, and the citations between them, arcs cited -> citing.

    `graph.model.lineage.Lineage` has all papers in memory and finds everything. `graph.index.store.Store` looks up the
    few papers of an answer; its searches stop at a limit and say so.
    """

    @property
    def most_papers(self) -> int | None:
        """Among how many papers a full answer is computed at most; None where that does not matter."""

    @property
    def network(self) -> Neighbours:
        """The citations in both directions."""

    @property
    def list_numbers(self) -> Sequence[int]:
        """The papers of the reading list, in its order."""

    def number(self, key: str) -> int:
        """The number of a paper."""

    def keys_of(self, numbers: Iterable[int]) -> list[str]:
        """The keys of papers."""

    def part(self, numbers: Iterable[int]) -> Lineage:
        """A lineage that has at least these papers, those of the reading list, and the citations among them."""

    def members_between(self, stops: Sequence[int], via: Sequence[int], most_hops: int | None) -> Ints | None:
        """What a part must have so that it has all paths through some papers, from the first to the last.

        Empty where there is no such path, and where every part has everything; None where these are too many to find.
        """

    def members_before(self, number: int, most_hops: int | None) -> Reached:
        """What a part must have so that it has what leads to a paper; empty where every part has everything."""

    def reach(
        self, start: int, *, back: bool, among: Flags | None = None, most_hops: int | None = None, most_papers: int
    ) -> Reached:
        """The papers to which paths lead from one, or from which paths lead to it (`back`), itself included.

        `among` are the papers that may be entered. `most_papers` is where a search of a store stops.
        """

    def reachable(self, start: int, *, back: bool) -> Flags:
        """For every paper whether `reach` without limits has it."""

    def count_paths(self, start: int, end: int, among: Flags | None = None) -> int | None:
        """How many paths lead from one paper to another; None when there are some, and their number is not known."""
