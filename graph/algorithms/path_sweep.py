"""One sweep through a part of a network in the order of lineage: how many paths lead from one node to every other."""

from __future__ import annotations

from collections.abc import Sequence

from .network import Network
from .path_counts import CIRCLE_STEPS, NO_PATHS, PathCount, count_inside
from .walks import NodeFunction, itself


def counts_from(
    network: Network,
    circles: Sequence[tuple[int, int]],
    begin: int,
    *,
    paper: NodeFunction = itself,
    circle_steps: int = CIRCLE_STEPS,
) -> tuple[list[int | None], list[int]]:
    """Count the simple paths from one node to every node, and find the length of the longest to each.

    Parameters
    ----------
    network : Network
        Arcs cited -> citing. Every arc runs to a higher number, except inside a circle.
    circles : sequence of (int, int)
        The first node of every circle, and the one behind its last.
    begin : int
    paper : callable
        The paper of a node, where nodes are stages of papers.
    circle_steps : int
        How many steps to walk inside one circle at the most.

    Returns
    -------
    (list of int or None, list of int)
        The counts, 1 for the node itself, and the hops of the longest paths. A count is None, and not zero, in and
        behind a circle that is too tangled to count in so many steps.

    Examples
    --------
    >>> diamond = Network.of(4, [1, 2, 3, 3], [0, 0, 1, 2])
    >>> counts_from(diamond, (), 0)
    ([1, 1, 1, 2], [0, 1, 1, 2])

    Notes
    -----
    Outside circles linear in nodes and arcs, times the length of the numbers.
    """
    sweep = _Sweep(network, paper, circle_steps)
    sweep.paths[begin] = 1
    circle_at = dict(circles)
    node = next((first for first, behind in circles if first <= begin < behind), begin)
    while node < network.nodes:
        if node in circle_at:
            sweep.pass_circle(node, circle_at[node], begin)
            node = circle_at[node]
        else:
            if node != begin:
                sweep.pass_node(node)
            node += 1
    return sweep.paths, sweep.longest


class _Sweep:
    """The counts so far."""

    def __init__(self, network: Network, paper: NodeFunction, circle_steps: int) -> None:
        self._network, self._paper, self._circle_steps = network, paper, circle_steps
        self._at, self._cited = network.references_at.tolist(), network.references.tolist()
        self.paths: list[int | None] = [0] * network.nodes
        self.longest = [0] * network.nodes

    def pass_node(self, node: int) -> None:
        """Add up what leads to a node that is in no circle."""
        total, longest = 0, 0
        for other in self._cited[self._at[node] : self._at[node + 1]]:
            paths = self.paths[other]
            if paths is None:
                self.paths[node] = None
                return
            if paths:
                total += paths
                longest = max(longest, self.longest[other] + 1)
        self.paths[node], self.longest[node] = total, longest

    def pass_circle(self, first: int, behind: int, begin: int) -> None:
        """Follow the paths through a circle one by one."""
        counts = self._counts_inside(first, behind, begin)
        for node in range(first, behind):
            if counts is None:
                self.paths[node] = None
            else:
                found = counts.get(node, NO_PATHS)
                self.paths[node], self.longest[node] = found.paths, found.longest

    def _counts_inside(self, first: int, behind: int, begin: int) -> dict[int, PathCount] | None:
        arrivals: dict[int, PathCount] = {}
        has_arcs = False  # stages of one paper stand side by side, and have none
        for node in range(first, behind):
            coming = PathCount(1, 0) if node == begin else NO_PATHS
            for other in self._cited[self._at[node] : self._at[node + 1]]:
                paths = self.paths[other]
                if first <= other < behind:
                    has_arcs = True
                    continue
                if paths == 0:
                    continue
                if paths is None:
                    return None
                coming += PathCount(paths, self.longest[other] + 1)
            if coming.paths:
                arrivals[node] = coming
        if not arrivals or not has_arcs:
            return arrivals
        inside = self._network.part(range(first, behind))
        return count_inside(inside, range(first, behind), arrivals, self._circle_steps, self._paper)
