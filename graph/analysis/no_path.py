"""When there is no path: what relates two papers all the same, and what could hide a path."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from ..algorithms.path_counts import count_paths
from ..model.lineage import Lineage


@dataclass(frozen=True, slots=True)
class NoPath:
    """What there is to say when there is no path.

    Attributes
    ----------
    reverse : int or None
        How many paths there are the other way; None when they are too many to count.
    ancestors, descendants : tuple of str
        The nearest papers from which paths lead to both, and to which paths lead from both.
    undirected : tuple of str
        The shortest chain of citations whichever way they point: a relation, not a lineage.
    hidden_by : tuple of str
        Papers whose references are not fully known and that could hide a path, the list's first.
    """

    reverse: int | None
    ancestors: tuple[str, ...]
    descendants: tuple[str, ...]
    undirected: tuple[str, ...]
    hidden_by: tuple[str, ...]


def explain_no_path(
    lineage: Lineage, graph: nx.DiGraph[str], start: str, end: str, max_hops: int | None = None
) -> NoPath:
    """Say what there is to say about two papers that no path of a graph joins.

    Parameters
    ----------
    lineage : Lineage
    graph : networkx.DiGraph
        The part of the lineage in which a path was looked for; arcs cited -> citing.
    start, end : str
    max_hops : int or None
        Longer paths were not looked for, so that what could only hide one of those is no suspect.

    Notes
    -----
    Linear in papers and citations, beside the count of the paths the other way.
    """
    reverse = count_paths(graph, end, start)
    return NoPath(
        reverse=reverse,
        ancestors=_nearest_common(lineage, graph.reverse(copy=False), start, end),
        descendants=_nearest_common(lineage, graph, start, end),
        undirected=_undirected(lineage, graph, start, end),
        hidden_by=_hidden_by(lineage, graph, start, end, max_hops),
    )


def _nearest_common(lineage: Lineage, graph: nx.DiGraph[str], start: str, end: str) -> tuple[str, ...]:
    """The papers that paths from both reach, with the fewest hops of both together."""
    one, other = (nx.single_source_shortest_path_length(graph, key) for key in (start, end))
    both = {key: one[key] + other[key] for key in one.keys() & other.keys()}
    if not both or start == end:
        return ()
    nearest = min(both.values())
    return tuple(sorted((key for key, hops in both.items() if hops == nearest), key=lineage.place))


def _undirected(lineage: Lineage, graph: nx.DiGraph[str], start: str, end: str) -> tuple[str, ...]:
    """The first of the shortest chains: at every paper the neighbour that comes first in the lineage's order."""
    away = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), end)
    if start not in away:
        return ()
    chain = [start]
    while chain[-1] != end:
        neighbours = {*graph.predecessors(chain[-1]), *graph.successors(chain[-1])}
        chain.append(min((n for n in neighbours if away[n] < away[chain[-1]]), key=lineage.place))
    return tuple(chain)


def _hidden_by(lineage: Lineage, graph: nx.DiGraph[str], start: str, end: str, max_hops: int | None) -> tuple[str, ...]:
    """Papers before or at `end`, not older than `start`, whose references are not fully known.

    Only one of these can cite something on the way from `start` that the corpus does not show: one hop
    at least, and then the hops that are known to lead from there to `end`.
    """
    most = None if max_hops is None else max_hops - 1
    near = nx.single_source_shortest_path_length(graph.reverse(copy=False), end, cutoff=most)
    oldest = lineage.paper(start).year or 0
    suspects = [
        key
        for key in near.keys() - {start}
        if lineage.corpus.coverage_of(key) != "complete" and (lineage.paper(key).year or 9999) >= oldest
    ]
    return tuple(sorted(suspects, key=lambda key: (key != end, lineage.place(key))))
