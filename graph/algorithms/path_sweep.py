"""One sweep through a part of a network in the order of lineage: how many paths lead from some nodes to every node.

What a level knows follows from the levels below, so that numpy does the work, for all starts at once. Floats hold whole
numbers exactly up to `EXACT`; where the counts of a start grow past it, they are added up again as Python integers.
Inside a circle paths are followed one by one, from each node at which any path comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .digraph import Digraph
from .network import Flags, Ints, Longs, Network
from .path_counts import CIRCLE_STEPS, Walked, walk_inside
from .walks import NodeFunction, itself

EXACT = 2.0**53
"""A float that is a sum of counts is exact below it."""
PAIR_STEPS = 4
"""How many steps the paths inside a circle of two papers take: two from each."""
NO_PATH = -(2**40)
"""The length of a path that there is not: with all hops that follow it is still less than zero."""


@dataclass(frozen=True, eq=False)
class Counted:
    """How many paths lead from some nodes, the starts, to every node.

    Attributes
    ----------
    paths : array of float or of Python integers, nodes x starts
        Whole numbers; 1 for a start itself, and nothing of meaning where they are unknown.
    unknown : array of bool, nodes x starts
        Whether a circle on the way is too tangled to count, which does not mean that there is no path.
    """

    paths: NDArray[Any]
    unknown: Flags

    def of(self, node: int, start: int) -> int | None:
        """How many paths lead to a node from the start at this place; None where it is unknown."""
        return None if self.unknown[node, start] else int(self.paths[node, start])


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep through a part.

    Attributes
    ----------
    network : Network
        Arcs cited -> citing. Every arc runs to a higher number, except inside a circle.
    levels : array of int32
        The length of the longest chain that leads to every node, ascending. A circle counts as one node.
    circles : sequence of (int, int)
        The first node of every circle, and the one behind its last.
    paper : callable
        The paper of a node, where nodes are stages of papers: no paper may repeat on a path.
    circle_steps : int
        How many steps the paths from one start may take inside one circle at the most.

    Examples
    --------
    >>> diamond = Sweep(Network.of(4, [1, 2, 3, 3], [0, 0, 1, 2]), np.array([0, 1, 1, 2], np.int32), ())
    >>> diamond.counts([0, 1]).paths.tolist(), diamond.longest(0).tolist()
    ([[1.0, 0.0], [1.0, 1.0], [1.0, 0.0], [2.0, 1.0]], [0, 1, 1, 2])

    Notes
    -----
    Outside circles linear in nodes and arcs, times the starts and the length of the numbers.
    """

    network: Network
    levels: Ints
    circles: Sequence[tuple[int, int]]
    paper: NodeFunction = itself
    circle_steps: int = CIRCLE_STEPS

    def counts(self, starts: Sequence[int]) -> Counted:
        """Count the simple paths from each of some nodes to every node, exactly."""
        paths = np.zeros((self.network.nodes, len(starts)))
        paths[starts, range(len(starts))] = 1

        def pass_circle(circle: _Circle) -> None:
            arrived = paths[circle.first : circle.behind]
            paths[circle.first : circle.behind] = circle.counts(arrived, np.isnan(arrived))

        with np.errstate(over="ignore"):
            self._run(paths, np.add, pass_circle)
        unknown = np.isnan(paths)
        grown = np.flatnonzero(~(paths.max(axis=0, initial=0, where=~unknown) < EXACT))
        if not len(grown):
            return Counted(paths, unknown)
        exact = paths.astype(np.object_)
        exact[:, grown] = self._exact_counts(np.asarray(starts)[grown], unknown[:, grown])
        return Counted(exact, unknown)

    def _exact_counts(self, starts: NDArray[Any], unknown: Flags) -> NDArray[Any]:
        """The counts as Python integers, from starts of which it is known where they are unknown."""
        paths = np.zeros(unknown.shape, np.object_)
        paths[starts, range(len(starts))] = 1

        def pass_circle(circle: _Circle) -> None:
            span = slice(circle.first, circle.behind)
            paths[span] = circle.counts(paths[span], unknown[span])

        self._run(paths, np.add, pass_circle)
        return paths

    def longest(self, start: int) -> Longs:
        """The hops of the longest simple path from a node to every node; less than 0 where there is none.

        It has no meaning where the number of paths is unknown.
        """
        hops = np.full((self.network.nodes, 1), NO_PATH, np.int64)
        hops[start] = 0

        def pass_circle(circle: _Circle) -> None:
            hops[circle.first : circle.behind, 0] = circle.longest(hops[circle.first : circle.behind, 0])

        self._run(hops, np.maximum, pass_circle, per_hop=1)
        return hops[:, 0]

    def _run(
        self, values: NDArray[Any], combine: np.ufunc, pass_circle: Callable[[_Circle], None], per_hop: int = 0
    ) -> None:
        """Let every node combine its values with those of what it cites and a hop more; circles do it by themselves."""
        at, cited = self._between_circles
        rows = values[:, 0] if values.shape[1] == 1 else values  # numpy adds up numbers faster than rows of one
        bounds = np.flatnonzero(np.diff(self.levels, prepend=-1, append=-1)).tolist()
        for first, behind in pairwise(bounds):
            nodes: slice | Longs = slice(first, behind)
            begins = at[first:behind]
            circles, pairs = self._circles_at.get(first, ((), None))
            if circles or pairs is not None:  # a node of a circle may cite nothing outside it
                has_any = at[first + 1 : behind + 1] > begins
                nodes, begins = first + np.flatnonzero(has_any), begins[has_any]
            if at[behind] > at[first]:
                known = rows[cited[at[first] : at[behind]]]
                found = combine.reduceat(known, begins - at[first], axis=0)
                rows[nodes] = combine(rows[nodes], found + per_hop if per_hop else found)
            if pairs is not None:
                one, other = rows[pairs], rows[pairs + 1]
                rows[pairs], rows[pairs + 1] = combine(one, other + per_hop), combine(other, one + per_hop)
            for circle in circles:
                pass_circle(circle)

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
    def _circles_at(self) -> dict[int, tuple[list[_Circle], Longs | None]]:
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
        found: dict[int, tuple[list[_Circle], Longs | None]] = {}
        for number in np.flatnonzero((arcs > 0) & ~paired).tolist():
            bounds = int(first[number]), int(behind[number])
            circle = _Circle(*bounds, self._part(*bounds), self.paper, self.circle_steps)
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


class _Circle:
    """A circle, with the walks from the nodes at which paths have come in."""

    def __init__(self, first: int, behind: int, inside: Digraph[int], paper: NodeFunction, most_steps: int) -> None:
        self.first, self.behind = first, behind
        self._inside, self._paper, self._most_steps = inside, paper, most_steps
        self._walks: dict[int, Walked] = {}
        self._too_far: dict[int, int] = {}

    def _walked(self, entry: int, most: int) -> Walked | None:
        """The walks from a node; None when they take more than so many steps."""
        if entry not in self._walks and most > self._too_far.get(entry, -1):
            walked = walk_inside(self._inside, self.first + entry, most, self._paper)
            if walked is None:
                self._too_far[entry] = most
            else:
                self._walks[entry] = walked
        found = self._walks.get(entry)
        return None if found is None or found.steps > most else found

    def counts(self, arrived: NDArray[Any], unknown: Flags) -> NDArray[Any]:
        """The paths that come to each node, for each start, by those that come in; unknown ones are NaN in floats.

        Parameters
        ----------
        arrived : array, nodes of the circle x starts
        unknown : array of bool, nodes of the circle x starts
            Where it is not known how many come in.
        """
        paths = np.zeros_like(arrived)
        lost: Flags = np.logical_or.reduce(unknown, axis=0)
        left = np.full(len(lost), self._most_steps)
        came = arrived > 0
        for entry in np.flatnonzero(came.any(axis=1)).tolist():
            here = came[entry].astype(np.bool_) & ~lost
            if not here.any():
                continue
            walked = self._walked(entry, int(left[here].max()))
            if walked is None:
                lost |= here
                continue
            left[here] -= walked.steps
            lost |= left < 0
            for node, found in walked.found.items():
                paths[node - self.first] += found.paths * arrived[entry]
        if arrived.dtype != np.object_:
            paths[:, lost] = np.nan
        return paths

    def longest(self, arrived: Longs) -> Longs:
        """The hops of the longest path to each node, by those of the paths that come in."""
        hops = np.full_like(arrived, NO_PATH)
        for entry in np.flatnonzero(arrived >= 0).tolist():
            walked = self._walked(entry, self._most_steps)
            for node, found in walked.found.items() if walked else ():
                hops[node - self.first] = max(int(hops[node - self.first]), int(arrived[entry]) + found.longest)
        return hops
