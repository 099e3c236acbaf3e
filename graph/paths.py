"""Paths of a lineage: how an idea got from one paper to a later one, shortest first.

Paths run along the arcs of the lineage graph, cited -> citing, and visit no paper twice. The
data has circles, so none of this assumes that the graph has no cycles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, Literal

import networkx as nx

from .corpus import Citation
from .lineage import Lineage

Scope = Literal["corpus", "list"]
CIRCLE_STEPS = 100_000
"""How many steps a count may take inside one circle of citations before it gives up on exactness."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the cited paper to the citing one, with the citation behind it."""

    cited: str
    citing: str
    citation: Citation
    backwards: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Papers in order, each cited by the next; `hops` is one shorter than `keys`."""

    keys: tuple[str, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """What there is to say about the way from one paper to another.

    Attributes
    ----------
    start, end : str
        Keys.
    scope : str
        "list": only papers of the reading list may lie on the way; "corpus": all may.
    paths : tuple of Path
        The shortest ones, as many as were asked for.
    total : int or None
        How many paths there are in all, exactly; None when circles make them too many to count.
    total_in_list : int or None
        How many of them keep to the reading list.
    reverse : int or None
        When there is no path: how many there are from `end` to `start`.
    hidden_by : tuple of str
        When there is no path: the papers whose references are not fully known and that could
        hide one, those of the list first.
    """

    start: str
    end: str
    scope: Scope
    paths: tuple[Path, ...]
    total: int | None
    total_in_list: int | None
    reverse: int | None = None
    hidden_by: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.paths)


def find_paths(lineage: Lineage, start: str, end: str, *, list_only: bool = False, top: int = 10) -> PathAnswer:
    """The directed paths from one paper to another, shortest first.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    list_only : bool
        Keep to the papers of the reading list.
    top : int
        How many paths at the most; the count is of all.

    Returns
    -------
    PathAnswer
        Equally long paths are ordered by their papers: those of the list first, by number, then
        the others by age.

    Notes
    -----
    Paths are enumerated lazily. Outside circles no step is taken that does not lead to a path.
    """
    whole = lineage.graph
    listed = whole.subgraph([*lineage.list_keys, start, end])
    graph = listed if list_only else whole
    chosen = islice(shortest_paths(graph, start, end, rank=lambda key: _rank(lineage, key)), top)
    paths = tuple(_path(lineage, keys) for keys in chosen)
    total, in_list = count_paths(graph, start, end), count_paths(listed, start, end)
    scope: Scope = "list" if list_only else "corpus"
    if paths:
        return PathAnswer(start, end, scope, paths, total, in_list)
    reverse = count_paths(graph, end, start)
    return PathAnswer(start, end, scope, paths, total, in_list, reverse, _hidden_by(lineage, graph, start, end))


def _path(lineage: Lineage, keys: tuple[str, ...]) -> Path:
    hops = []
    for cited, citing in pairwise(keys):
        data = lineage.graph.edges[cited, citing]
        hops.append(Hop(cited, citing, data["citation"], data["backwards"]))
    return Path(keys, tuple(hops))


def _rank(lineage: Lineage, key: str) -> tuple[Any, ...]:
    numbers = lineage.graph.nodes[key]["numbers"]
    return (0, numbers, key) if numbers else (1, *lineage.age(key))


def shortest_paths(
    graph: nx.DiGraph[str], start: str, end: str, *, rank: Callable[[str], Any] = lambda key: key
) -> Iterator[tuple[str, ...]]:
    """All simple paths of a directed graph, lazily, shortest first and then in the order of `rank`.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : str
    rank : callable
        The sorting key of a node.

    Yields
    ------
    tuple of str
        Nodes from `start` to `end`. A path from a node to itself is not a path.

    Examples
    --------
    >>> import networkx as nx
    >>> list(shortest_paths(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]), "a", "c"))
    [('a', 'c'), ('a', 'b', 'c')]

    Notes
    -----
    For every length in turn a depth-first search that only enters nodes from which the end can be
    reached in exactly the steps left. Without cycles no branch is taken in vain.
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return
    ordered = {node: sorted(part.successors(node), key=rank) for node in part}
    # at_distance[n]: the nodes from which some walk of exactly n steps ends at `end`.
    at_distance: list[set[str]] = [{end}]
    for length in range(1, len(part)):
        at_distance.append({before for node in at_distance[-1] for before in part.predecessors(node)})
        if not at_distance[-1]:
            return  # no walk is as long as this, so no longer one is either
        if start in at_distance[length]:
            yield from _paths_of_length(ordered, at_distance, start, length)


def _paths_of_length(
    ordered: dict[str, list[str]], at_distance: list[set[str]], start: str, length: int
) -> Iterator[tuple[str, ...]]:
    trail = [start]
    choices = [iter(ordered[start])]
    while choices:
        left = length - len(trail)
        node = next((n for n in choices[-1] if n in at_distance[left] and n not in trail), None)
        if node is None:
            choices.pop()
            trail.pop()
        elif left == 0:
            yield (*trail, node)
        else:
            trail.append(node)
            choices.append(iter(ordered[node]))


def between(graph: nx.DiGraph[str], start: str, end: str) -> nx.DiGraph[str]:
    """The part of a graph that lies on walks from `start` to `end`; empty when there are none."""
    if start not in graph or end not in graph:
        return nx.DiGraph()
    forward = nx.descendants(graph, start) | {start}
    if end not in forward:
        return nx.DiGraph()
    return graph.subgraph(forward & (nx.ancestors(graph, end) | {end}))


def count_paths(graph: nx.DiGraph[str], start: str, end: str, *, circle_steps: int = CIRCLE_STEPS) -> int | None:
    """How many simple paths lead from one node to another, exactly.

    A simple path runs through every strongly connected component in one go, so the counts of
    the components multiply along their order, and only inside a circle are paths walked one by one.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : str
    circle_steps : int
        How many steps to walk inside one component at the most.

    Returns
    -------
    int or None
        None when a component is too tangled to count within `circle_steps`. 0 when `start` is `end`.

    Examples
    --------
    >>> import networkx as nx
    >>> ladder = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c"), ("c", "b")])
    >>> count_paths(ladder, "a", "d")
    4

    Notes
    -----
    Linear in nodes and arcs outside circles.
    """
    part = between(graph, start, end)
    if start == end or start not in part:
        return 0
    arrivals = dict.fromkeys(part, 0)  # ways to come to a node from outside its component
    arrivals[start] = 1
    condensed = nx.condensation(part)
    ending = 0
    for component in nx.topological_sort(condensed):
        members: set[str] = condensed.nodes[component]["members"]
        ways = _ways_inside(part, members, arrivals, end, circle_steps)
        if ways is None:
            return None
        for node, count in ways.items():
            if node == end:
                ending = count
                continue
            for successor in part.successors(node):
                if successor not in members:
                    arrivals[successor] += count
    return ending


def _ways_inside(
    graph: nx.DiGraph[str], members: set[str], arrivals: dict[str, int], end: str, steps: int
) -> dict[str, int] | None:
    """The ways to be at each node of a component, entered as `arrivals` says; None past `steps`."""
    if len(members) == 1:
        return {node: arrivals[node] for node in members}
    ways = dict.fromkeys(members, 0)
    for entry in members:
        if not arrivals[entry]:
            continue
        stack = [(entry, frozenset([entry]))]
        while stack:
            node, seen = stack.pop()
            steps -= 1
            if steps < 0:
                return None
            ways[node] += arrivals[entry]
            if node != end:
                stack += [(n, seen | {n}) for n in graph.successors(node) if n in members and n not in seen]
    return ways


def _hidden_by(lineage: Lineage, graph: nx.DiGraph[str], start: str, end: str) -> tuple[str, ...]:
    """Papers before or at `end`, not older than `start`, whose references are not fully known.

    Only one of these can cite something on the way from `start` that the corpus does not show.
    """
    oldest = lineage.paper(start).year or 0
    suspects = [
        key
        for key in {end, *nx.ancestors(graph, end)} - {start}
        if lineage.corpus.coverage_of(key) != "complete" and (lineage.paper(key).year or 9999) >= oldest
    ]
    return tuple(sorted(suspects, key=lambda key: (key != end, _rank(lineage, key))))
