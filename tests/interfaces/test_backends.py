"""A corpus in memory and a store answer the same protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.analysis.paths import PathAnswer
from graph.errors import InputError, NameNotFound
from graph.index.build_index import index_store
from graph.index.contexts import NO_SENTENCES
from graph.index.store import open_store
from graph.interfaces import questions, source_questions
from graph.interfaces.backend import STORE_COMMANDS, Backend
from graph.interfaces.cli.main import _COMMANDS
from graph.interfaces.corpus_backend import _ANSWERS, CorpusBackend
from graph.interfaces.questions import (
    AuditQuestion,
    FlowQuestion,
    ListNeighbourhoodQuestion,
    MainPathQuestion,
    MeasuresQuestion,
    NearbyQuestion,
    PaperQuestion,
    PathQuestion,
    ReadingListQuestion,
    ReadingQuestion,
    SearchQuestion,
    SuggestionsQuestion,
    ThemesQuestion,
)
from graph.interfaces.select import select
from graph.interfaces.source_questions import SnowballQuestion
from graph.interfaces.store_backend import StoreBackend

from ..helpers.commands import refused
from ..helpers.scale_world import write_store


@pytest.fixture(scope="module")
def corpus_backend(lineage) -> CorpusBackend:
    return CorpusBackend(lineage)


@pytest.fixture(scope="module")
def store_backend(store) -> StoreBackend:
    return StoreBackend(store)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, reading_list) -> StoreBackend:
    """Five papers in a row, none of them in the reading list; no sentences."""
    papers = [{"corpusid": n, "title": f"Paper number {n}", "year": 2000 + n} for n in range(1, 6)]
    references = [{"citing": n + 1, "cited": n} for n in range(1, 5)]
    folder = write_store(tmp_path_factory.mktemp("small"), papers, references)
    index_store(folder, memory=1 << 31)
    return StoreBackend(open_store(folder, reading_list))


@pytest.fixture(params=["corpus", "store"])
def backend(request: pytest.FixtureRequest, corpus_backend, store_backend) -> Backend:
    both: dict[str, Backend] = {"corpus": corpus_backend, "store": store_backend}
    return both[request.param]


def test_a_corpus_has_a_function_for_every_question():
    about_sources = [name for name, each in vars(source_questions).items() if each.__class__ is type]
    asked = {name for name in (*questions.__all__, *about_sources) if name.endswith("Question")} - {"Question"}
    assert _ANSWERS.keys() | {"SearchQuestion"} == asked


def test_both_count_all_papers_and_citations(corpus_backend, store_backend, lineage):
    corpus = lineage.corpus
    assert corpus_backend.size == (len(corpus.papers), len(corpus.citations))
    assert store_backend.size == (len(corpus.papers), sum(c.citing != c.cited for c in corpus.citations))


def test_a_key_is_a_name_of_its_paper_and_has_a_coverage(backend):
    key = backend.key_of("BERT")
    assert backend.key_of(key) == key
    assert backend.part([key]).paper(key).name == "BERT"
    assert backend.coverage_of(key) in ("complete", "partial")
    assert backend.coverage_of("BERT") is None
    assert backend.coverage_of(key[:-1]) is None


def test_both_name_the_papers_of_the_reading_list(backend, reading_list):
    assert [backend.listed.paper(key).name for key in backend.listed.list_keys][:2] != []
    assert backend.listed.reading_list == reading_list
    answer = backend.answer(ReadingListQuestion())
    assert answer.value == reading_list
    assert set(answer.lineage.entries) == set(backend.listed.list_keys)


def test_the_answer_of_each_is_about_the_paper_that_was_asked_for(backend):
    key = backend.key_of("BERT")
    assert backend.answer(PaperQuestion(key)).value.paper.key == key
    assert backend.answer(NearbyQuestion(key, 1, 3)).value.key == key
    assert len(backend.answer(NearbyQuestion(key, 1, 3)).value.hops) == 3
    found = backend.answer(SearchQuestion("bert", 2))
    assert len(found.value.keys) == 2
    assert all(each in found.lineage.corpus.papers for each in found.value.keys)


def test_both_answer_a_question_in_either_direction_and_with_all_its_options(backend):
    names = ("GPT", "BERT")
    answer = backend.answer(PathQuestion.parse(backend, [" ↔ ".join(names)])).value
    assert isinstance(answer, PathAnswer)
    older, newer = (backend.key_of(name) for name in names)
    assert (answer.start, answer.end) == (older, newer)
    turned = backend.answer(PathQuestion.parse(backend, ["BERT ↔ GPT"])).value
    assert (turned.start, turned.end) == (older, newer)
    neither = backend.answer(PathQuestion.parse(backend, ["Fast Weights ↔ PPO"])).value
    assert not neither.found
    assert neither.start == backend.key_of("Fast Weights")
    via, avoid = backend.key_of("BART"), backend.key_of("14")
    limited = backend.answer(PathQuestion.parse(backend, ["6 → 17"], via=["BART"], avoid=["14"], max_hops=6)).value
    assert limited.paths
    assert all(via in path.keys and avoid not in path.keys for path in limited.paths)


def test_both_keep_to_the_list_and_open_circles_as_they_are_asked_to(backend):
    answer = backend.answer(FlowQuestion.parse(backend, ["6 → 17"], list_only=True)).value
    assert (answer.list_only, answer.total) == (True, 3)
    assert backend.answer(FlowQuestion.parse(backend, ["6 → 17"], cycles="families")).value.acyclic.cycles == "families"


def test_both_find_a_main_path_with_all_its_options(backend):
    question = MainPathQuestion.parse(backend, ["6 → 17"], weight="SPLC", search="key-route-global", routes=2)
    found = backend.answer(question).value
    assert (found.weight, found.by.routes, found.scope.between) == ("SPLC", 2, question.scope.between)
    assert found.robustness is not None
    without = MainPathQuestion(question.scope, "SPC", question.by, cycles="families", robustness=False)
    found = backend.answer(without).value
    assert (found.robustness, found.acyclic.cycles) == (None, "families")


def test_a_corpus_answers_what_a_store_cannot(corpus_backend):
    order = corpus_backend.answer(ReadingQuestion("devlin2018", "ouyang2022", budget=2, list_only=True)).value
    assert len(order.steps) == 4
    assert all(step.key in corpus_backend.listed.entries for step in order.steps)
    report = corpus_backend.answer(ThemesQuestion("neighbourhood", seed=3)).value
    assert report.communities.seed == 3
    assert report.flow.arcs != corpus_backend.answer(ThemesQuestion("list")).value.flow.arcs
    assert len(corpus_backend.answer(SuggestionsQuestion(3)).value.frequently_cited) == 3


def test_the_neighbourhood_of_the_list_has_the_list_and_more(backend):
    found = backend.answer(ListNeighbourhoodQuestion())
    assert set(backend.listed.list_keys) < set(found.value.keys)
    assert list(found.value.keys) == sorted(found.value.keys, key=found.lineage.age)
    assert len(found.value.keys) == len(set(found.value.keys))


QUESTIONS: dict[str, Callable[[Backend], Any]] = {
    "read": lambda b: b.answer(ReadingQuestion("a", "b")),
    "themes": lambda b: b.answer(ThemesQuestion()),
    "suggest": lambda b: b.answer(SuggestionsQuestion()),
    "measures": lambda b: b.answer(MeasuresQuestion(())),
    "audit": lambda b: b.answer(AuditQuestion()),
    "snowball": lambda b: b.answer(SnowballQuestion()),
}


@pytest.mark.parametrize("command", QUESTIONS)
def test_what_a_store_cannot_answer_says_how_to_ask_it_all_the_same(store_backend, command):
    with pytest.raises(InputError) as fault:
        QUESTIONS[command](store_backend)
    assert str(fault.value) == (
        f"a store does not answer {command!r}; take a part out with 'lineage --store STORE neighbourhood', "
        "and ask that with --corpus"
    )


@pytest.mark.parametrize("command", [name for name in _COMMANDS if name not in STORE_COMMANDS])
def test_the_command_line_refuses_the_same_and_names_its_commands_that_work(command, tmp_path):
    assert refused("--store", tmp_path / "nowhere", command, "--help") == (
        f"lineage: 'lineage {command}' does not work on a store; on a store there are path, show, flow, main-path, "
        "neighbourhood, fetch, export, serve, mcp; 'neighbourhood' makes a corpus, and --corpus takes it\n"
    )


def test_the_commands_that_work_on_a_store_are_commands():
    assert set(STORE_COMMANDS) < set(_COMMANDS)


def test_only_a_store_gives_a_part_of_itself(corpus_backend, store_backend, lineage):
    keys = [store_backend.key_of("BERT"), store_backend.key_of("InstructGPT")]
    corpus = store_backend.extract(keys, depth=1, top=20)
    assert len(corpus.papers) == 20
    names = {paper.title for paper in corpus.papers.values()}
    assert {lineage.paper(key).title for key in ("devlin2018", "ouyang2022")} <= names
    near = {
        key for start in ("devlin2018", "ouyang2022") for key in nx.ego_graph(lineage.graph, start, 1, undirected=True)
    }
    assert names <= {lineage.paper(key).title for key in near}
    with pytest.raises(InputError, match="a neighbourhood is taken out of a store"):
        corpus_backend.extract(keys, depth=1, top=20)


def test_a_corpus_is_there_as_a_whole_and_a_store_is_not(corpus_backend, store_backend, lineage):
    assert corpus_backend.whole() is corpus_backend.part([]) is lineage
    with pytest.raises(InputError, match="too large to be exported as a whole; take a part out"):
        store_backend.whole()


def test_a_store_says_how_much_of_the_list_it_has(corpus_backend, store_backend, small):
    assert corpus_backend.notes == ()
    assert store_backend.notes == ("24 of the 24 entries of the reading list are in this store",)
    assert small.notes == ("0 of the 24 entries of the reading list are in this store",)


def test_entries_that_a_store_lacks_are_in_the_list_and_not_among_its_papers(small, reading_list):
    assert small.listed.reading_list.title == "The whole store"
    assert small.listed.entries == {}
    assert small.listed.corpus.papers == {}
    answer = small.answer(ReadingListQuestion())
    assert answer.value == reading_list
    assert len(answer.lineage.absent) == len(answer.lineage.entries) == 23


def test_part_of_the_list_keeps_its_title_and_its_other_entries(tmp_path: Path, reading_list):
    bert = next(entry for entry in reading_list.entries if entry.number == 6)
    arxiv = next(each.value for each in bert.identifiers if each.scheme == "arxiv")
    papers = [{"corpusid": 1, "title": "BERT", "arxiv": arxiv}, {"corpusid": 2, "title": "Another paper"}]
    index_store(write_store(tmp_path, papers, [{"citing": 2, "cited": 1}]), memory=1 << 31)
    backend = StoreBackend(open_store(tmp_path, reading_list))
    assert backend.listed.reading_list.title == reading_list.title
    assert [entry.number for entry in backend.listed.reading_list.entries] == [6]
    assert [paper.title for paper in backend.listed.corpus.papers.values()] == ["BERT"]


def test_a_store_without_sentences_says_so_with_the_paths_alone(small, store_backend):
    first, third = small.key_of("CorpusID:1"), small.key_of("CorpusID:3")
    assert small.answer(PathQuestion.parse(small, [f"{first} → {third}"])).remarks == (NO_SENTENCES,)
    assert small.answer(PathQuestion.parse(small, [f"{third} → {first}"])).remarks == ()
    assert small.answer(PathQuestion.parse(small, [f"* → {third}"])).remarks == ()
    assert store_backend.answer(PathQuestion.parse(store_backend, ["6 → 17"], top=1)).remarks == ()


def test_an_unknown_key_is_no_name(small):
    with pytest.raises(NameNotFound):
        small.answer(PaperQuestion("paper-1"))
    with pytest.raises(NameNotFound):
        small.answer(FlowQuestion("nobody", "nothing"))


def test_what_is_exported_of_a_store_has_the_names_that_were_typed(store_backend):
    selection = select(store_backend, "main-path BERT → InstructGPT")
    assert selection.title == "the main path from BERT to InstructGPT"
    assert selection.counts.keys() == selection.arcs
    with pytest.raises(InputError, match="the main path of a store needs two papers"):
        select(store_backend, "main-path theme rlhf")
    with pytest.raises(InputError, match="did you mean 'neighbourhood'"):
        select(store_backend, "nieghbourhood")


def test_too_many_papers_are_refused_for_an_export_and_the_way_out_is_named(store, lineage):
    few = StoreBackend(replace(store, most_papers=2))
    graph, first, last = lineage.graph, "bahdanau2014", "ouyang2022"
    between = (nx.descendants(graph, first) & nx.ancestors(graph, last)) - {first, last}
    with pytest.raises(InputError, match=rf"\b{len(between):,} papers lie between the two"):
        select(few, "flow 1 → 17")
    for text in ("flow 1 → 17", "main-path 1 → 17"):
        with pytest.raises(InputError, match=r"lie between the two.*take a part out with 'lineage --store"):
            select(few, text)
