"""Papers that a person has read or owns: shown wherever papers are named, and left out on demand, at every door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import load
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.reading_order import reading_order
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.mcp.tools import Tools
from graph.interfaces.web.router import Router
from graph.model.lineage import Lineage
from graph.model.marks import Marks

from ..helpers.commands import lineage_command, refused
from ..helpers.made_lineages import lineage_of
from ..helpers.small_graphs import NETWORKS

READ = ("brown2020", "rae2021")
ENDS = ("devlin2018", "ouyang2022")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "mine.txt"
    path.write_text("Language Models are Few-Shot Learners\n2112.11446\n")
    return path


@pytest.fixture(scope="module")
def marked(lineage: Lineage) -> Lineage:
    return replace(lineage, marks=Marks(read=frozenset(READ)))


def answer(library: Path, *words: str, code: int = 0) -> str:
    result = lineage_command("--read", library, *words)
    assert (result.returncode, result.stderr) == (code, "")
    return result.stdout


def test_paths_are_counted_without_them_and_say_so(library: Path, lineage: Lineage):
    told = json.loads(answer(library, "path", "BERT", "InstructGPT", "--leave-out", "read", "--json"))
    avoided = find_paths(lineage, *ENDS, PathOptions(avoid=READ))
    assert (told["total"], told["wish"]["leave_out"]) == (avoided.total, ["read"])
    assert [[paper["key"] for paper in path["papers"]] for path in told["paths"]] == [
        list(path.keys) for path in avoided.paths
    ]
    assert "without papers that you have read" in answer(library, "path", "6", "17", "--leave-out", "read")


def test_the_two_papers_of_a_question_are_never_left_out(marked: Lineage):
    both = replace(marked, marks=Marks(read=frozenset((*ENDS, "brown2020"))))
    found = find_paths(both, *ENDS, PathOptions(waypoints=("brown2020",), leave_out=("read",)))
    assert found.total == find_paths(both, *ENDS, PathOptions(waypoints=("brown2020",))).total


def test_marks_stand_beside_names_and_in_the_json_of_papers(library: Path):
    assert "GPT-3 [read]" in answer(library, "path", "BERT", "InstructGPT")
    shown = json.loads(answer(library, "show", "GPT-3", "--json"))
    assert shown["marks"] == ["read"]
    assert json.loads(answer(library, "show", "BERT", "--json"))["marks"] == []
    assert "marks" not in json.loads(lineage_command("show", "BERT", "--json").stdout)


def test_known_papers_are_not_suggested(library: Path):
    def keys(*options: str) -> list[str]:
        return [each["key"] for each in json.loads(answer(library, "suggest", "--json", *options))["leaned_on"]]

    assert "brown2020" in keys()
    assert keys("--leave-out", "read", "--top", "9") == [key for key in keys() if key not in READ][:9]


@given(NETWORKS, st.sets(st.sampled_from(["n1", "n2", "n3", "n4", "n5"])))
def test_the_paper_to_read_is_on_most_paths_that_avoid_the_known_ones(arcs: set[tuple[int, int]], known: set[str]):
    names = [("spare", f"n{n}") for n in range(7)]
    made = lineage_of([*((f"n{b}", f"n{a}") for a, b in arcs), *names], {"n0": "t", "n6": "t"})
    graph = nx.DiGraph((f"n{a}", f"n{b}") for a, b in arcs)
    graph.add_nodes_from(("n0", "n6"))
    paths = [set(path) for path in nx.all_simple_paths(graph, "n0", "n6")]
    found = reading_order(made, "n0", "n6", budget=1, known=known)
    if not paths:
        assert found is None
        return
    assert found is not None
    through_known = [path for path in paths if path & known]
    unread = [path - {"n0", "n6"} for path in paths if not path & known]
    assert found.known_paths == len(through_known)
    assert set(found.known) == known & set().union(*paths)
    most = max((sum(key in path for path in unread) for key in set().union(*unread)), default=0)
    assert found.covered == most
    assert not {step.key for step in found.steps} & known


def test_the_reading_order_says_what_is_known(library: Path):
    text = answer(library, "read", "BERT", "InstructGPT", "--leave-out", "read")
    assert "You know 2 papers between them (GPT-3 [read], Gopher [read])" in text


@pytest.mark.parametrize("words", [("path", "6", "17"), ("read", "6", "17"), ("suggest",)], ids=lambda words: words[0])
def test_to_leave_out_what_nobody_marked_is_refused(words: tuple[str, ...], library: Path):
    message = refused(*words, "--leave-out", "own")
    assert "no paper is marked as own" in message
    assert "lineage --own FILE" in message
    assert "no paper is marked as own" in refused("--read", library, *words, "--leave-out", "own")


def test_a_store_and_a_wrong_place_of_the_option_are_told(library: Path, tmp_path: Path):
    assert "leave out --read" in refused("--store", tmp_path, "--read", library, "path", "6", "17")
    assert "lineage --own" in refused("path", "6", "17", "--own", library)
    assert "nowhere.bib" in refused("--own", tmp_path / "nowhere.bib", "path", "6", "17")


def test_the_environment_names_libraries_for_every_command(library: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LINEAGE_READ", str(library))
    assert "GPT-3 [read]" in lineage_command("path", "BERT", "InstructGPT").stdout


def test_agents_and_the_server_see_marks_and_leave_papers_out(marked: Lineage):
    backend = CorpusBackend(marked)
    wanted = find_paths(marked, *ENDS, PathOptions(avoid=READ)).total
    found = Tools(backend).paths("BERT → InstructGPT", leave_out=["read"])
    assert found["total"] == wanted
    assert Tools(backend).show("GPT-3")["marks"] == ["read"]
    served = json.loads(Router(backend).respond("/api/paths?q=6+to+17&leave_out=read").body)
    assert served["total"] == wanted


def test_a_notebook_loads_a_lineage_with_marks(library: Path):
    assert load(read=[library]).marks.read == frozenset(READ)
