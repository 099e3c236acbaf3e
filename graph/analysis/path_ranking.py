"""Paths in the order that a person wishes for, lazily."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import networkx as nx

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.simple_paths import cheapest_paths, heaviest_paths, paths_of_length, shortest_paths
from ..algorithms.traversal_weights import traversal
from ..model.lineage import Lineage
from .acyclic import acyclic_between
from .evidence import cost
from .path_options import PathOptions

Keys = tuple[str, ...]
DIVERSE_AMONG = 500
"""Diverse paths are chosen among so many of the shortest."""


def ranked(
    lineage: Lineage, part: nx.DiGraph[str], route: Itinerary, wish: PathOptions, longest: int | None = None
) -> Iterator[Keys]:
    """The paths that keep an itinerary, in the order of a wish.

    Parameters
    ----------
    lineage : Lineage
    part : networkx.DiGraph
        The part of its graph that the paths may use, arcs cited -> citing.
    route : Itinerary
    wish : PathOptions
        Its `rank`, `longest` and `max_hops` count here.
    longest : int, optional
        The hops of the longest path, where they are known.

    Yields
    ------
    tuple of str
        Keys from the start to the end.
    """
    network = part
    if wish.rank == "main" and not wish.longest:  # circles leave no search path counts
        network = acyclic_between(lineage, lineage.graph.subgraph(part), route.start, route.end).graph
    ways = route.ways(network)
    paper = ways.paper
    ends = ways.graph, ways.start, ways.end

    def rank(node: Any) -> tuple[Any, ...]:
        return lineage.place(paper(node))

    def evidence(one: Any, other: Any) -> float:
        return cost(lineage.corpus, lineage.citation(paper(one), paper(other)))

    options: dict[str, Any] = {"rank": rank, "paper": paper}
    paths: Iterator[tuple[Any, ...]]
    if wish.longest:
        lengths = range(len(ways.graph) if longest is None else longest, 0, -1)
        paths = (path for length in lengths for path in paths_of_length(*ends, length, **options))
    elif wish.rank == "strongest":
        paths = cheapest_paths(*ends, evidence, most_hops=wish.max_hops, **options)
    elif wish.rank == "main":
        counts = traversal(network).arcs
        paths = heaviest_paths(
            *ends, lambda one, other: counts[paper(one), paper(other)], most_hops=wish.max_hops, **options
        )
    else:
        paths = shortest_paths(*ends, most_hops=wish.max_hops, **options)
    told = (tuple(map(paper, path)) for path in paths)
    return _diverse(islice(told, DIVERSE_AMONG)) if wish.rank == "diverse" and not wish.longest else told


def _diverse(paths: Iterable[Keys]) -> Iterator[Keys]:
    """The first, then always the path whose nearest relative among those before is farthest."""
    waiting = [(keys, frozenset(keys[1:-1])) for keys in paths]
    nearness = [0.0] * len(waiting)
    while waiting:
        best = min(range(len(waiting)), key=lambda n: (nearness[n], n))
        (keys, inner), _ = waiting.pop(best), nearness.pop(best)
        yield keys
        for n, (_, others) in enumerate(waiting):
            shared = len(inner & others) / len(inner | others) if inner | others else 1.0
            nearness[n] = max(nearness[n], shared)
