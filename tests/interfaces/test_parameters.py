"""The parameters of an address are read strictly."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from graph.errors import InputError
from graph.interfaces.mcp.tools import TOOLS, Tools
from graph.interfaces.question import PARAMETERS
from graph.interfaces.web.parameters import FIELDS, QueryParameter, question_text, read_query
from graph.interfaces.web.routes import ROUTES

WORD = QueryParameter("q", "some words", most=5)
OPTIONAL = QueryParameter("theme", "a theme", None)
COUNT = QueryParameter("top", "how many", 10, least=2, most=20)
FLAG = QueryParameter("list_only", "only the list", default=False)
SEVERAL = QueryParameter("via", "a paper", ())
CHOICE = QueryParameter("rank", "an order", "shortest", choices=("shortest", "main"))
LIMIT = QueryParameter("hops", "a limit", None, is_number=True)
ALL = (WORD, OPTIONAL, COUNT, FLAG, SEVERAL, CHOICE, LIMIT)


def test_what_is_left_out_has_its_default():
    assert read_query("q=x", ALL) == {
        "q": "x", "theme": None, "top": 10, "list_only": False, "via": (), "rank": "shortest",
        "hops": None,
    }  # fmt: skip


def test_what_is_given_is_read_by_the_type_of_its_default():
    query = "q=a%20b&theme=rlhf&top=20&list_only=1&via=6&via=BERT&rank=main&hops=3"
    assert read_query(query, ALL) == {
        "q": "a b", "theme": "rlhf", "top": 20, "list_only": True, "via": ("6", "BERT"), "rank": "main",
        "hops": 3,
    }  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("20", 20), ("07", 7)])
def test_a_number_may_be_as_small_and_as_large_as_its_bounds(text: str, value: int):
    assert read_query(f"top={text}", [COUNT]) == {"top": value}


@pytest.mark.parametrize("text", ["1", "21", "-3", "+3", "3.0", "three", "1e1", "0x3", "٣", "0000000003"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused_with_the_bounds(text: str):
    with pytest.raises(InputError, match=r"top is .*; give a number from 2 to 20"):
        COUNT.read([text])


def test_a_text_may_have_just_its_greatest_length():
    assert read_query("q=12345", [WORD]) == {"q": "12345"}


@pytest.mark.parametrize(("text", "value"), [("1", True), ("0", False)])
def test_a_flag_is_one_or_zero(text: str, value: bool):
    assert FLAG.read([text]) is value


@pytest.mark.parametrize("text", ["yes", "true", "2", "01", " 1"])
def test_a_flag_that_is_neither_is_refused(text: str):
    with pytest.raises(InputError, match="write 1 for yes, 0 for no"):
        FLAG.read([text])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "the parameter q is missing; q: some words"),
        ("q=", "q has no value; q: some words"),
        ("q=%20%20", "q has no value; q: some words"),
        ("q=123456", "q has 6 characters; give it at most 5"),
        ("q=a&q=b", "q is given 2 times; give it once"),
        ("q=a&rank=best", "rank is 'best'; it can be shortest, main"),
        ("q=a&rank=", "rank has no value; it can be shortest, main"),
        ("q=a&via=", "via has no value; via: a paper"),
        ("q=a&theme=", "theme has no value; theme: a theme"),
        ("q=a&top=", "top has no value; give a number from 2 to 20"),
        ("q=a&hops=", "hops has no value; give a number from 1 to 1,000"),
        ("q=a&hops=0", "hops is '0'; give a number from 1 to 1,000"),
        ("q=a&list_only=", "list_only has no value; write 1 for yes, 0 for no"),
        ("q=a&list_only", "list_only has no value; write 1 for yes, 0 for no"),
        ("q=a&tpo=1", "there is no parameter 'tpo'; there are: hops, list_only, q, rank, theme, top, via"),
        ("q=%ff", "the address is not UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(query: str, message: str):
    with pytest.raises(InputError) as fault:
        read_query(query, ALL)
    assert message in str(fault.value)


def test_an_address_without_parameters_says_that_it_has_none():
    with pytest.raises(InputError, match="there are: none"):
        read_query("q=a", ())


def test_what_a_server_calls_otherwise_than_a_command_is_a_parameter_of_it_or_of_a_tool():
    known = {each.name for route in ROUTES for each in route.parameters}
    known |= {name for tool in TOOLS for name in inspect.signature(getattr(Tools, tool)).parameters}
    assert known >= PARAMETERS


def test_the_number_of_parameters_has_a_limit():
    most = "&".join(["via=6"] * FIELDS)
    assert read_query(most, [SEVERAL]) == {"via": ("6",) * FIELDS}
    with pytest.raises(InputError, match=f"more than {FIELDS} parameters"):
        read_query(f"{most}&via=6", [SEVERAL])


@pytest.mark.parametrize(
    ("given", "question"),
    [
        ({"q": "BERT ↔ GPT", "from": None, "to": None}, "BERT ↔ GPT"),
        ({"q": None, "from": "6", "to": "17"}, "6 → 17"),
    ],
)
def test_a_form_asks_with_one_text_or_with_two_papers(given: dict[str, Any], question: str):
    assert question_text(given) == question


@pytest.mark.parametrize("missing", ["from", "to"])
def test_a_form_with_one_paper_is_refused(missing: str):
    with pytest.raises(InputError, match="name the older and the newer one"):
        question_text({"q": None, "from": "6", "to": "17"} | {missing: None})


def test_a_form_with_a_text_and_a_paper_is_refused():
    with pytest.raises(InputError, match="ask with q, or with from and to"):
        question_text({"q": "BERT ↔ GPT", "from": "6", "to": None})
