"""Between themes, communities, suggestions and reading orders."""

from __future__ import annotations

import json
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from graph.analysis.acyclic import acyclic_between
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.reading_order import reading_order
from graph.analysis.suggestions import suggestions
from graph.analysis.theme_flow import adjusted_rand, carriers, communities, theme_flow
from graph.exports.theme_figure import theme_svg
from graph.model.lineage import Lineage

from ..helpers.commands import lineage_command, the_same_in_every_run
from ..model.test_lineage import lineage_of


def test_the_flow_between_themes_adds_up_to_the_citations(lineage: Lineage):
    flow = theme_flow(lineage)
    assert sum(flow.arcs.values()) == pytest.approx(60)
    assert sum(every for _, every in flow.crossing.values()) == pytest.approx(60)
    wide = theme_flow(lineage, neighbourhood(lineage))
    assert sum(wide.arcs.values()) + wide.unknown == pytest.approx(
        lineage.among(neighbourhood(lineage)).number_of_edges()
    )


def test_the_flow_counts_a_citation_between_plain_themes_once():
    found = lineage_of([("b", "a"), ("c", "a")], {"a": "nlp", "b": "rl", "c": "nlp"}, {"b": "2001", "c": "2002"})
    flow = theme_flow(found)
    assert flow.arcs == {("nlp", "nlp"): 1.0, ("nlp", "rl"): 1.0}
    assert flow.crossing == {2001: (1.0, 1.0), 2002: (0.0, 1.0)}
    assert flow.to_frame().loc["nlp", "rl"] == 1.0


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


def test_communities_are_the_same_for_the_same_seed_and_hold_every_paper_once(lineage: Lineage):
    one, two = communities(lineage, seed=7), communities(lineage, seed=7)
    assert one == two
    held = [key for group in one.groups for key in group]
    assert sorted(held) == sorted([*lineage.list_keys, *lineage.bridges])
    assert one.agreement is not None
    assert -1 <= one.agreement <= 1


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


def test_the_list_leans_most_on_what_most_of_it_cites(lineage: Lineage):
    found = suggestions(lineage, top=5)
    listed = set(lineage.list_keys)
    counts = {k: len(listed & set(lineage.graph.successors(k))) for k in set(lineage.graph) - listed}
    assert [len(each.cited_by) for each in found.frequently_cited] == sorted(counts.values(), reverse=True)[:5]
    assert found.frequently_cited[0].key == "kingma2014adam"


def test_a_lone_entry_is_joined_by_a_shortest_chain_to_the_list(lineage: Lineage):
    (lone,) = suggestions(lineage).connections
    assert lone.key == "schmidhuber1992"
    either = lineage.graph.to_undirected()
    others = set(lineage.list_keys) - {lone.key}
    assert lone.chain[-1] in others
    assert not others & set(lone.chain[:-1])
    assert all(either.has_edge(a, b) for a, b in zip(lone.chain, lone.chain[1:], strict=False))
    nearest = min(nx.shortest_path_length(either, lone.key, other) for other in others)
    assert len(lone.chain) - 1 == nearest


def test_a_reading_order_runs_forward_and_covers_what_it_says(lineage: Lineage):
    found = reading_order(lineage, "devlin2018", "ouyang2022", budget=3)
    assert found is not None
    chosen = [stop.key for stop in found.steps[1:-1]]
    network = acyclic_between(lineage, lineage.graph, "devlin2018", "ouyang2022").graph
    paths = list(nx.all_simple_paths(network, "devlin2018", "ouyang2022"))
    assert found.total == len(paths)
    assert found.covered == sum(bool(set(path) & set(chosen)) for path in paths)
    for stop in found.steps[1:-1]:
        assert stop.paths == sum(stop.key in path for path in paths)
    order = {key: n for n, key in enumerate(nx.topological_sort(network))}
    for one, other in combinations([stop.key for stop in found.steps], 2):
        assert not nx.has_path(network, other, one)
    assert len(order) > len(chosen)


def test_the_greedy_choice_is_near_the_best_one(lineage: Lineage):
    found = reading_order(lineage, "devlin2018", "ouyang2022", budget=2)
    assert found is not None
    network = acyclic_between(lineage, lineage.graph, "devlin2018", "ouyang2022").graph
    paths = [set(path) for path in nx.all_simple_paths(network, "devlin2018", "ouyang2022")]
    inner = set(network) - {"devlin2018", "ouyang2022"}
    best = max(sum(bool(path & set(pair)) for path in paths) for pair in combinations(inner, 2))
    assert best >= found.covered >= (1 - 1 / 2.718281828459045) * best


def test_without_a_way_there_is_no_order(lineage: Lineage):
    assert reading_order(lineage, "schmidhuber1992", "schulman2017") is None
    assert lineage_command("read", "Fast Weights", "PPO").returncode == 1


def test_a_budget_of_nothing_leaves_the_two_papers(lineage: Lineage):
    found = reading_order(lineage, "devlin2018", "ouyang2022", budget=0)
    assert found is not None
    assert [stop.key for stop in found.steps] == ["devlin2018", "ouyang2022"]


def test_the_commands_answer_in_text_and_as_json_the_same_in_every_run():
    commands = ("themes",), ("suggest",), ("read", "BERT", "InstructGPT")
    assert all(the_same_in_every_run(*commands))
    for command in commands:
        assert json.loads(lineage_command(*command, "--json").stdout)


def test_the_picture_of_the_flow_is_well_formed_and_tells_every_number(lineage: Lineage, hostile: Lineage, tmp_path):
    for name, one in (("shipped", lineage), ("hostile", hostile)):
        flow = theme_flow(one)
        root = etree.fromstring(theme_svg(one, flow).encode("utf-8"))
        told = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
        for number in flow.arcs.values():
            assert f"{number:.1f}".removesuffix(".0") in told, name
        assert not list(root.iter("{http://www.w3.org/2000/svg}img"))
    assert lineage_command("themes", "--svg", tmp_path / "flow.svg").returncode == 0
    assert (tmp_path / "flow.svg").read_text("utf-8") == theme_svg(lineage, theme_flow(lineage))
