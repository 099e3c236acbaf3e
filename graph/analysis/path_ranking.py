"""Paths in the order that the options ask for, lazily."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..algorithms.digraph import Graph
from ..algorithms.simple_paths import cheapest_paths, heaviest_paths, paths_of_length, shortest_paths
from ..algorithms.traversal_weights import traversal
from ..model.lineage import Lineage
from .acyclic import acyclic_between
from .evidence import cost
from .papers_between import PapersBetween
from .path_options import PathOptions

Keys = tuple[str, ...]
DIVERSE_AMONG = 500
"""From how many of the shortest paths diverse ones are chosen."""


def ranked_paths(
    lineage: Lineage, between: PapersBetween, options: PathOptions, longest: int | None = None
) -> Iterator[Keys]:
    """The paths that keep to an itinerary, in the order that the options ask for.

    Parameters
    ----------
    lineage : Lineage
    between : PapersBetween
        What the paths may use.
    options : PathOptions
        Only `rank`, `longest` and `max_hops` matter here.
    longest : int, optional
        The hops of the longest path, if known.

    Yields
    ------
    tuple of str
        Keys from the start to the end.
    """
    if between.is_plain and not options.longest and options.rank in ("shortest", "diverse"):
        shortest = _shortest(lineage, between, longest)
        return _diverse(islice(shortest, DIVERSE_AMONG)) if options.rank == "diverse" else shortest
    itinerary, part = between.itinerary, between.part
    by_main_path = options.rank == "main" and not options.longest
    network: Graph[str] = part
    if by_main_path:
        network = acyclic_between(lineage, part, itinerary.start, itinerary.end).dag
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


def _shortest(lineage: Lineage, between: PapersBetween, longest: int | None) -> Iterator[Keys]:
    keys, ends = lineage.corpus.arrays.keys, lineage.numbers_of((between.itinerary.start, between.itinerary.end))
    paths = between.ordered.shortest_paths(ends[0], ends[1], lambda number: lineage.place(keys[number]), longest)
    return (tuple(keys[number] for number in path) for path in paths)


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
            shared = len(inner & others) / len(inner | others)  # only one path has no paper between the ends
            likeness[n] = max(likeness[n], shared)
