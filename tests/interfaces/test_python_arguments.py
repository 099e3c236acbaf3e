"""What a person passes in a notebook and is of another type, or out of range, is refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import graph
from graph import PathOptions
from graph.analysis.main_path import Scope
from graph.errors import InputError, NameNotFound
from graph.model.lineage import Lineage

QUESTION = "BERT → InstructGPT"
CALLS: list[tuple[Callable[[Lineage], object], str]] = [
    (lambda lineage: graph.page(lineage, None), "part is None and must be a text, a list of texts or"),
    (lambda lineage: graph.page(lineage, [5]), "part is a list that holds 5 and must be"),
    (lambda lineage: graph.page(lineage, graph.flow_of(lineage, QUESTION)), "part is a Flow and must be"),
    (lambda lineage: graph.page(lineage, height="tall"), "height is 'tall' and must be a whole number"),
    (lambda lineage: graph.page(lineage, height=0), "height must be at least 1, not 0"),
    (lambda lineage: graph.page(lineage.graph), "is a DiGraph and must be a Lineage; 'load\\(\\)' gives one"),
    (lambda _: graph.ask(None, QUESTION), "is None and must be a Lineage"),
    (lambda lineage: graph.ask(lineage, ("BERT", "InstructGPT")), "the question is a tuple that holds 'BERT' and must"),
    (lambda lineage: graph.flow_of(lineage, None), "the question is None and must be a text"),
    (lambda lineage: graph.ask(lineage, QUESTION, {"top": 3}), "options is a dict and must be a PathOptions"),
    (lambda lineage: graph.ask(lineage, QUESTION, about=5), "about is 5 and must be a text or None"),
    (lambda lineage: graph.show(lineage, 6), "the name of a paper is 6 and must be a text"),
    (lambda lineage: graph.export(lineage, None), "format_ is None and must be a text"),
    (lambda lineage: graph.export(lineage, "svg", ["BERT"]), "of is a list that holds 'BERT' and must be a text"),
    (lambda _: graph.load(5), "reading_list is 5 and must be a text, a Path or None"),
    (lambda _: graph.load(read="library.bib"), "read is 'library.bib' and must be a list, each a text or a Path"),
    (lambda _: graph.load(own=Path("library.bib")), "own is a .*Path and must be a list"),
    (lambda lineage: graph.main_path_of(lineage, by="heaviest"), "there is no search 'heaviest'"),
    (lambda lineage: graph.main_path_of(lineage, scope="list"), "scope is 'list' and must be a Scope"),
    (lambda lineage: graph.recommendations_of(lineage, None), "the client is None and must be a SemanticScholar"),
    (lambda lineage: graph.passages_of(lineage, 5, "reward"), "the client is 5 and must be a SemanticScholar"),
    (lambda lineage: graph.read(lineage, QUESTION, budget="3"), "budget is '3' and must be a whole number"),
    (lambda lineage: graph.read(lineage, QUESTION, budget=-1), "budget must be at least 0, not -1"),
    (lambda lineage: graph.suggest(lineage, top=True), "top is True and must be a whole number"),
    (lambda lineage: graph.suggest(lineage, top=0), "top must be at least 1, not 0"),
    (
        lambda lineage: graph.snowball_of(lineage, way="down"),
        "way is 'down' and must be 'backward', 'forward' or 'both'",
    ),
    (lambda lineage: graph.snowball_of(lineage, rounds=0), "rounds must be at least 1, not 0"),
    (lambda lineage: graph.news_since(lineage, None), "is None and must be a Lineage"),
    (
        lambda _: PathOptions(leave_out=("seen",)),
        "leave_out is a tuple that holds 'seen' and must be a list, each 'read'",
    ),
    (lambda _: PathOptions(via="devlin2018"), "via is 'devlin2018' and must be a list of texts"),
    (lambda _: PathOptions(years=("2018", None)), "years is a tuple that holds '2018' and must be a list of 2, each"),
    (lambda _: PathOptions(years=(2022, 2018)), "2022 is after 2018; write the earlier year first"),
    (lambda _: PathOptions(years=(1, 2, 3)), "years is .* and must be a list of 2, each a whole number or None"),
    (lambda lineage: graph.ask(lineage, QUESTION, PathOptions(leave_out=("read",))), r"or load\(read=\[FILE\]\)"),
    (lambda lineage: graph.suggest(lineage, top="3"), "top is '3' and must be a whole number$"),
    (
        lambda _: graph.load(Path(__file__).parents[1] / "recorded/bibliographies/natbib_plainnat.bib"),
        "this is BibTeX, not a reading list; 'lineage fetch .*' makes a reading list",
    ),
    (
        lambda lineage: graph.text_of(lineage, None),
        "of the type NoneType, which is no answer that has a text",
    ),
    (
        lambda lineage: graph.main_path_of(lineage, QUESTION, scope=Scope("list")),
        "a question and a scope are given; give one of the two",
    ),
    (
        lambda lineage: graph.ask(lineage, QUESTION, PathOptions(waypoints=("GPT-3", "brown2020"))),
        "a path visits no paper twice; name every waypoint once",
    ),
    (lambda lineage: graph.ask(lineage, "* → BERT", PathOptions(top=2)), "all papers before or after one are shown"),
    (lambda _: graph.load(""), "reading_list is empty; name a file"),
    (lambda _: PathOptions(max_hops=0), "max_hops must be at least 1, not 0"),
    (lambda lineage: graph.page(lineage, []), "part names no paper; say 'list' or 'neighbourhood', or give a list"),
    (lambda lineage: graph.ask(lineage, QUESTION, {}), "options is a dict and must be a PathOptions"),
    (
        lambda lineage: graph.ask(lineage, QUESTION, PathOptions(), wish=PathOptions()),
        "options are given twice; leave out wish",
    ),
    (lambda lineage: graph.export(lineage, "bibtex", top=0), "top must be at least 1, not 0; say how many paths"),
    (lambda lineage: graph.read(lineage, QUESTION, leave_out=5), "leave_out is 5 and must be a list, each 'read'"),
    (lambda lineage: graph.flow_of(lineage, QUESTION, cycles=[]), "circles cannot be removed by"),
    (lambda lineage: graph.text_of(None, lineage), "is None and must be a Lineage"),
    (lambda _: graph.load("x" * 3000), "the name is too long for a file; check the path"),
    (lambda _: graph.load(corpus="\0"), "no name of a file has such a sign; check the path"),
]  # type: ignore[arg-type, list-item]  # wrong types are what is tried


@pytest.mark.parametrize(("call", "message"), CALLS, ids=[message for _, message in CALLS])
def test_an_argument_of_another_type_is_refused(lineage: Lineage, call: Callable[[Lineage], object], message: str):
    with pytest.raises(InputError, match=message):
        call(lineage)


@pytest.mark.parametrize("name", ["ask", "flow_of", "main_path_of", "read", "snowball_of", "suggest", "similar_to"])
def test_a_misspelt_option_is_refused_by_the_function_that_was_called(lineage: Lineage, name: str):
    with pytest.raises(TypeError, match=rf"^{name}\(\) got an unexpected keyword argument 'without_self_citation'"):
        getattr(graph, name)(lineage, *[QUESTION] * (name != "suggest"), without_self_citation=True)


def test_the_text_of_an_answer_and_of_its_value_are_one(lineage: Lineage):
    answer = graph.flow_of(lineage, QUESTION)
    assert graph.text_of(lineage, answer) == graph.text_of(lineage, answer.value) == str(answer)


def test_a_page_takes_an_answer_and_names_of_papers(lineage: Lineage):
    answer = graph.ask(lineage, QUESTION)
    assert graph.page(lineage, answer).html == graph.page(lineage, answer.value).html
    assert graph.page(lineage, ["BERT", "#6"]).html == graph.page(lineage, ["devlin2018"]).html
    with pytest.raises(NameNotFound):
        graph.page(lineage, ["BERT", "no such paper"])


def test_options_name_papers_and_themes_as_a_question_does(lineage: Lineage):
    by_name = PathOptions(via=["GPT-2"], avoid=("GPT-3",), theme="Scaling")  # type: ignore[arg-type]  # a list will do
    by_key = PathOptions(via=("radford2019",), avoid=("brown2020",), theme="scaling")
    assert graph.ask(lineage, QUESTION, by_name).form == graph.ask(lineage, QUESTION, by_key).form
    with pytest.raises(NameNotFound):
        graph.ask(lineage, QUESTION, PathOptions(avoid=("no such paper",)))
