"""Circles drawn together, and what leads to what, compared with networkx on any small graph."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms import components
from graph.algorithms.components import circles, condense, count_leading_to, in_order

from ..helpers.small_graphs import ARCS, digraph


@given(ARCS)
def test_components_are_those_of_networkx_in_an_order_in_which_every_arc_runs_forward(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    found = in_order(graph)
    assert {frozenset(each) for each in found} == set(map(frozenset, nx.strongly_connected_components(graph)))
    number = {node: n for n, members in enumerate(found) for node in members}
    assert all(number[u] <= number[v] for u, v in graph.edges)
    assert circles(graph) == [members for members in found if len(members) > 1]


@given(ARCS)
def test_a_condensed_graph_has_an_arc_where_any_arc_joins_two_components(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    found = condense(graph)
    joined = {
        (n, m)
        for n, one in enumerate(found.members)
        for m, other in enumerate(found.members)
        if n != m and any(graph.has_edge(u, v) for u in one for v in other)
    }
    assert [(n, m) for n, after in enumerate(found.after) for m in sorted(after)] == sorted(joined)
    assert sorted((n, m) for m, before in enumerate(found.before) for n in before) == sorted(joined)


@given(ARCS, st.integers(1, 8))
def test_the_nodes_that_lead_to_each_node_are_counted_in_blocks_of_any_size(arcs: set[tuple[int, int]], block: int):
    graph, usual = digraph(arcs), components.BLOCK
    components.BLOCK = block
    try:
        counts = count_leading_to(graph)
    finally:
        components.BLOCK = usual
    assert counts == {node: len(nx.ancestors(graph, node)) + 1 for node in graph}
