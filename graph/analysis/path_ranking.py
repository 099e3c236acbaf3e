"""Paths in the order that the options ask for, lazily."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..algorithms.digraph import Graph
from ..algorithms.simple_paths import cheapest_paths, heaviest_paths
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
    if options.longest or options.rank in ("shortest", "diverse"):
        paths_by_length = between.by_length(lineage.place, longest=longest, longest_first=options.longest)
        diverse = options.rank == "diverse" and not options.longest
        return _diverse(islice(paths_by_length, DIVERSE_AMONG)) if diverse else paths_by_length
    itinerary, part = between.itinerary, between.part
    network: Graph[str] = part
    if options.rank == "main":
        network = acyclic_between(lineage, part, itinerary.start, itinerary.end).dag
    stages = itinerary.path_graph(network)
    paper, ends = stages.paper, (stages.graph, stages.start, stages.end)

    def rank(node: Any) -> tuple[Any, ...]:
        return lineage.place(paper(node))

    def evidence_cost(one: Any, other: Any) -> float:
        return cost(lineage.corpus, lineage.citation(paper(one), paper(other)), lineage.reasons)

    settings: dict[str, Any] = {"rank": rank, "paper": paper, "most_hops": options.max_hops}
    if options.rank == "strongest":
        paths = cheapest_paths(*ends, evidence_cost, **settings)
    else:
        counts = traversal(network).arcs
        paths = heaviest_paths(*ends, lambda one, other: counts[paper(one), paper(other)], **settings)
    return (tuple(map(paper, path)) for path in paths)


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
