"""A directed graph without circles: its nodes are numbered so that every arc runs to a higher number.

Arcs run cited -> citing and stand in one order: by the node where they begin. What is computed for each node or arc is
a list in this order; `Counts` shows such a list by labels.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .budget import ASK_EVERY, stop_if_abandoned
from .digraph import Graph, arcs_of, topological
from .network import Ints, Longs, Network
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
        begins, ends = self.ends
        return Dag([self.nodes[old] for old in order.tolist()], Network.of(len(self), place[ends], place[begins]))

    def in_levels(self) -> Dag[N]:
        """The same graph with its nodes in the order in which they come free, as networkx sorts them topologically.

        The arcs that leave a node keep their order.

        >>> Dag("abc", Network.of(3, [1], [0])).in_levels().nodes
        ['a', 'c', 'b']
        """
        waiting_for = [len(before) for before in self.before]
        order = [node for node, waiting in enumerate(waiting_for) if not waiting]
        for node in order:  # grows while the loop runs
            for other in self.after[node]:
                waiting_for[other] -= 1
                if not waiting_for[other]:
                    order.append(other)
        found = self.renumbered(np.array(order, np.int64))
        citers = self.network.citers[positions(self.network.citers_at, np.array(order, np.int64))]
        place = np.empty(len(self), np.int32)
        place[order] = np.arange(len(self), dtype=np.int32)
        rows = found.network
        return Dag(found.nodes, Network.of_both(rows.references_at, rows.references, rows.citers_at, place[citers]))

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
        if start not in self or end not in self:
            return self.part(np.empty(0, np.int64))
        return self.part(self.network.between(self.place[start], self.place[end]))

    def part(self, places: NDArray[Any]) -> Dag[N]:
        """The graph of some nodes, by their places in ascending order, and the arcs between them."""
        return Dag([self.nodes[place] for place in places.tolist()], self.network.induced(places))

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
        return Counts.of, (dict(self),)

    def __getitem__(self, key: K) -> int:
        place = self._place(key)
        if place is None:
            raise KeyError(key)
        return self.numbers[place]

    def __iter__(self) -> Iterator[K]:
        return map(self._label, range(len(self.numbers)))

    def __len__(self) -> int:
        return len(self.numbers)

    def top(self, most: int) -> list[tuple[K, int]]:
        """The greatest, with what they count; equal ones in their order."""
        places = nlargest(most, range(len(self)), key=self.numbers.__getitem__)
        return [(self._label(place), self.numbers[place]) for place in places]


def _rows(at: Longs, to: Ints) -> list[list[int]]:
    numbers = to.tolist()
    return [numbers[first:behind] for first, behind in pairwise(at.tolist())]
