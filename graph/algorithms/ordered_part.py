"""A part of a network in the order of lineage, and what one sweep through it tells: exact path counts.

Nodes are numbered anew, each behind all that lead to it; nodes of one circle stand side by side. So every path runs
to higher numbers, except inside a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .budget import Budget
from .digraph import Digraph
from .levels import Levels, in_order, levels_and_groups, runs
from .network import Ints, Longs, Masks, Network
from .path_counts import CIRCLE_STEPS, NO_PATHS, PathCount
from .path_sweep import Sweep
from .rows import distinct
from .walk_table import WalkTable
from .walks import NodeFunction, itself, paths_of_walks

SEARCHED_WHOLE = 20_000
"""Up to so many arcs it costs less to search for walks among all nodes than to find out which are near enough."""


@dataclass(frozen=True, eq=False)
class OrderedPart:
    """A part of a network, numbered in the order of lineage."""

    members: Longs
    """The number in the network of every node of the part."""
    network: Network
    """The arcs among them, by the numbers of the part."""
    circles: Sequence[tuple[int, int]]
    """The first node of every circle, and the one behind its last."""
    levels: Ints
    """The step at which every node can be reached; ascending. Arcs lead to higher levels, except inside a circle."""
    papers: Ints | None = None
    """The paper of every node, where nodes are stages of papers: no paper may repeat on a path, and stages of one
    paper, or of papers of one circle, stand side by side."""

    def number(self, member: int) -> int:
        """The number in the part of a node of the network; -1 where the part does not have it."""
        found = np.flatnonzero(self.members == member)
        return int(found[0]) if len(found) else -1

    @cached_property
    def circle_bounds(self) -> Longs:
        """The circles as an array of two columns."""
        return np.array(self.circles, np.int64).reshape(-1, 2)

    @cached_property
    def steps(self) -> list[tuple[int, int, bool]]:
        """Of every level its first node, the one behind its last, and whether there are circles on it."""
        bounds = np.flatnonzero(np.diff(self.levels, prepend=-1, append=-1))
        circular = np.zeros(max(0, len(bounds) - 1), np.bool_)
        circular[np.searchsorted(bounds, self.circle_bounds[:, 0], side="right") - 1] = True
        return list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), circular.tolist(), strict=True))

    @cached_property
    def turned(self) -> OrderedPart:
        """The part with all arcs turned round, and so numbered from its last node to its first; without circles."""
        last, network = len(self.members) - 1, self.network
        rows = Network(network.arcs - network.citers_at[::-1], last - network.citers[::-1])
        return OrderedPart(self.members[::-1], rows, [], self.levels[-1] - self.levels[::-1])

    @cached_property
    def groups(self) -> Longs:
        """The number of the circle of every node, or of the node where it is in none; in the order of lineage."""
        begins = np.ones(len(self.members), np.int64)
        for first, behind in self.circles:
            begins[first + 1 : behind] = 0
        groups: Longs = np.cumsum(begins) - 1
        return groups

    @cached_property
    def condensed(self) -> Network:
        """Every circle as one node, by the numbers of `groups`: without circles, and with each arc once."""
        citing = self.groups[self.network.citing]
        size = int(self.groups[-1]) + 1 if len(self.groups) else 0
        pairs = np.unique(citing * size + self.groups[self.network.references])
        return Network.of(size, pairs // max(size, 1), pairs % max(size, 1))

    @cached_property
    def forward(self) -> Levels:
        """The circles by level: each behind those that lead to it."""
        return Levels.of(self.condensed)

    @cached_property
    def backward(self) -> Levels:
        """The same against the arcs: each behind those to which it leads."""
        return Levels.of(self.condensed.reversed())

    def gathered(self, masks: Masks, *, back: bool = False) -> Masks:
        """What each node of the part knows with what those know that lead to it, or with `back` to which it leads.

        Nodes of a circle know the same. The masks are as for `Levels.gathered`.
        """
        if not len(self.members):
            return masks
        of_circles = np.bitwise_or.reduceat(masks, np.flatnonzero(np.diff(self.groups, prepend=-1)))
        return (self.backward if back else self.forward).gathered(of_circles)[self.groups]

    @cached_property
    def has_circles(self) -> bool:
        """Whether a walk can come back to a paper. Stages of one paper stand side by side without being a circle."""
        if not self.circles:
            return False
        return bool((self.groups[self.network.citing] == self.groups[self.network.references]).any())

    def survey(self, start: int, end: int, *, circle_steps: int = CIRCLE_STEPS) -> PathCount | None:
        """Count the simple paths from one node of the network to another, and find the length of the longest.

        The part lies between the two: see `graph.algorithms.part_between`. None when a circle is too tangled to count
        in `circle_steps`: unknown, not zero. Outside circles linear in nodes and arcs, times the length of the numbers.
        """
        if not len(self.members):
            return NO_PATHS
        begin, finish = self.number(start), self.number(end)
        sweep = self.sweep(circle_steps)
        total = sweep.counts([begin]).of(finish, 0)
        return None if total is None else PathCount(total, int(sweep.longest(begin)[finish]))

    def sweep(self, circle_steps: int = CIRCLE_STEPS) -> Sweep:
        """What counts the paths from nodes of the part, by their numbers in it."""
        paper: NodeFunction = itself if self.papers is None else self.papers.tolist().__getitem__
        return Sweep(self.network, self.levels, self.circles, paper, circle_steps)

    def unavoidable(self, start: int, end: int) -> list[int]:
        """The nodes of the network that no path from one to another avoids, in the order of the paths.

        All nodes of the part lie between the two, so what no arc jumps over cannot be avoided. What is in a circle is
        looked for between the nodes by which paths come into it and those by which they leave it. Linear.
        """
        if not len(self.members):
            return []
        ends = self.number(start), self.number(end)
        cited, citing = self.groups[self.network.references], self.groups[self.network.citing]
        jumping, size = cited + 1 < citing, int(self.groups[-1]) + 1
        steps = np.bincount(cited[jumping] + 1, minlength=size) - np.bincount(citing[jumping], minlength=size)
        single = np.flatnonzero(np.cumsum(steps) == 0)
        bounds = np.searchsorted(self.groups, np.stack([single, single + 1], axis=1)).tolist()
        nodes = (
            node
            for first, behind in bounds
            for node in ([first] if behind == first + 1 else self._unavoidable_in_circle(first, behind, *ends))
        )
        return [int(self.members[node]) for node in nodes if node not in ends]

    def _unavoidable_in_circle(self, first: int, behind: int, begin: int, finish: int) -> tuple[int, ...]:
        """Of the nodes from `first` to before `behind`, which no path avoids together, those that none avoids."""
        from .dominators import unavoidable  # paths need none

        cited, citing = self.network.references, self.network.citing
        from_it, to_it = ((first <= nodes) & (nodes < behind) for nodes in (cited, citing))
        entries = [begin] if first <= begin < behind else np.unique(citing[to_it & ~from_it]).tolist()
        exits = [finish] if first <= finish < behind else np.unique(cited[from_it & ~to_it]).tolist()
        inside = zip(cited[from_it & to_it].tolist(), citing[from_it & to_it].tolist(), strict=True)
        outside = [*((-1, entry) for entry in entries), *((each, -2) for each in exits)]
        return unavoidable(Digraph(arcs=[*outside, *inside]), -1, -2)

    def paths(
        self,
        start: int,
        end: int,
        rank: Callable[[int], Any],
        *,
        longest: int | None = None,
        longest_first: bool = False,
        budget: Budget | None = None,
    ) -> Iterator[tuple[int, ...]]:
        """All simple paths from one node of the network to another, lazily, the shortest first, then by `rank`.

        All nodes are those of the network. `longest` is the hops of the longest path, where they are known. The steps
        and bytes of `budget` are spent; the paths end where it ends.

        For each length in turn, a depth-first search that enters a node only if some walk from there to the end has
        exactly the steps that are left. Without circles every branch leads to a path.
        """
        if not len(self.members):
            return
        begin, finish = self.number(start), self.number(end)
        sweep = self.sweep()
        far = self.network.arcs > SEARCHED_WHOLE
        table = WalkTable(self.network, finish, sweep.nearest(begin) if far else None)
        if longest is None:
            longest = len(self.members) - 1 if self.has_circles else int(sweep.longest(begin)[finish])
        successors = cache(lambda node: self._by_rank(table.citers_of(node), rank))
        lengths: Iterable[int] = self._lengths(longest, budget)
        for length in reversed(list(lengths)) if longest_first else lengths:
            table.extend(length)
            if far:  # the table may have more citers now
                successors.cache_clear()
            if table.leads[length][begin]:
                for path in paths_of_walks(successors, table.leads, begin, length, sweep.paper, budget):
                    yield tuple(self.members[list(path)].tolist())

    def _by_rank(self, nodes: list[int], rank: Callable[[int], Any]) -> list[int]:
        """Nodes of the part, sorted by what the rank says of the nodes of the network."""
        return sorted(nodes, key=lambda node: rank(int(self.members[node])))

    def _lengths(self, longest: int, budget: Budget | None) -> Iterator[int]:
        """The lengths of paths, as far as the budget allows for the table of walks."""
        for length in range(1, longest + 1):
            if budget is not None and not budget.step(length * len(self.members)):
                return
            yield length


NO_NODES = OrderedPart(np.empty(0, np.int64), Network.of(0, [], []), [], np.empty(0, np.int32))
"""The part without nodes."""


def ordered_part(
    network: Network, members: NDArray[Any], ends: tuple[int, int] | None = None, papers: Ints | None = None
) -> OrderedPart:
    """Number some nodes of a network in the order of lineage.

    Arcs that enter the first of the `ends`, or leave the second, are left out. Nodes may be stages of `papers`, which
    has the paper of every node of the network. Linear in nodes and arcs: see `graph.algorithms.levels`.
    """
    chosen = distinct(np.asarray(members, np.int64))
    citing, cited = network.places_among(chosen)
    if ends is not None:
        start, end = np.searchsorted(chosen, ends)
        kept = (citing != start) & (cited != end)
        citing, cited = citing[kept], cited[kept]
    if papers is None:
        level, group = levels_and_groups(len(chosen), citing, cited)
        order, stages = in_order(level, group), None
    else:
        label = np.unique(papers[chosen], return_inverse=True)[1].astype(np.int32)
        level, group = levels_and_groups(int(label.max(initial=-1)) + 1, label[citing], label[cited])
        level, group = level[label], group[label]
        order = in_order(level, group)
        stages = label[order]
    number = np.empty(len(chosen), np.int32)
    number[order] = np.arange(len(chosen), dtype=np.int32)
    part = Network.of(len(chosen), number[citing], number[cited])
    return OrderedPart(chosen[order], part, runs(group[order]), level[order], stages)


def circles_of(part: OrderedPart) -> list[list[int]]:
    """The groups of nodes of the network of which each leads to every other, of more than one node each.

    >>> circles_of(ordered_part(Network.of(3, [0, 1, 2], [1, 0, 1]), np.arange(3)))
    [[0, 1]]
    """
    return [sorted(part.members[first:behind].tolist()) for first, behind in part.circles]
