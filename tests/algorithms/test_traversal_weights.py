"""Search path counts: published networks to the digit, identities and enumeration on any small network."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from graph.algorithms.dominators import implied_arcs
from graph.algorithms.extreme_paths import longest_paths
from graph.algorithms.levels import BLOCK
from graph.algorithms.main_path_search import Search, search
from graph.algorithms.traversal_weights import WEIGHTS, traversal
from graph.errors import InputError

from ..helpers.published import (
    MAINPATHS_JL,
    SPC_OF_PAPERS,
    SPLC_OF_PAPERS,
    WIKIPEDIA,
    Published,
    arcs_of,
    network_of,
)
from ..helpers.small_graphs import NETWORKS, all_paths, counted, dag, through_paths

PUBLISHED = [pytest.param(WIKIPEDIA, id="wikipedia"), pytest.param(MAINPATHS_JL, id="mainpaths.jl")]


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("published", PUBLISHED)
def test_every_weight_is_the_published_one_to_the_digit(published: Published, weight: str):
    counts = traversal(network_of(published), weight)
    assert [counts.arcs[arc] for arc in arcs_of(published.arcs)] == published.weights[weight]
    assert counts.flow == published.flow


def test_the_counts_of_papers_are_the_published_ones():
    graph, papers = network_of(MAINPATHS_JL), [str(n) for n in range(1, 12)]
    assert [traversal(graph, "SPC").papers[p] for p in papers] == SPC_OF_PAPERS
    assert [traversal(graph, "SPLC").papers[p] for p in papers] == SPLC_OF_PAPERS


@given(NETWORKS)
def test_weights_are_what_enumeration_counts(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    whole = through_paths(graph)
    to_sinks = [path for path in all_paths(graph) if not graph.succ[path[-1]]]
    assert traversal(graph, "SPC").arcs == counted(whole)
    assert traversal(graph, "SPLC").arcs == counted(to_sinks)
    assert traversal(graph, "SPNP").arcs == counted(all_paths(graph))
    assert traversal(graph, "NPPC").arcs == {
        (u, v): (len(nx.ancestors(graph, u)) + 1) * (len(nx.descendants(graph, v)) + 1) for u, v in graph.edges
    }
    assert {traversal(graph, weight).flow for weight in WEIGHTS} == {len(whole)}
    counts = traversal(graph).arcs
    assert counts.top(3) == sorted(counts.items(), key=lambda item: -item[1])[:3]
    assert traversal(graph).papers == {
        node: sum(node in path for path in whole) for node in graph if graph.degree(node)
    }


@given(NETWORKS)
def test_the_identities_of_the_weights_hold(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    spc, splc, spnp, nppc = (traversal(graph, weight) for weight in WEIGHTS)
    for arc in graph.edges:
        assert spnp.arcs[arc] >= splc.arcs[arc] >= spc.arcs[arc] >= 1
        assert nppc.arcs[arc] <= spnp.arcs[arc]
    for node in graph:
        if graph.pred[node] and graph.succ[node]:
            into, out_of = graph.in_edges(node), graph.out_edges(node)
            assert sum(spc.arcs[arc] for arc in into) == sum(spc.arcs[arc] for arc in out_of) == spc.papers[node]
    assert sum(count for (u, _), count in spc.arcs.items() if u in spc.sources) == spc.flow
    assert traversal(graph.reverse()).arcs == {(v, u): count for (u, v), count in spc.arcs.items()}


@given(NETWORKS)
def test_a_new_source_turns_spc_into_splc_and_a_new_sink_too_into_spnp(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    splc, spnp = traversal(graph, "SPLC").arcs, traversal(graph, "SPNP").arcs
    papers = list(graph)
    graph.add_edges_from(("source", paper) for paper in papers)
    counts = traversal(graph).arcs
    assert {arc: counts[arc] for arc in splc} == splc
    graph.add_edges_from((paper, "sink") for paper in papers)
    counts = traversal(graph).arcs
    assert {arc: counts[arc] for arc in spnp} == spnp


@given(NETWORKS)
def test_a_paper_without_citations_is_left_out_and_listed(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    counts = traversal(graph)
    assert set(counts.alone) == {node for node in graph if graph.degree(node) == 0}
    assert set(counts.papers) == set(graph) - set(counts.alone)
    assert not set(counts.alone) & {*counts.sources, *counts.sinks}


def test_sets_are_counted_in_blocks_and_the_blocks_add_up():
    """A chain longer than a block, with a citation past every second paper."""
    many = BLOCK + 500
    graph = nx.DiGraph()
    graph.add_edges_from((str(n), str(n + 1)) for n in range(many - 1))
    skips = {(str(n), str(n + 2)) for n in range(many - 2)}
    graph.add_edges_from(skips)
    nppc = traversal(graph, "NPPC").arcs
    assert all(nppc[str(n), str(n + 1)] == (n + 1) * (many - n - 1) for n in range(many - 1))
    assert implied_arcs(graph) == skips


def test_counts_do_not_overflow_and_remain_readable():
    graph: nx.DiGraph = nx.DiGraph()
    for n in range(200):
        graph.add_edges_from([(f"{n}", f"{n}a"), (f"{n}", f"{n}b"), (f"{n}a", f"{n + 1}"), (f"{n}b", f"{n + 1}")])
    counts = traversal(graph)
    assert counts.flow == 2**200
    assert set(counts.arcs.values()) == {2**199}
    found = search(graph, counts.arcs, Search("global"))
    assert (found.path_count, len(found.arcs)) == (2**200, 800)
    assert counts.to_frame()["SPC"].sum() == 800 * 2**199


def test_a_graph_with_a_circle_is_refused():
    ring = nx.DiGraph([("a", "b"), ("b", "a")])
    for question in (traversal, implied_arcs, longest_paths):
        with pytest.raises(InputError, match="circles"):
            question(ring)
