"""Every answer is shown through one table, whichever interface asked."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from itertools import chain
from pkgutil import resolve_name
from typing import Any, get_args

import pytest

from graph.errors import InputError
from graph.exports.answers import RENDERERS, answer_form, answer_text
from graph.interfaces import questions, source_questions
from graph.interfaces.answer import Answer
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.questions import (
    AuditQuestion,
    FlowQuestion,
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
from graph.interfaces.source_questions import HopQuestion, SnowballQuestion, WitnessesQuestion

from ..helpers.commands import printed

BERT, INSTRUCT = "devlin2018", "ouyang2022"


@pytest.fixture(scope="module")
def backend(lineage) -> CorpusBackend:
    return CorpusBackend(lineage)


def answer_types() -> set[str]:
    """The types of answers that questions name."""
    known = {**vars(questions), **vars(source_questions)}
    kinds = [each for each in known.values() if isinstance(each, type) and hasattr(each, "command")]
    bases = [kind.__orig_bases__[0] for kind in kinds if kind is not questions.Question]
    return {name for base in bases for name in get_args(base)[0].__forward_arg__.split(" | ")}


def test_every_answer_of_a_backend_can_be_shown():
    drawn_alone, asked_of_a_service = {"ListNeighbourhood"}, {"DescribedAuthors", "Passages", "Recommendations"}
    of_two_corpora = {"News"}
    assert answer_types() - drawn_alone == set(RENDERERS) - asked_of_a_service - of_two_corpora


def test_what_shows_an_answer_exists_and_takes_the_lineage_and_the_answer():
    for name in filter(None, chain.from_iterable(RENDERERS.values())):
        parameters = inspect.signature(resolve_name(f"graph.exports.{name}")).parameters.values()
        assert sum(each.default is inspect.Parameter.empty for each in parameters) == 2, name


def test_anything_else_is_no_answer(lineage):
    for show in (answer_text, answer_form):
        with pytest.raises(TypeError, match="a int is no answer"):
            show(lineage, 5)


COMMANDS: list[tuple[str, Callable[[CorpusBackend], Answer[Any]], tuple[str, ...]]] = [
    ("paths", lambda b: b.answer(PathQuestion.parse(b, ["6 → 17"], top=3)), ("path", "6", "17", "--top", "3")),
    ("relatives", lambda b: b.answer(PathQuestion.parse(b, ["* → BERT"])), ("path", "* → BERT")),
    (
        "flow",
        lambda b: b.answer(FlowQuestion("devlin2018", "ouyang2022", list_only=True)),
        ("flow", "6", "17", "--list-only"),
    ),
    ("paper", lambda b: b.answer(PaperQuestion(BERT)), ("show", "BERT")),
    ("list", lambda b: b.answer(ReadingListQuestion()), ("show",)),
    ("audit", lambda b: b.answer(AuditQuestion()), ("audit",)),
    ("witnesses", lambda b: b.answer(WitnessesQuestion.parse(b, ["BERT"])), ("audit", "--of", "BERT")),
    ("hop", lambda b: b.answer(HopQuestion.parse(b, ["GPT → BERT"])), ("audit", "--hop", "GPT → BERT")),
    ("snowball", lambda b: b.answer(SnowballQuestion.parse(b, ["6"])), ("snowball", "BERT")),
    ("suggestions", lambda b: b.answer(SuggestionsQuestion(3)), ("suggest", "--top", "3")),
    (
        "themes",
        lambda b: b.answer(ThemesQuestion("neighbourhood", 2)),
        ("themes", "--of", "neighbourhood", "--seed", "2"),
    ),
    (
        "reading order",
        lambda b: b.answer(ReadingQuestion(BERT, INSTRUCT, budget=2)),
        ("read", "6", "17", "--budget", "2"),
    ),
    ("no reading order", lambda b: b.answer(ReadingQuestion(INSTRUCT, BERT)), ("read", "17", "6")),
    ("main path", lambda b: b.answer(MainPathQuestion.parse(b, [], within="list")), ("main-path", "--within", "list")),
    ("measures", lambda b: b.answer(MeasuresQuestion.parse(b, ["pagerank"])), ("measures", "pagerank")),
]


@pytest.mark.parametrize(("ask", "command"), [row[1:] for row in COMMANDS], ids=[row[0] for row in COMMANDS])
def test_the_json_value_of_an_answer_is_what_the_command_prints(backend, ask, command):
    assert ask(backend).form == printed(*command)


def test_remarks_are_part_of_the_value_for_programs_alone(lineage, backend):
    answer = Answer(backend.answer(PaperQuestion(BERT)).value, lineage, ("something is left out",))
    assert answer.form_with_remarks == answer.form | {"remarks": ["something is left out"]}
    assert "remarks" not in backend.answer(PaperQuestion(BERT)).form_with_remarks


def test_an_answer_prints_itself_and_says_when_it_is_no_table(backend):
    answer = backend.answer(PaperQuestion(BERT))
    assert str(answer) == repr(answer) == answer.text
    with pytest.raises(InputError, match="of the type PaperSummary is no table; its fields are plain values"):
        answer.to_frame()
    assert repr(Answer(5, answer.lineage)) == "<Answer int>"
    frame = backend.answer(PathQuestion.parse(backend, ["6 → 17"], top=1)).to_frame()
    assert list(frame["citing"]) == ["rae2021", "ouyang2022"]


def test_the_answers_of_search_and_neighbourhood_are_those_that_were_asked_for(backend, lineage):
    found = backend.answer(SearchQuestion("bert", 2))
    assert len(found.value.keys) == 2 < found.value.total
    assert found.form["papers"][0]["key"] == "devlin2018"
    near = backend.answer(NearbyQuestion("devlin2018", 2, 5))
    assert (near.value.depth, len(near.value.hops)) == (2, 5)
