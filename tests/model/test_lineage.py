"""The lineage graph: direction, roles, themes, and everything odd that citation data has."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import BRIDGE, LIST, Lineage, build_lineage
from graph.model.mixed_entries import MixedEntry, SharedName, mixed_up
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.tables import Table
from graph.model.themes import main_theme

from ..helpers.made_lineages import lineage_of


def test_arcs_run_from_the_cited_paper_to_the_citing_one(lineage: Lineage):
    assert lineage.graph.has_edge("vaswani2017", "devlin2018")
    assert not lineage.graph.has_edge("devlin2018", "vaswani2017")
    assert lineage.citation("vaswani2017", "devlin2018").citing == "devlin2018"


def test_nodes_and_arcs_have_the_facts_that_a_notebook_needs(lineage: Lineage):
    bert = lineage.graph.nodes["devlin2018"]
    assert (bert["name"], bert["year"], bert["date"], bert["numbers"]) == ("BERT", 2018, "2018-10-11", (6,))
    assert lineage.graph.edges["vaswani2017", "devlin2018"]["sources"] == ("print:devlin2018", "s2:2023-06-27")


def test_a_paper_that_cites_itself_is_reported_and_no_arc():
    found = lineage_of([("a", "a"), ("b", "a")], {"a": "t", "b": "t"})
    assert [(c.citing, c.cited) for c in found.self_citations] == [("a", "a")]
    assert list(found.graph.edges) == [("a", "b")]


def test_an_entry_that_names_two_papers_and_a_name_of_two_papers_are_found():
    known = lineage_of([("b", "a"), ("c", "a")], {}).corpus
    a, b, c, new = (identifier("doi", f"10.1234/{key}") for key in ("a", "b", "c", "new"))
    listed = [
        Entry(1, names=("One",), identifiers=(new, b, a)),
        Entry(2, title="Paper A", names=("ONE",), identifiers=(c,)),
        Entry(3, title="Paper C!", names=("One too",), identifiers=(c,)),
        Entry(4, title="Paper A", identifiers=(new,)),
    ]
    entries = mixed_up(build_lineage(known, ReadingList("Mine", (), tuple(listed))))
    assert entries == (
        MixedEntry(1, (("a", str(a)), ("b", str(b)))),
        MixedEntry(2, (("c", str(c)), ("a", "its title"))),
        SharedName("One", (("a", 1), ("c", 2))),
    )


def test_papers_on_a_path_between_two_of_the_list_are_bridges():
    found = lineage_of([("b", "x"), ("x", "a"), ("y", "b"), ("a", "z")], {"a": "t", "b": "t"})
    assert {key: data["role"] for key, data in found.graph.nodes(data=True)} == {
        "a": "list", "b": "list", "x": "bridge", "y": "descendant", "z": "ancestor",
    }  # fmt: skip


def test_a_circle_through_one_paper_of_the_list_makes_no_bridge():
    found = lineage_of([("a", "x"), ("x", "a")], {"a": "t"})
    assert found.bridges == ()


def test_the_shipped_bridges_are_those_that_brute_force_finds(lineage: Lineage):
    listed = set(lineage.list_keys)
    expected = {
        key
        for key in set(lineage.graph) - listed
        if len((nx.ancestors(lineage.graph, key) | nx.descendants(lineage.graph, key)) & listed) > 1
        and nx.ancestors(lineage.graph, key) & listed
        and nx.descendants(lineage.graph, key) & listed
    }
    assert set(lineage.bridges) == expected
    assert {"brown2020", "radford2019", "wei2021flan", "sutskever2014"} <= expected


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20), st.sets(st.integers(0, 7), min_size=1))
def test_roles_agree_with_brute_force_on_any_graph(arcs: set[tuple[int, int]], listed: set[int]):
    found = lineage_of([(f"n{a}", f"n{b}") for a, b in arcs], {f"n{n}": "t" for n in sorted(listed)})
    chosen = set(found.list_keys)
    for key, data in found.graph.nodes(data=True):
        before, after = nx.ancestors(found.graph, key) & chosen, nx.descendants(found.graph, key) & chosen
        bridges = key not in chosen and before and after and len(before | after) > 1
        assert (data["role"] == BRIDGE) == bool(bridges)
        assert (data["role"] == LIST) == (key in chosen)


def test_an_entry_that_no_source_knows_becomes_a_paper_without_citations(corpus: Corpus):
    entry = Entry(1, ("t",), "Nobody Cites This", ("Nobody",), "Ann Lee", 2020, (identifier("doi", "10.1234/none"),))
    found = build_lineage(corpus, ReadingList("Mine", (Theme("t", "T"),), (entry,)))
    assert found.absent == ("lee2020nobody",)
    assert found.graph.degree("lee2020nobody") == 0
    assert found.corpus.coverage_of("lee2020nobody") == "not_fetched"
    assert "lee2020nobody" not in corpus.papers


def test_an_entry_is_found_by_any_of_its_identifiers(corpus: Corpus):
    entry = Entry(1, ("t",), "Whatever", identifiers=(identifier("doi", "10.48550/arxiv.1810.04805"),))
    assert build_lineage(corpus, ReadingList("Mine", (Theme("t", "T"),), (entry,))).list_keys == ("devlin2018",)


@pytest.mark.parametrize(
    ("citing", "cited", "backwards"),
    [
        (
            ("2014-09-01", "first_version"),
            ("2014-09", "arxiv_identifier"),
            False,
        ),  # the same month: not known to be later
        (("2014-09-01", "first_version"), ("2014-10", "arxiv_identifier"), True),
        (("2014", "first_version"), ("2014-12-31", "first_version"), False),
        (("2018-01", "arxiv_identifier"), ("2019", "stated_year"), False),  # printed years are often the venue's
        (("2018-01", "arxiv_identifier"), ("2020", "stated_year"), True),
        ((None, None), ("2020", "stated_year"), False),
        (("2014-09", "arxiv_identifier"), (None, None), False),
    ],
)
def test_a_citation_is_backwards_as_far_as_the_dates_are_known(citing, cited, backwards: bool):
    papers = {
        "a": Paper("a", date=citing[0], date_basis=citing[1]),
        "b": Paper("b", date=cited[0], date_basis=cited[1]),
    }
    citation = Citation("a", "b", (Assertion("s"),))
    corpus = Corpus(papers, [citation], sources={"s": Source("s", "user", "S")})
    assert bool(corpus.arrays.backwards(1, 0)) is backwards  # papers are numbered by key


def test_citations_of_later_papers_stay_arcs_and_are_reported(lineage: Lineage):
    pairs = {(c.citing, c.cited) for c in lineage.backwards}
    assert ("wei2021flan", "ouyang2022") in pairs  # FLAN's fifth version cites InstructGPT
    assert lineage.graph.edges["ouyang2022", "wei2021flan"]["backwards"]


def test_the_themes_of_a_paper_outside_the_list_are_shares_and_sum_to_one(lineage: Lineage):
    for key, data in lineage.graph.nodes(data=True):
        assert (key in lineage.entries) == bool(data["themes"])
        if data["shares"]:
            assert sum(data["shares"].values()) == pytest.approx(1)


def test_a_paper_two_entries_of_different_themes_cite_is_half_of_each():
    found = lineage_of([("a", "x"), ("b", "x"), ("y", "x")], {"a": "nlp", "b": "rl"})
    assert found.graph.nodes["x"]["shares"] == {"nlp": 0.5, "rl": 0.5}
    assert found.graph.nodes["y"]["shares"] == {"nlp": 0.5, "rl": 0.5}
    assert found.graph.nodes["x"]["themes"] == ()


def test_a_paper_that_nothing_connects_with_the_list_has_no_share_rather_than_zero():
    found = lineage_of([("p", "q")], {"a": "nlp"})
    assert found.graph.nodes["p"]["shares"] == {}
    assert main_theme({}, ["nlp"]) is None


def test_shares_come_from_the_nearest_entries_only():
    lineage = lineage_of([("x", "a"), ("y", "x"), ("b", "y")], {"a": "one", "b": "two"})
    assert (lineage.shares("x"), lineage.shares("y")) == ({"one": 1.0}, {"two": 1.0})


def test_a_part_of_the_graph_is_a_copy(lineage: Lineage):
    part = lineage.among(["vaswani2017", "devlin2018"])
    part.remove_node("devlin2018")
    assert "devlin2018" in lineage.graph


def test_papers_by_age_come_once_by_date_then_by_key_and_those_without_a_date_last():
    dates = {"a": "2020-02", "b": None, "c": "2020", "d": "2020-02", "e": "1992-12-31"}
    corpus = Corpus({key: Paper(key, date=date) for key, date in dates.items()})
    added = Entry(
        1, (), "Added", identifiers=(identifier("arxiv", "2002.00001"),)
    )  # its paper stands behind the others
    found = build_lineage(corpus, ReadingList("One", (), (added,)))
    assert found.by_age(["d", "b", "a", *found.list_keys, "c", "e", "a"]) == ["e", "c", "a", "added", "d", "b"]
    assert found.by_age([]) == []


@pytest.mark.parametrize("places", [[], [3], [3, 0, 3, 2], [4, 3, 2, 1, 0]])
def test_values_taken_from_a_table_are_those_that_one_by_one_gives(places: list[int]):
    table = Table(["a", "b", "c", "d", "e"], str.upper)
    assert table.take(places) == [table[place] for place in places] == ["ABCDE"[place] for place in places]
