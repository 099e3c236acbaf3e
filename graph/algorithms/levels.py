"""One pass through a network without circles, level by level, so that numpy does the work.

The level of a node is the length of the longest chain that leads to it. What a node knows follows from what its
references know, and these stand on lower levels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .digraph import Digraph, components
from .network import Flags, Ints, Longs, Masks, Network
from .rows import between_two, distinct, positions, rows_of

WORDS = 64
"""How many masks of 64 nodes go through the network at once, so that memory stays linear: 512 bytes a node."""
BLOCK = 64 * WORDS


MOST_PAIRS = 5 * 10**10
"""How many nodes times arcs sets may go through: some seconds."""


def affords_sets(network: Network) -> bool:
    """Whether the sets of nodes that lead to each node are found in some seconds: for some 100,000 papers."""
    return network.nodes * network.arcs <= MOST_PAIRS


@dataclass(frozen=True, eq=False)
class Levels:
    """A network without circles whose nodes are numbered anew, by level.

    >>> diamond = Levels.of(Network.of(4, [1, 2, 3, 3, 3], [0, 0, 1, 2, 0]))
    >>> diamond.count_leading().tolist(), diamond.implied().tolist()
    ([1, 2, 2, 4], [False, False, True, False, False])
    """

    order: Longs
    """The node of the network behind every number."""
    network: Network
    """The same arcs by the new numbers."""
    bounds: list[int]
    """Where each level begins, and where the last one ends."""

    @classmethod
    def of(cls, network: Network) -> Levels:
        """Find the levels."""
        citing = network.citing
        level = levels_of(network.nodes, citing, network.references)
        assert not (level < 0).any(), "the network has no circles"
        order = np.argsort(level, kind="stable")
        number = np.empty(network.nodes, np.int32)
        number[order] = np.arange(network.nodes, dtype=np.int32)
        bounds = np.concatenate([[0], np.cumsum(np.bincount(level))]).tolist()
        return cls(order, Network.of(network.nodes, number[citing], number[network.references]), bounds)

    def sweep(self, values: NDArray[Any], combine: np.ufunc, first: int = 0) -> None:
        """Let every node from a number on combine its value with those of its references, which go before it.

        `values` has a row for each node, and is changed in place; `combine` is `numpy.bitwise_or`, `numpy.minimum` or
        the like. Numbers lower than `first` have nothing to say.
        """
        at, references = self.network.references_at, self.network.references
        for begin, behind in pairwise(self.bounds[1:]):
            if behind > first:
                known = values.take(references[at[begin] : at[behind]], axis=0)
                values[begin:behind] = combine(
                    values[begin:behind], combine.reduceat(known, at[begin:behind] - at[begin], axis=0)
                )

    def _masks(self) -> Iterator[tuple[int, Masks]]:
        """For `BLOCK` nodes at a time, of which the first is given: which of them lead to each node or are it."""
        masks = np.zeros((self.network.nodes, WORDS), np.uint64)
        for first in range(0, self.network.nodes, BLOCK):
            masks.fill(0)
            bit = np.arange(min(BLOCK, self.network.nodes - first))
            masks[first + bit, bit // 64] = np.uint64(1) << (bit % 64).astype(np.uint64)
            self.sweep(masks, np.bitwise_or, first)
            yield first, masks

    def gathered(self, masks: Masks) -> Masks:
        """What each node of the network knows when it takes up what those know that lead to it.

        The masks, nodes x words, say what each knows of its own, as bits. One machine word's work for every arc and
        word.

        >>> diamond = Levels.of(Network.of(4, [1, 2, 3, 3], [0, 0, 1, 2]))
        >>> diamond.gathered(np.array([[1], [0], [2], [0]], np.uint64)).tolist()
        [[1], [1], [3], [3]]
        """
        known = masks[self.order]
        self.sweep(known, np.bitwise_or)
        return self._by_node(known)

    def count_leading(self, sizes: NDArray[Any] | None = None) -> Longs:
        """How many nodes lead to each node of the network, itself included, exactly.

        A node counts for as many as its size says, or for one. One machine word's work for every arc and 64 nodes.
        """
        counts = np.zeros(self.network.nodes, np.int64)
        for first, masks in self._masks():
            counts[first:] += np.bitwise_count(masks[first:]).sum(axis=1, dtype=np.int64)
        if sizes is not None:
            weights = sizes[self.order]
            for node in np.flatnonzero(weights > 1).tolist():
                reached = np.zeros(self.network.nodes, np.bool_)
                reached[node] = True
                self.sweep(reached, np.logical_or, node)
                counts += reached * (int(weights[node]) - 1)
        return self._by_node(counts)

    def implied(self) -> Flags:
        """Whether a longer chain implies each arc, in the order of the network's references.

        As costly as `count_leading`, and a step more for every two references of one node.
        """
        at, references = self.network.references_at, self.network.references
        citing = self.network.citing
        implied = np.zeros(len(references), np.bool_)
        for first, masks in self._masks():
            arcs = np.flatnonzero((references >= first) & (references < first + BLOCK))
            if not len(arcs):
                continue
            beside = at[citing[arcs] + 1] - at[citing[arcs]]
            cited, other = np.repeat(references[arcs], beside), references[positions(at, citing[arcs])]
            bit = cited - first
            leads = masks[other, bit // 64] >> (bit % 64).astype(np.uint64) & np.uint64(1)
            begins = np.cumsum(beside) - beside
            implied[arcs] = np.logical_or.reduceat((leads > 0) & (other != cited), begins)
        pairs = self.order[citing] * self.network.nodes + self.order[references]
        found: Flags = implied[np.argsort(pairs)]
        return found

    def _by_node(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values by the nodes of the network."""
        placed = np.empty_like(values)
        placed[self.order] = values
        return placed


def levels_of(nodes: int, citing: Ints, cited: Ints) -> Ints:
    """The length of the longest chain that leads to every node; -1 for those that are in a circle or behind one."""
    citing, cited = between_two(citing, cited)
    citers_at, citers = rows_of(nodes, cited, citing)
    level = np.full(nodes, -1, np.int32)
    left = np.bincount(citing, minlength=nodes)
    front = np.flatnonzero(left == 0)
    step = 0
    while len(front):
        level[front] = step
        step += 1
        reached = citers[positions(citers_at, front)]
        np.subtract.at(left, reached, 1)
        front = distinct(reached[left[reached] == 0])
    return level


def levels_and_groups(nodes: int, citing: Ints, cited: Ints) -> tuple[Ints, Ints]:
    """For every node the length of the longest chain that leads to it, and a number for its circle.

    Arcs run cited -> citing; one may be there more than once. All nodes of a circle have the level of the circle and
    one group; every other node is a group of its own. Linear in nodes and arcs.

    >>> level, group = levels_and_groups(4, np.array([1, 2, 1, 3]), np.array([0, 1, 2, 2]))
    >>> level.tolist(), group.tolist()
    ([0, 1, 1, 2], [0, 1, 1, 3])
    """
    level = levels_of(nodes, citing, cited)
    group = np.arange(nodes, dtype=np.int32)
    if (level < 0).any():
        group = _groups(nodes, citing, cited, level < 0)
        level = levels_of(nodes, group[citing], group[cited])[group]
    return level, group


def _groups(nodes: int, citing: Ints, cited: Ints, tangled: Flags) -> Ints:
    """A number for every node that all nodes of its circle share, and no other: the least of their numbers.

    `tangled` are the nodes that may be in a circle. Most circles are two papers that cite each other. They become one
    node first, in arrays; what is still in or between circles then is searched as a graph of lists.
    """
    tangled = tangled & (levels_of(nodes, cited, citing) < 0)
    kept = tangled[citing] & tangled[cited]
    group = _pairs(nodes, citing[kept], cited[kept])
    citing, cited = group[citing[kept]], group[cited[kept]]
    tangled = (levels_of(nodes, citing, cited) < 0) & (levels_of(nodes, cited, citing) < 0)
    kept = tangled[citing] & tangled[cited] & (citing != cited)
    core = Digraph(np.flatnonzero(tangled).tolist(), zip(cited[kept].tolist(), citing[kept].tolist(), strict=True))
    least = np.arange(nodes, dtype=np.int32)
    for circle in components(core):
        least[circle] = min(circle)
    found: Ints = least[group]
    return found


def _pairs(nodes: int, citing: Ints, cited: Ints) -> Ints:
    """For every node the least number of those with which it is joined by papers that cite each other.

    >>> _pairs(4, np.array([1, 0, 2, 1, 3]), np.array([0, 1, 1, 2, 2])).tolist()
    [0, 0, 0, 3]
    """
    ends = np.minimum(citing, cited).astype(np.int64) * nodes + np.maximum(citing, cited)
    ends = distinct(ends << 1 | (citing < cited)) >> 1  # an arc counts once in each direction
    mutual = ends[:-1][ends[1:] == ends[:-1]]
    one, other = mutual // nodes, mutual % nodes
    least = np.arange(nodes, dtype=np.int32)
    while (least[one] != least[other]).any():
        both = least[one], least[other]
        np.minimum.at(least, np.maximum(*both), np.minimum(*both))
        least = least[least]
    return least


def in_order(level: Ints, group: Ints) -> Longs:
    """The places of nodes by their level, then by their group, then as they come."""
    bits = len(group).bit_length()
    keys = (level.astype(np.int64) << bits) | group
    if (group == np.arange(len(group))).all():  # numbers themselves are sorted faster than places are found
        keys.sort()
        return keys & ((1 << bits) - 1)
    return np.argsort(keys, kind="stable")


def runs(groups: Ints) -> list[tuple[int, int]]:
    """The runs of more than one node of the same group."""
    bounds = np.flatnonzero(np.diff(groups, prepend=-1, append=-1))
    first = np.flatnonzero(np.diff(bounds) > 1)
    return list(zip(bounds[first].tolist(), bounds[first + 1].tolist(), strict=True))
