"""Simple paths of a directed graph, told one after the other: shortest, longest or strongest first.

A simple path visits no node twice. None of this assumes that the graph has no circles. Where paths
must keep an itinerary, the graph is that of `graph.algorithms.constrained_paths.Itinerary.stages`, whose nodes are
stages of papers; `paper` then tells the paper of a node, and it is papers that must not repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

import networkx as nx

N = TypeVar("N", bound=Hashable)
Rank = Callable[[Any], Any]


def itself(node: Any) -> Any:
    """The paper of a node, where nodes are papers."""
    return node


def between(graph: nx.DiGraph[N], start: N, end: N) -> nx.DiGraph[N]:
    """The part of a graph that lies on walks from `start` to `end`; empty when there are none.

    >>> import networkx as nx
    >>> sorted(between(nx.DiGraph([("a", "b"), ("b", "c"), ("b", "x")]), "a", "c"))
    ['a', 'b', 'c']
    """
    if start not in graph or end not in graph:
        return nx.DiGraph()
    forward = nx.descendants(graph, start) | {start}
    if end not in forward:
        return nx.DiGraph()
    return graph.subgraph(forward & (nx.ancestors(graph, end) | {end}))


def plain(graph: nx.DiGraph[N]) -> nx.DiGraph[N]:
    """The nodes and arcs of a graph or view, without their attributes, as a graph of its own."""
    made: nx.DiGraph[N] = nx.DiGraph()
    made.add_nodes_from(graph)
    made.add_edges_from(graph.edges)
    return made


def within_hops(graph: nx.DiGraph[N], start: N, end: N, most: int) -> nx.DiGraph[N]:
    """The part of a graph that lies on walks from `start` to `end` of at most so many hops.

    >>> import networkx as nx
    >>> sorted(within_hops(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "x")]), "a", "c", 1))
    ['a', 'c']
    """
    if start not in graph or end not in graph:
        return nx.DiGraph()
    away = nx.single_source_shortest_path_length(graph, start, most)
    if end not in away:
        return nx.DiGraph()
    back = nx.single_source_shortest_path_length(graph.reverse(copy=False), end, most)
    return graph.subgraph([node for node, hops in away.items() if hops + back.get(node, most + 1) <= most])


def shortest_paths(
    graph: nx.DiGraph[N], start: N, end: N, *, rank: Rank = itself, paper: Rank = itself, most_hops: int | None = None
) -> Iterator[tuple[N, ...]]:
    """All simple paths, lazily, shortest first and then in the order of `rank`.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : node
    rank : callable
        The sorting key of a node.
    paper : callable
        What must not repeat on a path; the node itself unless nodes are stages.
    most_hops : int, optional
        Longer paths are not told.

    Yields
    ------
    tuple
        Nodes from `start` to `end`. A path from a node to itself is not a path.

    Examples
    --------
    >>> import networkx as nx
    >>> list(shortest_paths(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]), "a", "c"))
    [('a', 'c'), ('a', 'b', 'c')]

    Notes
    -----
    For every length in turn a depth-first search that only enters nodes from which the end can be
    reached in exactly the steps left. Without circles no branch is taken in vain.
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return
    ordered = _in_order(part, rank)
    at_distance: list[set[N]] = [{end}]  # [n]: where some walk of exactly n steps to the end begins
    longest = len(part) - 1 if most_hops is None else min(most_hops, len(part) - 1)
    for length in range(1, longest + 1):
        at_distance.append({before for node in at_distance[-1] for before in part.predecessors(node)})
        if not at_distance[-1]:
            return  # no walk is as long as this, so no longer one is either
        if start in at_distance[length]:
            yield from _of_length(ordered, at_distance, start, length, paper)


def paths_of_length(
    graph: nx.DiGraph[N], start: N, end: N, length: int, *, rank: Rank = itself, paper: Rank = itself
) -> Iterator[tuple[N, ...]]:
    """All simple paths of exactly so many hops, lazily, in the order of `rank`."""
    part = between(graph, start, end)
    if start == end or start not in part or length < 1:
        return
    at_distance: list[set[N]] = [{end}]
    for _ in range(length):
        at_distance.append({before for node in at_distance[-1] for before in part.predecessors(node)})
    if start in at_distance[length]:
        yield from _of_length(_in_order(part, rank), at_distance, start, length, paper)


def _in_order(part: nx.DiGraph[N], rank: Rank) -> Callable[[N], list[N]]:
    """The successors of a node in the order of `rank`, sorted when they are first asked for."""
    return cache(lambda node: sorted(part.successors(node), key=rank))


def _of_length(
    ordered: Callable[[N], list[N]], at_distance: list[set[N]], start: N, length: int, paper: Rank
) -> Iterator[tuple[N, ...]]:
    trail, papers = [start], [paper(start)]
    choices = [iter(ordered(start))]
    while choices:
        left = length - len(trail)
        node = next((n for n in choices[-1] if n in at_distance[left] and paper(n) not in papers), None)
        if node is None:
            choices.pop()
            trail.pop()
            papers.pop()
        elif left == 0:
            yield (*trail, node)
        else:
            trail.append(node)
            papers.append(paper(node))
            choices.append(iter(ordered(node)))


def cheapest_paths(
    graph: nx.DiGraph[N],
    start: N,
    end: N,
    cost: Callable[[N, N], float],
    *,
    rank: Rank = itself,
    paper: Rank = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All simple paths, lazily, the least sum of `cost` first, then the shortest, then by `rank`.

    Parameters
    ----------
    graph, start, end, rank, paper, most_hops
        As for `shortest_paths`.
    cost : callable
        What an arc costs, zero or more.

    Yields
    ------
    tuple
        Nodes from `start` to `end`.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")])
    >>> list(cheapest_paths(graph, "a", "c", lambda cited, citing: 5 if (cited, citing) == ("a", "c") else 1))
    [('a', 'b', 'c'), ('a', 'c')]

    Notes
    -----
    Best first, with the exact cost of the rest as the bound: without circles every step taken
    belongs to a path that is told before any dearer one.
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return
    rest: dict[N, float] = nx.single_source_dijkstra_path_length(
        part.reverse(copy=False), end, weight=lambda citing, cited, _: cost(cited, citing)
    )
    yield from _best_first(part, start, end, cost, rest, rank, paper, most_hops)


def heaviest_paths(
    graph: nx.DiGraph[N],
    start: N,
    end: N,
    weight: Callable[[N, N], int],
    *,
    rank: Rank = itself,
    paper: Rank = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All paths of a graph without circles, lazily, the greatest sum of `weight` first.

    Parameters
    ----------
    graph : networkx.DiGraph
        Without circles.
    start, end, rank, paper, most_hops
        As for `shortest_paths`.
    weight : callable
        What an arc weighs: an exact integer of any size.

    Yields
    ------
    tuple
        Nodes from `start` to `end`; of equally heavy paths the shorter first, then by `rank`.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")])
    >>> next(heaviest_paths(graph, "a", "c", lambda cited, citing: 1))
    ('a', 'b', 'c')
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return
    rest: dict[N, int] = {end: 0}
    for node in reversed(list(nx.topological_sort(part))):
        if node != end:
            rest[node] = min(rest[newer] - weight(node, newer) for newer in part.successors(node) if newer in rest)
    yield from _best_first(part, start, end, lambda one, other: -weight(one, other), rest, rank, paper, most_hops)


def _best_first(
    part: nx.DiGraph[N],
    start: N,
    end: N,
    cost: Callable[[N, N], float],
    rest: Mapping[N, float],
    rank: Rank,
    paper: Rank,
    most_hops: int | None,
) -> Iterator[tuple[N, ...]]:
    """Paths by their cost, with the exact cost of what is left as the bound."""
    order = count()  # so that the heap never compares nodes
    heap: list[tuple[float, int, tuple[Any, ...], int, float, tuple[N, ...]]] = [
        (rest[start], 0, (), next(order), 0, (start,))
    ]
    while heap:
        _, hops, ranks, _, spent, trail = heappop(heap)
        if trail[-1] == end:
            yield trail
            continue
        if most_hops is not None and hops >= most_hops:
            continue
        seen = {paper(node) for node in trail}
        for node in part.successors(trail[-1]):
            if paper(node) not in seen:
                so_far = spent + cost(trail[-1], node)
                bound = round(so_far + rest[node], 9)  # equal sums in another order are equal; exact for integers
                heappush(heap, (bound, hops + 1, (*ranks, rank(node)), next(order), so_far, (*trail, node)))
