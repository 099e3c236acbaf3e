"""What lies between two nodes of a directed graph: the nodes and arcs on walks from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from .digraph import Digraph, Graph

N = TypeVar("N", bound=Hashable)


def between(graph: Graph[N], start: N, end: N) -> Digraph[N]:
    """The part of a graph that lies between two nodes: the nodes and arcs on walks from `start` to `end`.

    No simple path enters its start or leaves its end. So the walks do not either, and many circles fall away. Two
    breadth-first searches: linear in what follows `start` or precedes `end`. Empty when no path leads from the one to
    the other.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "x"), ("x", "b")])
    >>> list(between(graph, "a", "c").edges)
    [('a', 'b'), ('b', 'c')]
    """
    if start == end or start not in graph or end not in graph:
        return Digraph()
    after = _reached(graph.successors, start, end)
    if end not in after:
        return Digraph()
    before = _reached(graph.predecessors, end, start)
    nodes = [node for node in after if node in before]
    kept = set(nodes) - {start}
    return Digraph(
        nodes, ((node, other) for node in nodes if node != end for other in graph.successors(node) if other in kept)
    )


def _reached(neighbours: Callable[[N], Iterable[N]], start: N, last: N) -> dict[N, None]:
    """The nodes that a search reaches from `start` without going on from `last`, in the order of the search."""
    found = dict.fromkeys([start])
    waiting = [start]
    for node in waiting:  # grows while the loop runs: breadth first
        if node != last:
            new = [other for other in neighbours(node) if other not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return found
