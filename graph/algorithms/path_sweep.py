"""One sweep through a part of a network in the order of lineage: how many paths lead from some nodes to every node.

What a level knows follows from the levels below, so that numpy does the work, for all starts at once, in numbers of any
length (`graph.algorithms.long_counts`). Inside a circle paths are followed one by one, from each node at which any path
comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np

from .circle import NO_PATH, Circle
from .digraph import Digraph
from .long_counts import LongCounts
from .network import Flags, Ints, Longs, Network
from .path_counts import CIRCLE_STEPS
from .walks import NodeFunction, itself

PAIR_STEPS = 4
"""How many steps the paths inside a circle of two papers take: two from each."""


@dataclass(frozen=True, eq=False)
class Counted:
    """How many paths lead from some nodes, the starts, to every node."""

    paths: LongCounts
    """Nodes x starts; 1 for a start itself, and nothing of meaning where they are unknown."""
    unknown: Flags
    """Nodes x starts: whether a circle on the way is too tangled to count, which does not mean that there is none."""

    def of(self, node: int, start: int) -> int | None:
        """How many paths lead to a node from the start at this place; None where it is unknown."""
        return None if self.unknown[node, start] else self.paths.of(node, start)

    def to(self, nodes: Longs) -> list[list[int | None]]:
        """The same for some nodes, from every start: a list for each node."""
        counts = self.paths.take(nodes)
        counts[self.unknown[nodes]] = None
        found: list[list[int | None]] = counts.tolist()
        return found


class _Values(Protocol):
    """What a sweep finds for every node."""

    def come_in(self, nodes: slice | Longs, cited: Ints | Longs, begins: Longs) -> None:
        """Let nodes take up what those know that they cite: see `LongCounts.add`."""

    def pass_pairs(self, first: Longs) -> None:
        """Let the two of each pair that cites each other take up what the other knows; the second follows the first."""

    def pass_circle(self, circle: Circle) -> None:
        """Let the nodes of a circle take up what the others know."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep through a part.

    Outside circles linear in nodes and arcs, times the starts and the length of the numbers.

    >>> diamond = Sweep(Network.of(4, [1, 2, 3, 3], [0, 0, 1, 2]), np.array([0, 1, 1, 2], np.int32), ())
    >>> counted = diamond.counts([0, 1])
    >>> counted.of(3, 0), counted.of(3, 1), diamond.longest(0).tolist()
    (2, 1, [0, 1, 1, 2])
    """

    network: Network
    """Arcs cited -> citing. Every arc runs to a higher number, except inside a circle."""
    levels: Ints
    """The length of the longest chain that leads to every node, ascending. A circle counts as one node."""
    circles: Sequence[tuple[int, int]]
    """The first node of every circle, and the one behind its last."""
    paper: NodeFunction = itself
    """The paper of a node, where nodes are stages of papers: no paper may repeat on a path."""
    circle_steps: int = CIRCLE_STEPS
    """How many steps the paths from one start may take inside one circle at the most."""

    def counts(self, starts: Sequence[int]) -> Counted:
        """Count the simple paths from each of some nodes to every node, exactly."""
        most_added = int(np.diff(self.network.references_at).max(initial=1))
        first = np.zeros((self.network.nodes, len(starts)), np.bool_)
        first[starts, np.arange(len(starts))] = True
        counts = _Counts(LongCounts(first, most_added), np.zeros_like(first))
        if len(starts):
            self._run(counts)
        return Counted(counts.paths, counts.unknown)

    def longest(self, start: int) -> Ints:
        """The hops of the longest simple path from a node to every node; less than 0 where there is none.

        It has no meaning where the number of paths is unknown.
        """
        hops = np.full(self.network.nodes, NO_PATH, np.int32)
        hops[start] = 0
        self._run(_Longest(hops))
        return hops

    def nearest(self, start: int) -> Ints:
        """How many hops lead from a node to every node at least: in and behind a circle of three or more, or fewer.

        It is very large where no path leads.
        """
        hops = np.full(self.network.nodes, -NO_PATH, np.int32)
        hops[start] = 0
        self._run(_Nearest(hops))
        return hops

    def _run(self, values: _Values) -> None:
        """Let every node take up what those know that it cites; circles do it by themselves."""
        at, cited = self._between_circles
        bounds = np.flatnonzero(np.diff(self.levels, prepend=-1, append=-1)).tolist()
        for first, behind in pairwise(bounds):
            nodes: slice | Longs = slice(first, behind)
            begins = at[first:behind]
            circles, pairs = self._circles_at.get(first, ((), None))
            if circles or pairs is not None:  # a node of a circle may cite nothing outside it
                has_any = at[first + 1 : behind + 1] > begins
                nodes, begins = first + np.flatnonzero(has_any), begins[has_any]
            if at[behind] > at[first]:
                values.come_in(nodes, cited[at[first] : at[behind]], begins - at[first])
            if pairs is not None:
                values.pass_pairs(pairs)
            for circle in circles:
                values.pass_circle(circle)

    @cached_property
    def _circle_of(self) -> Ints:
        """The number of the circle of every node, and -1 outside of circles."""
        circle = np.full(self.network.nodes, -1, np.int32)
        for number, (first, behind) in enumerate(self.circles):
            circle[first:behind] = number
        return circle

    @cached_property
    def _inside(self) -> Flags:
        """Whether each arc runs inside a circle."""
        circle = self._circle_of[self.network.citing]
        inside: Flags = (circle >= 0) & (circle == self._circle_of[self.network.references])
        return inside

    @cached_property
    def _between_circles(self) -> tuple[Longs, Ints]:
        """The arcs that run inside no circle: where those of each node begin, and what they lead from."""
        at, cited = self.network.references_at, self.network.references
        if not self.circles:
            return at, cited
        kept = ~self._inside
        before = np.concatenate([[0], np.cumsum(kept)])
        return before[at], cited[kept]

    @cached_property
    def _circles_at(self) -> dict[int, tuple[list[Circle], Longs | None]]:
        """The circles of a level, by its first node, and where two papers that cite each other begin.

        Most circles are such pairs, and numpy passes all of a level at once. Stages of one paper stand side by side
        without being a circle.
        """
        if not self.circles:
            return {}
        arcs = np.bincount(self._circle_of[self.network.citing[self._inside]], minlength=len(self.circles))
        first, behind = np.array(self.circles, np.int64).reshape(-1, 2).T
        paired = (behind - first == 2) & (arcs == 2) & (self.circle_steps >= PAIR_STEPS)
        level = np.searchsorted(self.levels, self.levels[first])
        found: dict[int, tuple[list[Circle], Longs | None]] = {}
        for number in np.flatnonzero((arcs > 0) & ~paired).tolist():
            bounds = int(first[number]), int(behind[number])
            circle = Circle(*bounds, self._part(*bounds), self.paper, self.circle_steps)
            found.setdefault(int(level[number]), ([], None))[0].append(circle)
        for at in np.unique(level[paired]).tolist():
            found[at] = (found.get(at, ([], None))[0], first[paired & (level == at)])
        return found

    def _part(self, first: int, behind: int) -> Digraph[int]:
        """The graph of some nodes that stand side by side; its cost is that of their citations alone."""
        at = self.network.references_at[first : behind + 1]
        citing, cited = np.repeat(np.arange(first, behind), np.diff(at)), self.network.references[at[0] : at[-1]]
        kept = (cited >= first) & (cited < behind)
        return Digraph(range(first, behind), zip(cited[kept].tolist(), citing[kept].tolist(), strict=True))


class _Counts:
    """The number of paths to every node from each start."""

    def __init__(self, paths: LongCounts, unknown: Flags) -> None:
        self.paths, self.unknown = paths, unknown
        self._some_are_unknown = False

    def come_in(self, nodes: slice | Longs, cited: Ints | Longs, begins: Longs) -> None:
        self.paths.add(nodes, cited, begins)
        if self._some_are_unknown:
            self.unknown[nodes] |= np.logical_or.reduceat(self.unknown[cited], begins, axis=0)

    def pass_pairs(self, first: Longs) -> None:
        both, others = np.concatenate([first, first + 1]), np.concatenate([first + 1, first])
        self.come_in(both, others, np.arange(len(both)))

    def pass_circle(self, circle: Circle) -> None:
        span = slice(circle.first, circle.behind)
        paths, unknown = circle.counts(self.paths.take(span), np.logical_or.reduce(self.unknown[span], axis=0))
        self.paths.put(span, paths)
        self.unknown[span] = unknown
        self._some_are_unknown |= bool(unknown.any())


class _Hops:
    """A number of hops for every node, which is what it is to the nodes that it cites and one more."""

    better: np.ufunc

    def __init__(self, hops: Ints) -> None:
        self.hops = hops

    def come_in(self, nodes: slice | Longs, cited: Ints | Longs, begins: Longs) -> None:
        self.hops[nodes] = self.better(self.hops[nodes], self.better.reduceat(self.hops.take(cited), begins) + 1)

    def pass_pairs(self, first: Longs) -> None:
        one, other = self.hops[first], self.hops[first + 1]
        self.hops[first], self.hops[first + 1] = self.better(one, other + 1), self.better(other, one + 1)


class _Longest(_Hops):
    """The hops of the longest path to every node."""

    better = np.maximum

    def pass_circle(self, circle: Circle) -> None:
        span = slice(circle.first, circle.behind)
        self.hops[span] = circle.longest(self.hops[span])


class _Nearest(_Hops):
    """The hops of the shortest path to every node; in a circle those of the nearest node in it."""

    better = np.minimum

    def pass_circle(self, circle: Circle) -> None:
        span = slice(circle.first, circle.behind)
        self.hops[span] = self.hops[span].min()
