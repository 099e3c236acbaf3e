"""Reach, depth and search path counts of papers, by enumeration and as published."""

from __future__ import annotations

from itertools import product

import networkx as nx
from hypothesis import given

from graph.analysis.measures import Result, measure
from graph.model.lineage import Lineage

from ...helpers.made_lineages import any_citations, citations_without_circles, corpus_lineage


@given(any_citations)
def test_reach_agrees_with_brute_force_also_in_circles(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    before, after = measure(lineage, "ancestors").values, measure(lineage, "descendants").values
    for key in lineage.graph:
        assert before[key] == len(nx.ancestors(lineage.graph, key))
        assert after[key] == len(nx.descendants(lineage.graph, key))


def test_reach_of_the_shipped_corpus_agrees_with_brute_force(lineage: Lineage, shipped: dict[str, Result]):
    for key in [*lineage.list_keys, *(k for cycle in lineage.cycles for k in cycle), "hochreiter1997long"]:
        assert shipped["descendants"].values[key] == len(nx.descendants(lineage.graph, key))
        if shipped["ancestors"].values[key] is not None:
            assert shipped["ancestors"].values[key] == len(nx.ancestors(lineage.graph, key))


@given(citations_without_circles)
def test_every_citation_adds_at_least_one_ancestor_descendant_and_step_of_depth(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    before, after, deep = (measure(lineage, name).values for name in ("ancestors", "descendants", "depth"))
    for cited, citing in lineage.graph.edges:
        assert before[citing] > before[cited]
        assert after[cited] > after[citing]
        assert deep[citing] > deep[cited]


@given(citations_without_circles)
def test_depth_is_the_longest_chain_that_brute_force_finds(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    for key, value in measure(lineage, "depth").values.items():
        behind = lineage.graph.subgraph(nx.ancestors(lineage.graph, key) | {key})
        assert value == nx.dag_longest_path_length(behind)


def test_papers_of_a_circle_share_one_depth_and_one_count_and_the_circle_adds_no_step():
    """Citations a <- b <-> c <- d: the chain a, {b, c}, d has two steps and is the only one."""
    lineage = corpus_lineage([("b", "a"), ("b", "c"), ("c", "b"), ("d", "c")])
    assert measure(lineage, "depth").values == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert measure(lineage, "throughput").values == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert measure(lineage, "throughput").notes == ("circles of citations, which count as one paper each: 1",)


def test_search_path_counts_of_papers_are_the_published_ones():
    """The twelve arcs and vertex weights that MainPaths.jl publishes."""
    arcs = [(1, 3), (2, 3), (2, 4), (3, 5), (3, 7), (4, 6), (4, 10), (4, 11), (5, 8), (5, 9), (6, 9), (6, 10)]
    published = {1: 3, 2: 7, 3: 6, 4: 4, 5: 4, 6: 2, 7: 2, 8: 2, 9: 3, 10: 2, 11: 1}
    values = measure(corpus_lineage((f"n{citing}", f"n{cited}") for cited, citing in arcs), "throughput").values
    assert values == {f"n{paper}": count for paper, count in published.items()}


@given(any_citations)
def test_search_path_counts_agree_with_enumerated_paths_between_families(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    condensed = nx.condensation(lineage.graph)
    sources = [node for node, degree in condensed.in_degree() if not degree]
    sinks = [node for node, degree in condensed.out_degree() if not degree]
    through = dict.fromkeys(condensed, 0)
    for source, sink in product(sources, sinks):
        for path in [[source]] if source == sink else nx.all_simple_paths(condensed, source, sink):
            for node in path:
                through[node] += 1
    values = measure(lineage, "throughput").values
    assert values == {key: through[condensed.graph["mapping"][key]] for key in lineage.graph}


def test_search_path_counts_stay_exact_beyond_64_bits_also_in_a_table():
    """A ladder of 200 diamonds has 2^200 paths, half of them through each side."""
    pairs = [
        pair for i in range(200) for side in "xy" for pair in [(f"{side}{i}", f"s{i}"), (f"s{i + 1}", f"{side}{i}")]
    ]
    result = measure(corpus_lineage(pairs), "throughput")
    assert result.values["s7"] == 2**200
    assert result.values["x7"] == 2**199
    assert result.to_frame().loc["s7", "throughput"] == 2**200
    assert f"{2**200:,}" in str(result)


def test_a_paper_without_citations_is_left_out_of_the_flow():
    result = measure(corpus_lineage([("b", "a")], more=["alone"]), "throughput")
    assert result.values == {"a": 1, "alone": None, "b": 1}
    assert result.refused[0].reason == "it neither cites nor is cited in this corpus"
