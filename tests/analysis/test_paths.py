"""Paths of the shipped corpus, compared with enumeration."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest

from graph import ask, load, show
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.errors import InputError
from graph.model.lineage import Lineage

from ..helpers.commands import lineage_command

BERT, INSTRUCT = "devlin2018", "ouyang2022"


def test_within_the_list_three_paths_lead_from_bert_to_instructgpt(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(list_only=True))
    assert [path.keys for path in answer.paths] == [
        (BERT, "rae2021", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", "rae2021", INSTRUCT),
    ]
    assert (answer.total, answer.total_in_list) == (3, 3)


def test_with_bridges_four_paths_of_two_hops_lead_there_and_none_is_direct(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(top=5))
    two_hops = [path.keys[1] for path in answer.paths if len(path.hops) == 2]
    assert two_hops == ["rae2021", "radford2019", "brown2020", "wei2021flan"]
    assert not lineage.graph.has_edge(BERT, INSTRUCT)
    assert answer.total_in_list == 3


def test_the_count_is_the_number_that_brute_force_finds(lineage: Lineage):
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    expected = sum(1 for _ in nx.all_simple_paths(part, BERT, INSTRUCT))
    assert find_paths(lineage, BERT, INSTRUCT).total == expected


def test_every_hop_carries_its_citation_and_who_asserts_it(lineage: Lineage):
    for path in find_paths(lineage, BERT, INSTRUCT, PathOptions(top=50)).paths:
        assert tuple(pairwise(path.keys)) == tuple((hop.cited, hop.citing) for hop in path.hops)
        for hop in path.hops:
            assert (hop.citation.cited, hop.citation.citing) == (hop.cited, hop.citing)
            assert hop.citation.sources


def test_a_paper_has_no_path_to_itself(lineage: Lineage):
    answer = find_paths(lineage, BERT, BERT)
    assert (answer.found, answer.total) == (False, 0)


def test_a_citation_of_a_later_paper_is_marked_on_the_hop(lineage: Lineage):
    path = find_paths(lineage, INSTRUCT, "wei2021flan", PathOptions(top=1)).paths[0]
    assert [hop.backwards for hop in path.hops] == [True]


def brute(lineage: Lineage, keep, start: str = BERT, end: str = INSTRUCT) -> set[tuple[str, ...]]:
    """All simple paths of the shipped list and its bridges that a condition keeps."""
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    return {tuple(path) for path in nx.all_simple_paths(part, start, end) if keep(path)}


def found(lineage: Lineage, options: PathOptions) -> set[tuple[str, ...]]:
    answer = find_paths(lineage, BERT, INSTRUCT, options)
    paths = [path.keys for path in answer.paths]
    assert len(set(paths)) == len(paths) == answer.total
    return set(paths)


ALL = {"top": 10_000}


def test_waypoints_are_passed_in_order_and_via_anywhere(lineage: Lineage):
    def in_order(path):
        return {"lewis2019", "brown2020"} <= set(path) and path.index("lewis2019") < path.index("brown2020")

    assert found(lineage, PathOptions(waypoints=("lewis2019", "brown2020"), **ALL)) == brute(lineage, in_order)
    assert found(lineage, PathOptions(waypoints=("brown2020", "lewis2019"), **ALL)) == set()
    both = brute(lineage, lambda path: {"lewis2019", "brown2020"} <= set(path))
    for via in (("brown2020", "lewis2019"), ("brown2020", "brown2020", "lewis2019")):
        assert found(lineage, PathOptions(via=via, **ALL)) == both


def test_a_waypoint_inside_a_circle_does_not_let_a_path_visit_a_paper_twice(lineage: Lineage):
    """FLAN, Askell, Gopher and InstructGPT cite each other in circles."""
    options = PathOptions(waypoints=("wei2021flan", "rae2021"), **ALL)
    expected = brute(
        lineage, lambda p: {"wei2021flan", "rae2021"} <= set(p) and p.index("wei2021flan") < p.index("rae2021")
    )
    assert found(lineage, options) == expected


@pytest.mark.parametrize(
    "options",
    [PathOptions(avoid=(BERT,)), PathOptions(avoid=(INSTRUCT,)), PathOptions(via=("brown2020",), avoid=("brown2020",))],
)
def test_a_paper_that_every_path_must_pass_cannot_be_avoided(lineage: Lineage, options: PathOptions):
    with pytest.raises(InputError, match="a path cannot both pass and avoid"):
        find_paths(lineage, BERT, INSTRUCT, options)


def test_paths_keep_to_the_avoided_papers_the_years_and_the_hops(lineage: Lineage):
    assert found(lineage, PathOptions(avoid=("brown2020",), **ALL)) == brute(lineage, lambda p: "brown2020" not in p)
    assert found(lineage, PathOptions(max_hops=4, **ALL)) == brute(lineage, lambda p: len(p) <= 5)
    years = brute(lineage, lambda p: all((lineage.paper(k).year or 0) in (2020, 2021) for k in p[1:-1]))
    assert found(lineage, PathOptions(years=(2020, 2021), **ALL)) == years
    both = brute(lineage, lambda p: len(p) <= 4 and "brown2020" in p)
    assert found(lineage, PathOptions(max_hops=3, via=("brown2020",), **ALL)) == both


def test_a_theme_keeps_to_papers_whose_theme_it_is_chosen_or_mainly_inferred(lineage: Lineage):
    def of_theme(key: str) -> bool:
        data = lineage.graph.nodes[key]
        if data["themes"]:
            return "rlhf" in data["themes"]
        return max(data["shares"], key=lambda theme: data["shares"][theme]) == "rlhf"

    expected = brute(lineage, lambda p: all(of_theme(k) for k in p[1:-1]), "schulman2017")
    answer = find_paths(lineage, "schulman2017", INSTRUCT, PathOptions(theme="rlhf", **ALL))
    assert {path.keys for path in answer.paths} == expected
    assert len(expected) > 1


def test_200_random_pairs_agree_with_brute_force_within_three_hops(lineage: Lineage):
    chance = random.Random(5)
    keys = [key for key in lineage.graph if lineage.graph.degree(key) > 1]
    options = PathOptions(max_hops=3, top=10_000)
    reached = 0
    for _ in range(200):
        start, end = chance.sample(keys, 2)
        answer = find_paths(lineage, start, end, options)
        expected = {tuple(p) for p in nx.all_simple_paths(lineage.graph, start, end, cutoff=3)}
        assert {path.keys for path in answer.paths} == expected
        assert answer.total == len(expected)
        reached += bool(expected)
    assert reached > 5


def test_an_answer_becomes_a_table_with_a_row_a_hop(lineage: Lineage):
    frame = ask(lineage, "BERT → InstructGPT", PathOptions(list_only=True)).to_frame()
    assert list(frame["path"]) == [1, 1, 2, 2, 2, 3, 3, 3, 3]
    assert frame.loc[0, ["cited", "citing"]].tolist() == [BERT, "rae2021"]


def test_an_answer_in_a_notebook_is_what_the_command_prints():
    printed = lineage_command("path", "BERT → InstructGPT", "--list-only").stdout
    shipped = load()
    assert repr(ask(shipped, "BERT → InstructGPT", PathOptions(list_only=True))) == printed
    assert str(ask(shipped, "* → BERT")) == lineage_command("path", "* → BERT").stdout
    assert str(show(shipped, "BERT")) == lineage_command("show", "BERT").stdout


def test_the_earlier_names_of_parameters_and_attributes_still_work_with_a_warning(lineage: Lineage):
    few = PathOptions(list_only=True)
    answer = find_paths(lineage, BERT, INSTRUCT, few)
    with pytest.warns(DeprecationWarning, match="the parameter 'wish' is now called 'options'"):
        assert find_paths(lineage, BERT, INSTRUCT, wish=few) == answer
    with pytest.warns(DeprecationWarning, match="'wish' is now called 'options'"):
        assert ask(lineage, "BERT → InstructGPT", wish=few).value == answer
    with pytest.warns(DeprecationWarning, match="PathAnswer.wish is now PathAnswer.options"):
        assert answer.wish == few
    with pytest.warns(DeprecationWarning, match="PathAnswer.nothing is now PathAnswer.no_path"):
        assert answer.nothing is None
    with pytest.raises(AttributeError, match="'PathAnswer' object has no attribute 'other'"):
        answer.other  # noqa: B018  # what is asked for is that it is not there
