"""Simple paths one after the other, compared with enumeration on any small graph with any circles."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given

from graph.algorithms.simple_paths import cheapest_paths, shortest_paths

from ..helpers.small_graphs import ARCS, digraph


@given(ARCS)
def test_paths_are_all_simple_paths_in_order_on_any_graph_with_any_circles(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    found = list(shortest_paths(graph, "0", "1"))
    expected = sorted((tuple(path) for path in nx.all_simple_paths(graph, "0", "1")), key=lambda p: (len(p), p))
    assert found == expected


@given(ARCS)
def test_cheapest_paths_are_all_simple_paths_in_order_of_cost(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)

    def cost(one: str, other: str) -> float:
        return (int(one) * 7 + int(other) * 3) % 5

    told = list(cheapest_paths(graph, "0", "1", cost))
    costs = [sum(cost(*arc) for arc in pairwise(path)) for path in told]
    assert costs == sorted(costs)
    assert set(told) == {tuple(path) for path in nx.all_simple_paths(graph, "0", "1")}
    assert len(told) == len(set(told))
