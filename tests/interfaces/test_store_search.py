"""A search from one paper to another over a store: what a fetch would find, without a network."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from graph.errors import InputError
from graph.index.build_index import index_store
from graph.index.store import Store, open_store
from graph.interfaces import store_search
from graph.interfaces.cli.main import cli
from graph.interfaces.store_search import StoreAnswers, search_store
from graph.model.reading_list import ReadingList
from graph.model.storage import load_corpus
from graph.sources.fetch.between.grow import GrowthOptions
from graph.sources.http.request import Request
from graph.sources.semantic_scholar.responses import OffsetLimit, ResultPage

from ..helpers.scale_world import write_store


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


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, reading_list: ReadingList) -> Store:
    """A store in which the papers 2 to 6 cite the paper 1, each of a later year, and 7 as well, of no known year."""
    papers = [{"corpusid": n, "title": f"Paper {n}", "year": 2000 + n if n < 7 else None} for n in range(1, 8)]
    cited = [{"citing": n, "cited": 1} for n in range(2, 8)]
    folder = write_store(tmp_path_factory.mktemp("small"), papers, cited)
    index_store(folder, memory=1 << 31)
    return open_store(folder, reading_list)


def page_of(store: Store, offset: int, limit: int) -> Any:
    """The papers that cite the paper 1 and may lead to the paper 5, as a page of the service."""
    one, five = (store.index.vertex(n) for n in (1, 5))
    answers = StoreAnswers(store, [one, five])
    return answers(Request("page", f"/paper/{one}/citations", (("offset", str(offset)), ("limit", str(limit))))).value


def titles(page: ResultPage) -> list[str | None]:
    return [row.paper.title for row in page.rows or ()]


def test_a_list_is_told_page_by_page_up_to_the_last_named_paper_and_no_further(small):
    assert titles(page_of(small, 0, 100)) == ["Paper 2", "Paper 3", "Paper 4", "Paper 5"]
    first, second = page_of(small, 0, 2), page_of(small, 2, 2)
    assert (titles(first), first.next) == (["Paper 2", "Paper 3"], 2)
    assert (titles(second), second.next) == (["Paper 4", "Paper 5"], None)


def test_what_the_service_would_not_list_is_not_listed_here(small, monkeypatch):
    """There offset and limit together must stay below the limit, and a count is capped below it."""
    monkeypatch.setattr(store_search, "OFFSET_LIMIT", 4)
    assert titles(page_of(small, 1, 2)) == ["Paper 3", "Paper 4"]
    assert page_of(small, 2, 2) == OffsetLimit(4)
    one, five = (small.index.vertex(n) for n in (1, 5))
    (row,) = StoreAnswers(small, [one, five]).rows([one])
    assert (row.paper.citation_count, row.paper.reference_count) == (3, 0)


def test_a_paper_whose_year_is_not_known_has_none(small):
    vertices = [small.index.vertex(n) for n in (7, 3)]
    assert [row.paper.year for row in StoreAnswers(small, vertices[1:]).rows(vertices)] == [None, 2003]
