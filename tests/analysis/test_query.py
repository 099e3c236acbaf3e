"""Questions about paths as people type them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from graph.analysis.query import Query, parse_theme, parse_words, parse_years, two_papers
from graph.analysis.resolve import resolve
from graph.errors import InputError, NameNotFound
from graph.model.lineage import Lineage
from graph.model.reading_list import ReadingList, Theme

from ..helpers.made_lineages import lineage_of

BERT, INSTRUCT = "devlin2018", "ouyang2022"


def parse(lineage: Lineage, arguments: Sequence[str]) -> Query:
    return parse_words(partial(resolve, lineage), arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["BERT → InstructGPT"],
        ["BERT -> InstructGPT"],
        ["bert=>instructgpt"],
        ["BERT", "→", "InstructGPT"],
        ["BERT", "->", "InstructGPT"],
        ["BERT to InstructGPT"],
        ["BERT", "to", "InstructGPT"],
        ["BERT", "InstructGPT"],
        ["6", "17"],
        ["#6 → 24"],
        ["arXiv:1810.04805v2", "10.48550/arXiv.2203.02155"],
        ["https://arxiv.org/abs/1810.04805", "d766bffc357127e0dc86dd69561d5aeb520d6f4c"],
        ["devlin2018 -> ouyang2022"],
        ["Devlin et al. 2018", "Ouyang (2022)"],
        ["BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", "INSTRUCTGPT"],
        ["deep bidirectional transformers", "follow instructions with human"],
    ],
)
def test_a_query_is_understood_however_it_is_typed(lineage: Lineage, arguments: list[str]):
    assert parse(lineage, arguments) == Query("path", (BERT, INSTRUCT))


def test_a_title_with_the_word_to_is_split_where_both_sides_are_papers(lineage: Lineage):
    assert parse(lineage, ["BERT to Learning to Summarize"]) == Query("path", (BERT, "stiennon2020"))
    assert parse(lineage, ["Learning to Summarize to InstructGPT"]) == Query("path", ("stiennon2020", INSTRUCT))
    assert parse(lineage, ["Learning to Summarize", "InstructGPT"]) == Query("path", ("stiennon2020", INSTRUCT))


@pytest.mark.parametrize(
    "arguments",
    [["BERT"], [""], ["→"], ["BERT →"], ["BERT ↔ GPT ↔ T5"], ["* → *"], ["* → BERT → GPT"], ["BERT → GPT → BERT"]],
)
def test_a_query_that_makes_no_sense_is_refused(lineage: Lineage, arguments: list[str]):
    with pytest.raises(InputError):
        parse(lineage, arguments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BERT → GPT-3 → InstructGPT", Query("path", (BERT, "brown2020", INSTRUCT))),
        ("InstructGPT ↔ BERT", Query("either", (INSTRUCT, BERT))),
        ("InstructGPT <-> BERT", Query("either", (INSTRUCT, BERT))),
        ("* → InstructGPT", Query("ancestry", (INSTRUCT,))),
        ("BERT -> *", Query("descent", (BERT,))),
    ],
)
def test_waypoints_either_direction_and_all_relatives_can_be_asked_for(lineage: Lineage, text: str, expected: Query):
    assert parse(lineage, [text]) == expected


@pytest.mark.parametrize("text", ["20", "2018..2017", "..", "abc", "2018...2019", "２０１８"])
def test_what_is_not_a_span_of_years_is_refused(text: str):
    with pytest.raises(InputError):
        parse_years(text)


def test_a_theme_goes_by_its_id_or_part_of_its_name(lineage: Lineage):
    assert parse_theme(lineage, "RLHF") == parse_theme(lineage, "human feedback") == "rlhf"
    for text in ("in", "nonsense", ""):
        with pytest.raises(InputError, match="its themes are architecture, scaling, alignment, rlhf"):
            parse_theme(lineage, text)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "two papers are needed"),
        (["BERT", " "], "two papers are needed"),
        (["one word"], "'one word' names one paper"),
        (["a ↔ "], "'a → ' does not name 2 papers"),
        (["a → → b"], "'a →  → b' does not name a paper on both sides of every arrow"),
        (["a ↔ b ↔ c"], "does not name 2 papers"),
        (["a → b → * "], "'\\*' can only stand on one side of a single arrow"),
        (["a → b → a"], "a path visits no paper twice"),
        (["a → b → b"], "a path visits no paper twice"),
    ],
)
def test_a_refusal_says_what_is_wrong(arguments: list[str], why: str):
    with pytest.raises(InputError, match=why):
        parse_words(str.strip, arguments)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["a → a"], Query("path", ("a", "a"))),  # one and the same paper: the answer says so
        (["a", "a"], Query("path", ("a", "a"))),
        (["a => b ⇒ c"], Query("path", ("a", "b", "c"))),
        (["a --> b"], Query("path", ("a", "b"))),
        (["a <=> b"], Query("either", ("a", "b"))),
        (["a ⟷ b"], Query("either", ("a", "b"))),
        (["*", "->", "a"], Query("ancestry", ("a",))),
        (["a", "→", "*"], Query("descent", ("a",))),
        (["a TO b"], Query("path", ("a", "b"))),
        (["a-b", "c_d"], Query("path", ("a-b", "c_d"))),
    ],
)
def test_arrows_of_every_form_and_two_words_are_understood(arguments: list[str], expected: Query):
    assert parse_words(str, arguments) == expected


TITLES = ("to a", "learning to rank", "rank", "learning", "learning to", "sum", "learning to rank to sum")


def by_title(name: str) -> str:
    if name not in TITLES:
        raise NameNotFound(name, ())
    return name


@pytest.mark.parametrize(
    ("arguments", "papers"),
    [
        (["learning to rank"], ("learning", "rank")),
        (["learning to rank to sum"], ("learning to rank", "sum")),  # "rank to sum" is no paper
        (["learning to rank", "sum"], ("learning to rank", "sum")),
        (["learning to", "rank"], ("learning to", "rank")),  # two words are two papers, if they are papers
        (["sum", "to", "learning"], ("sum", "learning")),
    ],
)
def test_a_to_separates_two_papers_where_both_sides_are_papers(arguments: list[str], papers: tuple[str, str]):
    assert parse_words(by_title, arguments) == Query("path", papers)


def test_when_no_to_separates_two_papers_the_first_fault_is_raised():
    with pytest.raises(NameNotFound, match="'one'"):
        parse_words(by_title, ["one to two to three"])
    with pytest.raises(NameNotFound, match="'one to two'"):
        parse_words(by_title, ["one to two", "three"])


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (None, (None, None)),
        (" 2018..2022 ", (2018, 2022)),
        ("2018-2022", (2018, 2022)),
        ("2018\u20132022", (2018, 2022)),
        ("2018..2018", (2018, 2018)),
        ("2018..", (2018, None)),
        ("..2022", (None, 2022)),
        ("2020", (2020, 2020)),
    ],
)
def test_a_span_of_years_is_read_in_every_form(text: str | None, years: tuple[int | None, int | None]):
    assert parse_years(text) == years


def test_a_theme_goes_by_its_id_before_the_name_of_another():
    world = lineage_of([("b", "a")], {"a": "nlp", "b": "rl"})
    listed = ReadingList("L", (Theme("nlp", "RL and language"), Theme("rl", "Rewards")), world.reading_list.entries)
    world = replace(world, reading_list=listed)
    assert parse_theme(world, None) is None
    assert parse_theme(world, " RL ") == "rl"
    assert parse_theme(world, "language") == "nlp"
    with pytest.raises(InputError, match="'e' is more than one theme of the list; its themes are nlp, rl"):
        parse_theme(world, "e")
    with pytest.raises(InputError, match="'x' is not a theme of the list"):
        parse_theme(world, "x")


def test_two_papers_are_those_of_a_question_in_one_direction():
    assert two_papers(str, ["a to b"]) == two_papers(str, ["a", "b"]) == ("a", "b")
    for text in ("a ↔ b", "a → b → c", "a → *", ""):
        with pytest.raises(InputError, match="two papers are needed; name them, as in: a to b"):
            two_papers(str, [text], example="a to b")
