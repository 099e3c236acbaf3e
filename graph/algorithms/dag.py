"""A directed graph without circles: its nodes are numbered so that every arc runs to a higher number.

Arcs run cited -> citing and stand in one order: by the node where they begin. What is computed for each node or arc is
a list in this order; `Counts` shows such a list by labels.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .budget import ASK_EVERY, stop_if_abandoned
from .digraph import Graph, arcs_of, topological
from .level_sweep import LevelSweep, coming_free
from .network import Ints, Longs, Network
from .products import near_greatest, numbers_at
from .rows import positions

N = TypeVar("N", bound=Hashable)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Dag(Generic[N]):
    """A directed graph without circles.

    >>> dag = Dag("abc", Network.of(3, [1, 2, 2], [0, 0, 1]))  # b cites a, c cites a and b
    >>> list(dag.edges), dag.successors("a"), dag.between("b", "c").nodes
    ([('a', 'b'), ('a', 'c'), ('b', 'c')], ['b', 'c'], ['b', 'c'])
    """

    nodes: Sequence[N]
    """The label of every node, in topological order."""
    network: Network
    """The arcs, by the places of their nodes."""

    @classmethod
    def of(cls, graph: Graph[N]) -> Dag[N]:
        """Number the nodes of a graph.

        Raises `InputError` when the graph has a circle.
        """
        if isinstance(graph, Dag):
            return graph
        try:
            nodes = topological(graph)
        except ValueError:
            raise InputError("the graph has circles", remedy="remove them first with graph.analysis.acyclic") from None
        place = {node: n for n, node in enumerate(nodes)}
        arcs = np.array([(place[one], place[other]) for one, other in arcs_of(graph)], np.int32).reshape(-1, 2)
        return cls(nodes, Network.of(len(nodes), arcs[:, 1], arcs[:, 0]))

    @classmethod
    def ranked(cls, labels: Sequence[N], network: Network, rank: Longs) -> Dag[N]:
        """Number the nodes of a network; of those that could come next, the one of the least rank comes first.

        Raises `ValueError` when the network has a circle.
        """
        citing = network.citing
        if (rank[network.references] < rank[citing]).all():
            order = np.argsort(rank)
        else:
            order = np.array(topological(network.part(range(network.nodes)), rank.tolist().__getitem__), np.int64)
        return cls(labels, network).renumbered(order)

    def renumbered(self, order: NDArray[Any]) -> Dag[N]:
        """The same graph in another order of its nodes, which are given by their places here."""
        place = np.empty(len(self), np.int32)
        place[order] = np.arange(len(self), dtype=np.int32)
        network = self.network
        return Dag(self.labels(order), Network.of(len(self), place[network.citing], place[network.references]))

    def in_levels(self) -> Dag[N]:
        """The same graph with its nodes in the order in which they come free, as networkx sorts them topologically.

        The arcs that leave a node keep their order.

        >>> Dag("abc", Network.of(3, [1], [0])).in_levels().nodes
        ['a', 'c', 'b']
        """
        order = np.concatenate([np.empty(0, np.int64), *coming_free(self.network)])
        found = self.renumbered(order)
        citers = self.network.citers[positions(self.network.citers_at, order)]
        place = np.empty(len(self), np.int32)
        place[order] = np.arange(len(self), dtype=np.int32)
        citers_at = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(self.network.citers_at)[order])])
        rows = found.network
        return Dag(found.nodes, Network.of_both(rows.references_at, rows.references, citers_at, place[citers]))

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[N]:
        return iter(self.nodes)

    def __contains__(self, node: Any) -> bool:
        return node in self.place

    @cached_property
    def place(self) -> Mapping[N, int]:
        """The place of every node in the order."""
        return {node: n for n, node in enumerate(self.nodes)}

    @cached_property
    def after(self) -> list[list[int]]:
        """The places of the nodes to which an arc leads from each node."""
        return _rows(self.network.citers_at, self.network.citers)

    @cached_property
    def before(self) -> list[list[int]]:
        """The places of the nodes from which an arc leads to each node, ascending."""
        return _rows(self.network.references_at, self.network.references)

    @cached_property
    def ends(self) -> tuple[Ints, Ints]:
        """The places where each arc begins and ends."""
        return self.network.cited, self.network.citers

    @cached_property
    def forward(self) -> LevelSweep:
        """A sweep along the arcs."""
        return LevelSweep.of(self.network)

    @cached_property
    def backward(self) -> LevelSweep:
        """A sweep against the arcs."""
        return LevelSweep.of(self.network.reversed())

    def labels(self, places: NDArray[Any]) -> list[N]:
        """The labels of some nodes by their places."""
        return [self.nodes[place] for place in places.tolist()]

    def successors(self, node: N) -> list[N]:
        """The nodes to which an arc leads from this one."""
        return [self.nodes[other] for other in self.after[self.place[node]]]

    def predecessors(self, node: N) -> list[N]:
        """The nodes from which an arc leads to this one."""
        return [self.nodes[other] for other in self.before[self.place[node]]]

    @property
    def edges(self) -> Iterator[tuple[N, N]]:
        """Every arc, in their order."""
        return (
            (node, self.nodes[other]) for node, others in zip(self.nodes, self.after, strict=True) for other in others
        )

    def arc(self, number: int) -> tuple[N, N]:
        """The two nodes of an arc, by its place among the arcs."""
        begins, ends = self.ends
        return self.nodes[int(begins[number])], self.nodes[int(ends[number])]

    def arc_number(self, arc: tuple[N, N]) -> int | None:
        """The place of an arc among the arcs; None where there is none."""
        one, other = (self.place.get(node) for node in arc)
        if one is None or other is None:
            return None
        found = np.flatnonzero(self.network.citers_of(one) == other)
        return int(self.network.citers_at[one] + found[0]) if len(found) else None

    def paths_to(self, begins: Callable[[int], bool], among: Sequence[bool] | None = None) -> list[int]:
        """How many paths end at each node that begin where `begins` says, exactly; `among` are the nodes to use."""
        counts: list[int] = []
        for node, before in enumerate(self.before):
            if node % ASK_EVERY == 0:
                stop_if_abandoned()
            used = among is None or among[node]
            counts.append(begins(node) + sum(map(counts.__getitem__, before)) if used else 0)
        return counts

    def paths_from(self, ends: Callable[[int], bool], among: Sequence[bool] | None = None) -> list[int]:
        """How many paths begin at each node that end where `ends` says, exactly; `among` are the nodes to use."""
        counts = [0] * len(self)
        for node in range(len(self) - 1, -1, -1):
            if node % ASK_EVERY == 0:
                stop_if_abandoned()
            if among is None or among[node]:
                counts[node] = ends(node) + sum(map(counts.__getitem__, self.after[node]))
        return counts

    def between(self, start: N, end: N) -> Dag[N]:
        """The part that lies between two nodes; empty when no path leads from the first to the second."""
        if start not in self.nodes or end not in self.nodes:
            return self.part(np.empty(0, np.int64))
        return self.part(self.network.between(self.nodes.index(start), self.nodes.index(end)))

    def part(self, places: NDArray[Any]) -> Dag[N]:
        """The graph of some nodes, by their places in ascending order, and the arcs between them."""
        return Dag(self.labels(places), self.network.induced(places))

    def arc_counts(self, values: Sequence[int]) -> Counts[tuple[N, N]]:
        """Show the count of every arc by its nodes."""
        return Counts(values, self.arc, self.arc_number)


class Counts(Mapping[K, int]):
    """A count of every node or of every arc, in order.

    `label` gives what is counted at a place in `values`, and `place` the way back: None for what is not counted.

    >>> counts = Counts([3, 7, 7], "abc".__getitem__, "abc".index)
    >>> counts["b"], counts.top(2), len(counts)
    (7, [('b', 7), ('c', 7)], 3)
    """

    def __init__(self, values: Sequence[int], label: Callable[[int], K], place: Callable[[K], int | None]) -> None:
        self.numbers = values
        self._label, self._place = label, place

    @classmethod
    def of(cls, counts: Mapping[K, int]) -> Counts[K]:
        """The counts of a mapping, in its order."""
        labels = list(counts)
        return cls(list(counts.values()), labels.__getitem__, {label: n for n, label in enumerate(labels)}.get)

    def __reduce__(self) -> tuple[Any, ...]:  # the callables know nothing of other processes
        return Counts.of, (dict(self.items()),)

    def __getitem__(self, key: K) -> int:
        place = self._place(key)
        if place is None:
            raise KeyError(key)
        return self.numbers[place]

    def __iter__(self) -> Iterator[K]:
        return map(self._label, range(len(self.numbers)))

    def __len__(self) -> int:
        return len(self.numbers)

    def items(self) -> ItemsView[K, int]:
        """What is counted, with its count."""
        return _Items(self)

    def values(self) -> ValuesView[int]:
        """The counts."""
        return _Values(self)

    def top(self, most: int) -> list[tuple[K, int]]:
        """The greatest, with what they count; equal ones in their order."""
        near = near_greatest(self.numbers, most)
        greatest = nlargest(most, zip(numbers_at(self.numbers, near), near, strict=True), key=itemgetter(0))
        return [(self._label(place), number) for number, place in greatest]

    def greatest(self) -> list[tuple[K, int]]:
        """All that tie for the greatest count, in their order.

        >>> Counts.of({"a": 7, "b": 3, "c": 7}).greatest()
        [('a', 7), ('c', 7)]
        """
        near = near_greatest(self.numbers, 1)
        numbers = numbers_at(self.numbers, near)
        most = max(numbers, default=0)
        return [(self._label(place), most) for place, number in zip(near, numbers, strict=True) if number == most]


class _Items(ItemsView[K, int]):
    """The counts of a mapping by label, without looking each up by its label."""

    _mapping: Counts[K]

    def __iter__(self) -> Iterator[tuple[K, int]]:
        return zip(self._mapping, self._mapping.numbers, strict=True)


class _Values(ValuesView[int]):
    """The counts of a mapping, without looking each up by its label."""

    _mapping: Counts[Any]

    def __iter__(self) -> Iterator[int]:
        return iter(self._mapping.numbers)


def _rows(at: Longs, to: Ints) -> list[list[int]]:
    numbers = to.tolist()
    return [numbers[first:behind] for first, behind in pairwise(at.tolist())]
