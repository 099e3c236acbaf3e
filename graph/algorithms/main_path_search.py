"""Searches for main paths in a network with a weight on every citation. They keep all ties.

Arcs run cited -> citing. A search answers with all arcs that it may take, so that the answer does
not depend on which of two equal citations came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeVar, get_args

import networkx as nx

from ..errors import InputError
from .path_counts import counts_to_each
from .traversal_weights import Arc, neighbours, topological

SearchName = Literal["global", "local-forward", "local-backward", "key-route-global", "key-route-local"]
SEARCHES: tuple[SearchName, ...] = get_args(SearchName)
Weights = Mapping[Arc, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for the main path.

    Attributes
    ----------
    name : str
        "global": the paths with the greatest sum of weights. "local-forward": begins with the heaviest
        arc that leaves a source, and goes on by the heaviest arc at each step; "local-backward" does
        the same from the sinks back. "key-route-global" and "key-route-local": the heaviest arcs,
        extended in both directions by the greatest sum, or by the heaviest arc at each step.
    routes : int
        How many key routes; arcs that tie with the last of them count as well.
    tolerance : Fraction
        How much lighter than the heaviest an arc may be in a local choice: 1/5 also follows
        arcs that weigh at least four fifths of the heaviest, 0 follows the heaviest alone.
    every_end : bool
        For local searches: begin at every source (or sink) instead of with the heaviest arc alone.
    """

    name: SearchName = "global"
    routes: int = 1
    tolerance: Fraction = Fraction(0)
    every_end: bool = False

    def __post_init__(self) -> None:
        if self.name not in SEARCHES:
            raise InputError(f"there is no search {self.name!r}", remedy=f"use one of {', '.join(SEARCHES)}")
        if self.routes < 1:
            raise InputError(f"routes must be at least 1, not {self.routes}", remedy="use 1 or more")
        if not 0 <= self.tolerance < 1:
            raise InputError(
                f"tolerance must be from 0 to below 1, not {self.tolerance}", remedy="use 0.2, for example"
            )
        if self.tolerance and self.name not in ("local-forward", "local-backward", "key-route-local"):
            raise InputError("only a local search has a tolerance", remedy="use local-forward, for example")
        if self.every_end and self.name not in ("local-forward", "local-backward"):
            raise InputError("only a local search can begin at every end", remedy="use local-forward or local-backward")
        if self.routes > 1 and not self.name.startswith("key-route"):
            raise InputError("only a key-route search has routes", remedy="use key-route-global or key-route-local")


GLOBAL = Search()


@dataclass(frozen=True)
class MainArcs:
    """The result of a search: arcs, and the paths that they make.

    Attributes
    ----------
    arcs : tuple of (str, str)
        In topological order.
    papers : tuple of str
        In topological order.
    path_count : int
        How many paths the arcs make, from a paper that none of them enters to one that none of
        them leaves. For a global search these are the paths that tie.
    keys : tuple of (str, str)
        The arcs that a key-route search began with.
    """

    arcs: tuple[Arc, ...]
    papers: tuple[str, ...]
    path_count: int
    keys: tuple[Arc, ...] = ()

    def paths(self) -> Iterator[tuple[str, ...]]:
        """The paths that the arcs make, lazily, in the order of their papers."""
        after = _by_first(self.arcs)
        reached = {v for _, v in self.arcs}
        stack: list[tuple[str, ...]] = [(paper,) for paper in reversed(self.papers) if paper not in reached]
        while stack:
            path = stack.pop()
            if path[-1] not in after:
                yield path
            stack += [(*path, paper) for paper in reversed(after.get(path[-1], []))]


def search(graph: nx.DiGraph[str], weights: Weights, by: Search) -> MainArcs:
    """Find the main path of a network.

    Parameters
    ----------
    graph : networkx.DiGraph
        Without circles, arcs cited -> citing.
    weights : mapping of (str, str) to int
        A positive number for every arc.
    by : Search

    Returns
    -------
    MainArcs
        Without arcs when the graph has none.

    Raises
    ------
    InputError
        When the graph has a circle.

    Examples
    --------
    >>> import networkx as nx
    >>> from graph.algorithms.traversal_weights import traversal
    >>> kite = nx.DiGraph([("a", "c"), ("b", "c"), ("c", "d"), ("c", "e"), ("e", "f")])
    >>> found = search(kite, traversal(kite).arcs, Search("global"))
    >>> found.path_count, list(found.paths())
    (2, [('a', 'c', 'e', 'f'), ('b', 'c', 'e', 'f')])

    Notes
    -----
    Linear in papers and citations, but for the sorting of weights by a key-route search.

    References
    ----------
    J. S. Liu and L. Y. Y. Lu, An integrated approach for main path analysis: development of the
    Hirsch index as an example, JASIST 63, 2012, doi:10.1002/asi.21692.
    """
    network = _Network.of(graph, weights)
    if not weights:
        return MainArcs((), (), 0)
    keys: tuple[Arc, ...] = ()
    if by.name == "global":
        arcs = _global(network)
    elif by.name == "local-forward":
        arcs = _local(network, by)
    elif by.name == "local-backward":
        arcs = {(u, v) for v, u in _local(network.reversed(), by)}
    else:
        keys = key_routes(weights, by.routes)
        arcs = _extended(network, keys, by)
    return _found(network, arcs, keys)


def key_routes(weights: Weights, most: int) -> tuple[Arc, ...]:
    """The heaviest arcs, with all that tie with the last of them; heaviest first.

    >>> key_routes({("a", "b"): 2, ("b", "c"): 3, ("b", "d"): 2}, 2)
    (('b', 'c'), ('a', 'b'), ('b', 'd'))
    """
    ranked = sorted(weights, key=lambda arc: (-weights[arc], arc))
    lightest = weights[ranked[min(most, len(ranked)) - 1]] if ranked else 0
    return tuple(arc for arc in ranked if weights[arc] >= lightest)


@dataclass(frozen=True)
class _Network:
    """A graph and its weights, as a search in one direction sees them; `reversed` gives the other direction."""

    order: Sequence[str]
    after: Mapping[str, Sequence[str]]
    before: Mapping[str, Sequence[str]]
    weights: Weights
    is_reversed: bool = False

    @classmethod
    def of(cls, graph: nx.DiGraph[str], weights: Weights) -> _Network:
        return cls(topological(graph), neighbours(graph), neighbours(graph.reverse(copy=False)), weights)

    def reversed(self) -> _Network:
        return _Network(self.order[::-1], self.before, self.after, self.weights, not self.is_reversed)

    def weight(self, u: str, v: str) -> int:
        return self.weights[(v, u) if self.is_reversed else (u, v)]

    def followed(
        self, starts: Iterable[str], score: Callable[[str, str], int], tolerance: Fraction = Fraction(0)
    ) -> set[Arc]:
        """The arcs that a search takes which begins at some papers and always follows the arcs of the highest score."""
        arcs: set[Arc] = set()
        stack = list(starts)
        seen = set(stack)
        while stack:
            node = stack.pop()
            for other in _best(self.after[node], lambda v, u=node: score(u, v), tolerance):  # type: ignore[misc]
                arcs.add((node, other))
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return arcs

    def best_sums(self) -> dict[str, int]:
        """The greatest sum of weights on a path from each paper to the end."""
        sums: dict[str, int] = {}
        for node in reversed(self.order):
            sums[node] = max((self.weight(node, v) + sums[v] for v in self.after[node]), default=0)
        return sums

    def followed_globally(self, starts: Iterable[str]) -> set[Arc]:
        """The arcs on all paths of the greatest sum that begin at some papers."""
        sums = self.best_sums()
        return self.followed(starts, lambda u, v: self.weight(u, v) + sums[v])


def _best(items: Collection[T], score: Callable[[T], int], tolerance: Fraction) -> list[T]:
    """The items whose score is within the tolerance of the highest; in integers, since counts exceed floats."""
    if not items:
        return []
    scores = [score(item) for item in items]
    least = max(scores) * (tolerance.denominator - tolerance.numerator)
    return [item for item, each in zip(items, scores, strict=True) if each * tolerance.denominator >= least]


def _global(network: _Network) -> set[Arc]:
    sums = network.best_sums()
    greatest = max(sums.values())  # weights are positive, so that only a source can have it
    return network.followed_globally(node for node, total in sums.items() if total == greatest)


def _local(network: _Network, by: Search) -> set[Arc]:
    sources = [node for node in network.order if not network.before[node] and network.after[node]]
    if by.every_end:
        return network.followed(sources, network.weight, by.tolerance)
    leaving = [(u, v) for u in sources for v in network.after[u]]
    first = set(_best(leaving, lambda arc: network.weight(*arc), by.tolerance))
    return first | network.followed((v for _, v in first), network.weight, by.tolerance)


def _extended(network: _Network, keys: Sequence[Arc], by: Search) -> set[Arc]:
    heads, tails, back = [v for _, v in keys], [u for u, _ in keys], network.reversed()
    if by.name == "key-route-global":
        onward, backward = network.followed_globally(heads), back.followed_globally(tails)
    else:
        onward = network.followed(heads, network.weight, by.tolerance)
        backward = back.followed(tails, back.weight, by.tolerance)
    return {*keys, *onward, *((u, v) for v, u in backward)}


def _found(network: _Network, arcs: set[Arc], keys: tuple[Arc, ...]) -> MainArcs:
    position = {node: n for n, node in enumerate(network.order)}
    ordered = sorted(arcs, key=lambda arc: (position[arc[0]], position[arc[1]]))
    papers = sorted({node for arc in arcs for node in arc}, key=position.__getitem__)
    before = dict.fromkeys(papers, ()) | _by_first((v, u) for u, v in ordered)
    paths_to = counts_to_each(papers, before, lambda paper: not before[paper])
    left = {u for u, _ in ordered}
    path_count = sum(paths_to[paper] for paper in papers if paper not in left)
    return MainArcs(tuple(ordered), tuple(papers), path_count, keys)


def _by_first(arcs: Iterable[Arc]) -> dict[str, Sequence[str]]:
    """The second papers of some arcs, by the first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in arcs:
        found[one].append(other)
    return dict(found)


def sum_along(path: Sequence[str], weights: Weights) -> int:
    """The sum of the weights along a path.

    >>> sum_along(["a", "b", "c"], {("a", "b"): 2, ("b", "c"): 5})
    7
    """
    return sum(weights[arc] for arc in pairwise(path))
