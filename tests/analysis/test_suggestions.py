"""What the list may be missing."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx

from graph.analysis.suggestions import Connection, FrequentlyCited, suggestions
from graph.model.lineage import Lineage

from ..helpers.made_lineages import lineage_of


def test_papers_that_most_of_the_list_cites_come_first(lineage: Lineage):
    found = suggestions(lineage, top=5)
    listed = set(lineage.list_keys)
    counts = {k: len(listed & set(lineage.graph.successors(k))) for k in set(lineage.graph) - listed}
    assert [len(each.cited_by) for each in found.frequently_cited] == sorted(counts.values(), reverse=True)[:5]
    assert found.frequently_cited[0].key == "kingma2014adam"


def test_a_frequently_cited_paper_comes_with_the_papers_of_the_list_on_both_sides_by_number():
    citations = [("b", "x"), ("a", "x"), ("other", "x"), ("x", "d"), ("x", "c"), ("x", "y")]
    listed = {"b": "t", "a": "t", "d": "t", "c": "t"}
    found = suggestions(lineage_of(citations, listed))
    assert found.frequently_cited == (FrequentlyCited("x", cited_by=("b", "a"), cites=("d", "c")),)
    assert found.to_frame().to_dict("records") == [{"key": "x", "citing": 2, "cited_by": "b a", "cites": "d c"}]


def test_of_papers_that_equally_many_cite_those_that_cite_more_come_first_and_then_the_older():
    citations = [(entry, paper) for entry in ("a", "b") for paper in ("plain", "older", "citing")] + [("citing", "c")]
    dates = {"plain": "2001", "older": "2000", "citing": "2002"}
    found = suggestions(lineage_of(citations, {"a": "t", "b": "t", "c": "t"}, dates)).frequently_cited
    assert [each.key for each in found] == ["citing", "older", "plain"]
    assert len(suggestions(lineage_of(citations, {"a": "t", "b": "t", "c": "t"}, dates), top=2).frequently_cited) == 2


def test_a_lone_entry_is_connected_by_a_shortest_chain_to_the_list(lineage: Lineage):
    (lone,) = suggestions(lineage).connections
    assert lone.key == "schmidhuber1992"
    either = lineage.graph.to_undirected()
    others = set(lineage.list_keys) - {lone.key}
    assert lone.chain[-1] in others
    assert not others & set(lone.chain[:-1])
    assert all(either.has_edge(*pair) for pair in pairwise(lone.chain))
    nearest = min(nx.shortest_path_length(either, lone.key, other) for other in others)
    assert len(lone.chain) - 1 == nearest


def test_an_entry_that_cites_another_or_is_cited_by_one_is_not_lone():
    found = suggestions(lineage_of([("a", "b"), ("lone", "x"), ("b", "x")], {"a": "t", "b": "t", "lone": "t"}))
    assert found.connections == (Connection("lone", ("lone", "x", "b")),)


def test_a_chain_follows_citations_in_both_directions_and_takes_the_older_of_equal_papers():
    citations = [("lone", "young"), ("lone", "old"), ("a", "young"), ("a", "old")]
    dates = {"young": "2002", "old": "2001"}
    assert suggestions(lineage_of(citations, {"a": "t", "lone": "t"}, dates)).connections[0].chain == (
        "a", "old", "lone",
    )  # fmt: skip


def test_an_entry_that_nothing_connects_with_the_list_and_a_list_of_one_have_no_chain():
    assert suggestions(lineage_of([("a", "b")], {"a": "t", "b": "t", "lone": "t"})).connections == (
        Connection("lone", ()),
    )
    assert suggestions(lineage_of([("only", "x")], {"only": "t"})).connections == (Connection("only", ()),)
