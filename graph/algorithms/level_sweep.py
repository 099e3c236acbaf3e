"""One sweep along the arcs of a network without circles, level by level: counts of paths, and sums of weights.

Nodes keep their numbers, so that what is known of an arc stands where the arc stands in the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from .budget import stop_if_abandoned
from .long_counts import LongCounts
from .network import Flags, Ints, Longs, Network
from .rows import positions

Floats = NDArray[np.float64]


def coming_free(network: Network) -> Iterator[Longs]:
    """The nodes that come free at each step, once all that they cite have, in the order in which they do.

    What cites one node comes free in the order of its citers. So networkx sorts nodes topologically.

    >>> [nodes.tolist() for nodes in coming_free(Network.of(4, [1, 3, 2], [0, 0, 3]))]
    [[0], [1, 3], [2]]
    """
    waiting_for = np.diff(network.references_at)
    last = np.empty(network.nodes, np.int64)
    free = np.flatnonzero(waiting_for == 0)
    while len(free):
        stop_if_abandoned()
        yield free
        reached = network.citers[positions(network.citers_at, free)]
        np.subtract.at(waiting_for, reached, 1)
        found = reached[waiting_for[reached] == 0].astype(np.int64)
        place = np.arange(len(found))
        last[found] = place  # of the times that a node is reached, the last frees it
        free = found[last[found] == place]


@dataclass(frozen=True, eq=False)
class LevelSweep:
    """A sweep through a network; what a node takes up comes from its references.

    >>> diamond = LevelSweep.of(Network.of(4, [1, 2, 3, 3], [0, 0, 1, 2]))
    >>> diamond.from_first.of(3, 0), diamond.from_all.of(3, 0), diamond.levels.tolist()
    (2, 5, [0, 1, 1, 2])
    >>> diamond.greatest_sums(np.array([1.0, 5.0, 1.0, 1.0])).tolist()
    [0.0, 1.0, 5.0, 6.0]
    """

    network: Network
    order: Longs
    """The nodes, level by level."""
    bounds: list[int]
    """Where each level begins in the order, and where the last one ends."""

    @classmethod
    def of(cls, network: Network) -> LevelSweep:
        """Find the levels."""
        levels = list(coming_free(network))
        assert sum(map(len, levels)) == network.nodes, "the network has no circles"
        return cls(network, np.concatenate([np.empty(0, np.int64), *levels]), [0, *accumulate(map(len, levels))])

    @cached_property
    def levels(self) -> Longs:
        """The level of every node: the length of the longest chain that leads to it."""
        levels = np.empty(self.network.nodes, np.int64)
        levels[self.order] = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        return levels

    @cached_property
    def from_first(self) -> LongCounts:
        """How many paths lead to every node that begin on the first level, exactly."""
        return self._counts(self.levels == 0)

    @cached_property
    def from_all(self) -> LongCounts:
        """How many paths lead to every node, exactly; that of no arc is one of them."""
        return self._counts(np.ones(self.network.nodes, np.bool_))

    def _counts(self, begins: Flags) -> LongCounts:
        counts = LongCounts(begins[:, np.newaxis], int(np.diff(self.network.references_at).max(initial=1)))
        for nodes, arcs, bounds in self._steps():
            counts.add(nodes, self._cited[arcs], bounds)
        return counts

    def greatest_sums(self, weights: Floats) -> Floats:
        """The greatest sum of the weights of arcs on a path to each node; they are in the order of the references."""
        sums, in_order = np.zeros(self.network.nodes), weights[self._arcs]
        for nodes, arcs, bounds in self._steps():
            sums[nodes] = np.maximum.reduceat(sums.take(self._cited[arcs]) + in_order[arcs], bounds)
        return sums

    def _steps(self) -> Iterator[tuple[Longs, slice, Longs]]:
        """Of each level but the first its nodes, the places of their arcs in order, and where those of each begin."""
        places = self._begins[self.bounds[1:]].tolist()
        for (first, behind), (low, high) in zip(pairwise(self.bounds[1:]), pairwise(places), strict=True):
            stop_if_abandoned()
            yield self.order[first:behind], slice(low, high), self._begins[first:behind] - low

    @cached_property
    def _begins(self) -> Longs:
        """Where the arcs of each node begin, in the order of the sweep, and where the last ones end."""
        lengths = np.diff(self.network.references_at)[self.order]
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])

    @cached_property
    def _arcs(self) -> Longs:
        """The places of the arcs in the network, in the order of the sweep."""
        return positions(self.network.references_at, self.order)

    @cached_property
    def _cited(self) -> Ints:
        return self.network.references[self._arcs]
