"""How many paths there are, and how long the longest is: exact, with circles or without.

A simple path runs through each strongly connected component in one go: once it has left, it cannot come back. So
counts multiply along the order of the components, and only inside a circle are paths followed one by one, up to a
bound. Past the bound the answer is None: unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .between import between
from .digraph import Digraph, Graph, arcs_of, components
from .simple_paths import NodeFunction, itself

N = TypeVar("N", bound=Hashable)
CIRCLE_STEPS = 100_000
"""How many steps a count may take inside one circle of citations before it gives up."""


class Approximate(int):
    """A count of which only the first twelve digits are known; zeros follow."""


@dataclass(frozen=True, slots=True)
class PathCount:
    """How many simple paths lead from one node to another, and the hops of the longest."""

    paths: int
    longest: int

    def __add__(self, other: PathCount) -> PathCount:
        """The paths of both."""
        return PathCount(self.paths + other.paths, max(self.longest, other.longest))


NO_PATHS = PathCount(0, 0)


def count_paths(
    graph: Graph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: NodeFunction = itself
) -> int | None:
    """How many simple paths lead from one node to another, exactly.

    Parameters
    ----------
    graph : Digraph or networkx.DiGraph
    start, end : node
    circle_steps : int
        How many steps to take inside one circle at most.
    paper : callable
        The paper of a node, which must not repeat on a path; the node itself unless nodes are stages.

    Returns
    -------
    int or None
        None when the paths through a circle cannot be counted within `circle_steps`. 0 when `start` is `end`.

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
    graph: Graph[N], start: N, end: N, *, circle_steps: int = CIRCLE_STEPS, paper: NodeFunction = itself
) -> PathCount | None:
    """Count the simple paths from one node to another, and find the length of the longest.

    Parameters, cost and bound are those of `count_paths`.

    Returns
    -------
    PathCount or None
        ``PathCount(0, 0)`` when there is no path.
    """
    part = between(graph, start, end)
    arrivals: dict[N, PathCount] = {start: PathCount(1, 0)}  # paths that come to a node from outside its circle
    ending = PathCount(0, 0)
    for members in _circles_in_order(part, paper):
        found = count_inside(part, members, arrivals, circle_steps, paper)
        if found is None:
            return None
        for node, count in found.items():
            if node == end:
                ending = count
            for successor in part.successors(node):
                if successor not in members:
                    arrivals[successor] = arrivals.get(successor, NO_PATHS) + PathCount(count.paths, count.longest + 1)
    return ending


def _circles_in_order(part: Graph[N], paper: NodeFunction) -> list[set[N]]:
    """The nodes grouped by the component of their paper, every group before those that it leads to."""
    if paper is itself:
        return [set(members) for members in components(part)]
    arcs = dict.fromkeys((paper(one), paper(other)) for one, other in arcs_of(part))
    families = components(Digraph(dict.fromkeys(map(paper, part)), arcs))
    component_of = {each: position for position, members in enumerate(families) for each in members}
    groups: list[set[N]] = [set() for _ in families]
    for node in part:
        groups[component_of[paper(node)]].add(node)
    return groups


def count_inside(
    graph: Graph[N],
    members: Collection[N],
    arrivals: Mapping[N, PathCount],
    steps: int,
    paper: NodeFunction,
) -> dict[N, PathCount] | None:
    """The paths that come to each node of a circle, which they enter as `arrivals` says; None past `steps`."""
    entries = [node for node in members if node in arrivals]
    if len(members) == 1:
        return {node: arrivals[node] for node in entries}
    counts: dict[N, PathCount] = {}
    for entry in entries:
        coming = arrivals[entry]
        stack = [(entry, frozenset([paper(entry)]))]
        while stack:
            node, seen = stack.pop()
            steps -= 1
            if steps < 0:
                return None
            counts[node] = counts.get(node, NO_PATHS) + PathCount(coming.paths, coming.longest + len(seen) - 1)
            stack += [(n, seen | {paper(n)}) for n in graph.successors(node) if n in members and paper(n) not in seen]
    return counts
