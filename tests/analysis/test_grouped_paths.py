"""Paths by a condition on reasons: three groups, which have all paths and none twice, against brute force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.grouped_paths import GroupedPaths, grouped_paths
from graph.analysis.path_answer import PathAnswer
from graph.analysis.path_options import RANKS, PathOptions, Rank
from graph.analysis.reason_condition import ReasonCondition, speaks_of
from graph.errors import InputError
from graph.exports.answers import answer_form, answer_text
from graph.model.corpus import Assertion
from graph.model.lineage import Lineage
from graph.model.reasons import Reason

from ..helpers.made_lineages import any_citations, corpus_lineage

Arc = tuple[str, str]
MET, OPEN, NOT = "Takes its reward models.", None, "Names it."
METHOD, SUBJECT = ReasonCondition(intent="methodology"), ReasonCondition(about="reward model")
CONDITIONS = pytest.mark.parametrize("condition", [METHOD, SUBJECT], ids=["intent", "about"])


def explained(citations: Iterable[Arc], uses: dict[Arc, str | None]) -> Lineage:
    """Citations (citing, cited); what is said of an arc cited -> citing is met by both conditions, or by neither."""
    reasons = {
        (cited, citing): Reason(citing, cited, said, "all", "read", ("methodology",) if said == MET else ("result",))
        for (cited, citing), said in uses.items()
        if said is not None
    }
    return replace(corpus_lineage(citations, more=("n0", "n7")), reasons=reasons)


def group_of(path: list[str], uses: dict[Arc, str | None], condition: ReasonCondition) -> bool | None:
    """By the definition: every hop for the intent, some hop for the subject."""
    met = [{MET: True, OPEN: None, NOT: False}[uses[arc]] for arc in pairwise(path)]
    if condition.intent:
        return False if False in met else None if None in met else True
    return True if True in met else None if None in met else False


@CONDITIONS
@given(citations=any_citations, data=st.data())
def test_the_groups_have_all_paths_and_each_the_paths_of_its_definition(
    condition: ReasonCondition, citations: set[Arc], data: Any
) -> None:
    said = st.sampled_from([MET, OPEN, NOT])
    uses = {(cited, citing): data.draw(said) for citing, cited in sorted(citations)}
    options = PathOptions(top=1000, max_hops=data.draw(st.sampled_from([None, 2, 4])))
    lineage = explained(citations, uses)
    graph = nx.DiGraph([*uses])
    graph.add_nodes_from(("n0", "n7"))
    paths = [*nx.all_simple_paths(graph, "n0", "n7", cutoff=options.max_hops)]
    found = grouped_paths(lineage, "n0", "n7", options, condition)
    if not paths:
        assert isinstance(found, PathAnswer)
        return
    assert isinstance(found, GroupedPaths)
    for group in found.groups:
        expected = {tuple(path) for path in paths if group_of(path, uses, condition) is group.verdict}
        assert {path.keys for path in group.paths} == expected
        assert group.total == len(expected)
    assert found.total == len(paths)
    assert all(cited != "n7" and citing != "n0" for cited, citing in found.hops)


def small() -> Lineage:
    """Three ways from n0 to n7: one that meets the conditions, one that does not, and one of which nothing is known."""
    uses: dict[Arc, str | None] = {
        ("n0", "n1"): MET,
        ("n1", "n7"): MET,
        ("n0", "n2"): NOT,
        ("n2", "n7"): NOT,
        ("n0", "n3"): OPEN,
        ("n3", "n7"): OPEN,
    }
    return explained([(citing, cited) for cited, citing in uses], uses)


@CONDITIONS
@pytest.mark.parametrize("rank", ["shortest", "strongest", "main", "diverse"])
def test_the_groups_are_three_and_never_two_whatever_the_order(condition: ReasonCondition, rank: Any) -> None:
    found = grouped_paths(small(), "n0", "n7", PathOptions(rank=rank), condition)
    assert isinstance(found, GroupedPaths)
    assert [(group.verdict, group.total, [path.keys[1] for path in group.paths]) for group in found.groups] == [
        (True, 1, ["n1"]),
        (None, 1, ["n3"]),
        (False, 1, ["n2"]),
    ]
    assert found.hops_by_verdict() == (2, 2, 2)


@CONDITIONS
def test_the_text_and_the_json_keep_the_three_apart(condition: ReasonCondition) -> None:
    lineage = small()
    found = grouped_paths(lineage, "n0", "n7", PathOptions(), condition)
    text, form = answer_text(lineage, found), answer_form(lineage, found)
    for mark in ("why: (yes) Takes", "why: (unknown) no reason recorded", "why: (no) Names"):
        assert text.count(mark) == 2
    assert [(group["meets"], group["total"]) for group in form["groups"]] == [("yes", 1), ("unknown", 1), ("no", 1)]
    assert {hop["meets"] for hop in form["groups"][1]["paths"][0]["hops"]} == {"unknown"}


@pytest.mark.parametrize(
    ("condition", "one", "two"),
    [
        (METHOD, "1 is for methodology, 1 is for something", "2 are for methodology, 2 are for something"),
        (SUBJECT, "1 speaks of “reward model”, 1 does not", "2 speak of “reward model”, 2 do not"),
    ],
)
def test_the_text_counts_one_and_several(condition: ReasonCondition, one: str, two: str) -> None:
    uses: dict[Arc, str | None] = {("n0", "n7"): MET, ("n0", "n1"): NOT, ("n1", "n7"): OPEN}
    alone = explained([(citing, cited) for cited, citing in uses], uses)
    for lineage, says in ((alone, one), (small(), two)):
        assert says in answer_text(lineage, grouped_paths(lineage, "n0", "n7", PathOptions(), condition))


def test_what_sources_say_of_a_citation_counts_where_no_reason_is_recorded() -> None:
    lineage = corpus_lineage([("n7", "n0")])
    said = Assertion("s", intents=("methodology",), contexts=("We reuse the reward-model of n0.",))
    citation = replace(lineage.citation("n0", "n7"), assertions=(said,))
    told = replace(lineage, corpus=lineage.corpus.with_citations({("n7", "n0"): citation}))
    for condition in (METHOD, SUBJECT):
        assert condition.verdict(lineage, "n0", "n7") is None
        assert condition.verdict(told, "n0", "n7") is True
    assert ReasonCondition(intent="result").verdict(told, "n0", "n7") is False
    found = grouped_paths(told, "n0", "n7", PathOptions(), SUBJECT)
    assert "It says: We reuse the reward-model of n0." in answer_text(told, found)


def test_a_reason_without_intents_leaves_the_intent_open_and_still_speaks() -> None:
    lineage = replace(corpus_lineage([("n7", "n0")]), reasons={("n0", "n7"): Reason("n7", "n0", MET, "all", "read")})
    assert (METHOD.verdict(lineage, "n0", "n7"), SUBJECT.verdict(lineage, "n0", "n7")) == (None, True)


@pytest.mark.parametrize(
    ("text", "phrase", "does"),
    [
        ("reward models", "Reward Model", True),
        ("re-ward model", "reward model", True),
        ("a model of reward", "reward model", False),
        ("Préentraîné", "preentraine", True),
        ("", "x", False),
        ("强化学习", "强化", True),
    ],
)
def test_a_text_speaks_of_a_phrase_by_whole_words_of_which_the_last_may_go_on(text: str, phrase: str, does: bool):
    assert speaks_of(text, phrase) is does


@pytest.mark.parametrize("parts", [{}, {"intent": "method"}, {"about": " -- "}, {"intent": "result", "about": "x"}])
def test_a_condition_that_asks_nothing_or_two_things_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(InputError):
        ReasonCondition(**parts)


@pytest.mark.parametrize("rank", RANKS)
def test_in_every_order_a_group_shows_its_first_paths_though_others_come_before_them(
    lineage: Lineage, rank: Rank
) -> None:
    options = PathOptions(rank=rank, top=2)
    found = grouped_paths(lineage, "devlin2018", "ouyang2022", options, ReasonCondition(about="reward model"))
    assert isinstance(found, GroupedPaths)
    assert [len(group.paths) for group in found.groups] == [min(2, group.total or 0) for group in found.groups]
