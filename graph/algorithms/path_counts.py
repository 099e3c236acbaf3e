"""How many simple paths there are, and how long the longest is: exact, circles or not.

A simple path runs through every strongly connected component in one go: having left one it cannot
come back. So counts multiply along the order of the components, and only inside a circle are
paths walked one by one, within a bound. Past the bound the answer is None: unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import networkx as nx

from .simple_paths import Rank, between, itself

N = TypeVar("N", bound=Hashable)
CIRCLE_STEPS = 100_000
"""How many steps a count may take inside one circle of citations before it gives up on exactness."""


@dataclass(frozen=True, slots=True)
class PathCount:
    """The simple paths between two nodes: how many, and the hops of the shortest and longest."""

    paths: int
    longest: int

    def __add__(self, other: PathCount) -> PathCount:
        """The paths of both."""
        return PathCount(self.paths + other.paths, max(self.longest, other.longest))


def count_paths(
    graph: nx.DiGraph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: Rank = itself
) -> int | None:
    """How many simple paths lead from one node to another, exactly.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : node
    circle_steps : int
        How many steps to walk inside one component at the most.
    paper : callable
        What must not repeat on a path; the node itself unless nodes are stages.

    Returns
    -------
    int or None
        None when a component is too tangled to count within `circle_steps`. 0 when `start` is `end`.

    Examples
    --------
    >>> import networkx as nx
    >>> ladder = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c"), ("c", "b")])
    >>> count_paths(ladder, "a", "d")
    4

    Notes
    -----
    Linear in nodes and arcs outside circles.
    """
    found = survey_paths(graph, start, end, circle_steps=circle_steps, paper=paper)
    return found if found is None else found.paths


def survey_paths(
    graph: nx.DiGraph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: Rank = itself
) -> PathCount | None:
    """Count the simple paths from one node to another and find the length of the longest.

    Parameters, cost and bound are those of `count_paths`.

    Returns
    -------
    Count or None
        ``PathCount(0, 0)`` when there is no path.
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return PathCount(0, 0)
    arrivals: dict[N, PathCount] = {start: PathCount(1, 0)}  # ways to come to a node from outside its circle
    ending = PathCount(0, 0)
    for members in _circles_in_order(part, paper):
        ways = ways_inside(part, members, arrivals, end, circle_steps, paper)
        if ways is None:
            return None
        for node, way in ways.items():
            if node == end:
                ending = way
                continue
            for successor in part.successors(node):
                if successor not in members:
                    arrivals[successor] = _sum(arrivals.get(successor), PathCount(way.paths, way.longest + 1))
    return ending


def _sum(one: PathCount | None, other: PathCount) -> PathCount:
    return other if one is None else PathCount(one.paths + other.paths, max(one.longest, other.longest))


def _circles_in_order(part: nx.DiGraph[N], paper: Rank) -> list[set[N]]:
    """The nodes grouped by the circle of their paper, every group before those that it leads to."""
    papers: nx.DiGraph[Any] = part
    if paper is not itself:
        papers = nx.DiGraph()
        papers.add_nodes_from(map(paper, part))
        papers.add_edges_from((paper(a), paper(b)) for a, b in part.edges)
    # The search for components finishes one only after all that it leads to (Tarjan 1972, doi:10.1137/0201010).
    circles: list[set[Any]] = list(nx.strongly_connected_components(papers))[::-1]
    if paper is itself:
        return circles
    circle_of = {each: position for position, circle in enumerate(circles) for each in circle}
    groups: list[set[N]] = [set() for _ in circles]
    for node in part:
        groups[circle_of[paper(node)]].add(node)
    return groups


def ways_inside(
    graph: nx.DiGraph[N], members: Collection[N], arrivals: Mapping[N, PathCount], end: N, steps: int, paper: Rank
) -> dict[N, PathCount] | None:
    """The ways to be at each node of a circle, entered as `arrivals` says; None past `steps`."""
    entries = [node for node in members if node in arrivals]
    if len(members) == 1:
        return {node: arrivals[node] for node in entries}
    ways: dict[N, PathCount] = {}
    for entry in entries:
        coming = arrivals[entry]
        stack = [(entry, frozenset([paper(entry)]))]
        while stack:
            node, seen = stack.pop()
            steps -= 1
            if steps < 0:
                return None
            ways[node] = _sum(ways.get(node), PathCount(coming.paths, coming.longest + len(seen) - 1))
            if node != end:
                stack += [
                    (n, seen | {paper(n)}) for n in graph.successors(node) if n in members and paper(n) not in seen
                ]
    return ways
