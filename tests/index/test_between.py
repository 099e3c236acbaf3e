"""Shortest paths, relatives and what lies between two papers: the same as networkx finds on graphs that it can hold."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.between import between as nodes_between
from graph.analysis.evidence import cost
from graph.analysis.many_paths import evidence_costs
from graph.index.between import (
    evidence_byte,
    papers_between,
    papers_between_by_cost,
    papers_between_within,
    reach,
    reachable,
    shortest_path,
    shortest_paths,
)
from graph.index.citation_index import INFLUENTIAL, INTENTS, Index, open_index
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source

from ..helpers.networks import graphs, large_dag, nodes
from ..helpers.scale_world import index_of, node_of, nodes_of, vertex_of


def all_shortest(graph: nx.DiGraph, start: int, end: int) -> list[tuple[int, ...]]:
    try:
        return sorted(map(tuple, nx.all_shortest_paths(graph, start, end)))
    except nx.NetworkXNoPath:
        return []


@given(graphs, nodes, nodes)
def test_one_and_all_shortest_paths_are_those_of_networkx(graph, start, end):
    index, expected = index_of(graph), all_shortest(graph, start, end)
    ends = vertex_of(index, start), vertex_of(index, end)
    path, found = nodes_of(index, shortest_path(index, *ends)), shortest_paths(index, *ends)
    assert sorted(nodes_of(index, each) for each in found) == expected
    assert list(found) == sorted(found)
    assert found.count == len(expected)
    assert path in expected if expected else path == ()
    assert found.hops == (len(expected[0]) - 1 if expected else -1)


def test_shortest_paths_of_a_larger_network_are_those_of_networkx():
    graph = large_dag(3000, 4)
    index, chance = index_of(graph), random.Random(1)
    for _ in range(150):
        start, end = sorted(chance.sample(range(3000), 2))
        expected = all_shortest(graph, start, end)
        ends = vertex_of(index, start), vertex_of(index, end)
        assert sorted(nodes_of(index, each) for each in shortest_paths(index, *ends)) == expected
        assert (nodes_of(index, shortest_path(index, *ends)) in expected) is bool(expected)


def test_more_shortest_paths_than_64_bits_hold_are_counted_exactly():
    stages, width = 16, 20
    layers = [[0], *([1 + n * width + k for k in range(width)] for n in range(stages)), [1 + stages * width]]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(2 + stages * width))
    for layer, next_layer in pairwise(layers):
        graph.add_edges_from((a, b) for a in layer for b in next_layer)
    index = index_of(graph)
    found = shortest_paths(index, vertex_of(index, 0), vertex_of(index, 1 + stages * width))
    assert found.count == width**stages > 2**64
    assert nodes_of(index, next(iter(found))) == (0, *(layer[0] for layer in layers[1:]))


@given(graphs, st.sets(nodes, min_size=1, max_size=3), st.integers(-1, 4), st.sampled_from(["ancestry", "descent"]))
def test_generations_are_those_of_networkx(graph, seeds, depth, kind):
    walked, cutoff = graph.reverse() if kind == "ancestry" else graph, None if depth < 0 else depth
    expected: dict[int, int] = {}
    for seed in seeds:
        for node, hops in nx.single_source_shortest_path_length(walked, seed, cutoff).items():
            expected[node] = min(hops, expected.get(node, hops))
    index = index_of(graph)
    found = reach(index, [vertex_of(index, seed) for seed in seeds], back=kind == "ancestry", depth=depth)
    assert dict(zip(nodes_of(index, found.numbers), found.hops.tolist(), strict=True)) == expected
    assert found.hops.tolist() == sorted(found.hops.tolist())
    assert found.complete


@given(graphs, nodes)
def test_what_is_reachable_is_what_networkx_finds(graph, node):
    index = index_of(graph)
    for back, relatives in ((True, nx.ancestors(graph, node)), (False, nx.descendants(graph, node))):
        found = reachable(index, vertex_of(index, node), back=back)
        assert {node_of(index, vertex) for vertex in found.nonzero()[0]} == relatives | {node}


def test_a_search_that_reached_its_limit_says_that_it_is_not_complete():
    index = index_of(nx.path_graph(10, create_using=nx.DiGraph))
    found = reach(index, [0], back=False, max_papers=4)
    assert (found.numbers.tolist(), found.complete) == ([0, 1, 2, 3], False)
    found = reach(index, [0], back=False, max_papers=10)  # as many as there are
    assert (found.numbers.tolist(), found.complete) == (list(range(10)), True)


def between_nodes(index: Index, found) -> set[int]:
    """The nodes of vertices between two papers, which must be ascending."""
    assert found.tolist() == sorted(set(found.tolist()))
    return set(nodes_of(index, found))


@given(graphs, nodes, nodes)
def test_papers_between_two_are_exactly_those_on_paths(graph, start, end):
    if start == end:
        return
    graph.remove_edges_from([*graph.in_edges(start), *graph.out_edges(end)])
    index = index_of(graph)
    found = papers_between(index, vertex_of(index, start), vertex_of(index, end))
    expected = nodes_between(graph, start, end) if nx.has_path(graph, start, end) else ()
    assert between_nodes(index, found) == set(expected)


def test_papers_between_two_of_a_larger_network_are_those_on_walks():
    graph = large_dag(9000, 6)
    index, chance, sizes = index_of(graph), random.Random(3), []
    for _ in range(20):
        start, end = chance.randrange(50), chance.randrange(6000, 9000)
        expected = nx.descendants(graph, start) & nx.ancestors(graph, end)
        expected |= {start, end} if nx.has_path(graph, start, end) else set()
        found = papers_between(index, vertex_of(index, start), vertex_of(index, end))
        assert between_nodes(index, found) == expected
        sizes.append(len(found))
    assert min(sizes) == 0
    assert max(sizes) > 1000


def within_hops(graph: nx.DiGraph, start: int, end: int, hops: int) -> set[int]:
    """The nodes on walks of at most so many hops that neither return to the start nor leave the end."""
    after, before = graph.copy(), graph.reverse()
    after.remove_edges_from(list(after.out_edges(end)))
    before.remove_edges_from(list(before.out_edges(start)))
    away, back = (nx.single_source_shortest_path_length(g, v) for g, v in ((after, start), (before, end)))
    return {node for node in away.keys() & back.keys() if away[node] + back[node] <= hops}


@given(graphs, nodes, nodes, st.integers(1, 6))
def test_papers_between_two_within_some_hops_are_exactly_those_on_such_walks(graph, start, end, hops):
    if start == end:
        return
    index = index_of(graph)
    found = papers_between_within(index, vertex_of(index, start), vertex_of(index, end), hops)
    assert between_nodes(index, found) == within_hops(graph, start, end, hops)
    on_paths = {v for path in nx.all_simple_paths(graph, start, end, hops) for v in path}
    assert on_paths <= set(nodes_of(index, found))


@given(graphs, nodes, nodes, st.randoms(use_true_random=False), st.sampled_from([0.5, 1.0, 1.4, 2.2, 4.0]))
def test_papers_between_two_by_cost_are_exactly_those_on_cheap_walks(graph, start, end, chance, max_cost):
    if start == end:
        return
    evidence = {arc: chance.randrange(16) for arc in graph.edges}
    index, costs = index_of(graph, evidence=evidence), evidence_costs()
    weight = {arc: {"weight": float(costs[byte])} for arc, byte in evidence.items()}
    nx.set_edge_attributes(graph, weight)
    away, back = (nx.single_source_dijkstra_path_length(g, v) for g, v in ((graph, start), (graph.reverse(), end)))
    expected = {node for node in away.keys() & back.keys() if away[node] + back[node] <= max_cost + 1e-9}
    found = papers_between_by_cost(index, vertex_of(index, start), vertex_of(index, end), costs, max_cost)
    assert between_nodes(index, found) == expected


def test_a_search_between_two_papers_gives_up_at_its_limit():
    graph = nx.DiGraph((0, node) for node in range(1, 31))
    graph.add_edges_from((node, 31) for node in range(1, 31))
    index = index_of(graph)
    ends = vertex_of(index, 0), vertex_of(index, 31)
    searches = (
        lambda limit: papers_between(index, *ends, max_papers=limit),
        lambda limit: papers_between_within(index, *ends, 2, max_papers=limit),
        lambda limit: papers_between_by_cost(index, *ends, evidence_costs(), 4.0, max_papers=limit),
    )
    for search in searches:
        assert search(30) is None
        assert search(32).tolist() == list(range(32))


@given(graphs, st.randoms(use_true_random=False))
def test_the_evidence_of_each_citation_is_found(graph, chance):
    evidence = {arc: chance.randrange(16) for arc in graph.edges}
    index = index_of(graph, evidence=evidence)
    found = {
        (u, v): evidence_byte(index, vertex_of(index, u), vertex_of(index, v)) & ~(16 | 32) for u, v in graph.edges
    }
    assert found == evidence


@pytest.mark.parametrize("byte", range(16))
def test_the_cost_of_evidence_is_that_of_a_corpus(byte):
    intents = tuple(intent for intent, bit in INTENTS.items() if byte & bit)
    corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources={"s": Source("s", "semantic_scholar", "S")})
    citation = Citation("a", "b", (Assertion("s", influential=bool(byte & INFLUENTIAL), intents=intents),))
    assert evidence_costs()[byte] == pytest.approx(cost(corpus, citation))


def some_paths(index: Index) -> list[tuple[int, ...]]:
    return [shortest_path(index, a, b) for a in range(0, 300, 7) for b in range(a + 1, 3000, 171)]


def paths_in_file(path: Path) -> list[tuple[int, ...]]:
    return some_paths(open_index(path))


@pytest.mark.long
def test_threads_and_processes_that_read_one_index_get_the_same_answers(tmp_path):
    path = tmp_path / "index"
    index_of(large_dag(3000, 5), path=path)
    expected, index = paths_in_file(path), open_index(path)
    with ThreadPoolExecutor(4) as threads:
        assert all(answer == expected for answer in threads.map(some_paths, [index] * 4))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert all(answer == expected for answer in processes.map(paths_in_file, [path] * 2))
