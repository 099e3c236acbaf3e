"""Every kernel says what networkx, or the exact engine of this package, says on graphs where these fit."""

from __future__ import annotations

import math
import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.algorithms.main_path_search import GLOBAL, search, sum_along
from graph.algorithms.simple_paths import between as nodes_between
from graph.algorithms.simple_paths import cheapest_paths
from graph.algorithms.traversal_weights import traversal
from graph.analysis.evidence import cost
from graph.analysis.nearest import nearest
from graph.index.between import (
    evidence_costs,
    papers_between,
    papers_between_by_cost,
    papers_between_within,
    reach,
    shortest_path,
    shortest_paths,
)
from graph.index.citation_index import INFLUENTIAL, INTENTS, open_index
from graph.index.kernels.order import is_later
from graph.index.path_weights import ScaledCount, acyclic_index, acyclic_part, page_rank, search_path_counts
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.lineage import is_backwards

from ..helpers.scale_world import index_of, nodes_of, vertex_of

NODES = 12
pairs = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1])
dates = st.dictionaries(st.integers(0, NODES - 1), st.sampled_from([20170000, 20180000, 20180300, 20180400, 20190101]))


def of(arcs) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(arcs)
    return graph


graphs = st.sets(pairs, max_size=40).map(of)
dags = st.sets(pairs, max_size=40).map(lambda arcs: of({(min(pair), max(pair)) for pair in arcs}))


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("index") / "index"


def made_dag(papers: int, seed: int, *, references: int = 8) -> nx.DiGraph:
    """A citation network of some size: papers cite older ones, much cited ones more."""
    chance = random.Random(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(papers))
    for paper in range(1, papers):
        for _ in range(chance.randint(0, references)):
            graph.add_edge(int(paper * chance.random() ** chance.choice((0.2, 3))), paper)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


@given(graphs, st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_a_shortest_path_is_one_and_all_of_them_are_all(graph, start, end):
    index = index_of(graph)
    ends = vertex_of(index, start), vertex_of(index, end)
    path, found = nodes_of(index, shortest_path(index, *ends)), shortest_paths(index, *ends)
    try:
        expected = sorted(map(tuple, nx.all_shortest_paths(graph, start, end)))
    except nx.NetworkXNoPath:
        expected = []
    assert sorted(nodes_of(index, each) for each in found) == expected
    assert list(found) == sorted(found)
    assert found.count == len(expected)
    assert path in expected if expected else path == ()
    assert found.hops == (len(expected[0]) - 1 if expected else -1)


def test_shortest_paths_on_a_larger_network():
    graph = made_dag(3000, 4)
    index, chance = index_of(graph), random.Random(1)
    for _ in range(150):
        start, end = sorted(chance.sample(range(3000), 2))
        try:
            expected = sorted(map(tuple, nx.all_shortest_paths(graph, start, end)))
        except nx.NetworkXNoPath:
            expected = []
        ends = vertex_of(index, start), vertex_of(index, end)
        assert sorted(nodes_of(index, each) for each in shortest_paths(index, *ends)) == expected
        assert (nodes_of(index, shortest_path(index, *ends)) in expected) is bool(expected)


def test_more_shortest_paths_than_64_bits_hold_are_counted_exactly():
    stages, wide = 16, 20
    layers = [[0], *([1 + n * wide + k for k in range(wide)] for n in range(stages)), [1 + stages * wide]]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(2 + stages * wide))
    for one, other in pairwise(layers):
        graph.add_edges_from((a, b) for a in one for b in other)
    index = index_of(graph)
    found = shortest_paths(index, vertex_of(index, 0), vertex_of(index, 1 + stages * wide))
    assert found.count == wide**stages > 2**64
    assert nodes_of(index, next(iter(found))) == (0, *(layer[0] for layer in layers[1:]))


@given(graphs, st.integers(0, NODES - 1), st.integers(-1, 4), st.sampled_from(["ancestry", "descent"]))
def test_generations_are_those_of_networkx(graph, vertex, depth, kind):
    turned = graph.reverse() if kind == "ancestry" else graph
    expected = nx.single_source_shortest_path_length(turned, vertex, None if depth < 0 else depth)
    index = index_of(graph)
    found = reach(index, [vertex_of(index, vertex)], kind, depth=depth)
    assert dict(zip(nodes_of(index, found.vertices), found.hops.tolist(), strict=True)) == expected
    assert found.complete


def test_a_search_that_may_not_go_on_says_that_it_is_not_whole():
    index = index_of(nx.path_graph(10, create_using=nx.DiGraph))
    found = reach(index, [0], "descent", max_papers=4)
    assert (found.vertices.tolist(), found.complete) == ([0, 1, 2, 3], False)


@given(graphs, st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_ways_hold_every_path_and_nothing_that_leads_astray(graph, start, end):
    if start == end:
        return
    graph.remove_edges_from([*graph.in_edges(start), *graph.out_edges(end)])
    index = index_of(graph)
    found = papers_between(index, vertex_of(index, start), vertex_of(index, end))
    assert found.tolist() == sorted(found.tolist())
    expected = nodes_between(graph, start, end) if nx.has_path(graph, start, end) else ()
    assert set(nodes_of(index, found)) == set(expected)


@given(graphs, st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(1, 6))
def test_ways_within_some_hops_hold_every_such_path(graph, start, end, hops):
    if start == end:
        return
    on_paths = {v for path in nx.all_simple_paths(graph, start, end, hops) for v in path}
    index = index_of(graph)
    found = set(nodes_of(index, papers_between_within(index, vertex_of(index, start), vertex_of(index, end), hops)))
    assert on_paths <= found
    away, back = (nx.single_source_shortest_path_length(g, v) for g, v in ((graph, start), (graph.reverse(), end)))
    assert all(away[vertex] + back[vertex] <= hops for vertex in found)


@settings(max_examples=60)
@given(graphs, st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.randoms(use_true_random=False))
def test_the_ways_by_cost_hold_the_strongest_paths(graph, start, end, chance):
    if start == end or not nx.has_path(graph, start, end):
        return
    said = {arc: chance.randrange(16) for arc in graph.edges}
    index, price = index_of(graph, evidence=said), evidence_costs()
    every = list(cheapest_paths(graph, start, end, lambda u, v: float(price[said[u, v]])))
    limit = 1.4
    cheap = {v for path in every if sum(price[said[arc]] for arc in pairwise(path)) <= limit for v in path}
    found = papers_between_by_cost(index, vertex_of(index, start), vertex_of(index, end), limit)
    assert cheap <= set(nodes_of(index, found))


@pytest.mark.parametrize("byte", range(16))
def test_evidence_costs_what_strength_says(byte):
    intents = tuple(intent for intent, bit in INTENTS.items() if byte & bit)
    corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources={"s": Source("s", "semantic_scholar", "S")})
    citation = Citation("a", "b", (Assertion("s", influential=bool(byte & INFLUENTIAL), intents=intents),))
    assert evidence_costs()[byte] == pytest.approx(cost(corpus, citation))


@pytest.mark.parametrize("one", [0, 20180000, 20190000, 20180300, 20190400, 20200000])
@pytest.mark.parametrize("other", [0, 20180000, 20190000, 20180300, 20190400, 20200000])
def test_dates_are_compared_as_a_lineage_compares_them(one, other):
    def paper(key: str, date: int) -> Paper:
        if not date:
            return Paper(key)
        text = f"{date // 10000:04}" + (f"-{date // 100 % 100:02}" if date % 10000 else "")
        return Paper(key, date=text, date_basis="arxiv_identifier" if date % 10000 else "stated_year")

    corpus = Corpus({"cited": paper("cited", one), "citing": paper("citing", other)})
    citation = Citation("citing", "cited", (Assertion("s"),))
    assert is_later(one, other) == is_backwards(corpus, citation)


def opened(graph: nx.DiGraph, when: dict[int, int]) -> nx.DiGraph:
    """The graph without circles by the rule of the lineage, with numbers where that has keys."""

    def age(node: int) -> tuple[str, int]:
        text = str(when.get(node, 0))
        return (text.rstrip("0") if text.endswith("00") else text).ljust(8, "9") if text != "0" else "9" * 8, node

    kept = nx.DiGraph()
    kept.add_nodes_from(graph)
    kept.add_edges_from((u, v) for u, v in graph.edges if not is_later(when.get(u, 0), when.get(v, 0)))
    circles = [group for group in nx.strongly_connected_components(kept) if len(group) > 1]
    kept.remove_edges_from([(u, v) for u, v in kept.edges for c in circles if u in c and v in c and age(u) > age(v)])
    return kept


@given(graphs, dates)
def test_circles_are_opened_by_date_and_counts_are_exact(graph, when):
    expected = traversal(opened(graph, when))
    index = index_of(graph, when)
    counted, vertex = search_path_counts(acyclic_index(index)), partial(vertex_of, index)
    assert sum(counted.graph.dropped) == len(graph.edges) - len(expected.arcs)
    assert counted.total.number == expected.flow
    assert {(u, v): counted.arc(vertex(u), vertex(v)).number for u, v in expected.arcs} == dict(expected.arcs)
    assert {v: counted.paper(vertex(v)).number for v in expected.papers} == dict(expected.papers)
    assert (len(counted.sources), len(counted.sinks)) == (len(expected.sources), len(expected.sinks))


@given(dags, dates)
def test_the_heaviest_path_has_the_greatest_sum(graph, when):
    kept = opened(graph, when)
    index = index_of(graph, when)
    path, greatest = search_path_counts(acyclic_index(index)).heaviest()
    path = nodes_of(index, path)
    if not kept.edges:
        assert path == ()
        return
    weights = traversal(kept).arcs
    best = next(search(kept, weights, GLOBAL).paths())
    assert greatest.number == sum_along(best, weights) == sum_along(path, weights)


@given(graphs, dates, st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_flow_from_one_to_another_is_that_of_the_part_between(graph, when, start, end):
    graph.remove_edges_from([*graph.in_edges(start), *graph.out_edges(end)])
    if start == end or not nx.has_path(graph, start, end):
        return
    index = index_of(graph, when)
    ends = vertex_of(index, start), vertex_of(index, end)
    part, number = acyclic_part(index, papers_between(index, *ends), *ends)
    place = {node: at for at, node in enumerate(nodes_of(index, number))}
    counted = search_path_counts(part, place[start], place[end])
    kept = opened(nodes_between(graph, start, end), when)  # circles that are circles there
    expected = traversal(nodes_between(kept, start, end)) if nx.has_path(kept, start, end) else None
    assert counted.total.number == (expected.flow if expected else 0)
    assert sum(part.dropped) == part.citations - len(kept.edges)
    if expected:
        found = {arc: counted.arc(place[arc[0]], place[arc[1]]).number for arc in expected.arcs}
        assert found == dict(expected.arcs)


def test_counts_agree_with_exact_integers_to_twelve_digits_far_past_64_bits():
    graph = made_dag(4000, 2, references=30)
    chain = nx.DiGraph()  # 1,200 diamonds in a row: 2**1200 paths, past what a float holds
    for n in range(1200):
        chain.add_edges_from((4000 + 3 * n + a, 4000 + 3 * n + b) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3)))
    graph = nx.compose(graph, chain)
    index = index_of(graph)
    counted, expected, vertex = search_path_counts(acyclic_index(index)), traversal(graph), partial(vertex_of, index)
    assert expected.flow > 10**360
    assert counted.total.log10 == pytest.approx(math.log10(expected.flow), abs=1e-10)
    for (u, v), count in expected.arcs.items():
        assert abs(counted.arc(vertex(u), vertex(v)).log10 - math.log10(count)) < 1e-10, (u, v)
    exact = {v: n for v, n in expected.papers.items() if n < 2**53 and v < 4000}
    assert {v: counted.paper(vertex(v)).number for v in exact} == exact


def test_a_mantissa_agrees_with_exact_integers_to_twelve_digits():
    graph = made_dag(4000, 2, references=30)
    index = index_of(graph)
    counted, expected = search_path_counts(acyclic_index(index)), traversal(graph)
    mantissas, exponents = counted.into["mantissa"], counted.into["exponent"]
    ways_to = {}
    for v in nx.topological_sort(graph):
        ways_to[v] = sum(ways_to[u] for u in graph.predecessors(v)) or int(graph.out_degree(v) > 0)
    assert max(ways_to.values()) > 10**20
    for v, count in ways_to.items():
        found = int(mantissas[vertex_of(index, v)]) << (256 * int(exponents[vertex_of(index, v)]))
        assert abs(found - count) <= count * 1e-12
    assert counted.total.log10 == pytest.approx(math.log10(expected.flow), abs=1e-12)


def test_a_large_count_is_written_with_the_digits_that_are_known():
    assert ScaledCount.of(float(2**60), 0).number // 10**8 == 2**60 // 10**8
    assert ScaledCount.of(0.0, 0).number == 0


@given(graphs)
def test_page_rank_is_networkx_s_to_nine_digits(graph):
    index = index_of(graph)
    rank = page_rank(index, tolerance=1e-13, max_sweeps=1000)
    expected = nx.pagerank(graph.reverse(), tol=1e-16, max_iter=5000)  # from the citing paper to the cited
    assert max(abs(rank[vertex_of(index, node)] - expected[node]) for node in graph) < 1e-9


@given(graphs, st.sets(st.integers(0, NODES - 1), min_size=1, max_size=3))
def test_nearness_is_page_rank_that_starts_again_at_the_named_papers(graph, seeds):
    walk = nx.DiGraph()
    walk.add_nodes_from(graph)
    for node in graph:
        sides = [near for near in (list(graph.successors(node)), list(graph.predecessors(node))) if near]
        for near in sides:
            for other in near:
                weight = walk.get_edge_data(node, other, {"weight": 0})["weight"]
                walk.add_edge(node, other, weight=weight + 1 / len(near) / len(sides))
        if not sides:
            walk.add_edge(node, node, weight=1)
    expected = nx.pagerank(
        walk, alpha=0.85, personalization=dict.fromkeys(seeds, 1.0), tol=1e-14, max_iter=2000, dangling=None
    )
    index = index_of(graph)
    chosen = [vertex_of(index, node) for node in seeds]
    found = nodes_of(index, nearest(index, chosen, depth=NODES, top=NODES, precision=1e-9))
    likely = [expected[node] for node in found]
    assert set(found[: len(seeds)]) == seeds
    assert set(found) == {node for node in graph if expected[node] > 1e-12}
    assert all(one >= other - 1e-6 for one, other in pairwise(likely[len(seeds) :]))


def test_nearness_keeps_to_its_depth():
    index = index_of(nx.path_graph(10, create_using=nx.DiGraph))
    assert sorted(nearest(index, [5], depth=2, top=100)) == [3, 4, 5, 6, 7]
    assert nearest(index, [5], depth=2, top=1) == [5]


def _asked(path: Path) -> list[tuple[int, ...]]:
    index = open_index(path)
    return [shortest_path(index, a, b) for a in range(0, 300, 7) for b in range(a + 1, 3000, 171)]


def test_threads_and_processes_that_read_one_index_get_the_same_answers(place):
    index_of(made_dag(3000, 5), path=place)
    expected = _asked(place)
    index = open_index(place)

    def shared(_: int) -> list[tuple[int, ...]]:
        return [shortest_path(index, a, b) for a in range(0, 300, 7) for b in range(a + 1, 3000, 171)]

    with ThreadPoolExecutor(4) as threads:
        assert all(answer == expected for answer in threads.map(shared, range(4)))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert all(answer == expected for answer in processes.map(_asked, [place] * 2))
