"""A small directed graph for a part of a larger one: neighbours in lists, nothing else.

networkx takes a quarter of a second to load and some microseconds for every arc. A question about paths needs
neither: it looks at the part between two papers, by neighbours alone. Every algorithm of this package takes this
graph or a `networkx.DiGraph`, because both have `successors`, `predecessors`, `in`, `len` and iteration.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Any, Generic, Protocol, TypeVar

N = TypeVar("N", bound=Hashable)


class Graph(Protocol[N]):
    """What the algorithms ask of a graph: `Digraph` and `networkx.DiGraph` have it. Arcs run to successors."""

    def __contains__(self, node: Any) -> bool: ...
    def __iter__(self) -> Iterator[N]: ...
    def __len__(self) -> int: ...
    def successors(self, node: N) -> Iterable[N]: ...  # noqa: D102
    def predecessors(self, node: N) -> Iterable[N]: ...  # noqa: D102


class Digraph(Generic[N]):
    """A directed graph without parallel arcs.

    Nodes are iterated over in their order. Each arc is given once; both its nodes are added where they are missing.

    >>> graph = Digraph("abc", [("a", "b"), ("b", "c")])
    >>> graph.successors("a"), graph.predecessors("c"), "x" in graph, len(graph)
    (['b'], ['b'], False, 3)
    """

    __slots__ = ("_predecessors", "_successors")

    def __init__(self, nodes: Iterable[N] = (), arcs: Iterable[tuple[N, N]] = ()) -> None:
        self._successors: dict[N, list[N]] = {node: [] for node in nodes}
        self._predecessors: dict[N, list[N]] = {node: [] for node in self._successors}
        for one, other in arcs:
            self._successors.setdefault(one, []).append(other)
            self._predecessors.setdefault(other, []).append(one)
            self._successors.setdefault(other, [])
            self._predecessors.setdefault(one, [])

    def __contains__(self, node: Any) -> bool:
        return node in self._successors

    def __iter__(self) -> Iterator[N]:
        return iter(self._successors)

    def __len__(self) -> int:
        return len(self._successors)

    def successors(self, node: N) -> list[N]:
        """The nodes to which an arc leads from this one."""
        return self._successors[node]

    def predecessors(self, node: N) -> list[N]:
        """The nodes from which an arc leads to this one."""
        return self._predecessors[node]

    @property
    def edges(self) -> list[tuple[N, N]]:
        """Every arc, grouped by the node where it begins; called as in networkx."""
        return [(one, other) for one, others in self._successors.items() for other in others]


def arcs_of(graph: Graph[N]) -> Iterator[tuple[N, N]]:
    """Every arc of a graph, grouped by the node where it begins."""
    return ((one, other) for one in graph for other in graph.successors(one))


def components(graph: Graph[N]) -> list[list[N]]:
    """The strongly connected components: groups of nodes of which each leads to every other.

    Linear in nodes and arcs, without recursion. Each component stands before those that it leads to.

    Examples
    --------
    >>> [sorted(group) for group in components(Digraph("abc", [("a", "b"), ("b", "a"), ("b", "c")]))]
    [['a', 'b'], ['c']]

    References
    ----------
    R. Tarjan, Depth-first search and linear graph algorithms, 1972, doi:10.1137/0201010.
    """
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    path: list[N] = []
    on_path: set[N] = set()
    found: list[list[N]] = []
    for root in graph:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        work = [(root, iter(graph.successors(root)))]
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    path.append(other)
                    on_path.add(other)
                    work.append((other, iter(graph.successors(other))))
                    break
                if other in on_path:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = path.index(node, max(0, len(path) - (len(index) - index[node]))) if path[-1] != node else -1
                    group = path[at:]
                    del path[at:]
                    on_path.difference_update(group)
                    found.append(group)
    return found[::-1]


def topological(graph: Graph[N], rank: Callable[[N], Any] | None = None) -> list[N]:
    """The nodes of a graph without circles, each behind all that lead to it.

    Raises `ValueError` when the graph has a circle. Among nodes that could come next, the one of the least `rank` comes
    first.

    >>> topological(Digraph("cab", [("a", "b"), ("a", "c")]), rank=str)
    ['a', 'b', 'c']
    """
    waiting_for = {node: len(list(graph.predecessors(node))) for node in graph}
    ordered: list[N] = []
    if rank is None:
        free = deque(node for node, left in waiting_for.items() if not left)
        while free:
            ordered.append(free.popleft())
            free.extend(_freed(graph, ordered[-1], waiting_for))
    else:
        number = count()
        heap: list[tuple[Any, int, N]] = []
        for node, left in waiting_for.items():
            if not left:
                heappush(heap, (rank(node), next(number), node))
        while heap:
            ordered.append(heappop(heap)[2])
            for node in _freed(graph, ordered[-1], waiting_for):
                heappush(heap, (rank(node), next(number), node))
    if len(ordered) < len(waiting_for):
        raise ValueError("the graph has a circle")
    return ordered


def _freed(graph: Graph[N], node: N, waiting_for: dict[N, int]) -> Iterator[N]:
    for other in graph.successors(node):
        waiting_for[other] -= 1
        if not waiting_for[other]:
            yield other
