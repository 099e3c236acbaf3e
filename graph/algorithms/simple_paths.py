"""Simple paths of a directed graph, one after the other: the cheapest or the heaviest first.

The shortest first, or the longest: `graph.algorithms.ordered_part.OrderedPart.paths`.

A simple path visits no node twice. Nothing here assumes that the graph has no circles. Where paths must pass some
papers, the graph is that of `graph.algorithms.constrained_paths.Itinerary.stages`. Its nodes are stages of papers:
`paper` gives the paper of a node, and no paper may repeat on a path.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

from .between import between
from .digraph import Graph, cheapest_to, topological

N = TypeVar("N", bound=Hashable)
NodeFunction = Callable[[Any], Any]
"""What gives the paper of a node, or its sorting key."""


def itself(node: Any) -> Any:
    """The paper of a node, where nodes are papers."""
    return node


def paths_of_walks(
    successors: Callable[[N], list[N]], leads: Sequence[Any], start: N, length: int, paper: NodeFunction = itself
) -> Iterator[tuple[N, ...]]:
    """All simple paths of exactly `length` hops, in the order of the successors.

    Parameters
    ----------
    successors : callable
        The successors of a node, in order.
    leads : sequence
        ``leads[n][node]`` says whether some walk of exactly n steps leads from the node to the end.
    start : node
    length : int
    paper : callable
        The paper of a node, which must not repeat on a path.
    """
    path, papers = [start], [paper(start)]
    branches = [iter(successors(start))]
    while branches:
        steps_left = length - len(path)
        node = next((n for n in branches[-1] if leads[steps_left][n] and paper(n) not in papers), None)
        if node is None:
            branches.pop()
            path.pop()
            papers.pop()
        elif steps_left == 0:
            yield (*path, node)
        else:
            path.append(node)
            papers.append(paper(node))
            branches.append(iter(successors(node)))


def cheapest_paths(
    graph: Graph[N],
    start: N,
    end: N,
    cost: Callable[[N, N], float],
    *,
    rank: NodeFunction = itself,
    paper: NodeFunction = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All simple paths, lazily, the least sum of `cost` first, then the shortest, then by `rank`.

    Parameters
    ----------
    graph : Digraph or networkx.DiGraph
    start, end : node
    cost : callable
        The cost of an arc, zero or more.
    rank : callable
        The sorting key of a node.
    paper : callable
        The paper of a node, which must not repeat on a path; the node itself unless nodes are stages.
    most_hops : int, optional
        Leaves out longer paths.

    Yields
    ------
    tuple
        Nodes from `start` to `end`. There is no path from a node to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")])
    >>> list(cheapest_paths(graph, "a", "c", lambda cited, citing: 5 if (cited, citing) == ("a", "c") else 1))
    [('a', 'b', 'c'), ('a', 'c')]

    Notes
    -----
    Best first, with the exact cost of the rest as the bound (the A* search). Without circles every step belongs
    to a path that comes before any dearer one.
    """
    part = between(graph, start, end)
    if start not in part:
        return
    yield from _best_first(part, start, end, cost, cheapest_to(part, end, cost), rank, paper, most_hops)


def heaviest_paths(
    graph: Graph[N],
    start: N,
    end: N,
    weight: Callable[[N, N], int],
    *,
    rank: NodeFunction = itself,
    paper: NodeFunction = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All paths of a graph without circles, lazily, the greatest sum of `weight` first.

    Parameters
    ----------
    graph : Digraph or networkx.DiGraph
        Without circles.
    start, end, rank, paper, most_hops
        As for `cheapest_paths`.
    weight : callable
        The weight of an arc: an exact integer of any size.

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
    if start not in part:
        return
    rest: dict[N, int] = {end: 0}
    for node in reversed(topological(part)):
        if node != end:
            rest[node] = min(rest[newer] - weight(node, newer) for newer in part.successors(node))
    yield from _best_first(part, start, end, lambda one, other: -weight(one, other), rest, rank, paper, most_hops)


def _best_first(
    part: Graph[N],
    start: N,
    end: N,
    cost: Callable[[N, N], float],
    rest: Mapping[N, float],
    rank: NodeFunction,
    paper: NodeFunction,
    most_hops: int | None,
) -> Iterator[tuple[N, ...]]:
    """Paths by their cost, with the exact cost of the rest of the path as the bound."""
    order = count()  # so that the heap never compares nodes
    heap: list[tuple[float, int, tuple[Any, ...], int, float, tuple[N, ...]]] = [
        (rest[start], 0, (), next(order), 0, (start,))
    ]
    while heap:
        _, hops, ranks, _, spent, path = heappop(heap)
        if path[-1] == end:
            yield path
            continue
        if most_hops is not None and hops >= most_hops:
            continue
        seen = {paper(node) for node in path}
        for node in part.successors(path[-1]):
            if paper(node) not in seen:
                so_far = spent + cost(path[-1], node)
                bound = round(so_far + rest[node], 9)  # equal sums in another order are equal; exact for integers
                heappush(heap, (bound, hops + 1, (*ranks, rank(node)), next(order), so_far, (*path, node)))
