"""What lies between two nodes of a network whose order of lineage is known, cut out of it level by level.

Nothing is searched node by node: on a level stand side by side the nodes that are looked at next, and so do their arcs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .levels import in_order, levels_and_groups, runs
from .network import Flags, Ints, Longs, Network
from .ordered_part import NO_NODES, OrderedPart
from .rows import positions

DENSE = 8
"""Of more than one in so many nodes, all rows from the first to the last are read at once."""


def part_between(whole: OrderedPart, start: int, end: int, among: Flags | None = None) -> OrderedPart:
    """What lies between two nodes, in the order of lineage; no arc comes back to the first or leaves the second.

    `whole` is the order of a network (`graph.algorithms.ordered_part.ordered_part`), `start` and `end` are nodes of the
    network, and `among` marks those that may follow the first. The part is empty when no path leads from `start` to
    `end`.

    Linear in the nodes and arcs on the levels from that of the first to that of the second. Only circles among what
    lies between are put in order anew: without the arcs of the ends, and of nodes outside, fewer may be in them.

    >>> from graph.algorithms.ordered_part import ordered_part
    >>> square = Network.of(5, [1, 2, 3, 3, 4], [0, 0, 1, 2, 3])  # 0 -> 1 -> 3, 0 -> 2 -> 3, 3 -> 4
    >>> part = part_between(ordered_part(square, np.arange(5)), 0, 3)
    >>> part.members.tolist(), part.survey(0, 3)
    ([0, 1, 2, 3], PathCount(paths=2, longest=2))
    """
    begin, finish = whole.number(start), whole.number(end)
    if begin < 0 or finish < 0 or begin == finish or whole.levels[begin] > whole.levels[finish]:
        return NO_NODES
    if among is not None:
        kept = among[whole.members]
        if not kept[finish]:
            return NO_NODES
        kept[begin] = True
        return part_between(cut_out(whole, kept), start, end)
    between = _Window.of(whole, begin, finish).between()
    return NO_NODES if between is None else cut_out(whole, between, (begin, finish))


@dataclass(frozen=True, eq=False)
class _Window:
    """The levels from one node to another."""

    whole: OrderedPart
    begin: int
    finish: int
    """The two nodes, by their numbers in the order."""
    bounds: Sequence[int]
    """The first node of each level, and the one behind the last level."""
    circular: frozenset[int]
    """The first nodes of the levels on which there are circles."""

    @classmethod
    def of(cls, whole: OrderedPart, begin: int, finish: int) -> _Window:
        levels = whole.levels
        low, high = np.searchsorted(levels, levels[begin]), np.searchsorted(levels, levels[finish], side="right")
        steps = low + 1 + np.flatnonzero(levels[low + 1 : high] != levels[low : high - 1])
        circles = whole.circle_bounds[:, 0]
        circles = circles[np.searchsorted(circles, low) : np.searchsorted(circles, high)]
        first = np.searchsorted(levels, levels[circles])
        return cls(whole, begin, finish, [int(low), *steps.tolist(), int(high)], frozenset(first.tolist()))

    def between(self) -> Flags | None:
        """The nodes on walks from the first to the second; None where there is no walk."""
        after, arrived = self._after()
        return self._before(after) if arrived else None

    def _after(self) -> tuple[Flags, bool]:
        """The nodes to which walks lead from the first without leaving the second, and whether they come to it."""
        at, cited = self.whole.network.references_at, self.whole.network.references
        after = np.zeros(len(self.whole.members), np.bool_)
        after[self.begin] = True
        arrived = False
        for first, behind in pairwise(self.bounds):
            nodes = first + np.flatnonzero(np.diff(at[first : behind + 1]))  # on the lowest level some cite nothing
            if not len(nodes):
                continue
            arcs, begins = cited[at[first] : at[behind]], at[nodes] - at[first]
            while True:
                found = np.logical_or.reduceat(after.take(arcs), begins) & ~after[nodes]
                after[nodes[found]] = True
                if after[self.finish]:
                    arrived, after[self.finish] = True, False
                    found &= nodes != self.finish
                if first not in self.circular or not found.any():
                    break
        after[self.finish] = arrived
        return after, arrived

    def _before(self, after: Flags) -> Flags:
        """Of some nodes those from which walks lead to the second without coming back to the first."""
        at, cited = self.whole.network.references_at, self.whole.network.references
        before = np.zeros(len(after), np.bool_)
        before[self.finish] = True
        for behind, first in pairwise(self.bounds[::-1]):
            done = np.zeros(behind - first, np.bool_)
            while True:
                marked = before[first:behind] & after[first:behind] & ~done
                if first <= self.begin < behind:
                    marked[self.begin - first] = False
                if not marked.any():
                    break
                done |= marked
                before[cited[at[first] : at[behind]][np.repeat(marked, np.diff(at[first : behind + 1]))]] = True
                if first not in self.circular:
                    break
        return before & after


def cut_out(whole: OrderedPart, kept: Flags, ends: tuple[int, int] | None = None) -> OrderedPart:
    """The part that has some nodes of a part, by their numbers in it; no arc enters the first end or leaves the second.

    Circles that the other nodes, or the arcs of the ends, were needed for are none any more.
    """
    nodes = np.flatnonzero(kept)
    at, cited, inside = _rows(whole.network, nodes, kept)
    number = np.cumsum(kept, dtype=np.int32) - 1
    if ends is not None:
        begin = int(number[ends[0]])
        inside[at[begin] : at[begin + 1]] = False
        inside &= cited != ends[1]
    lengths = np.zeros(len(nodes), np.int64)
    some = at[1:] > at[:-1]
    lengths[some] = np.add.reduceat(inside, at[:-1][some], dtype=np.int32) if some.any() else 0
    network = Network(np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]), number.take(cited[inside]))
    first, last = whole.circle_bounds[:, 0], whole.circle_bounds[:, 1] - 1
    held = (number[last] - number[first] + kept[first]).astype(np.int64)
    members, levels = whole.members[nodes], whole.levels[nodes]
    if not (held > 1).any():
        return OrderedPart(members, network, [], levels, None if whole.papers is None else whole.papers[nodes])
    first, held = (number[first] + ~kept[first]).astype(np.int64)[held > 1], held[held > 1]
    if whole.papers is not None:  # stages of one paper stay side by side
        runs_left = list(zip(first.tolist(), (first + held).tolist(), strict=True))
        return OrderedPart(members, network, runs_left, levels, whole.papers[nodes])
    return _with_circles(members, network, levels, first, held)


def without_arcs(part: OrderedPart, dropped: Flags) -> OrderedPart:
    """The same nodes without some arcs, in an order in which only circles are put anew.

    >>> from graph.algorithms.ordered_part import ordered_part
    >>> pair = ordered_part(Network.of(3, [0, 1, 2], [1, 0, 1]), np.arange(3))  # 0 and 1 cite each other, and 2 cites 1
    >>> without_arcs(pair, pair.network.references == 0).members.tolist()
    [1, 0, 2]
    """
    at, cited = part.network.references_at, part.network.references
    left = Network(np.concatenate([np.zeros(1, np.int64), np.cumsum(~dropped)])[at], cited[~dropped])
    if not part.circles:
        return OrderedPart(part.members, left, [], part.levels)
    first, behind = part.circle_bounds.T
    return _with_circles(part.members, left, part.levels, first, behind - first)


def _rows(network: Network, nodes: Longs, kept: Flags) -> tuple[Longs, Ints, Flags]:
    """What some nodes cite: where it begins for each and ends for the last, the cited nodes, and which arcs to keep."""
    at = network.references_at
    low, high = (int(nodes[0]), int(nodes[-1]) + 1) if len(nodes) else (0, 0)
    if len(nodes) * DENSE < high - low:
        cited = network.references[positions(at, nodes)]
        lengths = at[nodes + 1] - at[nodes]
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]), cited, kept.take(cited)
    cited = network.references[at[low] : at[high]]
    inside = np.repeat(kept[low:high], np.diff(at[low : high + 1])) & kept.take(cited)
    return np.append(at[nodes], at[high]) - at[low], cited, inside


def _with_circles(members: Longs, network: Network, levels: Ints, first: Longs, length: Longs) -> OrderedPart:
    """A part whose nodes from some places on may be in circles: these are put in order, each circle on its level."""
    circle = np.full(len(members), -1, np.int32)
    tangled = np.repeat(first - np.cumsum(length) + length, length) + np.arange(length.sum())
    circle[tangled] = np.repeat(np.arange(len(first), dtype=np.int32), length)
    at = network.references_at
    cited, citing = network.references[positions(at, tangled)], np.repeat(tangled, at[tangled + 1] - at[tangled])
    within = circle[cited] == circle[citing]
    place = np.zeros(len(members), np.int32)
    place[tangled] = np.arange(len(tangled), dtype=np.int32)
    level, group = levels_and_groups(len(tangled), place[citing[within]], place[cited[within]])
    inner, groups = np.zeros(len(members), np.int64), np.arange(len(members), dtype=np.int32)
    inner[tangled], groups[tangled] = level, tangled[group]
    combined = levels * np.int64(len(tangled) + 1) + inner
    order = in_order(np.unique(combined, return_inverse=True)[1].astype(np.int32), groups)
    number = np.empty(len(members), np.int32)
    number[order] = np.arange(len(members), dtype=np.int32)
    combined = combined[order]
    found = Network.of(len(members), number[network.citing], number[network.references])
    steps = np.concatenate([[0], np.cumsum(combined[1:] != combined[:-1])]).astype(np.int32)
    return OrderedPart(members[order], found, runs(groups[order]), steps)
