"""Circles of a directed graph, each drawn together into one component, and what leads to what through them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .digraph import Graph, arcs_of
from .digraph import components as components_of

N = TypeVar("N", bound=Hashable)
BLOCK = 2048
"""How many nodes a bit set covers at a time, so that memory stays linear in the nodes."""


@dataclass(frozen=True)
class Components(Generic[N]):
    """The strongly connected components of a graph, numbered so that every arc runs to the same or a later one.

    Attributes
    ----------
    members : sequence of set
        The nodes of each component. Nearly all have one; those of a circle are together.
    before, after : sequence of sequence of int
        The components that an arc joins each component with, each once however many arcs there are.
    """

    members: Sequence[set[N]]
    before: Sequence[Sequence[int]]
    after: Sequence[Sequence[int]]


def in_order(graph: Graph[N]) -> list[set[N]]:
    """The strongly connected components of a graph, every one before those that it leads to.

    >>> import networkx as nx
    >>> [sorted(each) for each in in_order(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]))]
    [['a'], ['b', 'c'], ['d']]
    """
    return [set(members) for members in components_of(graph)]


def circles(graph: Graph[N]) -> list[set[N]]:
    """The strongly connected components of more than one node: each of their nodes leads to every other.

    >>> import networkx as nx
    >>> [sorted(each) for each in circles(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]))]
    [['b', 'c']]
    """
    return [members for members in in_order(graph) if len(members) > 1]


def condense(graph: Graph[N]) -> Components[N]:
    """Draw every circle of a graph together into one component, so that no circles are left.

    Notes
    -----
    Linear in nodes and arcs.
    """
    members = in_order(graph)
    number = {node: position for position, component in enumerate(members) for node in component}
    arcs = dict.fromkeys((number[u], number[v]) for u, v in arcs_of(graph) if number[u] != number[v])
    before: list[list[int]] = [[] for _ in members]
    after: list[list[int]] = [[] for _ in members]
    for one, other in arcs:
        after[one].append(other)
        before[other].append(one)
    return Components(members, before, after)


def count_leading_to(graph: Graph[N]) -> dict[N, int]:
    """How many nodes lead to each node, itself included. Nodes of a circle lead to each other.

    Examples
    --------
    >>> import networkx as nx
    >>> counts = count_leading_to(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]))
    >>> sorted(counts.items())
    [('a', 1), ('b', 3), ('c', 3), ('d', 4)]

    Notes
    -----
    Exact. Sets travel along the components as bit masks, `BLOCK` nodes at a time: memory is linear, and the time
    is arcs * nodes / `BLOCK` operations on short masks.
    """
    components = condense(graph)
    sizes = [len(members) for members in components.members]
    total = [0] * len(sizes)
    position = 0
    while position < len(sizes):
        masks: dict[int, int] = {}
        first, used = position, 0
        while position < len(sizes) and used < BLOCK:
            masks[position] = ((1 << sizes[position]) - 1) << used
            used += sizes[position]
            position += 1
        for component in range(first, len(sizes)):  # nothing in this block leads to an earlier one
            mask = masks.pop(component, 0)
            if mask:
                total[component] += mask.bit_count()
                for following in components.after[component]:
                    masks[following] = masks.get(following, 0) | mask
    return {node: total[component] for component, members in enumerate(components.members) for node in members}
