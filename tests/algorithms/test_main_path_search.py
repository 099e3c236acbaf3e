"""Searches for main paths: published results with all ties, and their definitions on any small network."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.main_path_search import Search, search, sum_along
from graph.algorithms.traversal_weights import WEIGHTS, traversal
from graph.errors import InputError

from ..helpers.published import (
    BACKWARD_FROM_10,
    FORWARD_FROM_ALL_SOURCES,
    MAINPATHS_JL,
    WIKIPEDIA,
    Published,
    arcs_of,
    network_of,
)
from ..helpers.search_by_definition import by_definition
from ..helpers.small_graphs import NETWORKS, dag

PUBLISHED = [pytest.param(WIKIPEDIA, id="wikipedia"), pytest.param(MAINPATHS_JL, id="mainpaths.jl")]


SEARCHED = [(published, each) for published in (WIKIPEDIA, MAINPATHS_JL) for each in published.searches]


@pytest.mark.parametrize(("published", "each"), SEARCHED, ids=[f"{p.arcs[0]} {each}" for p, each in SEARCHED])
def test_every_search_finds_the_published_citations_with_all_ties(published: Published, each: str):
    name, weight, routes = each.split()
    graph = network_of(published)
    found = search(graph, traversal(graph, weight).arcs, Search(name, int(routes)))
    assert set(found.arcs) == set(arcs_of(published.searches[each]))


@pytest.mark.parametrize("weight", ["SPC", "SPLC", "SPNP"])
@pytest.mark.parametrize("published", PUBLISHED)
def test_the_global_main_path_and_its_sum_are_the_published_ones(published: Published, weight: str):
    graph = network_of(published)
    weights = traversal(graph, weight).arcs
    found = search(graph, weights, Search("global"))
    greatest, paths = published.best[weight]
    assert sorted(found.paths()) == [tuple(path.split(">")) for path in paths.split()]
    assert {sum_along(path, weights) for path in found.paths()} == {greatest}


def test_local_searches_from_given_papers_find_the_published_papers():
    graph = network_of(MAINPATHS_JL)
    weights = traversal(graph).arcs
    every = search(graph, weights, Search("local-forward", every_end=True))
    assert sorted(map(int, every.papers)) == FORWARD_FROM_ALL_SOURCES
    before_10 = graph.subgraph(nx.ancestors(graph, "10") | {"10"})
    kept = {arc: weight for arc, weight in weights.items() if arc in before_10.edges}
    assert sorted(map(int, search(before_10, kept, Search("local-backward")).papers)) == BACKWARD_FROM_10


BY = st.one_of(
    st.just(Search("global")),
    st.builds(
        Search,
        st.sampled_from(["local-forward", "local-backward"]),
        tolerance=st.fractions(0, Fraction(9, 10), max_denominator=10),
        every_end=st.booleans(),
    ),
    st.builds(Search, st.just("key-route-global"), st.integers(1, 25)),
    st.builds(
        Search, st.just("key-route-local"), st.integers(1, 25), st.fractions(0, Fraction(9, 10), max_denominator=10)
    ),
)


@given(NETWORKS.filter(bool), BY, st.sampled_from(WEIGHTS))
def test_every_search_finds_what_its_definition_says(arcs: set[tuple[int, int]], by: Search, weight: str):
    graph = dag(arcs)
    weights = traversal(graph, weight).arcs
    found = search(graph, weights, by)
    assert set(found.arcs) == by_definition(graph, dict(weights), by)
    assert found.path_count == len(list(found.paths()))
    assert {arc for path in found.paths() for arc in pairwise(path)} == set(found.arcs)


@given(NETWORKS.filter(bool))
def test_what_two_searches_promise_of_each_other_holds(arcs: set[tuple[int, int]]):
    """Key routes include the heaviest arc; a broadened search includes the narrow one."""
    graph = dag(arcs)
    weights = traversal(graph).arcs
    most = max(weights.values())
    for name in ("key-route-global", "key-route-local"):
        found = search(graph, weights, Search(name))
        assert {arc for arc in weights if weights[arc] == most} == set(found.keys) <= set(found.arcs)
    narrow = search(graph, weights, Search("local-forward"))
    broad = search(graph, weights, Search("local-forward", tolerance=Fraction(1, 2)))
    assert set(narrow.arcs) <= set(broad.arcs)


def test_heavy_citations_that_differ_by_one_are_told_apart_past_the_precision_of_floats():
    weights = {("a", "b"): 10**40, ("a", "c"): 10**40 + 1, ("b", "d"): 1, ("c", "d"): 1}
    found = search(nx.DiGraph(list(weights)), weights, Search("global"))
    assert list(found.paths()) == [("a", "c", "d")]
    assert search(nx.DiGraph(list(weights)), weights, Search("key-route-global")).keys == (("a", "c"),)


def test_main_paths_are_told_apart_where_one_has_a_single_path_more_of_very_many():
    """From s two chains of a hundred diamonds lead to t, and one more path comes to the end of b."""
    graph = nx.DiGraph([("s", "a0"), ("s", "b0"), ("a100", "t"), ("b100", "t"), ("s", "x"), ("x", "b100")])
    for chain in "ab":
        for n in range(100):
            for side in ("left", "right"):
                graph.add_edges_from([(f"{chain}{n}", f"{chain}{n}{side}"), (f"{chain}{n}{side}", f"{chain}{n + 1}")])
    weights = traversal(graph).arcs
    assert weights.top(2) == [(("b100", "t"), 2**100 + 1), (("s", "a0"), 2**100)]
    assert search(graph, weights, Search("key-route-global")).keys == (("b100", "t"),)
    found = search(graph, weights, Search("global"))
    assert (found.path_count, {paper[0] for paper in found.papers}) == (2**100, {"s", "b", "t"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "widest"},
        {"routes": 0},
        {"routes": 2},
        {"tolerance": Fraction(1, 2)},
        {"name": "local-forward", "tolerance": Fraction(1)},
        {"every_end": True},
    ],
)
def test_a_search_whose_options_do_not_fit_together_is_refused(wrong: dict[str, object]):
    with pytest.raises(InputError):
        Search(**wrong)
