"""How many paths there are, and how long the longest is: exact, with circles or without.

A simple path runs through each strongly connected component in one go: once it has left, it cannot come back. So
counts multiply along the order of the components, and only inside a circle are paths followed one by one, up to a
bound. Past the bound the answer is None: unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Hashable
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


@dataclass(frozen=True, slots=True)
class Walked:
    """The simple paths from one node inside a circle: how many come to each node, and the steps that all took."""

    found: dict[Any, PathCount]
    steps: int


def walk_inside(inside: Graph[N], entry: N, most: int, paper: NodeFunction) -> Walked | None:
    """Follow the simple paths from a node one by one.

    `inside` has the nodes of a circle, and `paper` gives the paper of a node, which must not repeat on a path. None
    when there are more steps than `most`.

    >>> from .digraph import Digraph
    >>> walked = walk_inside(Digraph("ab", [("a", "b"), ("b", "a")]), "a", 10, str)
    >>> walked.found["b"], walked.steps
    (PathCount(paths=1, longest=1), 2)
    """
    paths: dict[Any, int] = {}
    longest: dict[Any, int] = {}
    papers: list[Any] = []
    seen: set[Any] = set()
    branches = [iter([entry])]
    steps = 0
    while branches:
        for node in branches[-1]:
            if paper(node) not in seen:
                break
        else:
            branches.pop()
            if papers:
                seen.remove(papers.pop())
            continue
        steps += 1
        if steps > most:
            return None
        if steps % ASK_EVERY == 0:
            stop_if_abandoned()
        paths[node] = paths.get(node, 0) + 1
        longest[node] = max(longest.get(node, 0), len(papers))
        papers.append(paper(node))
        seen.add(papers[-1])
        branches.append(iter(inside.successors(node)))
    return Walked({node: PathCount(number, longest[node]) for node, number in paths.items()}, steps)
