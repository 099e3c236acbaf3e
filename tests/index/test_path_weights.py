"""Broken cycles, path counts and the main path: the same as plain Python and networkx compute."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.index.between import papers_between
from graph.index.kernels.order import is_later
from graph.index.path_weights import ScaledCount, acyclic_index, acyclic_part, search_path_counts
from graph.model.corpus import Corpus, Paper

from ..helpers.networks import between, count_paths, dags, dates, graphs, large_dag, nodes
from ..helpers.scale_world import index_of, nodes_of, vertex_of


@pytest.mark.parametrize("cited", [0, 20180000, 20190000, 20180300, 20190400, 20200000])
@pytest.mark.parametrize("citing", [0, 20180000, 20190000, 20180300, 20190400, 20200000])
def test_dates_are_compared_as_a_lineage_compares_them(cited, citing):
    def paper(key: str, date: int) -> Paper:
        if not date:
            return Paper(key)
        text = f"{date // 10000:04}" + (f"-{date // 100 % 100:02}" if date % 10000 else "")
        return Paper(key, date=text, date_basis="arxiv_identifier" if date % 10000 else "stated_year")

    papers = {"cited": paper("cited", cited), "citing": paper("citing", citing)}
    arrays = Corpus(papers).arrays
    assert is_later(cited, citing) == arrays.backwards(arrays.numbers["cited"], arrays.numbers["citing"])


def without_cycles(graph: nx.DiGraph, when: dict[int, int]) -> nx.DiGraph:
    """The graph with its cycles broken by the rule of a lineage, with numbers in the place of keys."""

    def age(node: int) -> tuple[str, int]:
        text = str(when.get(node, 0))
        return (text.rstrip("0") if text.endswith("00") else text).ljust(8, "9") if text != "0" else "9" * 8, node

    kept = nx.DiGraph()
    kept.add_nodes_from(graph)
    kept.add_edges_from((u, v) for u, v in graph.edges if not is_later(when.get(u, 0), when.get(v, 0)))
    cycles = [group for group in nx.strongly_connected_components(kept) if len(group) > 1]
    kept.remove_edges_from([(u, v) for u, v in kept.edges for c in cycles if u in c and v in c and age(u) > age(v)])
    return kept


@given(graphs, dates)
def test_cycles_are_broken_by_date_and_counts_are_exact(graph, when):
    kept, index = without_cycles(graph, when), index_of(graph, when)
    expected = count_paths(kept)
    weights, vertex = search_path_counts(acyclic_index(index)), partial(vertex_of, index)
    assert sum(weights.graph.dropped) == len(graph.edges) - len(kept.edges)
    assert weights.graph.dropped[0] == sum(is_later(when.get(u, 0), when.get(v, 0)) for u, v in graph.edges)
    assert weights.total.number == expected.total
    assert {(u, v): weights.arc(vertex(u), vertex(v)).number for u, v in kept.edges} == expected.arcs
    assert {v: weights.paper(vertex(v)).number for v in graph} == expected.papers
    assert set(nodes_of(index, weights.sources)) == set(expected.sources)
    assert set(nodes_of(index, weights.sinks)) == set(expected.sinks)


@given(graphs, dates)
def test_shares_are_the_fractions_of_all_paths_and_zero_for_arcs_that_are_left_out(graph, when):
    index = index_of(graph, when)
    expected = count_paths(without_cycles(graph, when))
    shares = search_path_counts(acyclic_index(index)).shares()
    citing = np.repeat(np.arange(index.papers), np.diff(index.references_at)).tolist()
    arcs = [nodes_of(index, arc) for arc in zip(index.references.tolist(), citing, strict=True)]
    wanted = [expected.arcs.get(arc, 0) / max(expected.total, 1) for arc in arcs]
    assert shares.tolist() == pytest.approx(wanted)


@given(graphs, dates)
def test_the_logarithms_of_papers_are_those_of_their_counts(graph, when):
    index = index_of(graph, when)
    log2 = search_path_counts(acyclic_index(index)).log2_of_papers()
    for node, count in count_paths(without_cycles(graph, when)).papers.items():
        assert log2[vertex_of(index, node)] == pytest.approx(math.log2(count) if count else -math.inf)


@given(dags, dates)
def test_the_heaviest_path_has_the_greatest_sum(graph, when):
    kept, index = without_cycles(graph, when), index_of(graph, when)
    path, greatest = search_path_counts(acyclic_index(index)).heaviest()
    path = nodes_of(index, path)
    if not kept.edges:
        assert path == ()
        return
    counts = count_paths(kept).arcs
    nx.set_edge_attributes(kept, counts, "weight")
    assert greatest.number == nx.dag_longest_path_length(kept) == sum(counts[arc] for arc in pairwise(path))


@given(graphs, dates, nodes, nodes)
def test_counts_from_one_paper_to_another_are_those_of_the_part_between(graph, when, start, end):
    graph.remove_edges_from([*graph.in_edges(start), *graph.out_edges(end)])
    if start == end or not nx.has_path(graph, start, end):
        return
    index = index_of(graph, when)
    ends = vertex_of(index, start), vertex_of(index, end)
    part, vertices = acyclic_part(index, papers_between(index, *ends), *ends)
    place = {node: n for n, node in enumerate(nodes_of(index, vertices))}
    weights = search_path_counts(part, place[start], place[end])
    kept = without_cycles(between(graph, start, end), when)  # the cycles of the part, not those of the graph
    expected = count_paths(kept, start, end)
    assert weights.total.number == expected.total
    assert (part.papers, part.citations - sum(part.dropped)) == (len(kept), len(kept.edges))
    found = {(u, v): weights.arc(place[u], place[v]).number for u, v in kept.edges}
    assert found == expected.arcs


@given(graphs, dates, nodes, nodes)
def test_a_part_lacks_the_arcs_into_its_start_and_out_of_its_end(graph, when, start, end):
    index = index_of(graph, when)
    members = np.arange(index.papers, dtype=np.int32)
    part, vertices = acyclic_part(index, members, vertex_of(index, start), vertex_of(index, end))
    citing = np.repeat(np.arange(part.papers), np.diff(part.references_at)).tolist()
    number = nodes_of(index, vertices)
    arcs = {(number[cited], number[v]) for cited, v in zip(part.references.tolist(), citing, strict=True)}
    assert arcs == {(u, v) for u, v in graph.edges if v != start and u != end}


def test_counts_agree_with_exact_integers_to_twelve_digits_far_past_64_bits():
    graph = large_dag(400, 2, references=30)
    chain = nx.DiGraph()  # 1,200 diamonds in a row: 2**1200 paths, past what a float holds
    for n in range(1200):
        chain.add_edges_from((400 + 3 * n + a, 400 + 3 * n + b) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3)))
    graph = nx.compose(graph, chain)
    index = index_of(graph)
    weights, expected, vertex = search_path_counts(acyclic_index(index)), count_paths(graph), partial(vertex_of, index)
    assert expected.total > 10**360
    assert weights.total.log10 == pytest.approx(math.log10(expected.total), abs=1e-10)
    for (u, v), count in expected.arcs.items():
        assert abs(weights.arc(vertex(u), vertex(v)).log10 - math.log10(count)) < 1e-10, (u, v)
    exact = {v: n for v, n in expected.papers.items() if n < 2**53 and v < 400}
    assert {v: weights.paper(vertex(v)).number for v in exact} == exact
    log2 = weights.log2_of_papers()
    assert all(abs(log2[vertex(v)] - math.log2(n)) < 1e-9 for v, n in expected.papers.items() if n)
    path, greatest = weights.heaviest()  # the chain has far more paths than everything else
    assert nodes_of(index, path)[::2] == tuple(range(400, 400 + 3 * 1201, 3))
    assert greatest.log10 == pytest.approx(math.log10(2400) + math.log10(2) * 1199, abs=1e-9)


def test_a_mantissa_agrees_with_exact_integers_to_twelve_digits():
    graph = large_dag(4000, 2, references=30)
    index = index_of(graph)
    weights, expected = search_path_counts(acyclic_index(index)), count_paths(graph)
    mantissas, exponents = weights.into["mantissa"], weights.into["exponent"]
    assert max(expected.into.values()) > 10**20
    for v, count in expected.into.items():
        found = int(mantissas[vertex_of(index, v)]) << (256 * int(exponents[vertex_of(index, v)]))
        assert abs(found - count) <= count * 1e-12
    assert weights.total.log10 == pytest.approx(math.log10(expected.total), abs=1e-12)


@pytest.mark.parametrize(
    ("mantissa", "exponent", "number", "exact"),
    [
        (0.0, 0, 0, True),
        (3.0, 0, 3, True),
        (float(2**53 - 1), 0, 2**53 - 1, True),
        (float(2**53), 0, 2**53, False),
        (float(2**60), 0, 2**60, False),
        (1.5, 2, 3 << 511, False),
    ],
)
def test_a_count_is_exact_as_long_as_a_float_is_and_else_has_twelve_digits(mantissa, exponent, number, exact):
    count = ScaledCount.of(mantissa, exponent)
    assert (count.exact is not None) is exact
    assert count.number == number if exact else abs(count.number - number) <= number * 1e-11
    assert count.log10 == pytest.approx(math.log10(number) if number else -math.inf)
