"""The flow between two papers: BERT to InstructGPT by enumeration, and any small graph with any circles."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.extreme_paths import shortest_arcs
from graph.algorithms.main_path_search import sum_along
from graph.analysis import flow as flow_module
from graph.analysis.acyclic import CYCLES
from graph.analysis.flow import SHOWN, TiedPaths, flow
from graph.exports.text.flow_text import flow_form, flow_text
from graph.exports.wording import exact, large, log10
from graph.interfaces.cli.flow import flow_command
from graph.model.lineage import Lineage

from ..helpers.circles import circles_lineage, dated_arcs, key_of
from ..helpers.commands import context_of

BERT, INSTRUCT = "devlin2018", "ouyang2022"


Path = tuple[str, ...]


def simple_paths(graph: nx.DiGraph, start: str, end: str) -> list[Path]:
    return [tuple(path) for path in nx.all_simple_paths(graph, start, end)]


def arcs_in(paths: list[Path]) -> Counter[tuple[str, str]]:
    return Counter(arc for path in paths for arc in pairwise(path))


def within_all(paths: list[Path]) -> set[str]:
    """The papers between the ends that every path runs through."""
    return set.intersection(*(set(path[1:-1]) for path in paths)) if paths else set()


def assert_extreme(extreme: TiedPaths | None, tied: list[Path]) -> None:
    assert extreme is not None
    assert extreme.path_count == len(tied)
    assert set(extreme.papers) == {paper for path in tied for paper in path}
    assert len(extreme.examples) == len(set(extreme.examples)) == min(len(tied), SHOWN)
    assert set(extreme.examples) <= set(tied)
    assert extreme.hops == len(extreme.examples[0]) - 1


@pytest.mark.parametrize("cycles", CYCLES)
def test_from_bert_to_instructgpt_everything_is_what_enumeration_finds(lineage: Lineage, cycles: str):
    answer = flow(lineage, BERT, INSTRUCT, cycles=cycles)
    paths = simple_paths(answer.acyclic.graph, BERT, INSTRUCT)
    weights = arcs_in(paths)
    assert answer.paths == len(paths)
    assert answer.arcs == weights
    assert answer.through == Counter(paper for path in paths for paper in path)
    assert set(answer.unavoidable_nodes) == within_all(paths)
    lengths = [len(path) for path in paths]
    assert_extreme(answer.shortest, [path for path in paths if len(path) == min(lengths)])
    assert_extreme(answer.longest, [path for path in paths if len(path) == max(lengths)])
    sums = {path: sum_along(path, weights) for path in paths}
    assert_extreme(answer.heaviest, [path for path in paths if sums[path] == max(sums.values())])
    assert answer.heaviest is not None
    assert answer.heaviest.weight == max(sums.values())
    reduced = nx.transitive_reduction(answer.acyclic.graph)
    assert answer.implied == set(answer.acyclic.graph.edges) - set(reduced.edges)


def test_the_total_and_the_unavoidable_papers_are_those_of_the_lineage_with_its_circles(lineage: Lineage):
    answer = flow(lineage, BERT, INSTRUCT)
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    paths = simple_paths(part, BERT, INSTRUCT)
    assert answer.total == len(paths) == 760
    assert set(answer.papers) == {paper for path in paths for paper in path}
    assert set(answer.unavoidable) == within_all(paths)


def test_no_circle_is_left_between_bert_and_instructgpt_and_one_citation_runs_back_in_time(lineage: Lineage):
    """Arcs out of InstructGPT lie on no path to it, so that its circle with FLAN does no harm here."""
    dropped = [(drop.cited, drop.citing, drop.why) for drop in flow(lineage, BERT, INSTRUCT).acyclic.dropped]
    assert dropped == [("raffel2019", "shoeybi2019", "later")]
    for cycles in ("families", "preprints"):
        answer = flow(lineage, BERT, INSTRUCT, cycles=cycles)
        assert not answer.acyclic.changed
        assert answer.paths == answer.total == 760


def test_within_the_list_the_flow_keeps_to_the_list(lineage: Lineage):
    answer = flow(lineage, BERT, INSTRUCT, list_only=True)
    assert (answer.total, answer.paths) == (3, 3)
    assert set(answer.papers) <= set(lineage.list_keys)
    assert answer.arcs["lewis2019", "stiennon2020"] == 2


@given(dated_arcs(), st.sampled_from(CYCLES))
def test_on_any_graph_with_any_circles_the_flow_is_brute_force(world: Lineage, cycles: str):
    start, end = key_of(0), key_of(1)
    answer = flow(world, start, end, cycles=cycles)
    raw = simple_paths(world.graph, start, end)
    assert answer.total == len(raw)
    assert answer.found == bool(raw)
    assert set(answer.unavoidable) == within_all(raw)
    assert {paper for path in raw for paper in path} <= set(answer.papers)
    paths = simple_paths(answer.acyclic.graph, start, end) if answer.paths else []
    assert answer.paths == len(paths)
    assert answer.arcs == arcs_in(paths)
    assert set(answer.unavoidable_nodes) == within_all(paths)
    assert (answer.shortest is None) == (not paths)
    if cycles == "families":
        assert bool(paths) == bool(raw)
    if paths:
        assert_extreme(answer.shortest, [path for path in paths if len(path) == min(map(len, paths))])
        assert_extreme(answer.longest, [path for path in paths if len(path) == max(map(len, paths))])


def test_paths_run_through_a_circle_and_the_answer_says_how_it_was_removed():
    """0 -> (2 <-> 3) -> 1: two ways through the circle in each direction, one through the family."""
    world = circles_lineage([(0, 2), (0, 3), (2, 3), (3, 2), (2, 1), (3, 1)], ["2014", "2016", "2015", "2015"])
    start, end = key_of(0), key_of(1)
    as_family = flow(world, start, end, cycles="families")
    assert (as_family.total, as_family.paths, len(as_family.papers)) == (4, 1, 4)
    assert as_family.acyclic.merged == ((key_of(2), key_of(3)), (key_of(3), key_of(2)))
    assert "2 citations merged into 1 family" in flow_text(world, as_family)
    by_date = flow(world, start, end)
    assert (by_date.total, by_date.paths, [drop.why for drop in by_date.acyclic.dropped]) == (4, 3, ["tied"])
    by_preprint = flow(world, start, end, cycles="preprints")
    assert (by_preprint.total, by_preprint.paths) == (4, 4)
    assert "(preprint)" in flow_text(world, by_preprint)


def test_a_flow_that_only_runs_back_in_time_has_no_paths_by_date_and_the_answer_says_so():
    world = circles_lineage([(0, 1)], ["2016", "2014"])
    answer = flow(world, key_of(0), key_of(1))
    assert (answer.total, answer.paths, answer.shortest) == (1, 0, None)
    assert "The changed network has no path." in flow_text(world, answer)
    assert flow_form(world, answer)["longest"] is None


def test_citations_that_enter_the_start_or_leave_the_end_are_on_no_path():
    world = circles_lineage([(0, 1), (1, 0), (1, 2), (2, 1), (2, 0)], ["2014", "2014", "2014"])
    answer = flow(world, key_of(0), key_of(1), cycles="families")
    assert (answer.total, answer.paths, set(answer.papers)) == (1, 1, {key_of(0), key_of(1)})


def test_a_direct_citation_is_the_whole_flow(lineage: Lineage):
    answer = flow(lineage, "rae2021", INSTRUCT, list_only=True)
    text = flow_text(lineage, answer)
    assert text.startswith("Gopher → InstructGPT: 1 path within the list, a direct citation.\n")
    assert "none: the citation is direct" in text


def test_between_very_many_papers_implied_citations_are_unknown_and_not_none(
    lineage: Lineage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flow_module, "affords_sets", lambda _: False)
    answer = flow(lineage, BERT, INSTRUCT)
    assert answer.implied is None
    assert "\nWhich citations longer chains imply is not computed for so many papers.\n" in flow_text(lineage, answer)
    assert flow_form(lineage, answer)["arcs"][0]["implied"] is None
    assert set(answer.to_frame()["implied"]) == {None}


def test_no_path_and_one_and_the_same_paper_are_answered_plainly(lineage: Lineage):
    none = flow(lineage, INSTRUCT, BERT)
    assert (none.found, none.total, none.paths, none.arcs) == (False, 0, 0, {})
    assert "no path in this corpus" in flow_text(lineage, none)
    same = flow(lineage, BERT, BERT)
    assert (same.found, same.total) == (False, 0)
    assert "one and the same paper" in flow_text(lineage, same)


def test_all_shortest_paths_are_kept_and_there_are_none_without_a_path():
    grid = nx.DiGraph(
        [((x, y), (x + a, y + b)) for x in range(5) for y in range(5) for a, b in ((0, 1), (1, 0)) if x + a < 5 > y + b]
    )
    grid = nx.relabel_nodes(grid, str)
    found = shortest_arcs(grid, "(0, 0)", "(4, 4)")
    assert found.path_count == 70 == len(list(found.paths()))
    # u and v lie on shortest paths, and the citation between them runs the other way round.
    back = nx.DiGraph(["av", "vy", "ye", "ax", "xu", "ue", "uv"])
    assert set(shortest_arcs(back, "a", "e").paths()) == {tuple("avye"), tuple("axue")}
    for start, end in (("(4, 4)", "(0, 0)"), ("(0, 0)", "(0, 0)"), ("(0, 0)", "elsewhere")):
        assert shortest_arcs(grid, start, end).path_count == 0


def test_the_table_has_every_citation_with_exact_counts(lineage: Lineage):
    answer = flow(lineage, BERT, INSTRUCT)
    frame = answer.to_frame()
    assert len(frame) == len(answer.arcs)
    assert all(type(count) is int for count in frame["paths"])
    assert frame["paths"].is_monotonic_decreasing
    assert frame["implied"].sum() == len(answer.implied)


def test_counts_are_shown_so_that_people_and_programs_can_hold_them():
    assert large(999_999_999_999_999) == "999,999,999,999,999"
    assert large(6 * 10**20) == "6.00 \u00d7 10^20"
    assert large(2**10_000) == "2.00 \u00d7 10^3010"
    assert large(10**15) == "1.00 \u00d7 10^15"
    assert large(9_999 * 10**83) == "1.00 \u00d7 10^87"
    assert large(9_989 * 10**83) == "9.99 \u00d7 10^86"
    assert (exact(2**53 - 1), exact(2**53), exact(10**5000)) == (2**53 - 1, str(2**53), None)
    assert (log10(10**87), log10(0)) == (87.0, None)


def test_text_is_safe_for_a_terminal_and_the_form_is_json(hostile: Lineage):
    keys = list(hostile.list_keys)
    answer = flow(hostile, keys[0], keys[-1])
    assert answer.unavoidable == tuple(keys[1:-1])
    text = flow_text(hostile, answer)
    assert all(c.isprintable() or c == "\n" for c in text.replace("\u200d", ""))
    assert json.loads(json.dumps(flow_form(hostile, answer)))["paths"] == 1


def test_the_command_answers_in_text_and_json(lineage: Lineage):
    runner, given_ = CliRunner(), context_of(lineage)
    text = runner.invoke(flow_command, ["BERT → InstructGPT"], obj=given_)
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.startswith("BERT → InstructGPT: 760 paths, through 15 papers between the two.\n")
    form = json.loads(runner.invoke(flow_command, ["6", "17", "--list-only", "--json"], obj=given_).stdout)
    assert (form["scope"], form["total"], form["unavoidable"]) == ("list", 3, [])
    assert form["arcs"][0]["citations"][0]["sources"]
    assert runner.invoke(flow_command, ["InstructGPT", "BERT"], obj=given_).exit_code == 1


@pytest.mark.parametrize("query", [["BERT → GPT-3 → InstructGPT"], ["BERT ↔ InstructGPT"], ["* → InstructGPT"]])
def test_a_flow_needs_two_papers_in_one_direction(lineage: Lineage, query: list[str]):
    result = CliRunner().invoke(flow_command, query, obj=context_of(lineage))
    assert "two papers are needed" in str(result.exception)


def test_a_flow_from_one_paper_is_told_how_to_name_two_to_this_command(lineage: Lineage):
    result = CliRunner().invoke(flow_command, ["BERT"], obj=context_of(lineage))
    assert "name two, as in: lineage flow BERT InstructGPT" in str(result.exception)


def test_an_arrow_that_the_shell_took_is_noticed(lineage: Lineage):
    result = CliRunner().invoke(flow_command, ["BERT", "--", "-"], obj=context_of(lineage))
    assert "the shell took '>' for a redirection" in str(result.exception)
