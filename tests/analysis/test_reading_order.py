"""The few papers to read between two others."""

from __future__ import annotations

from itertools import combinations
from math import e

import networkx as nx
import pytest
from hypothesis import given

from graph.analysis.acyclic import CYCLES, acyclic_between
from graph.analysis.flow import flow
from graph.analysis.main_path import Scope, main_path
from graph.analysis.reading_order import ReadingOrder, ReadingStep, reading_order
from graph.exports.answers import answer_form, answer_text
from graph.model.lineage import Lineage
from graph.utils.files import json_text

from ..helpers.circles import circles_lineage, key_of
from ..helpers.commands import lineage_command
from ..helpers.made_lineages import any_citations, corpus_lineage, lineage_of

BERT, INSTRUCT = "devlin2018", "ouyang2022"


def order_of(lineage: Lineage, start: str = BERT, end: str = INSTRUCT, **options) -> ReadingOrder:
    found = reading_order(lineage, start, end, **options)
    assert found is not None
    return found


def all_paths(lineage: Lineage) -> list[set[str]]:
    network = acyclic_between(lineage, lineage.graph, BERT, INSTRUCT).graph
    return [set(path) for path in nx.all_simple_paths(network, BERT, INSTRUCT)]


def test_a_reading_order_runs_forward_and_counts_the_paths_through_its_papers(lineage: Lineage):
    found, paths = order_of(lineage, budget=3), all_paths(lineage)
    chosen = [step.key for step in found.steps[1:-1]]
    assert len(chosen) == 3
    assert found.total == len(paths)
    assert found.covered == sum(bool(path & set(chosen)) for path in paths)
    assert [step.paths for step in found.steps] == [sum(step.key in path for path in paths) for step in found.steps]
    for one, other in combinations([step.key for step in found.steps], 2):
        assert not nx.has_path(found.network.graph, other, one)


def test_each_paper_is_the_greedy_choice_among_the_paths_that_are_left(lineage: Lineage):
    left, expected = all_paths(lineage), {}
    while len(expected) < 4:
        counts = {key: sum(key in path for path in left) for path in left for key in path - {BERT, INSTRUCT}}
        best = min(counts, key=lambda key: (-counts[key], lineage.place(key)))
        expected[best] = counts[best]
        left = [path for path in left if best not in path]
    found = order_of(lineage, budget=4)
    assert {step.key: step.new_paths for step in found.steps[1:-1]} == expected
    assert (found.steps[0].new_paths, found.steps[-1].new_paths) == (0, 0)
    assert found.covered == sum(expected.values())


def test_the_greedy_choice_is_near_the_best_one(lineage: Lineage):
    found, paths = order_of(lineage, budget=2), all_paths(lineage)
    inner = set.union(*paths) - {BERT, INSTRUCT}
    best = max(sum(bool(path & set(pair)) for path in paths) for pair in combinations(inner, 2))
    assert best >= found.covered >= (1 - 1 / e) * best


def test_of_papers_on_equally_many_paths_one_of_the_list_is_chosen_before_an_older_one():
    citations = [(end, start) for start in ("a",) for end in ("listed", "older", "younger")]
    citations += [("z", paper) for paper in ("listed", "older", "younger")]
    dates = {"a": "2000", "older": "2001", "younger": "2002", "listed": "2003", "z": "2004"}
    world = lineage_of(citations, {"a": "t", "z": "t", "listed": "t"}, dates)
    assert [step.key for step in order_of(world, "a", "z", budget=1).steps] == ["a", "listed", "z"]
    assert [step.key for step in order_of(world, "a", "z", budget=2).steps] == ["a", "older", "listed", "z"]


def test_a_greater_budget_than_there_are_papers_takes_all_and_says_what_each_builds_on():
    citations = [("x", "a"), ("y", "x"), ("y", "a"), ("z", "y"), ("z", "x")]
    dates = {"a": "2000", "x": "2001", "y": "2002", "z": "2003"}
    found = order_of(lineage_of(citations, {"a": "t", "z": "t"}, dates), "a", "z", budget=9)
    assert found.steps == (
        ReadingStep("a", 3, 0, ()),
        ReadingStep("x", 2, 2, ("a",)),
        ReadingStep("y", 2, 1, ("a", "x")),
        ReadingStep("z", 3, 0, ("x", "y")),
    )
    assert (found.total, found.covered) == (3, 3)
    frame = found.to_frame()
    assert list(frame["builds_on"]) == ["", "a", "a x", "x y"]
    assert list(frame["ways"]) == [3, 2, 2, 3]


def test_within_the_list_only_papers_of_it_are_read(lineage: Lineage):
    found = order_of(lineage, list_only=True)
    assert {step.key for step in found.steps} <= set(lineage.list_keys)
    assert found.total == 3
    assert {step.key for step in order_of(lineage).steps} - set(lineage.list_keys)


@pytest.mark.parametrize("cycles", CYCLES)
def test_circles_are_removed_as_asked_for_and_every_step_is_a_paper(cycles: str):
    """0 -> (2 <-> 3) -> 1: each way to remove the circle leaves other paths."""
    world = circles_lineage([(0, 2), (0, 3), (2, 3), (3, 2), (2, 1), (3, 1)], ["2014", "2016", "2015", "2015"])
    start, end = key_of(0), key_of(1)
    found = order_of(world, start, end, cycles=cycles)
    papers = {node: found.network.preprints.get(node, node) for node in found.network.graph}
    paths = [{papers[node] for node in path} for path in nx.all_simple_paths(found.network.graph, start, end)]
    assert found.total == len(paths) == {"date": 3, "families": 1, "preprints": 4}[cycles]
    keys = [step.key for step in found.steps]
    assert (keys[0], keys[-1], sorted(keys)) == (start, end, sorted(set(papers.values())))
    for step in found.steps:
        assert step.paths == sum(step.key in path for path in paths)
        assert all(world.graph.has_edge(key, step.key) for key in step.builds_on)
    assert found.covered == len(paths)


@pytest.mark.parametrize("cycles", CYCLES)
@given(any_citations)
def test_every_question_that_removes_circles_is_answered_in_text_and_json(cycles: str, citations):
    world = corpus_lineage(citations, more=("n0", "n1"))
    answers = (
        reading_order(world, "n0", "n1", cycles=cycles),
        flow(world, "n0", "n1", cycles=cycles),
        main_path(world, Scope(between=("n0", "n1")), cycles=cycles),
        main_path(world, cycles=cycles),
    )
    for answer in answers:
        if answer is not None:
            assert answer_text(world, answer)
            assert json_text(answer_form(world, answer))
            assert answer.to_frame() is not None
    order = answers[0]
    if order is not None:
        papers = {step.key: order.network.families.get(step.key, (step.key,)) for step in order.steps}
        for step in order.steps:
            members = papers[step.key]
            for key in step.builds_on:
                assert any(world.has_citation(one, other) for one in papers[key] for other in members)


def test_a_step_that_builds_on_a_family_says_how_many_citations_join_them():
    """0 -> (2 <-> 3) -> 1, where 3 alone cites 0, and 2 and 3 are cited by 1."""
    world = circles_lineage([(0, 3), (2, 3), (3, 2), (2, 1), (3, 1)], ["2014", "2015", "2016", "2017"])
    found = order_of(world, key_of(0), key_of(1), cycles="families")
    assert [step.builds_on for step in found.steps] == [(), (key_of(0),), (key_of(2),)]
    text = answer_text(world, found)
    assert "2 citations between the two" in text
    assert "Papers that cite each other in circles count as one" in text


def test_without_a_path_there_is_no_order(lineage: Lineage):
    assert reading_order(lineage, "schmidhuber1992", "schulman2017") is None
    assert lineage_command("read", "Fast Weights", "PPO").returncode == 1


def test_a_budget_of_nothing_leaves_the_two_papers(lineage: Lineage):
    found = order_of(lineage, budget=0)
    assert ([step.key for step in found.steps], found.covered) == ([BERT, INSTRUCT], 0)
