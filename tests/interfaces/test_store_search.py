"""A search from one paper to another over a store: what a fetch would find, without a network."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.errors import InputError
from graph.interfaces.cli.main import cli
from graph.interfaces.store_search import search_store
from graph.model.storage import load_corpus
from graph.sources.fetch.between.grow import GrowthOptions


def on(store, *words: str):
    return CliRunner().invoke(cli, ["--store", str(store), *words])


def test_the_paths_are_those_of_the_path_command(whole, tmp_path):
    folder, _ = whole
    found = on(
        folder, "fetch", "--between", "BERT", "InstructGPT", "--top", "4", "--to", str(tmp_path / "to"), "--json"
    )
    assert found.exit_code == 0
    (part,) = json.loads(found.stdout)["parts"]
    paths = {tuple(paper["title"] for paper in path) for path in part["paths"]}
    answer = json.loads(on(folder, "path", "BERT → InstructGPT", "--max-hops", "2", "--json").stdout)
    assert paths == {tuple(paper["title"] for paper in path["papers"]) for path in answer["paths"]}
    given = ["--corpus", str(tmp_path / "to"), "--list", str(tmp_path / "to" / "reading_list.toml")]
    again = CliRunner().invoke(cli, [*given, "path", "BERT → InstructGPT", "--max-hops", "2", "--json"])
    assert json.loads(again.stdout)["total"] == 4
    assert len(load_corpus(tmp_path / "to").papers) > 4


def test_no_path_is_certain_where_nothing_is_left_to_read(store):
    growth, _ = search_store(store, ["Fast Weights", "PPO"], GrowthOptions(200))
    assert not growth.found
    assert growth.parts[0].stopped == "exhausted"


def test_what_makes_no_question_is_refused(whole, tmp_path):
    folder, _ = whole
    (tmp_path / "notes.txt").write_text("mine")
    to = ("--to", str(tmp_path))
    for words, why in (
        (("BERT", "BERT"), "same paper"),
        (("InstructGPT", "BERT"), "is older than"),
        (("BERT", "InstructGPT"), "not empty"),
        (("BERT", "InstructGPT", "--dry-run"), "--dry-run is about a service"),
        (("BERT", "InstructGPT", "--vectors"), "--vectors is about a service"),
        (("BERT", "InstructGPT", "--base-url", "http://127.0.0.1:9"), "--base-url is about a service"),
        (("BERT", "InstructGPT", "--key-file", "key.txt"), "--key-file is about a service"),
    ):
        result = on(
            folder, "fetch", "--between", *words, *(to if why == "not empty" else ("--to", str(tmp_path / "a")))
        )
        assert isinstance(result.exception, InputError)
        assert why in str(result.exception)
    assert "does not work on a store" in str(on(folder, "fetch", "1810.04805").exception)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("budget", [1, 2, 5])
def test_the_budget_counts_looks_into_the_store(store, budget):
    growth, _ = search_store(store, ["GPT", "InstructGPT"], GrowthOptions(budget))
    assert growth.requests <= budget
