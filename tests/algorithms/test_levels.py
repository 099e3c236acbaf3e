"""One pass through a network without circles, by levels: who leads to whom, and what longer chains imply."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms import levels
from graph.algorithms.levels import Levels, levels_and_groups
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
    some = [n for n in range(min(nodes, 64)) if n % 3]
    own = (
        np.array([[n in some] for n in range(nodes)], np.uint64)
        << np.arange(nodes, dtype=np.uint64)[:, np.newaxis] % 64
    )
    known = [sum(1 << n for n in some if n == node or nx.has_path(graph, n, node)) for node in range(nodes)]
    assert found.gathered(own).ravel().tolist() == known
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


def test_circles_of_pairs_that_cite_each_other_are_found_in_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers 0 to 999 each cite the next and are cited by it, as do 2,000 and 2,001; a chain joins the two circles."""
    monkeypatch.setattr("graph.algorithms.levels.components", lambda core: pytest.fail("searched") if len(core) else [])
    row = [(n, n + 1) for n in (*range(999), 2000)]
    chain = [(n, n + 1) for n in range(999, 2000)]
    arcs = np.array([*row, *((b, a) for a, b in row), *chain, (0, 2001), (2000, 2001)], np.int32)
    level, group = levels_and_groups(2002, arcs[:, 1], arcs[:, 0])
    assert group.tolist() == [0] * 1000 + list(range(1000, 2000)) + [2000, 2000]
    assert level.tolist() == [0] * 1000 + list(range(1, 1001)) + [1001, 1001]
