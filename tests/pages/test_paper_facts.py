"""The facts of a page about papers and citations, compared with a small lineage that one can read."""

from __future__ import annotations

from typing import Any

import pytest

from graph.exports.layout import timeline
from graph.model.lineage import Lineage
from graph.pages import paper_facts
from graph.pages.citation_rows import asserting_sources, citation_rows
from graph.pages.paper_facts import (
    count_by_role,
    link_heads,
    paper_columns,
    split_by_centrality,
    theme_legend,
)

from ..helpers.export_world import letters
from ..helpers.small_world import AUTHORS, small_world
from .test_columnar import unpacked

OLDEST_FIRST = ["root", "sibling", "start", "detour", "middle", "end", "sequel", "sequel2", "loner"]


@pytest.fixture(scope="module")
def small() -> Lineage:
    return small_world()


@pytest.fixture(scope="module")
def facts(small: Lineage) -> dict[str, dict[str, Any]]:
    """The facts of each paper by name."""
    columns = paper_columns(small, OLDEST_FIRST)
    values = {name: unpacked(column, len(OLDEST_FIRST)) for name, column in columns.items()}
    return {key: {name: values[name][n] for name in values} for n, key in enumerate(OLDEST_FIRST)}


def test_all_papers_are_drawn_where_there_is_room(small: Lineage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_facts, "MOST_DRAWN", len(OLDEST_FIRST))
    assert split_by_centrality(small, [*reversed(OLDEST_FIRST), "root"]) == (OLDEST_FIRST, [])


@pytest.mark.parametrize(
    ("room", "drawn"),
    [
        (2, ["start", "end"]),  # the list
        (4, ["start", "detour", "middle", "end"]),  # and bridges
        (5, ["root", "start", "detour", "middle", "end"]),  # and the most cited of the others
        (6, ["root", "sibling", "start", "detour", "middle", "end"]),  # of two equally cited the older
    ],
)
def test_the_list_is_drawn_first_then_bridges_then_the_most_cited(
    small: Lineage, monkeypatch: pytest.MonkeyPatch, room: int, drawn: list[str]
) -> None:
    monkeypatch.setattr(paper_facts, "MOST_DRAWN", room)
    others = [key for key in OLDEST_FIRST if key not in drawn]
    assert split_by_centrality(small, OLDEST_FIRST) == (drawn, others)


def test_a_paper_of_the_list_with_all_its_facts(facts: dict[str, dict[str, Any]]) -> None:
    assert facts["start"] == {
        "name": None,
        "called": "Start",
        "title": "Where it starts",
        "also": ("The Start", "Where all starts"),
        "authors": AUTHORS[:12],
        "more": 3,
        "allAuthors": True,
        "date": "2001-03-05",
        "basis": "first_version",
        "published": "2002",
        "venue": "NeurIPS 2002",
        "links": ("doi:10.1000/start", "arxiv:0801.0001"),
        "unverified": ("venue",),
        "role": "list",
        "numbers": (2,),
        "lane": "ideas",
        "themes": ("ideas",),
        "shares": (0, 1.0),
        "coverage": "complete",
        "known": ((0, "complete", 30), (2, "partial", None)),
        "place": 1,
    }


def test_unknown_facts_are_empty(facts: dict[str, dict[str, Any]]) -> None:
    assert facts["loner"] == {
        "name": None,
        "called": None,
        "title": "A loner",
        "also": (),
        "authors": (),
        "more": 0,
        "allAuthors": False,
        "date": None,
        "basis": None,
        "published": None,
        "venue": None,
        "links": (),
        "unverified": (),
        "role": "other",
        "numbers": (),
        "lane": None,
        "themes": (),
        "shares": (),
        "coverage": "not_fetched",
        "known": (),
        "place": 8,
    }


def test_a_paper_without_a_title_has_a_name_that_says_so(facts: dict[str, dict[str, Any]]) -> None:
    assert (facts["sequel"]["title"], facts["sequel"]["name"]) == (None, "[untitled arxiv:0801.0003]")


def test_all_themes_and_entries_of_a_paper_are_there(facts: dict[str, dict[str, Any]]) -> None:
    assert facts["end"]["themes"] == ("ideas", "methods")
    assert facts["end"]["numbers"] == (1, 3)


def test_shares_are_the_position_of_a_theme_and_its_share_the_largest_first(facts: dict[str, dict[str, Any]]) -> None:
    assert facts["detour"]["shares"] == (0, 0.75, 1, 0.25)
    assert facts["sequel"]["shares"] == (0, 0.5, 1, 0.5)


def test_shares_have_six_digits() -> None:
    lineage = letters("ad bd cd", listed="abc")  # the first of the three has both themes, the others the second
    assert paper_columns(lineage, ["d"])["shares"]["usual"] == (1, 0.833333, 0, 0.166667)


def test_places_are_the_lists_order_then_age(facts: dict[str, dict[str, Any]]) -> None:
    by_place = sorted(facts, key=lambda key: facts[key]["place"])
    assert by_place == ["end", "start", "root", "sibling", "detour", "middle", "sequel", "sequel2", "loner"]


def test_no_papers_have_no_columns(small: Lineage) -> None:
    assert paper_columns(small, []) == {}


def test_an_identifier_has_its_address_only_where_that_is_not_the_schemes_head_and_the_value(
    facts: dict[str, dict[str, Any]], small: Lineage
) -> None:
    assert facts["middle"]["links"] == (
        (
            "doi:10.1002/(sici)1097(1999)1:2<3::aid-a4>3.0.co;2-9",
            "https://doi.org/10.1002/(sici)1097(1999)1:2%3C3::aid-a4%3E3.0.co;2-9",
        ),
    )
    heads = link_heads()
    for identifier in small.paper("start").identifiers:
        assert str(identifier) in facts["start"]["links"]
        assert identifier.url == heads[identifier.scheme] + identifier.value


def test_citations_run_from_cited_to_citing_with_who_asserts_them(small: Lineage) -> None:
    rows = {(row.cited, row.citing): row for row in citation_rows(small, OLDEST_FIRST)}
    assert len(rows) == 11
    assert rows["root", "start"].by == ((0, (1,)), (1, (4, 5)))
    assert rows["end", "sequel"].by == ((2, ()),)
    assert rows["start", "detour"].by == ((2, (), {"influential": False}),)
    details = {"influential": True, "intents": ["methodology"], "contexts": ["We build on it."]}
    assert rows["start", "middle"].by == ((0, (2,)), (2, (), details))


def test_only_citations_among_the_papers_are_there(small: Lineage) -> None:
    rows = citation_rows(small, ["start", "middle", "end"])
    assert [(row.cited, row.citing) for row in rows] == [("start", "middle"), ("middle", "end")]


def test_a_citation_of_a_later_paper_runs_backwards(small: Lineage) -> None:
    backwards = [row for row in citation_rows(small, OLDEST_FIRST) if row.backwards]
    assert [(row.cited, row.citing) for row in backwards] == [("sibling", "root")]


def test_a_citation_is_influential_when_one_source_calls_it_so(small: Lineage) -> None:
    row = citation_rows(small, OLDEST_FIRST)[0]
    assert row._replace(by=((0, (1,)), (2, (), {"influential": True}))).is_influential
    assert row._replace(by=((1, (), {"influential": False}), (2, (), {"influential": True}))).is_influential
    assert not row._replace(by=((1, (), {"influential": False}), (2, (), {"intents": ["x"]}))).is_influential
    assert not row._replace(by=((1, ()),)).is_influential


def test_the_legend_counts_chosen_and_inferred_papers_of_each_lane(small: Lineage) -> None:
    legend = theme_legend(small, timeline(small, OLDEST_FIRST))
    assert [(lane["id"], lane["name"], lane["chosen"], lane["inferred"]) for lane in legend] == [
        ("ideas", "Ideas", 2, 6),
        (None, "no theme known", 0, 1),
    ]


def test_roles_are_counted_and_those_of_no_paper_left_out(small: Lineage) -> None:
    counts = count_by_role(small, ["start", "end", "middle", "root"])
    assert [(role["id"], role["name"], role["count"]) for role in counts] == [
        ("list", "On the list", 2),
        ("bridge", "Bridge", 1),
        ("ancestor", "Ancestor", 1),
    ]


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (OLDEST_FIRST, ["2 printed bibliographies", "Semantic Scholar"]),
        (["middle", "end"], ["one printed bibliography"]),
        (["end", "sequel"], ["Semantic Scholar"]),
        (["end", "loner"], []),
    ],
)
def test_printed_bibliographies_are_counted_and_services_named(
    small: Lineage, keys: list[str], named: list[str]
) -> None:
    assert asserting_sources(small, citation_rows(small, keys)) == named
