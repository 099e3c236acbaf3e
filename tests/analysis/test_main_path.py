"""The main path of the shipped corpus and of its parts, by enumeration and as text."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given

from graph.algorithms.dominators import implied_arcs
from graph.algorithms.extreme_paths import longest_paths
from graph.algorithms.main_path_search import SEARCHES, Search, sum_along
from graph.algorithms.traversal_weights import WEIGHTS
from graph.analysis import weight_comparison
from graph.analysis.acyclic import CYCLES
from graph.analysis.main_path import Scope, main_path, papers_within
from graph.analysis.weight_comparison import LONGEST, compare_weights
from graph.errors import InputError
from graph.exports.text.main_path_text import main_path_form, main_path_text
from graph.interfaces.cli.main_path import main_path_command
from graph.model.lineage import Lineage

from ..helpers.commands import context_of, python
from ..helpers.published import (
    MAINPATHS_JL,
    WIKIPEDIA,
    Published,
    arcs_of,
    network_of,
)
from ..helpers.search_by_definition import by_definition
from ..helpers.small_graphs import NETWORKS, all_paths, counted, dag, through_paths

PUBLISHED = [pytest.param(WIKIPEDIA, id="wikipedia"), pytest.param(MAINPATHS_JL, id="mainpaths.jl")]


@pytest.mark.parametrize("published", PUBLISHED)
def test_the_published_longest_path_and_reduction_are_found(published: Published):
    graph = network_of(published)
    assert tuple(published.longest.split(">")) in list(longest_paths(graph).paths())
    assert set(graph.edges) - implied_arcs(graph) == set(arcs_of(published.reduction))


@given(NETWORKS.filter(bool))
def test_papers_of_zero_criticality_are_those_on_a_longest_path(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    paths = all_paths(graph)
    most = max(map(len, paths))
    assert set(longest_paths(graph).papers) == {paper for path in paths if len(path) == most for paper in path}
    other = compare_weights(graph, Search())
    assert other.longest_hops == nx.dag_longest_path_length(graph) == most - 1


def test_the_corpus_a_theme_the_list_and_two_papers_are_scopes(lineage: Lineage):
    assert set(papers_within(lineage, Scope())) == set(lineage.graph)
    assert set(papers_within(lineage, Scope("list"))) == set(lineage.list_keys)
    assert set(lineage.list_keys) < set(papers_within(lineage, Scope("neighbourhood"))) < set(lineage.graph)
    for key in papers_within(lineage, Scope(theme="rlhf")):
        data = lineage.graph.nodes[key]
        shares = data["shares"]
        assert "rlhf" in data["themes"] if data["themes"] else shares["rlhf"] == max(shares.values())
    themed = papers_within(lineage, Scope("list", "rlhf"))
    assert set(themed) == {key for key in lineage.list_keys if "rlhf" in lineage.graph.nodes[key]["themes"]}
    for wrong in (Scope("everything"), Scope(theme="gardening")):
        with pytest.raises(InputError):
            papers_within(lineage, wrong)


def test_the_answer_names_what_was_chosen_and_what_was_left_out(lineage: Lineage):
    answer = main_path(lineage, Scope("list"), weight="SPLC", by=Search("key-route-local", 3), cycles="families")
    assert (answer.weight, answer.by.name, answer.acyclic.cycles) == ("SPLC", "key-route-local", "families")
    listed = lineage.among(lineage.list_keys)
    assert set(answer.counts.alone) == {key for key in listed if listed.degree(key) == 0}
    assert answer.greatest is None
    text = main_path_text(lineage, answer)
    assert text.startswith("Main path of the list, SPLC, key-route-local search, 3 routes.\n")
    assert "Left out: 1 paper without a citation to or from the others" in text


def test_the_list_main_path_is_brute_force(lineage: Lineage):
    answer = main_path(lineage, Scope("list"))
    graph = nx.DiGraph(answer.acyclic.graph)
    weights = counted(through_paths(graph))
    assert answer.counts.arcs == weights
    for name in SEARCHES:
        by = Search(name)
        assert set(main_path(lineage, Scope("list"), by=by).found.arcs) == by_definition(graph, weights, by), name


def test_robustness_is_the_same_search_under_every_weight(lineage: Lineage):
    by = Search("key-route-global", 2)
    other = main_path(lineage, Scope("list"), by=by).robustness
    assert other is not None
    for weight in WEIGHTS:
        assert other.arcs[weight] == set(main_path(lineage, Scope("list"), weight=weight, by=by).found.arcs)
    assert other.shared_arcs == other.arcs["SPC"] & other.arcs["SPLC"] & other.arcs["SPNP"] & other.arcs["NPPC"]
    shared = other.papers["SPC"] & other.papers[LONGEST]
    assert other.overlap("SPC", LONGEST) == len(shared) / len(other.papers["SPC"] | other.papers[LONGEST])
    frame = other.to_frame()
    assert list(frame.columns) == [*WEIGHTS, LONGEST]
    assert all(frame.loc[name, name] == 1 for name in frame.columns)
    assert main_path(lineage, Scope("list"), robustness=False).robustness is None


def test_of_very_many_papers_nppc_is_not_compared_and_the_text_says_so(
    lineage: Lineage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(weight_comparison, "affords_sets", lambda _: False)
    answer = main_path(lineage, Scope("list"))
    assert answer.robustness is not None
    assert set(answer.robustness.papers) == {"SPC", "SPLC", "SPNP", LONGEST}
    assert "by SPC, SPLC, SPNP (others take too long for so many papers) share" in main_path_text(lineage, answer)


def test_between_two_papers_the_flow_is_the_number_of_paths_between_them(lineage: Lineage):
    answer = main_path(lineage, Scope(between=("devlin2018", "ouyang2022")))
    paths = list(nx.all_simple_paths(answer.acyclic.graph, "devlin2018", "ouyang2022"))
    assert answer.counts.flow == len(paths)
    assert (answer.counts.sources, answer.counts.sinks) == (("devlin2018",), ("ouyang2022",))
    assert answer.greatest == max(sum_along(path, answer.counts.arcs) for path in paths)
    kept = main_path(lineage, Scope("list", between=("devlin2018", "ouyang2022")))
    assert kept.counts.flow == 3
    assert main_path_text(lineage, kept).startswith("Main path of BERT → InstructGPT within the list, SPC, global")


def test_a_scope_without_citations_has_no_main_path_and_says_so(lineage: Lineage):
    answer = main_path(lineage, Scope(between=("ouyang2022", "devlin2018")))
    assert (answer.found.arcs, answer.greatest, answer.counts.flow) == ((), 0, 0)
    assert "no path" in main_path_text(lineage, answer)


def test_the_table_of_the_answer_has_exact_counts(lineage: Lineage):
    answer = main_path(lineage, Scope("list"), by=Search("key-route-global"))
    frame = answer.to_frame()
    assert list(zip(frame["cited"], frame["citing"], strict=True)) == list(answer.found.arcs)
    assert all(type(count) is int for count in frame["SPC"])
    assert list(frame["key_route"]) == [arc in answer.found.keys for arc in answer.found.arcs]


def test_text_is_safe_for_a_terminal_and_the_form_is_json(hostile: Lineage):
    for cycles in CYCLES:
        answer = main_path(hostile, by=Search("key-route-local"), cycles=cycles)
        text = main_path_text(hostile, answer)
        assert all(c.isprintable() or c == "\n" for c in text.replace("\u200d", ""))
        assert json.loads(json.dumps(main_path_form(hostile, answer)))["network"]["paths"] == 1


def test_papers_with_the_same_place_on_the_main_path_share_a_line(lineage: Lineage):
    answer = main_path(lineage)
    text = main_path_text(lineage, answer)
    assert len(answer.found.papers) > 100
    assert "97 papers that tie, A neural probabilistic language model among them" in text
    assert len(text.splitlines()) < 60


def test_the_command_answers_in_text_and_json(lineage: Lineage):
    runner, given_ = CliRunner(), context_of(lineage)
    text = runner.invoke(main_path_command, ["BERT", "InstructGPT", "--weight", "SPNP"], obj=given_)
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.startswith("Main path of BERT → InstructGPT, SPNP, global search.\n")
    as_json = runner.invoke(main_path_command, ["--within", "list", "--json"], obj=given_)
    assert json.loads(as_json.stdout)["weight"] == "SPC"
    none = runner.invoke(main_path_command, ["InstructGPT", "BERT"], obj=given_)
    assert none.exit_code == 1
    broad = ["--search", "local-forward", "--tolerance", "0.2", "--theme", "rlhf"]
    assert "broadened by 20%" in runner.invoke(main_path_command, broad, obj=given_).stdout


@pytest.mark.long
def test_two_runs_agree_to_the_byte_whatever_the_hash_seed():
    code = (
        "import json\n"
        "from graph.model.shipped_data import *\n"
        "from graph.model.storage import load_corpus\nfrom graph.model.reading_list import load_reading_list\n"
        "from graph.model.lineage import build_lineage\nfrom graph.analysis.main_path import *\n"
        "from graph.analysis.flow import flow\n"
        "from graph.algorithms.main_path_search import Search\n"
        "from graph.exports.text.main_path_text import *\nfrom graph.exports.text.flow_text import *\n"
        "it = build_lineage(load_corpus(snapshot_path()), load_reading_list(reading_list_path()))\n"
        "for cycles in ('date', 'families', 'preprints'):\n"
        "    a = main_path(it, by=Search('key-route-local', 5), cycles=cycles)\n"
        "    f = flow(it, 'devlin2018', 'ouyang2022', cycles=cycles)\n"
        "    print(main_path_text(it, a), json.dumps(main_path_form(it, a)))\n"
        "    print(flow_text(it, f), json.dumps(flow_form(it, f)), f.papers, f.unavoidable_nodes)\n"
    )
    one, two = (python(code, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == two
    assert len(one) > 10_000
