"""One pass through a network without circles, by levels: who leads to whom, and what longer chains imply."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms import levels
from graph.algorithms.levels import Levels
from graph.algorithms.network import Network

FORWARD = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda arc: arc[0] != arc[1]), max_size=20)


def network_of(nodes: int, arcs: list[tuple[int, int]]) -> Network:
    """A network from arcs cited -> citing."""
    return Network.of(nodes, [citing for _, citing in arcs], [cited for cited, _ in arcs])


def graph_of(nodes: int, arcs: list[tuple[int, int]]) -> nx.DiGraph:
    graph = nx.DiGraph(arcs)
    graph.add_nodes_from(range(nodes))
    return graph


def assert_as_networkx_has_it(nodes: int, arcs: list[tuple[int, int]]) -> None:
    network, graph = network_of(nodes, arcs), graph_of(nodes, arcs)
    found = Levels.of(network)
    assert found.count_leading().tolist() == [len(nx.ancestors(graph, node)) + 1 for node in range(nodes)]
    citing = np.repeat(np.arange(nodes), np.diff(network.references_at))[found.implied()].tolist()
    implied = set(zip(network.references[found.implied()].tolist(), citing, strict=True))
    assert implied == set(graph.edges) - set(nx.transitive_reduction(graph).edges)


@given(FORWARD, st.randoms())
def test_who_leads_to_a_node_and_what_chains_imply_are_those_of_networkx(
    arcs: set[tuple[int, int]], chance: random.Random
):
    names = list(range(9))
    chance.shuffle(names)  # so that the numbers of nodes are in no order of lineage
    assert_as_networkx_has_it(9, [(names[min(arc)], names[max(arc)]) for arc in {tuple(sorted(arc)) for arc in arcs}])


def test_nodes_go_through_the_network_in_blocks_and_the_blocks_add_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(levels, "WORDS", 1)
    monkeypatch.setattr(levels, "BLOCK", 64)
    chance = random.Random(3)
    arcs = {(chance.randrange(max(0, citing - 20), citing), citing) for citing in range(1, 200) for _ in range(3)}
    assert_as_networkx_has_it(200, sorted(arcs))


def test_a_node_that_stands_for_several_counts_for_so_many():
    found = Levels.of(network_of(4, [(0, 1), (1, 2), (0, 3)]))
    assert found.count_leading(np.array([1, 5, 2, 1])).tolist() == [1, 6, 8, 2]


def test_a_network_without_nodes_has_nothing_to_count():
    assert Levels.of(network_of(0, [])).count_leading().tolist() == []
