"""Lineages, corpora, stores and answers are copied, and sent to other processes, as any value is."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

import graph
from graph.index.store import Store
from graph.interfaces.answer import Answer
from graph.model.corpus import Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList
from graph.model.storage import load_corpus, save_corpus

from ..helpers.witnessed import List, witnessed

QUESTION = "BERT → InstructGPT"


@pytest.fixture(scope="module")
def sent(lineage: Lineage) -> Lineage:
    """The shipped lineage after a way to another process."""
    there: Lineage = pickle.loads(pickle.dumps(lineage))
    return there


def test_a_lineage_that_was_sent_is_equal_and_answers_alike(lineage: Lineage, sent: Lineage):
    assert (sent, sent.corpus) == (lineage, lineage.corpus)
    assert graph.ask(sent, QUESTION).form == graph.ask(lineage, QUESTION).form


def test_a_lineage_that_was_sent_needs_no_folder(tmp_path: Path, reading_list: ReadingList):
    save_corpus(witnessed([List("s2:a", "b", ("a",))], ["a", "b"]).corpus, tmp_path / "made")
    lineage = build_lineage(load_corpus(tmp_path / "made"), reading_list)
    stream = pickle.dumps(lineage)
    (tmp_path / "made").rename(tmp_path / "elsewhere")
    assert pickle.loads(stream).cited_by("a") == ["b"]


def test_a_deep_copy_has_a_graph_of_its_own(lineage: Lineage):
    lineage.graph  # noqa: B018  # made before it is copied
    copied = copy.deepcopy(lineage)
    copied.graph.remove_node("devlin2018")
    assert copied == lineage
    assert "devlin2018" in lineage.graph


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copied_corpus_is_equal(lineage: Lineage, copied: type):
    found: Corpus = copied(lineage.corpus)
    assert found == lineage.corpus


@pytest.mark.parametrize(
    "ask",
    [
        lambda found: graph.flow_of(found, QUESTION),
        lambda found: graph.main_path_of(found, QUESTION),
        lambda found: graph.read(found, QUESTION),
    ],
    ids=["flow", "main path", "reading order"],
)
def test_an_answer_that_was_sent_prints_the_same(sent: Lineage, ask: type):
    answer: Answer[object] = ask(sent)
    assert pickle.loads(pickle.dumps(answer)).text == answer.text


def test_a_store_that_was_sent_opens_its_folder_again(store: Store):
    there = pickle.loads(pickle.dumps(replace(store, most_papers=7)))
    assert (there.folder, there.most_papers, len(there.index.ids)) == (store.folder, 7, len(store.index.ids))
