"""Answers to questions about paths as people type them."""

from __future__ import annotations

import logging
import re
from functools import partial

import pytest

from graph.analysis.ancestry import Relatives, find_relatives
from graph.analysis.ask import answer_query
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import PathAnswer, find_paths
from graph.analysis.query import parse_words
from graph.analysis.resolve import resolve
from graph.model.corpus import Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList

BERT, INSTRUCT = "devlin2018", "ouyang2022"
FEW = PathOptions(top=3)


def answer_to(lineage: Lineage, question: str, options: PathOptions | None = None) -> PathAnswer | Relatives:
    return answer_query(lineage, parse_words(partial(resolve, lineage), [question]), options or PathOptions())[1]


def paths_of(lineage: Lineage, question: str, options: PathOptions | None = None) -> PathAnswer:
    answer = answer_to(lineage, question, options)
    assert isinstance(answer, PathAnswer)
    return answer


def test_a_question_about_paths_has_the_paths_through_its_papers(lineage: Lineage):
    assert paths_of(lineage, "BERT → InstructGPT") == find_paths(lineage, BERT, INSTRUCT)
    through = PathOptions(waypoints=("liu2019", "brown2020"), top=3)
    given = PathOptions(waypoints=("liu2019",), top=3)
    assert paths_of(lineage, "BERT → GPT-3 → InstructGPT", given) == find_paths(lineage, BERT, INSTRUCT, through)


def test_either_direction_is_the_first_one_that_has_a_path(lineage: Lineage):
    forward = find_paths(lineage, BERT, INSTRUCT, FEW)
    assert paths_of(lineage, "BERT ↔ InstructGPT", FEW) == forward
    assert paths_of(lineage, "InstructGPT ↔ BERT", FEW) == forward
    without = paths_of(lineage, "Fast Weights ↔ PPO", FEW)
    assert (without.start, without.end, without.found) == ("schmidhuber1992", "schulman2017", False)


def test_a_star_asks_for_all_papers_before_or_after_one(lineage: Lineage):
    narrow = PathOptions(list_only=True, max_hops=1)
    for question, kind in (("* → BERT", "ancestry"), ("BERT → *", "descent")):
        answer = answer_to(lineage, question, narrow)
        assert isinstance(answer, Relatives)
        assert answer == find_relatives(lineage, BERT, kind, list_only=True, max_hops=1)
        assert answer.total < answer_to(lineage, question).total


def test_a_question_is_silent_and_its_phases_are_in_the_log(
    corpus: Corpus, reading_list: ReadingList, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    with caplog.at_level(logging.INFO, "graph"):
        paths_of(build_lineage(corpus, reading_list), "BERT → InstructGPT")
    (paths_line,) = caplog.messages
    assert re.fullmatch(r"devlin2018 -> ouyang2022: 17 papers between, 760 paths, [0-9.]+ s", paths_line)
    assert capsys.readouterr() == ("", "")
