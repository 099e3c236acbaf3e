"""What lies between two nodes, compared with enumeration on any small graph."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given

from graph.algorithms.between import between

from ..helpers.small_graphs import ARCS, digraph


@given(ARCS)
def test_what_lies_between_has_every_simple_path(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    part = between(graph, "0", "1")
    paths = [tuple(path) for path in nx.all_simple_paths(graph, "0", "1")]
    assert {arc for path in paths for arc in pairwise(path)} <= set(part.edges)
    assert bool(part) == bool(paths)
    assert not paths or {tuple(path) for path in nx.all_simple_paths(nx.DiGraph(part.edges), "0", "1")} == set(paths)


@given(ARCS)
def test_what_lies_between_has_only_arcs_on_walks_that_neither_return_to_the_start_nor_leave_the_end(
    arcs: set[tuple[int, int]],
):
    graph = digraph(arcs)
    part = between(graph, "0", "1")
    graph.remove_edges_from([*graph.in_edges("0"), *graph.out_edges("1")])
    after, before = {"0"} | nx.descendants(graph, "0"), {"1"} | nx.ancestors(graph, "1")
    expected = {(u, v) for u, v in graph.edges if u in after and v in before}
    assert set(part.edges) == (expected if "1" in after else set())
    assert set(part) == ({node for arc in part.edges for node in arc})


def test_nothing_lies_between_a_node_and_itself_or_one_that_is_not_there():
    circle = nx.DiGraph([("a", "b"), ("b", "a")])
    assert not between(circle, "a", "a")
    assert not between(circle, "a", "nowhere")
    assert not between(circle, "nowhere", "a")


def test_the_part_of_a_graph_with_attributes_has_its_arcs_alone():
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight=3)
    part = between(graph, "a", "b")
    assert list(part.edges) == [("a", "b")]


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_graph_is_cut_as_by_definition(seed: int):
    graph = nx.relabel_nodes(nx.gnp_random_graph(60, 0.05, seed=seed, directed=True), str)
    part = between(graph, "0", "1")
    for node in set(graph) - {"0", "1"}:
        without_start, without_end = (nx.DiGraph(graph.subgraph(set(graph) - {end})) for end in ("0", "1"))
        reached = nx.has_path(without_end, "0", node) and nx.has_path(without_start, node, "1")
        assert (node in part) == reached
