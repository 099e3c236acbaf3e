"""What lies between two nodes of a directed graph: the nodes and arcs on walks from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

import networkx as nx

N = TypeVar("N", bound=Hashable)


def between(graph: nx.DiGraph[N], start: N, end: N) -> nx.DiGraph[N]:
    """The part of a graph that lies between two nodes: the nodes and arcs on walks from `start` to `end`.

    No simple path enters its start or leaves its end. So the walks do not either, and many circles fall away.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : node

    Returns
    -------
    networkx.DiGraph
        A graph of its own, without attributes; empty when no path leads from `start` to `end`.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "x"), ("x", "b")])
    >>> list(between(graph, "a", "c").edges)
    [('a', 'b'), ('b', 'c')]

    Notes
    -----
    Two breadth-first searches: linear in what follows `start` or precedes `end`.
    """
    part: nx.DiGraph[N] = nx.DiGraph()
    if start == end or start not in graph or end not in graph:
        return part
    after = _reached(graph.successors, start, end)
    if end not in after:
        return part
    before = _reached(graph.predecessors, end, start)
    _copy(graph, [node for node in after if node in before], part)
    part.remove_edges_from([*part.in_edges(start), *part.out_edges(end)])
    return part


def _reached(neighbours: Callable[[N], Iterator[N]], start: N, last: N) -> dict[N, None]:
    """The nodes that a search reaches from `start` without going on from `last`, in the order of the search."""
    found = dict.fromkeys([start])
    waiting = [start]
    for node in waiting:  # grows while the loop runs: breadth first
        if node != last:
            new = [other for other in neighbours(node) if other not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return found


def _copy(graph: nx.DiGraph[N], nodes: list[N], part: nx.DiGraph[N]) -> None:
    kept = set(nodes)
    part.add_nodes_from(nodes)
    part.add_edges_from((node, other) for node in nodes for other in graph.successors(node) if other in kept)


def within_hops(graph: nx.DiGraph[N], start: N, end: N, most: int) -> nx.DiGraph[N]:
    """The part of a graph that lies on walks from `start` to `end` of at most `most` hops.

    Returns
    -------
    networkx.DiGraph
        A graph of its own, without attributes; empty when there are no such walks.

    Examples
    --------
    >>> import networkx as nx
    >>> list(within_hops(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "x")]), "a", "c", 1))
    ['a', 'c']
    """
    part: nx.DiGraph[N] = nx.DiGraph()
    if start not in graph or end not in graph:
        return part
    away = nx.single_source_shortest_path_length(graph, start, most)
    if end in away:
        back = nx.single_source_shortest_path_length(graph.reverse(copy=False), end, most)
        _copy(graph, [node for node, hops in away.items() if hops + back.get(node, most + 1) <= most], part)
    return part
