"""Paths in the order that the options ask for, lazily."""

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
"""From how many of the shortest paths diverse ones are chosen."""


def ranked_paths(
    lineage: Lineage,
    part: nx.DiGraph[str],
    itinerary: Itinerary,
    options: PathOptions,
    longest: int | None = None,
) -> Iterator[Keys]:
    """The paths that keep to an itinerary, in the order that the options ask for.

    Parameters
    ----------
    lineage : Lineage
    part : networkx.DiGraph
        The part of its graph that the paths may use, arcs cited -> citing.
    itinerary : Itinerary
    options : PathOptions
        Only `rank`, `longest` and `max_hops` matter here.
    longest : int, optional
        The hops of the longest path, if known.

    Yields
    ------
    tuple of str
        Keys from the start to the end.
    """
    by_main_path = options.rank == "main" and not options.longest
    network = acyclic_between(lineage, part, itinerary.start, itinerary.end).graph if by_main_path else part
    stages = itinerary.path_graph(network)
    paper, ends = stages.paper, (stages.graph, stages.start, stages.end)

    def rank(node: Any) -> tuple[Any, ...]:
        return lineage.place(paper(node))

    def evidence_cost(one: Any, other: Any) -> float:
        return cost(lineage.corpus, lineage.citation(paper(one), paper(other)))

    settings: dict[str, Any] = {"rank": rank, "paper": paper}
    paths: Iterator[tuple[Any, ...]]
    if options.longest:
        lengths = range(len(stages.graph) if longest is None else longest, 0, -1)
        paths = (path for length in lengths for path in paths_of_length(*ends, length, **settings))
    elif options.rank == "strongest":
        paths = cheapest_paths(*ends, evidence_cost, most_hops=options.max_hops, **settings)
    elif options.rank == "main":
        counts = traversal(network).arcs
        paths = heaviest_paths(
            *ends, lambda one, other: counts[paper(one), paper(other)], most_hops=options.max_hops, **settings
        )
    else:
        paths = shortest_paths(*ends, most_hops=options.max_hops, **settings)
    keys = (tuple(map(paper, path)) for path in paths)
    return _diverse(islice(keys, DIVERSE_AMONG)) if options.rank == "diverse" and not options.longest else keys


def _diverse(paths: Iterable[Keys]) -> Iterator[Keys]:
    """The first path, then always the one that is least like the most similar path before it.

    Two paths are alike as far as they share papers between the ends (Jaccard's index).
    """
    waiting = [(keys, frozenset(keys[1:-1])) for keys in paths]
    likeness = [0.0] * len(waiting)  # of each waiting path to the most similar one before
    while waiting:
        best = min(range(len(waiting)), key=lambda n: (likeness[n], n))
        (keys, inner), _ = waiting.pop(best), likeness.pop(best)
        yield keys
        for n, (_, others) in enumerate(waiting):
            shared = len(inner & others) / len(inner | others) if inner | others else 1.0
            likeness[n] = max(likeness[n], shared)
