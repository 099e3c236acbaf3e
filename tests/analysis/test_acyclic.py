"""Circles, and the three ways to remove them."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given

from graph.analysis.acyclic import CYCLES, acyclic
from graph.errors import InputError
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList

from ..helpers.circles import circles_lineage, dated_arcs, key_of


@given(dated_arcs())
def test_every_way_to_remove_circles_leaves_none_and_accounts_for_every_citation(world: Lineage):
    for cycles in CYCLES:
        done = acyclic(world, cycles=cycles)
        assert nx.is_directed_acyclic_graph(done.graph)
        place = {node: n for n, node in enumerate(done.graph)}
        assert all(place[u] < place[v] for u, v in done.graph.edges)
        stood_for = Counter(arc for u, v in done.graph.edges for arc in done.citations(u, v))
        lost = [(drop.cited, drop.citing) for drop in done.dropped]
        if cycles == "families":
            lost += done.merged
        assert stood_for + Counter(lost) == Counter(list(world.graph.edges))


@given(dated_arcs())
def test_by_date_nothing_runs_back_in_time_and_ties_are_only_broken_in_circles(world: Lineage):
    done = acyclic(world, cycles="date")
    backwards = {arc for arc in world.graph.edges if world.graph.edges[arc]["backwards"]}
    assert {(d.cited, d.citing) for d in done.dropped if d.why == "later"} == backwards
    forwards = nx.DiGraph([arc for arc in world.graph.edges if arc not in backwards])
    for drop in done.dropped:
        if drop.why == "tied":
            assert nx.has_path(forwards, drop.citing, drop.cited)
            one, other = (world.paper(key).date or "" for key in (drop.cited, drop.citing))
            known = min(len(one), len(other))
            assert one[:known] == other[:known]


@given(dated_arcs())
def test_families_keep_who_leads_to_whom(world: Lineage):
    done = acyclic(world, cycles="families")
    node_of = {paper: node for node in done.graph for paper in done.papers(node)}
    assert set(node_of) == set(world.graph)
    for u in world.graph:
        leads_to = {node_of[v] for v in nx.descendants(world.graph, u)} - {node_of[u]}
        assert leads_to == nx.descendants(done.graph, node_of[u])
    assert {frozenset(family) for family in done.families.values()} == {frozenset(circle) for circle in world.cycles}
    for node, family in done.families.items():
        assert node == family[0]


@given(dated_arcs())
def test_papers_of_a_circle_cite_preprints_and_an_idea_from_outside_still_reaches_them(world: Lineage):
    done = acyclic(world, cycles="preprints")
    circle_of = {paper: set(circle) for circle in world.cycles for paper in circle}
    assert set(done.preprints.values()) == set(circle_of)
    for preprint, paper in done.preprints.items():
        assert done.graph.has_edge(preprint, paper)
        assert done.citations(preprint, paper) == ()
        assert circle_of[paper].isdisjoint(done.graph.pred[preprint])
        for outside in set(world.graph.pred[paper]) - circle_of[paper]:
            for inside in set(world.graph.succ[paper]) & circle_of[paper]:
                assert nx.has_path(done.graph, outside, inside)


def test_a_graph_without_circles_is_left_as_it_is():
    world = circles_lineage([(0, 1), (1, 2), (0, 2)], ["2014", "2015", "2016"])
    for cycles in CYCLES:
        done = acyclic(world, cycles=cycles)
        assert not done.changed
        assert set(done.graph.edges) == set(world.graph.edges)
    with pytest.raises(InputError, match="hope"):
        acyclic(world, cycles="hope")


def test_papers_of_the_same_month_are_in_the_order_of_their_arxiv_numbers(lineage: Lineage):
    """Bahdanau (1409.0473) and Seq2Seq (1409.3215) cite each other."""
    done = acyclic(lineage)
    assert done.graph.has_edge("bahdanau2014", "sutskever2014")
    assert [d.why for d in done.dropped if (d.cited, d.citing) == ("sutskever2014", "bahdanau2014")] == ["tied"]


def dropped_arcs(dates: list[str | None], arcs: list[tuple[int, int]]) -> list[tuple[str, str]]:
    return [(drop.cited, drop.citing) for drop in acyclic(circles_lineage(arcs, dates)).dropped]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2014-09-01", "2014"),  # a year counts as its last day
        ("2014-09-01", "2014-09"),
        ("2014", None),  # and an unknown date as the last of all
        ("2014-09", "2014-09"),  # equal dates: the arXiv number decides, and not the key, which is greater
        (None, None),
    ],
)
def test_a_circle_of_two_is_broken_by_what_is_known_of_the_dates_and_then_by_arxiv_numbers(first, second):
    assert key_of(0) > key_of(1)
    assert dropped_arcs([first, second], [(0, 1), (1, 0)]) == [(key_of(1), key_of(0))]
    if first != second:  # the date goes before the number
        assert dropped_arcs([second, first], [(0, 1), (1, 0)]) == [(key_of(0), key_of(1))]


def test_without_dates_and_arxiv_numbers_the_key_decides_and_a_number_goes_before_a_key():
    papers = {
        "a": Paper("a"),
        "b": Paper("b"),
        "numbered": Paper("numbered", identifiers=(identifier("arxiv", "1409.00001"),)),
    }
    citations = [Citation(one, other, (Assertion("s"),)) for one in papers for other in papers if one != other]
    corpus = Corpus(papers, citations, sources={"s": Source("s", "user", "S")})
    done = acyclic(build_lineage(corpus, ReadingList("L", (), ())))
    assert list(done.graph) == ["numbered", "a", "b"]
    assert [(drop.cited, drop.citing) for drop in done.dropped] == [("a", "numbered"), ("b", "numbered"), ("b", "a")]


def test_dropped_citations_are_in_the_order_of_the_cited_papers_and_then_of_the_citing_ones():
    dates = ["2017", "2016", "2015", "2014"]
    arcs = [(1, 3), (0, 2), (0, 1), (1, 2), (0, 3)]
    assert dropped_arcs(dates, arcs) == [
        (key_of(cited), key_of(citing)) for cited, citing in [(1, 3), (1, 2), (0, 3), (0, 2), (0, 1)]
    ]


CIRCLE = [(0, 2), (2, 3), (3, 2), (0, 3), (2, 1), (3, 1)]
"""Arcs cited -> citing: paper 0, then a circle of 2 and 3, then paper 1."""


def test_a_family_has_the_key_of_its_oldest_paper_and_its_arcs_stand_for_all_citations():
    oldest, other = key_of(2), key_of(3)
    done = acyclic(circles_lineage(CIRCLE, ["2014", "2017", "2015", "2016"]), cycles="families")
    assert other < oldest
    assert done.families == {oldest: (oldest, other)}
    assert list(done.graph.edges) == [(key_of(0), oldest), (oldest, key_of(1))]
    assert done.citations(key_of(0), oldest) == ((key_of(0), other), (key_of(0), oldest))
    assert done.merged == ((oldest, other), (other, oldest))
    assert done.changed
    assert done.papers(oldest) == (oldest, other)
    assert done.papers(key_of(0)) == (key_of(0),)


def test_families_are_named_in_the_order_of_age():
    arcs = [(0, 1), (1, 0), (2, 3), (3, 2)]
    done = acyclic(circles_lineage(arcs, ["2018", "2018-02", "2015", "2015-02"]), cycles="families")
    assert list(done.families) == [key_of(3), key_of(1)]


def test_a_preprint_stands_for_its_paper_and_comes_before_it():
    done = acyclic(circles_lineage(CIRCLE, ["2014", "2017", "2015", "2016"]), cycles="preprints")
    two, three = key_of(2), key_of(3)
    assert done.preprints == {f"{two}'": two, f"{three}'": three}
    assert done.papers(f"{two}'") == (two,)
    assert done.citations(f"{two}'", three) == ((two, three),)
    assert done.citations(key_of(0), f"{two}'") == ((key_of(0), two),)
    assert list(done.graph) == [key_of(0), f"{two}'", f"{three}'", two, three, key_of(1)]


@pytest.mark.parametrize("cycles", CYCLES)
def test_of_papers_whose_order_is_free_the_oldest_comes_first(cycles: str):
    dates = ["2016", "2014", "2015"]
    assert list(acyclic(circles_lineage([], dates), cycles=cycles).graph) == [key_of(1), key_of(2), key_of(0)]


def test_what_lies_between_two_nodes_keeps_only_its_families_and_preprints():
    arcs = [(0, 1), (4, 5), (5, 4)]
    world = circles_lineage(arcs, ["2014"] * 6)
    families = acyclic(world, cycles="families")
    assert families.families
    part = families.between(key_of(0), key_of(1))
    assert (list(part.graph), part.families) == ([key_of(0), key_of(1)], {})
    assert part.merged == families.merged
    part = acyclic(world, cycles="preprints").between(key_of(0), key_of(1))
    assert (list(part.graph.edges), part.preprints) == ([(key_of(0), key_of(1))], {})
