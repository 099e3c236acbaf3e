"""Searches for main paths in a network with a weight on every citation. They keep all ties.

Arcs run cited -> citing. A search answers with all arcs that it may take, so that the answer does
not depend on which of two equal citations came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import nlargest
from itertools import pairwise
from typing import Generic, Literal, get_args

import numpy as np

from ..errors import InputError
from .dag import Counts, Dag, N
from .digraph import Graph
from .network import Network
from .products import near_greatest, numbers_at
from .search_steps import Steps, backward, onward
from .walks import all_walks

SearchName = Literal["global", "local-forward", "local-backward", "key-route-global", "key-route-local"]
SEARCHES: tuple[SearchName, ...] = get_args(SearchName)


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for the main path."""

    name: SearchName = "global"
    """"global": the paths with the greatest sum of weights. "local-forward": begins with the heaviest arc that leaves a
    source, and goes on by the heaviest arc at each step; "local-backward" does the same from the sinks back.
    "key-route-global" and "key-route-local": the heaviest arcs, extended in both directions by the greatest sum, or by
    the heaviest arc at each step."""
    routes: int = 1
    """How many key routes; arcs that tie with the last of them count as well."""
    tolerance: Fraction = Fraction(0)
    """How much lighter than the heaviest an arc may be in a local choice: 1/5 also follows arcs that weigh at least
    four fifths of the heaviest, 0 follows the heaviest alone."""
    every_end: bool = False
    """For local searches: begin at every source (or sink) instead of with the heaviest arc alone."""

    def __post_init__(self) -> None:
        if self.name not in SEARCHES:
            raise InputError(f"there is no search {self.name!r}", remedy=f"use one of {', '.join(SEARCHES)}")
        if self.routes < 1:
            raise InputError(f"routes must be at least 1, not {self.routes}", remedy="use 1 or more")
        if not 0 <= self.tolerance < 1:
            raise InputError(
                f"tolerance must be from 0 to below 1, not {float(self.tolerance):g}", remedy="use 0.2, for example"
            )
        if self.tolerance and self.name not in ("local-forward", "local-backward", "key-route-local"):
            raise InputError("only a local search has a tolerance", remedy="use local-forward, for example")
        if self.every_end and self.name not in ("local-forward", "local-backward"):
            raise InputError("only a local search can begin at every end", remedy="use local-forward or local-backward")
        if self.routes > 1 and not self.name.startswith("key-route"):
            raise InputError("only a key-route search has routes", remedy="use key-route-global or key-route-local")


GLOBAL = Search()


@dataclass(frozen=True)
class MainArcs(Generic[N]):
    """The result of a search: arcs, and the paths that they make."""

    arcs: tuple[tuple[N, N], ...]
    """In topological order."""
    papers: tuple[N, ...]
    """In topological order."""
    path_count: int | None
    """How many paths the arcs make, from a paper that none of them enters to one that none of them leaves. For a global
    search these are the paths that tie; None where ties were not looked for."""
    keys: tuple[tuple[N, N], ...] = ()
    """The arcs that a key-route search began with."""

    def paths(self) -> Iterator[tuple[N, ...]]:
        """The paths that the arcs make, lazily, in the order of their papers."""
        after = _by_first(self.arcs)
        reached = {v for _, v in self.arcs}
        return all_walks((paper for paper in self.papers if paper not in reached), lambda paper: after.get(paper, ()))


def search(graph: Graph[N], weights: Mapping[tuple[N, N], int], by: Search) -> MainArcs[N]:
    """Find the main path of a network.

    Raises `InputError` when the graph has a circle. Linear in papers and citations, but for the sorting of weights by a
    key-route search. Every arc, cited -> citing, has a positive weight. Without arcs when the graph has none.

    Examples
    --------
    >>> from graph.algorithms.digraph import Digraph
    >>> from graph.algorithms.traversal_weights import traversal
    >>> kite = Digraph("abcdef", [("a", "c"), ("b", "c"), ("c", "d"), ("c", "e"), ("e", "f")])
    >>> found = search(kite, traversal(kite).arcs, Search("global"))
    >>> found.path_count, list(found.paths())
    (2, [('a', 'c', 'e', 'f'), ('b', 'c', 'e', 'f')])

    References
    ----------
    J. S. Liu and L. Y. Y. Lu, An integrated approach for main path analysis: development of the
    Hirsch index as an example, JASIST 63, 2012, doi:10.1002/asi.21692.
    """
    dag = Dag.of(graph)
    numbers = weights.numbers if isinstance(weights, Counts) else [weights[arc] for arc in dag.edges]
    return search_arcs(dag, numbers, by)


def search_arcs(dag: Dag[N], weights: Sequence[int], by: Search = GLOBAL) -> MainArcs[N]:
    """Find the main path of a network whose weights are in the order of its arcs; see `search`."""
    if not len(weights):
        return MainArcs((), (), 0)
    keys: list[int] = []
    if by.name == "global":
        arcs = onward(dag, weights).followed_globally()
    elif by.name == "local-forward":
        arcs = _local(onward(dag, weights), by)
    elif by.name == "local-backward":
        arcs = _local(backward(dag, weights), by)
    else:
        keys = _heaviest(dag, weights, by.routes)
        arcs = _extended(dag, weights, keys, by)
    return main_arcs(dag, arcs, keys)


def _heaviest(dag: Dag[N], weights: Sequence[int], most: int) -> list[int]:
    """The places of the heaviest arcs, with all that tie with the last of them; heaviest first."""
    near = near_greatest(weights, most)
    weight = dict(zip(near, numbers_at(weights, near), strict=True))
    lightest = nlargest(most, weight.values())[-1]
    places = [place for place in near if weight[place] >= lightest]
    return sorted(places, key=lambda place: (-weight[place], dag.arc(place)))


def _local(steps: Steps, by: Search) -> set[int]:
    if by.every_end:
        return steps.followed_locally(steps.sources, by.tolerance)
    first = steps.heaviest([step for source in steps.sources for step in steps.of(source)], by.tolerance)
    return {arc for _, arc in first} | steps.followed_locally((other for other, _ in first), by.tolerance)


def _extended(dag: Dag[N], weights: Sequence[int], keys: Sequence[int], by: Search) -> set[int]:
    tails, heads = (ends[list(keys)].tolist() for ends in dag.ends)
    sides = (onward(dag, weights), heads), (backward(dag, weights), tails)
    if by.name == "key-route-global":
        return {*keys}.union(*(steps.followed_globally(starts) for steps, starts in sides))
    return {*keys}.union(*(steps.followed_locally(starts, by.tolerance) for steps, starts in sides))


def main_arcs(dag: Dag[N], arcs: Iterable[int], keys: Iterable[int] = ()) -> MainArcs[N]:
    """Some arcs of a network by their places, and the paths that they make."""
    begins, ends = dag.ends
    numbers = sorted(arcs, key=lambda number: (begins[number], ends[number]))
    cited, citing = begins[numbers], ends[numbers]
    places = np.unique(np.concatenate([cited, citing]))
    part = Network.of(len(places), *(np.searchsorted(places, each) for each in (citing, cited)))
    found = Dag(dag.labels(places), part)
    paths_to = found.paths_to(lambda node: not found.before[node])
    path_count = sum(count for count, after in zip(paths_to, found.after, strict=True) if not after)
    return MainArcs(tuple(map(dag.arc, numbers)), tuple(found.nodes), path_count, tuple(map(dag.arc, keys)))


def _by_first(arcs: Iterable[tuple[N, N]]) -> dict[N, Sequence[N]]:
    """The second papers of some arcs, by the first."""
    found: defaultdict[N, list[N]] = defaultdict(list)
    for one, other in arcs:
        found[one].append(other)
    return dict(found)


def sum_along(path: Sequence[N], weights: Mapping[tuple[N, N], int]) -> int:
    """The sum of the weights along a path.

    >>> sum_along(["a", "b", "c"], {("a", "b"): 2, ("b", "c"): 5})
    7
    """
    return sum(weights[arc] for arc in pairwise(path))
