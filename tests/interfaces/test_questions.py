"""Every interface parses its questions here: text and options become one value, in which papers are keys."""

from __future__ import annotations

from fractions import Fraction

import pytest

from graph.algorithms.main_path_search import GLOBAL, Search
from graph.analysis.main_path import Scope
from graph.analysis.measures import MEASURES, find_measure
from graph.analysis.path_options import PathOptions
from graph.analysis.query import Query
from graph.errors import InputError, NameNotFound
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.questions import (
    FlowQuestion,
    MainPathQuestion,
    MeasuresQuestion,
    PathQuestion,
    ReadingQuestion,
    parse_settings,
)
from graph.interfaces.store_backend import StoreBackend

BERT, GPT3, INSTRUCT = "devlin2018", "brown2020", "ouyang2022"


@pytest.fixture(scope="module")
def backend(lineage) -> CorpusBackend:
    return CorpusBackend(lineage)


def test_a_question_about_paths_has_keys_a_theme_and_years(backend):
    question = PathQuestion.parse(
        backend,
        ["BERT", "->", "InstructGPT"],
        via=["GPT-3"],
        avoid=["14", "BART"],
        theme="Improving",
        between="2019..2021",
        max_hops=4,
        rank="strongest",
        list_only=True,
        top=3,
    )
    options = PathOptions(
        list_only=True,
        via=(GPT3,),
        avoid=(backend.key_of("14"), backend.key_of("BART")),
        theme="scaling",
        years=(2019, 2021),
        max_hops=4,
        rank="strongest",
        top=3,
    )
    assert question == PathQuestion(Query("path", (BERT, INSTRUCT)), options)


def test_without_options_a_question_about_paths_has_the_defaults(backend):
    assert PathQuestion.parse(backend, ["6 ↔ 17"]) == PathQuestion(Query("either", (BERT, INSTRUCT)), PathOptions())
    assert PathQuestion.parse(backend, ["* → GPT-3"]).query == Query("ancestry", (GPT3,))


@pytest.mark.parametrize(
    "options", [{"via": ["BRET"]}, {"avoid": ["BRET"]}, {"theme": "no such theme"}, {"between": "later"}]
)
def test_an_option_that_cannot_be_understood_is_refused(backend, options):
    with pytest.raises((InputError, NameNotFound)):
        PathQuestion.parse(backend, ["6 → 17"], **options)


def test_two_papers_make_a_question_about_a_flow_or_a_reading_order(backend):
    words = ["BERT", "to", "InstructGPT"]
    assert FlowQuestion.parse(backend, words, list_only=True) == FlowQuestion(BERT, INSTRUCT, list_only=True)
    assert FlowQuestion.parse(backend, words, cycles="families").cycles == "families"
    assert ReadingQuestion.parse(backend, words, budget=2) == ReadingQuestion(BERT, INSTRUCT, budget=2)


@pytest.mark.parametrize("words", [["BERT ↔ InstructGPT"], ["* → BERT"], ["BERT → GPT-3 → InstructGPT"]])
@pytest.mark.parametrize("parse", [FlowQuestion.parse, ReadingQuestion.parse, MainPathQuestion.parse])
def test_other_questions_are_refused_with_an_example_of_the_command(backend, words, parse):
    with pytest.raises(InputError, match="two papers are needed; name them, as in: BERT → InstructGPT"):
        parse(backend, words)
    with pytest.raises(InputError, match="as in: lineage x 'BERT → InstructGPT'"):
        parse(backend, words, example="lineage x")


def test_a_main_path_is_of_two_papers_or_of_what_the_options_say(backend):
    assert MainPathQuestion.parse(backend, []) == MainPathQuestion(Scope(), "SPC", GLOBAL)
    assert MainPathQuestion.parse(backend, ["6 → 17"]).scope == Scope(between=(BERT, INSTRUCT))
    question = MainPathQuestion.parse(
        backend,
        [],
        within="list",
        theme="rlhf",
        weight="SPLC",
        search="local-forward",
        tolerance=0.1,
        every_end=True,
        cycles="families",
    )
    search = Search("local-forward", tolerance=Fraction(1, 10), every_end=True)  # exactly: 0.1 is no binary fraction
    assert question == MainPathQuestion(Scope("list", "rlhf"), "SPLC", search, "families")
    assert MainPathQuestion.parse(backend, [], search="key-route-global", routes=7).by.routes == 7
    assert MainPathQuestion.parse(backend, [], theme="Human Feedback").scope == Scope(theme="rlhf")


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -0.1, 1])
def test_a_tolerance_is_a_number_below_one(backend, wrong):
    with pytest.raises(InputError, match=f"tolerance must be from 0 to below 1, not {wrong}"):
        MainPathQuestion.parse(backend, [], search="local-forward", tolerance=wrong)


def test_measures_have_their_parameters_and_the_key_of_their_paper(backend):
    pagerank, coupling = find_measure("pagerank"), find_measure("coupling")
    assert MeasuresQuestion.parse(backend, ["pagerank", "pagerank"], settings=["damping=0.5"]) == MeasuresQuestion(
        ((pagerank, {"damping": 0.5}),)
    )
    assert MeasuresQuestion.parse(backend, ["coupling"], paper="BERT") == MeasuresQuestion(
        ((coupling, {"paper": BERT}),), BERT
    )
    every = [measure for measure, _ in MeasuresQuestion.parse(backend, [], paper="BERT").measures]
    assert every == [each for each in MEASURES if each.about == "paper"]


@pytest.mark.parametrize(
    ("names", "paper", "settings", "message"),
    [
        (["coupling"], None, [], "name the paper with --of"),
        (["spectroscopy"], "BERT", [], "leave out --of"),
        (["pagerank"], None, ["damping"], "gives no value"),
        (["pagerank"], None, ["damp=1"], "there are: damping"),
        (["cited_by"], None, ["damping=1"], "none of these takes any"),
        (["coupling"], "BERT", ["paper=6"], "no measure here has that parameter"),
        (["pgrank"], None, [], "pagerank"),
    ],
)
def test_measures_that_fit_neither_paper_nor_settings_are_refused(backend, names, paper, settings, message):
    with pytest.raises(InputError, match=message):
        MeasuresQuestion.parse(backend, names, paper=paper, settings=settings)


def test_a_setting_that_is_given_twice_has_its_last_value():
    pagerank = find_measure("pagerank")
    assert parse_settings(["damping=0.5", "damping=0.6=x"], [pagerank]) == {"damping": "0.6=x"}


def test_a_store_has_questions_of_the_same_form_with_keys_of_its_own(store):
    backend = StoreBackend(store)
    question = PathQuestion.parse(backend, ["BERT → InstructGPT"], via=["BART"])
    keys = (*question.query.papers, *question.options.via)
    assert [backend.part([key]).paper(key).name for key in keys] == ["BERT", "InstructGPT", "BART"]
    assert [backend.key_of(key) for key in keys] == list(keys)
