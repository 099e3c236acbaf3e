"""Exact numbers of paths, compared with enumeration."""

from __future__ import annotations

from itertools import islice

import networkx as nx
from hypothesis import given

from graph.algorithms.path_counts import survey_paths
from graph.algorithms.simple_paths import shortest_paths

from ..helpers.small_graphs import ARCS, digraph


@given(ARCS)
def test_the_exact_count_is_brute_force_on_any_graph_with_any_circles(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    assert survey_paths(graph, "0", "1").paths == len(list(nx.all_simple_paths(graph, "0", "1")))


def test_counts_do_not_overflow():
    """Two hundred diamonds in a row: 2**200 paths, counted and the first three told at once."""
    graph: nx.DiGraph = nx.DiGraph()
    for n in range(200):
        graph.add_edges_from([(f"{n}", f"{n}a"), (f"{n}", f"{n}b"), (f"{n}a", f"{n + 1}"), (f"{n}b", f"{n + 1}")])
    assert survey_paths(graph, "0", "200").paths == 2**200
    assert len(list(islice(shortest_paths(graph, "0", "200"), 3))) == 3


def test_a_circle_too_tangled_to_count_is_unknown_and_not_zero():
    graph = nx.complete_graph(12, create_using=nx.DiGraph)
    graph = nx.relabel_nodes(graph, str)
    assert survey_paths(graph, "0", "1", circle_steps=1000) is None
    assert len(list(islice(shortest_paths(graph, "0", "1"), 20))) == 20


@given(ARCS)
def test_the_longest_length_is_that_of_brute_force(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    lengths = [len(path) - 1 for path in nx.all_simple_paths(graph, "0", "1")]
    assert survey_paths(graph, "0", "1").longest == max(lengths, default=0)
