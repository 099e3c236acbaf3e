"""How many paths there are, and how long the longest is: exact, with circles or without.

A simple path runs through each strongly connected component in one go: once it has left, it cannot come back. So
counts multiply along the order of the components, and only inside a circle are paths followed one by one, up to a
bound. Past the bound the answer is None: unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from .budget import ASK_EVERY, stop_if_abandoned
from .digraph import Graph
from .walks import NodeFunction

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
        papers: list[Any] = []
        branches = [iter([entry])]
        seen: set[Any] = set()
        while branches:
            node = next((n for n in branches[-1] if n in members and paper(n) not in seen), None)
            if node is None:
                branches.pop()
                if papers:
                    seen.remove(papers.pop())
                continue
            steps -= 1
            if steps < 0:
                return None
            if steps % ASK_EVERY == 0:
                stop_if_abandoned()
            counts[node] = counts.get(node, NO_PATHS) + PathCount(coming.paths, coming.longest + len(papers))
            papers.append(paper(node))
            seen.add(papers[-1])
            branches.append(iter(graph.successors(node)))
    return counts
