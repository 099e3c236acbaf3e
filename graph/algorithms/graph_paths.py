"""The paths of any directed graph: how many there are, and one after the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import takewhile
from typing import Any, TypeVar

import numpy as np

from .digraph import Graph, arcs_of
from .limited_paths import limited
from .network import Network
from .ordered_part import NO_NODES, OrderedPart, ordered_part
from .path_counts import CIRCLE_STEPS, PathCount
from .walks import NodeFunction, itself

N = TypeVar("N", bound=Hashable)


def ordered_graph(
    graph: Graph[N], start: N, end: N, paper: NodeFunction = itself, *, most_hops: int | None = None
) -> tuple[OrderedPart, Callable[[int], N], tuple[int, int]]:
    """What lies between two nodes of a small graph, in the order of lineage.

    Returns the part, what gives the node of a member, and the members of the two ends. Nodes may be stages of papers,
    of which `paper` gives the paper. With `most_hops` longer paths are left out: the members are then those of
    `graph.algorithms.limited_paths`.

    >>> from graph.algorithms.digraph import Digraph
    >>> triangle = Digraph("abc", [("a", "b"), ("b", "c"), ("a", "c")])
    >>> part, node, ends = ordered_graph(triangle, "a", "c")
    >>> part.survey(*ends)
    PathCount(paths=2, longest=2)
    >>> part, node, ends = ordered_graph(triangle, "a", "c", most_hops=1)
    >>> part.survey(*ends)
    PathCount(paths=1, longest=1)
    """
    if start not in graph or end not in graph:
        return NO_NODES, (start, end).__getitem__, (0, 1)
    nodes = [*dict.fromkeys([start, end]), *(node for node in graph if node not in (start, end))]
    number = {node: n for n, node in enumerate(nodes)}
    arcs = [(number[one], number[other]) for one, other in arcs_of(graph)]
    network = Network.of(len(nodes), [citing for _, citing in arcs], [cited for cited, _ in arcs])
    ends = number[start], number[end]
    numbers: dict[Any, int] = {}
    papers = np.array([numbers.setdefault(paper(node), len(numbers)) for node in nodes], np.int32)
    if most_hops is None or most_hops >= len(nodes):  # no path is longer than that
        part = ordered_part(network, network.between(*ends), ends, None if paper is itself else papers)
        return part, nodes.__getitem__, ends
    network, node_of = limited(network, *ends, most_hops)
    ends = 0, network.nodes - 1
    if not network.arcs:
        return NO_NODES, nodes.__getitem__, ends
    part = ordered_part(network, np.arange(network.nodes), ends, papers[node_of])
    return part, lambda number: nodes[node_of[number]], ends


def survey_paths(
    graph: Graph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: NodeFunction = itself
) -> PathCount | None:
    """How many simple paths lead from one node to another, exactly, and how long the longest is.

    Linear in nodes and arcs outside circles. No `paper` repeats on a path: it is the node itself unless nodes are
    stages. None when the paths through a circle cannot be counted in `circle_steps`.

    >>> import networkx as nx
    >>> ladder = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c"), ("c", "b")])
    >>> survey_paths(ladder, "a", "d")
    PathCount(paths=4, longest=3)
    """
    part, _, ends = ordered_graph(graph, start, end, paper)
    return part.survey(*ends, circle_steps=circle_steps)


def count_paths(
    graph: Graph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: NodeFunction = itself
) -> int | None:
    """How many simple paths lead from one node to another; parameters and cost are those of `survey_paths`."""
    found = survey_paths(graph, start, end, circle_steps=circle_steps, paper=paper)
    return None if found is None else found.paths


def shortest_paths(
    graph: Graph[N],
    start: N,
    end: N,
    *,
    rank: NodeFunction = itself,
    paper: NodeFunction = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All simple paths, lazily, the shortest first, then by `rank`.

    `rank` gives the sorting key of a node, and `paper` its paper, which must not repeat on a path: the node itself
    unless nodes are stages. `most_hops` leaves out longer paths. There is no path from a node to itself.

    >>> import networkx as nx
    >>> list(shortest_paths(nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")]), "a", "c"))
    [('a', 'c'), ('a', 'b', 'c')]
    """
    part, node, ends = ordered_graph(graph, start, end, paper)
    for path in part.paths(*ends, lambda number: rank(node(number)), longest=most_hops):
        yield tuple(map(node, path))


def paths_of_length(
    graph: Graph[N], start: N, end: N, length: int, *, rank: NodeFunction = itself, paper: NodeFunction = itself
) -> Iterator[tuple[N, ...]]:
    """All simple paths of exactly `length` hops, lazily, by `rank`; the other parameters are those of `shortest_paths`.

    >>> import networkx as nx
    >>> list(paths_of_length(nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")]), "a", "c", 2))
    [('a', 'b', 'c')]
    """
    part, node, ends = ordered_graph(graph, start, end, paper)
    longest_first = part.paths(*ends, lambda number: rank(node(number)), longest=length, longest_first=True)
    return (tuple(map(node, path)) for path in takewhile(lambda path: len(path) == length + 1, longest_first))
