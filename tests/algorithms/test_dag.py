"""A directed graph without circles as arrays: its order, its arcs and counts by label, and parts of it."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.dag import Counts, Dag
from graph.algorithms.network import Network
from graph.errors import InputError

PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda arc: arc[0] < arc[1]), max_size=18)


def graph_of(arcs: set[tuple[int, int]], chance: random.Random) -> nx.DiGraph:
    """The arcs between names that are in no order of lineage."""
    names = list("abcdefgh")
    chance.shuffle(names)
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(sorted(names))
    graph.add_edges_from((names[one], names[other]) for one, other in sorted(arcs))
    return graph


@given(PAIRS, st.randoms())
def test_a_graph_keeps_its_arcs_and_counts_are_found_by_label(arcs: set[tuple[int, int]], chance: random.Random):
    graph = graph_of(arcs, chance)
    for dag in (Dag.of(graph), Dag.of(graph).in_levels()):
        assert set(dag) == set(graph)
        assert set(dag.edges) == set(graph.edges)
        counts = dag.arc_counts(range(len(arcs)))
        assert [counts[arc] for arc in dag.edges] == list(range(len(arcs))) == list(counts.values())
        assert ("a", "a") not in counts
        for node in graph:
            assert set(dag.successors(node)) == set(graph.successors(node))
            assert set(dag.predecessors(node)) == set(graph.predecessors(node))


@given(PAIRS, st.randoms())
def test_orders_are_those_of_networkx(arcs: set[tuple[int, int]], chance: random.Random):
    graph = graph_of(arcs, chance)
    assert list(Dag.of(graph).nodes) == list(nx.topological_sort(graph))
    labels = sorted(graph)
    number = {label: n for n, label in enumerate(labels)}
    network = Network.of(8, [number[v] for _, v in graph.edges], [number[u] for u, _ in graph.edges])
    of = [(chance.randrange(3), label) for label in labels]
    ranks = [sorted(of).index(each) for each in of]
    ranked = Dag.ranked(labels, network, np.array(ranks))
    expected = nx.lexicographical_topological_sort(graph, key=lambda label: ranks[number[label]])
    assert list(ranked.nodes) == list(expected)


@given(PAIRS, st.randoms())
def test_between_two_nodes_lies_what_a_path_passes(arcs: set[tuple[int, int]], chance: random.Random):
    graph = graph_of(arcs, chance)
    part = Dag.of(graph).between("a", "b")
    paths = list(nx.all_simple_paths(graph, "a", "b"))
    assert set(part) == {node for path in paths for node in path}
    assert part.paths_to(lambda node: node == 0)[-1:] == ([len(paths)] if paths else [])
    assert len(Dag.of(graph).between("a", "nowhere")) == 0


def test_the_greatest_counts_come_first_and_equal_ones_in_their_order():
    counts = Counts.of({"a": 5, "b": 10**30, "c": 5, "d": 7})
    assert counts.top(3) == [("b", 10**30), ("d", 7), ("a", 5)]
    assert dict(counts) == {"a": 5, "b": 10**30, "c": 5, "d": 7}


def test_a_circle_is_refused():
    with pytest.raises(InputError, match="circles"):
        Dag.of(nx.DiGraph([("a", "b"), ("b", "a")]))
