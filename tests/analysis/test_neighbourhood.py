"""The papers around the list, and around one paper."""

from __future__ import annotations

import networkx as nx

from graph.analysis.neighbourhood import around, neighbourhood, shared_ancestors
from graph.model.corpus import Corpus, Paper
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList

from ..helpers.made_lineages import lineage_of


def test_the_neighbourhood_has_the_list_its_bridges_and_what_at_least_two_papers_of_it_cite(lineage: Lineage):
    keys = neighbourhood(lineage, ancestors=10)
    shared = dict(shared_ancestors(lineage, most=10))
    assert set(keys) == {*lineage.list_keys, *lineage.bridges, *shared}
    assert len(keys) == len(set(keys)) == 23 + len(lineage.bridges) + 10
    assert keys == sorted(keys, key=lineage.age)
    listed = set(lineage.list_keys)
    for key, count in shared.items():
        assert count == len(listed & set(lineage.graph.successors(key))) >= 2
    assert shared["kingma2014adam"] == max(shared.values())


def test_shared_ancestors_are_no_bridges_and_are_cited_by_at_least_two_papers_of_the_list():
    citations = [
        *[(entry, "shared") for entry in ("a", "b", "outside")],
        *[("a", "single"), ("outside", "single")],
        *[("a", "bridge"), ("b", "bridge"), ("bridge", "c")],
        *[("a", "c"), ("b", "c")],
    ]
    assert shared_ancestors(lineage_of(citations, {"a": "t", "b": "t", "c": "t"})) == [("shared", 2)]


def test_of_ancestors_that_equally_many_papers_of_the_list_cite_the_most_cited_come_first_and_then_the_older():
    citations = [(entry, paper) for entry in ("a", "b") for paper in ("young", "old", "cited")] + [("x", "cited")]
    world = lineage_of(citations, {"a": "t", "b": "t"}, {"young": "2002", "old": "2001", "cited": "2003"})
    assert shared_ancestors(world) == [("cited", 2), ("old", 2), ("young", 2)]
    assert shared_ancestors(world, most=1) == [("cited", 2)]


def test_the_papers_within_some_hops_are_those_of_brute_force_in_both_directions(lineage: Lineage):
    for depth in (1, 2):
        hops = dict(nx.single_source_shortest_path_length(lineage.graph.to_undirected(), "devlin2018", depth))
        near = around(lineage, "devlin2018", depth=depth, top=10_000)
        assert near.hops == hops
        assert list(near.hops.values()) == sorted(hops.values())
        assert (near.key, near.depth, near.total) == ("devlin2018", depth, len(hops))


def test_of_equally_near_papers_those_of_the_list_come_first_then_bridges_then_the_most_cited():
    citations = [
        *[("x", paper) for paper in ("entry", "plain", "cited", "bridge")],
        *[("other", "cited"), ("third", "cited"), ("bridge", "start")],
    ]
    dates = {"cited": "2009", "plain": "2001"}
    world = lineage_of([*citations, ("far", "plain")], {"start": "t", "entry": "t", "x": "t"}, dates)
    near = around(world, "x", depth=1)
    assert list(near.hops) == ["x", "entry", "bridge", "cited", "plain"]
    assert world.graph.nodes["bridge"]["role"] == "bridge"


def test_a_limit_keeps_the_nearest_papers_and_counts_all():
    world = lineage_of([("x", "a"), ("x", "b"), ("c", "x"), ("b", "far")], {"x": "t"}, {"a": "2001", "b": "2002"})
    near = around(world, "x", depth=2, top=2)
    assert (list(near.hops.items()), near.total) == ([("x", 0), ("a", 1)], 5)


def test_a_list_without_entries_has_no_neighbourhood():
    assert neighbourhood(build_lineage(Corpus({"a": Paper("a")}), ReadingList("Empty", (), ()))) == []
