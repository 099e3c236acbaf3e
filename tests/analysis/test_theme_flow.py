"""Citations between themes, the bridges that carry ideas, and communities."""

from __future__ import annotations

import itertools
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from graph.analysis import theme_flow as theme_flow_module
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.theme_flow import (
    Carrier,
    ThemeReport,
    adjusted_rand,
    carriers,
    communities,
    theme_flow,
    theme_of_group,
)
from graph.exports.text.themes_text import themes_text
from graph.exports.theme_figure import theme_svg
from graph.model.lineage import Lineage

from ..helpers.commands import lineage_command
from ..helpers.made_lineages import lineage_of


def test_the_flow_between_themes_adds_up_to_the_citations(lineage: Lineage):
    flow = theme_flow(lineage)
    assert sum(flow.arcs.values()) == pytest.approx(60)
    assert sum(every for _, every in flow.crossing.values()) == pytest.approx(60)
    wide = theme_flow(lineage, neighbourhood(lineage))
    assert sum(wide.arcs.values()) + wide.unknown == pytest.approx(
        lineage.among(neighbourhood(lineage)).number_of_edges()
    )


def test_the_flow_counts_a_citation_between_papers_of_one_theme_each_once_in_the_year_of_the_citing_paper():
    citations = [("b", "a"), ("c", "a"), ("undated", "a")]
    listed = {"a": "nlp", "b": "rl", "c": "nlp", "undated": "rl"}
    flow = theme_flow(lineage_of(citations, listed, {"a": "2000", "b": "2001", "c": "2002"}))
    assert flow.arcs == {("nlp", "nlp"): 1.0, ("nlp", "rl"): 2.0}
    assert flow.crossing == {2001: (1.0, 1.0), 2002: (0.0, 1.0)}
    assert (flow.themes, flow.unknown) == (("nlp", "rl"), 0)
    assert flow.to_frame().loc["nlp", "rl"] == 2.0
    assert flow.to_frame().loc["rl", "nlp"] == 0.0


def test_a_citation_between_papers_of_several_themes_is_divided_by_their_shares():
    flow = theme_flow(lineage_of([("b", "a")], {"a": "nlp rl", "b": "rl vision"}, {"b": "2001"}))
    assert flow.arcs == dict.fromkeys(itertools.product(("nlp", "rl"), ("rl", "vision")), 0.25)
    assert flow.crossing == {2001: (0.75, 1.0)}


def test_citations_of_papers_whose_theme_is_not_known_are_left_out_and_counted():
    world = lineage_of([("b", "a"), ("y", "x"), ("z", "y")], {"a": "nlp", "b": "rl"}, {"b": "2001"})
    flow = theme_flow(world, world.graph)
    assert (flow.arcs, flow.unknown) == ({("nlp", "rl"): 1.0}, 2)
    assert theme_flow(world).unknown == 0


def test_a_paper_of_two_themes_shares_its_citations_between_them(lineage: Lineage):
    """Brute force over the 60 citations: InstructGPT is half alignment, half RLHF."""
    expected = 0.0
    part = lineage.among(lineage.list_keys)
    for cited, citing in part.edges:
        for theme in part.nodes[citing]["themes"]:
            if part.nodes[cited]["themes"] == ("architecture",) and theme == "rlhf":
                expected += 1 / len(part.nodes[citing]["themes"])
    assert theme_flow(lineage).arcs["architecture", "rlhf"] == pytest.approx(expected)


def test_bridges_are_ranked_by_the_pairs_that_brute_force_counts(lineage: Lineage):
    themes = {key: set(lineage.graph.nodes[key]["themes"]) for key in lineage.list_keys}
    for carrier in carriers(lineage):
        before = nx.ancestors(lineage.graph, carrier.key) & set(lineage.list_keys)
        after = nx.descendants(lineage.graph, carrier.key) & set(lineage.list_keys)
        pairs = [(a, b) for a in before for b in after if a != b]
        assert carrier.pairs == len(pairs)
        assert carrier.across == sum(not (themes[a] & themes[b]) for a, b in pairs)
    assert carriers(lineage)[0].key == "brown2020"


def test_bridges_between_equally_many_pairs_come_in_the_order_of_pairs_without_a_common_theme_and_then_of_age():
    citations = [*_between("alike", "a", "b"), *_between("older", "a", "c"), *_between("younger", "a", "c")]
    listed = {"a": "nlp", "b": "nlp rl", "c": "vision"}
    found = carriers(lineage_of(citations, listed, {"younger": "2001", "older": "2000", "alike": "1990"}))
    assert found == [Carrier("older", 1, 1), Carrier("younger", 1, 1), Carrier("alike", 1, 0)]


def _between(bridge: str, older: str, newer: str) -> list[tuple[str, str]]:
    return [(bridge, older), (newer, bridge)]


def test_a_circle_through_a_bridge_makes_no_pair_of_a_paper_with_itself():
    world = lineage_of([("x", "a"), ("a", "x"), ("b", "x")], {"a": "nlp", "b": "rl"})
    assert carriers(world) == [Carrier("x", 1, 1)]


def test_communities_are_the_same_for_the_same_seed_and_have_every_paper_once(lineage: Lineage):
    one, two = communities(lineage, seed=7), communities(lineage, seed=7)
    assert one == two
    assert one.seed == 7
    assert sorted(key for group in one.groups for key in group) == sorted([*lineage.list_keys, *lineage.bridges])
    undirected = lineage.among([*lineage.list_keys, *lineage.bridges]).to_undirected()
    expected = nx.community.louvain_communities(undirected, seed=7)
    assert {frozenset(group) for group in one.groups} == {frozenset(group) for group in expected}
    assert one.modularity == pytest.approx(nx.community.modularity(undirected, expected))
    assert [len(group) for group in one.groups] == sorted((len(group) for group in expected), reverse=True)


TWO_GROUPS = [*itertools.permutations("abcd", 2), *itertools.permutations("xyz", 2), ("x", "a")]
"""Everybody cites everybody in two groups, and one citation joins the two."""


@pytest.mark.parametrize(
    ("themes", "agreement"),
    [
        ("nlp nlp nlp nlp rl rl rl", 1.0),
        ("nlp nlp nlp nlp nlp nlp nlp", 0.0),
        ("nlp rl nlp rl nlp rl nlp", pytest.approx((3 - 81 / 21) / (9 - 81 / 21))),  # 3 of 21 pairs are in both
    ],
)
def test_communities_agree_with_the_themes_as_far_as_the_adjusted_rand_index_says(themes: str, agreement: float):
    listed = dict(zip("abcdxyz", themes.split(), strict=True))
    dates = {"a": "2003", "b": "2001", "c": "2002", "d": "2004"}
    found = communities(lineage_of(TWO_GROUPS, listed, dates))
    assert found.groups == (("b", "c", "a", "d"), ("x", "y", "z"))
    assert found.agreement == agreement


def test_without_any_citation_the_modularity_is_unknown_and_the_text_says_so():
    world = lineage_of([], {"a": "nlp", "b": "rl"})
    found = communities(world)
    assert (found.groups, found.modularity) == ((("a",), ("b",)), None)
    assert "modularity unknown; " in themes_text(world, ThemeReport(theme_flow(world), (), found))


def test_papers_of_several_themes_do_not_count_for_the_agreement():
    listed = dict(zip("abcdxyz", ["nlp", "nlp", "nlp", "nlp rl", "rl", "rl", "rl nlp"], strict=True))
    assert communities(lineage_of(TWO_GROUPS, listed)).agreement == 1.0


def test_the_theme_of_a_group_is_the_one_with_the_greatest_sum_of_shares():
    world = lineage_of([("x", "a")], {"a": "nlp rl", "b": "rl", "c": "vision"})
    assert theme_of_group(world, ["a", "b"]) == "rl"
    assert theme_of_group(world, ["a", "x"]) == "nlp"  # the first of equal ones
    assert theme_of_group(lineage_of([("p", "q")], {"a": "nlp"}), ["p", "q"]) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_the_adjusted_rand_index_is_that_of_its_definition_over_pairs(things: list[tuple[int, int]]):
    """Hubert & Arabie's (index - expected) / (maximum - expected), counted pair by pair."""
    pairs = list(combinations(range(len(things)), 2))
    one = [things[a][0] == things[b][0] for a, b in pairs]
    other = [things[a][1] == things[b][1] for a, b in pairs]
    both = sum(x and y for x, y in zip(one, other, strict=True))
    expected, most = sum(one) * sum(other) / len(pairs), (sum(one) + sum(other)) / 2
    found = adjusted_rand(*zip(*things, strict=True))
    assert found == (None if most == expected else pytest.approx((both - expected) / (most - expected)))


def test_the_picture_of_the_flow_is_well_formed_and_shows_every_number(lineage: Lineage, hostile: Lineage, tmp_path):
    for name, one in (("shipped", lineage), ("hostile", hostile)):
        flow = theme_flow(one)
        root = etree.fromstring(theme_svg(one, flow).encode("utf-8"))
        told = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
        for number in flow.arcs.values():
            assert f"{number:.1f}".removesuffix(".0") in told, name
        assert not list(root.iter("{http://www.w3.org/2000/svg}img"))
    assert lineage_command("themes", "--svg", tmp_path / "flow.svg").returncode == 0
    assert (tmp_path / "flow.svg").read_text("utf-8") == theme_svg(lineage, theme_flow(lineage))


def test_of_very_many_bridges_those_between_the_most_pairs_are_grouped_and_the_answer_says_so(
    lineage: Lineage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(theme_flow_module, "MOST_GROUPED", 5)
    bridges = carriers(lineage)
    found = communities(lineage, [each.key for each in bridges])
    grouped = {key for group in found.groups for key in group}
    assert grouped == {*lineage.list_keys, *(each.key for each in bridges[:5])}
    assert found.left_out == len(bridges) - 5
    text = themes_text(lineage, ThemeReport(theme_flow(lineage), tuple(bridges), found))
    assert f"{found.left_out} bridges between the fewest pairs of listed papers left out" in text
