"""The same search for a main path under every weight, and the longest paths: what all of them agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..algorithms.dag import Dag
from ..algorithms.digraph import Graph
from ..algorithms.extreme_paths import longest_paths
from ..algorithms.levels import affords_sets
from ..algorithms.main_path_search import MainArcs, Search, search_arcs
from ..algorithms.traversal_weights import WEIGHTS, Arc, Weight, traversal

if TYPE_CHECKING:
    import pandas as pd

LONGEST = "longest"


@dataclass(frozen=True)
class Robustness:
    """The same search under every weight, and the longest paths: what they share."""

    arcs: Mapping[str, frozenset[Arc]]
    """The main path by "SPC", "SPLC", "SPNP" and "NPPC", and the "longest" paths."""
    papers: Mapping[str, frozenset[str]]
    """The nodes on them. Those of "longest" have zero criticality: no path is longer than the longest one through
    them."""
    longest_hops: int
    """How many citations a longest path has."""

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The weights that were compared: NPPC takes too long for very many papers."""
        return tuple(weight for weight in WEIGHTS if weight in self.papers)

    @cached_property
    def shared_papers(self) -> frozenset[str]:
        """The nodes that all these weights agree on."""
        return frozenset.intersection(*(self.papers[weight] for weight in self.weights))

    @cached_property
    def shared_arcs(self) -> frozenset[Arc]:
        """The arcs that all these weights agree on."""
        return frozenset.intersection(*(self.arcs[weight] for weight in self.weights))

    def overlap(self, one: str, other: str) -> float:
        """The papers on both of two answers, as a share of those on either; 1 when both are empty."""
        either = self.papers[one] | self.papers[other]
        return len(self.papers[one] & self.papers[other]) / len(either) if either else 1.0

    def to_frame(self) -> pd.DataFrame:
        """The overlap of every two answers as a square pandas table."""
        import pandas as pd

        names = list(self.papers)
        return pd.DataFrame([[self.overlap(a, b) for b in names] for a in names], index=names, columns=names)


def compare_weights(graph: Graph[str], by: Search, known: Mapping[str, MainArcs[str]] | None = None) -> Robustness:
    """Search with every weight, and for the longest paths; without NPPC where that takes too long.

    The graph has no circles. `known` is what was found by some weights already.

    >>> from graph.algorithms.digraph import Digraph
    >>> shape = Digraph("abc", [("a", "b"), ("b", "c"), ("a", "c")])
    >>> both = compare_weights(shape, Search())
    >>> sorted(both.papers["longest"]), both.overlap("SPC", "longest")
    (['a', 'b', 'c'], 1.0)
    """
    dag, found = Dag.of(graph), dict(known or {})
    for weight in WEIGHTS:
        if weight not in found and (weight != "NPPC" or affords_sets(dag.network)):
            found[weight] = search_arcs(dag, traversal(dag, weight).arcs.numbers, by)
    found = {weight: found[weight] for weight in WEIGHTS if weight in found}
    longest = found[LONGEST] = longest_paths(dag)
    return Robustness(
        {name: frozenset(each.arcs) for name, each in found.items()},
        {name: frozenset(each.papers) for name, each in found.items()},
        len(next(longest.paths(), ("",))) - 1,
    )
