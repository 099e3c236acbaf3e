"""Simple paths of a directed graph, one after the other: the cheapest or the heaviest first.

The shortest first, or the longest: `graph.algorithms.ordered_part.OrderedPart.paths`.

A simple path visits no node twice. Nothing here assumes that the graph has no circles. Where paths must pass some
papers, the graph is that of `graph.algorithms.constrained_paths.Itinerary.stages`. Its nodes are stages of papers:
`paper` gives the paper of a node, and no paper may repeat on a path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from heapq import heappop, heappush, nsmallest
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np

from .budget import Budget, stop_if_abandoned
from .digraph import Graph
from .graph_paths import N, ordered_graph
from .network import Longs
from .ordered_part import OrderedPart
from .walks import NodeFunction, itself

T = TypeVar("T")
_BILLION = 10**9
_PLACE = 4
"""How many bytes hold the place of a node: the places of a path, one after the other, sort as the path does."""
_ENTRY = 250
"""About how many bytes an entry of the heap takes beside those places."""


class _Child(NamedTuple):
    """A successor: the least cost of what follows by way of it, its place, its number, and the cost of the arc."""

    least: int
    place: bytes
    node: int
    cost: int


class _Entry(NamedTuple):
    """The paths that begin with a path: the least cost of one, the places of the path, and where the path came from.

    It stands for these, and for those by the later children of the node before the last.
    """

    least: int
    places: bytes
    spent: int
    parent: int
    child: int


def best_paths(
    part: OrderedPart,
    start: int,
    end: int,
    costs: Callable[[Longs, Longs], Sequence[int]],
    rank: Callable[[int], Any],
    *,
    most: int | None = None,
    budget: Budget | None = None,
) -> Iterator[tuple[int, ...]]:
    """All simple paths from one node of a network to another, lazily, the least sum of `costs` first.

    Best first, with the exact cost of the rest as the bound (the A* search), and of the children of a node only the
    next best is kept. Outside circles every step belongs to a path that comes before any dearer one: a path takes as
    many steps as it has nodes, and of the heap `most` entries are kept. In circles a step may lead nowhere.

    `part` is what lies between the two (`graph.algorithms.part_between.part_between`); all nodes are those of the
    network. `costs` takes the nodes that arcs lead from and to, and gives exact integers, so that equal sums are equal;
    they may be negative, but around a circle the sum must be at least 0. Of equally cheap paths the shorter comes
    first, then the one that does by `rank`, the sorting key of a node. `most` is how many paths will be asked for;
    fewer need less memory. The steps of `budget` are spent; the paths end where it ends.
    """
    if not len(part.members):
        return
    begin, finish = part.number(start), part.number(end)
    search = _Search.of(part, finish, costs, rank)
    heap: list[_Entry] = []
    held = 0
    wanted = most

    def push(places: bytes, spent: int, parent: int, child: int) -> int:
        entry = search.entry(places, spent, parent, child)
        if entry is None:
            return 0
        heappush(heap, entry)
        return _ENTRY + len(entry.places)

    root = search.place(begin)
    if search.children(begin):
        held += push(root, 0, begin, 0)
    while heap and (budget is None or budget.step(held)):
        entry = heappop(heap)
        held -= _ENTRY + len(entry.places)
        reached = search.children(entry.parent)[entry.child]
        held += push(entry.places[:-_PLACE], entry.spent, entry.parent, entry.child + 1)
        if reached.node != finish:
            held += push(entry.places, entry.spent + reached.cost, reached.node, 0)
        else:
            yield search.path(entry.places)
            wanted = None if wanted is None else wanted - 1
        if wanted is not None and not part.has_circles and len(heap) > 2 * wanted + 64:
            heap = nsmallest(wanted, heap)  # every entry has a path of its least cost; ascending, so still a heap
            held = sum(_ENTRY + len(each.places) for each in heap)


class _Search:
    """What a search for the best paths knows of every node, computed once."""

    def __init__(self, part: OrderedPart, costs: list[list[int]], rest: list[int | None], order: list[int]) -> None:
        self._part, self._costs, self._rest, self._order = part, costs, rest, order
        self._members = part.members.tolist()
        self._paper = part.papers.tolist() if part.papers is not None else list(range(len(order)))
        self._place = [b""] * len(order)
        for place, node in enumerate(order):
            self._place[node] = place.to_bytes(_PLACE, "big")
        self.children = cache(self._sorted_children)

    @classmethod
    def of(
        cls,
        part: OrderedPart,
        finish: int,
        costs: Callable[[Longs, Longs], Sequence[int]],
        rank: Callable[[int], Any],
    ) -> _Search:
        """Find the least cost from every node to the last, and the order of nodes by their rank.

        Costs and hops are one number, so that of equally cheap paths the shorter is the better.
        """
        members, network = part.members.tolist(), part.network
        hops = len(members) + 1
        every = [cost * hops + 1 for cost in costs(part.members[network.cited], part.members[network.citers])]
        rows = [every[first:behind] for first, behind in pairwise(network.citers_at.tolist())]
        order = sorted(range(len(members)), key=lambda node: (rank(members[node]), node))
        return cls(part, rows, _least_to(part, finish, rows), order)

    def place(self, node: int) -> bytes:
        """The place of a node in the order of ranks."""
        return self._place[node]

    def _sorted_children(self, node: int) -> list[_Child]:
        others = self._part.network.citers_of(node).tolist()
        return sorted(
            _Child(arc + rest, self._place[other], other, arc)
            for other, arc in zip(others, self._costs[node], strict=True)
            if (rest := self._rest[other]) is not None
        )

    def entry(self, places: bytes, spent: int, parent: int, child: int) -> _Entry | None:
        """The entry for a path that goes on to a child of its last node, or to the next one that it may go on to."""
        children = self.children(parent)
        if self._part.has_circles:
            papers = {self._paper[node] for node in self._nodes(places)}
            while child < len(children) and self._paper[children[child].node] in papers:
                child += 1
        if child >= len(children):
            return None
        found = children[child]
        return _Entry(spent + found.least, places + found.place, spent, parent, child)

    def _nodes(self, places: bytes) -> list[int]:
        return [self._order[place] for place in np.frombuffer(places, ">u4").tolist()]

    def path(self, places: bytes) -> tuple[int, ...]:
        """The nodes of the network at some places."""
        return tuple(self._members[node] for node in self._nodes(places))


def _least_to(part: OrderedPart, finish: int, costs: list[list[int]]) -> list[int | None]:
    """The least cost from every node to the last; None where no arc leads on."""
    rest: list[int | None] = [None] * len(part.members)
    rest[finish] = 0

    def settle(node: int) -> bool:
        known = rest[node]
        for other, arc in zip(part.network.citers_of(node).tolist(), costs[node], strict=True):
            after = rest[other]
            if after is not None and (known is None or arc + after < known):
                known = arc + after
        changed = known != rest[node]
        rest[node] = known
        return changed

    circle_before = {behind: first for first, behind in part.circles}
    behind = len(rest)
    while behind:
        first = circle_before.get(behind, behind - 1)
        nodes = range(behind - 1, first - 1, -1)
        while sum(map(settle, nodes)) and len(nodes) > 1:  # until nothing changes
            stop_if_abandoned()
        behind = first
    return rest


def cheapest_paths(
    graph: Graph[N],
    start: N,
    end: N,
    cost: Callable[[N, N], float],
    *,
    rank: NodeFunction = itself,
    paper: NodeFunction = itself,
    most_hops: int | None = None,
) -> Iterator[tuple[N, ...]]:
    """All simple paths, lazily, the least sum of `cost` first, then the shortest, then by `rank`.

    See `best_paths`. A `cost` is zero or more, to the billionth. `rank`, `paper` and `most_hops` are as for
    `graph.algorithms.graph_paths.shortest_paths`.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "c"), ("a", "b"), ("b", "c")])
    >>> list(cheapest_paths(graph, "a", "c", lambda cited, citing: 5 if (cited, citing) == ("a", "c") else 1))
    [('a', 'b', 'c'), ('a', 'c')]
    """
    part, node, ends = ordered_graph(graph, start, end, paper)
    found = best_paths(
        part,
        *ends,
        lambda ones, others: [
            round(cost(node(one), node(other)) * _BILLION)
            for one, other in zip(ones.tolist(), others.tolist(), strict=True)
        ],
        lambda number: rank(node(number)),
    )
    paths = (tuple(map(node, path)) for path in found)
    return paths if most_hops is None else (path for path in paths if len(path) <= most_hops + 1)
