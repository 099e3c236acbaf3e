"""Simple paths one after the other, compared with enumeration on any small graph with any circles."""

from __future__ import annotations

from itertools import islice, pairwise, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.first_paths import Costs, first_paths
from graph.algorithms.graph_paths import ordered_graph
from graph.algorithms.simple_paths import best_paths, cheapest_paths

from ..helpers.small_graphs import ARCS, digraph

NODE = st.integers(0, 9)


@given(ARCS)
def test_paths_are_all_simple_paths_in_order_on_any_graph_with_any_circles(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    part, node, ends = ordered_graph(graph, "0", "1")
    found = [tuple(map(node, path)) for path in part.paths(*ends, node)]
    expected = sorted((tuple(path) for path in nx.all_simple_paths(graph, "0", "1")), key=lambda p: (len(p), p))
    assert found == expected
    longest = part.survey(*ends)
    assert longest is not None
    assert (longest.paths, longest.longest) == (len(expected), max(map(len, expected), default=1) - 1)
    found = [tuple(map(node, path)) for path in part.paths(*ends, node, longest_first=True)]
    assert found == sorted(expected, key=lambda path: (-len(path), path))


@given(st.sets(st.tuples(NODE, NODE).map(sorted).map(tuple).filter(lambda arc: arc[0] < arc[1]), max_size=40),
       st.integers(1, 12))  # fmt: skip
def test_the_longest_paths_without_circles_are_found_among_few_papers(arcs: set[tuple[int, int]], most: int):
    graph: nx.DiGraph[int] = nx.DiGraph([*arcs, (0, 9)])
    part, node, ends = ordered_graph(graph, 0, 9)
    expected = sorted((tuple(path) for path in nx.all_simple_paths(graph, 0, 9)), key=lambda path: (-len(path), path))
    longest_first = Costs(lambda: np.full(part.network.arcs, -1.0), lambda cited, citing: [-1] * len(cited))
    found = islice(first_paths(part, *ends, longest_first, node, most), most)
    assert [tuple(map(node, path)) for path in found] == expected[:most]


def test_the_longest_paths_do_not_ask_for_papers_that_are_on_short_paths_alone():
    """A chain of 100 papers, and 1,000 that lead from its first to its last in two hops: 2,099 citations."""
    graph: nx.DiGraph[int] = nx.DiGraph([*pairwise(range(100)), *((0, n) for n in range(100, 1100))])
    graph.add_edges_from((n, 99) for n in range(100, 1100))
    part, node, ends = ordered_graph(graph, 0, 99)
    asked: set[int] = set()

    def rank(number: int) -> int:
        asked.add(node(number))
        return node(number)

    longest_first = Costs(lambda: np.full(part.network.arcs, -1.0), lambda cited, citing: [-1] * len(cited))
    assert [len(path) for path in islice(first_paths(part, *ends, longest_first, rank, 1), 1)] == [100]
    assert asked == set(range(100))


def test_no_paper_repeats_on_a_path_through_stages_of_papers():
    """Stages as (paper, passed): the walk a0 b0 c1 b1 d1 passes b twice, and only a0 c1 b1 d1 is a path."""
    graph = nx.DiGraph([("a0", "b0"), ("b0", "c1"), ("c1", "b1"), ("b1", "d1"), ("a0", "c1")])
    part, node, ends = ordered_graph(graph, "a0", "d1", lambda stage: stage[0])
    assert [tuple(map(node, path)) for path in part.paths(*ends, node)] == [("a0", "c1", "b1", "d1")]
    found = part.survey(*ends)
    assert found is not None
    assert (found.paths, found.longest) == (1, 3)


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


@pytest.mark.parametrize("most", [1, 100, 243, 1000])
def test_the_paths_that_are_asked_for_are_the_first_of_all_however_few_a_search_keeps(most: int):
    """Five stages of three papers each, every paper joined with all of the next stage: 3 ** 5 paths."""
    stages = [["0"], *([f"{letter}{n}" for n in range(3)] for letter in "abcde"), ["1"]]
    graph = nx.DiGraph(arc for one, other in pairwise(stages) for arc in product(one, other))
    part, node, ends = ordered_graph(graph, "0", "1")
    found = [
        tuple(map(node, path))
        for path in best_paths(part, *ends, lambda cited, citing: [1] * len(cited), node, most=most)
    ]
    assert found[:most] == sorted(tuple(path) for path in nx.all_simple_paths(graph, "0", "1"))[:most]


@given(ARCS)
def test_a_part_has_circles_where_a_walk_comes_back(arcs: set[tuple[int, int]]):
    part, _, _ = ordered_graph(digraph(arcs), "0", "1")
    walks = nx.DiGraph(zip(part.network.references.tolist(), part.network.citing.tolist(), strict=True))
    assert part.has_circles is not nx.is_directed_acyclic_graph(walks)
