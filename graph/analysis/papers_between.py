"""What lies between the ends of an itinerary, in the form that a question needs, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from ..algorithms.budget import Budget
from ..algorithms.constrained_paths import Itinerary
from ..algorithms.digraph import Digraph
from ..algorithms.first_paths import Costs, Floats, first_paths
from ..algorithms.graph_paths import ordered_graph
from ..algorithms.network import Flags, Longs
from ..algorithms.ordered_part import OrderedPart
from ..model.citation_graph import CitationGraph

Rank = Callable[[str], Any]
"""The sorting key of a paper."""


@dataclass(frozen=True)
class CitationCosts:
    """What citations cost."""

    about: Callable[[Longs, Longs], Floats]
    """Of many citations, by the numbers of the cited and of the citing papers."""
    exact: Callable[[Longs, Longs], Sequence[int]]
    """Of some citations exact integers, in a unit of their own."""
    error: float = 0.0
    """How far `about` may be from it, in the unit of `about`."""


@dataclass(frozen=True, eq=False)
class PapersBetween:
    """The papers and citations that the paths of an itinerary may use."""

    graph: CitationGraph
    """Where paths may run, arcs cited -> citing."""
    itinerary: Itinerary
    max_hops: int | None = None

    def __len__(self) -> int:
        return len(self.numbered[0].members) if self.is_plain else len(self.part)

    @property
    def is_plain(self) -> bool:
        """Whether only the two ends are given, so that arrays answer."""
        return self.itinerary.is_direct and self.max_hops is None

    def keep(self, flags: Flags) -> PapersBetween:
        """The same question about some papers alone."""
        return PapersBetween(self.graph.keep(flags), self.itinerary, self.max_hops)

    @cached_property
    def numbered(self) -> tuple[OrderedPart, Callable[[int], str], tuple[int, int]]:
        """As arrays in the order of lineage, what gives the key of a number, and the numbers of the two ends.

        Where the itinerary names more than its ends, or the length is limited, the numbers are stages of papers.
        """
        if self.is_plain:
            ends = self.itinerary.start, self.itinerary.end
            arrays = self.graph.arrays
            return (
                self.graph.ordered(*ends),
                arrays.keys.__getitem__,
                (arrays.numbers[ends[0]], arrays.numbers[ends[1]]),
            )
        paths = self.itinerary.path_graph(self.part)
        ordered, node, numbers = ordered_graph(
            paths.graph, paths.start, paths.end, paths.paper, most_hops=self.max_hops
        )
        return ordered, lambda number: paths.paper(node(number)), numbers

    @cached_property
    def part(self) -> Digraph[str]:
        """As a graph of keys."""
        return self.graph.within(self.itinerary.start, self.itinerary.end, self.max_hops)

    @cached_property
    def papers(self) -> OrderedPart:
        """What lies between the two ends as arrays in the order of lineage, whatever papers paths must pass."""
        start, end = self.itinerary.start, self.itinerary.end
        if self.is_plain:
            return self.numbered[0]
        if self.max_hops is None:
            return self.graph.ordered(start, end)
        flags = np.zeros(len(self.graph.arrays.keys), np.bool_)
        flags[self.graph.numbers_within(start, end, self.max_hops)] = True
        return self.graph.keep(flags).ordered(start, end)

    @property
    def corpus_ends(self) -> tuple[int, int]:
        """The numbers of the two ends in the corpus."""
        numbers = self.graph.arrays.numbers
        return numbers[self.itinerary.start], numbers[self.itinerary.end]

    @property
    def has_circles(self) -> bool:
        """Whether a walk can come back to a paper."""
        return self.numbered[0].has_circles

    def survey(self) -> tuple[int | None, int | None]:
        """How many paths there are, and the hops of the longest; None when they cannot be counted."""
        ordered, _, ends = self.numbered
        found = ordered.survey(*ends)
        return (None, None) if found is None else (found.paths, found.longest)

    def by_length(
        self,
        rank: Rank,
        *,
        longest: int | None = None,
        longest_first: bool = False,
        budget: Budget | None = None,
    ) -> Iterator[tuple[str, ...]]:
        """The paths as keys, lazily: see `OrderedPart.paths`."""
        ordered, key, ends = self.numbered
        paths = ordered.paths(
            *ends, lambda number: rank(key(number)), longest=longest, longest_first=longest_first, budget=budget
        )
        return (tuple(map(key, path)) for path in paths)

    def by_cost(
        self, costs: CitationCosts, rank: Rank, most: int, budget: Budget | None = None
    ) -> Iterator[tuple[str, ...]]:
        """Some of the paths as keys, lazily, those of the least sum of costs first: see `first_paths`."""
        ordered, key, ends = self.numbered
        if not len(ordered.members):
            return
        numbers, network = self.graph.arrays.numbers, ordered.network
        paper = cache(lambda node: numbers[key(node)])

        def papers(nodes: Longs) -> Longs:
            return nodes if self.is_plain else np.fromiter(map(paper, nodes.tolist()), np.int64, len(nodes))

        of_part = Costs(
            lambda: costs.about(*(papers(ordered.members)[ends] for ends in (network.references, network.citing))),
            lambda cited, citing: costs.exact(papers(cited), papers(citing)),
            costs.error,
        )
        paths = first_paths(ordered, *ends, of_part, lambda node: rank(key(node)), most, budget)
        yield from (tuple(map(key, path)) for path in paths)
