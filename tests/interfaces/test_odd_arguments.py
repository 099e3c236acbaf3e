"""Every parameter of every door, with values that its declaration does not allow: each is refused in one line."""

from __future__ import annotations

import html
import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from mcp import Client

import graph
from graph.errors import LineageError
from graph.interfaces.answer import Answer
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.mcp.server import make_server
from graph.interfaces.mcp.tools import Tools
from graph.interfaces.question import Question
from graph.interfaces.web.parameters import QueryParameter
from graph.interfaces.web.router import Router
from graph.interfaces.web.routes import ROUTES, Route
from graph.model.lineage import Lineage

from ..helpers.hostile import TEXTS
from ..helpers.mcp_client import with_client
from ..helpers.web_client import query

NOBODY = "no paper is called so"
ODD_NAMES = ["", "0", "9" * 400, "→", "\x00", "<b>", TEXTS[0]]


@pytest.fixture(scope="module")
def router(lineage: Lineage) -> Router:
    return Router(CorpusBackend(lineage))


def _refused_values(parameter: QueryParameter) -> Iterator[object]:
    """What the declaration of a parameter does not allow."""
    yield from ("", " ")
    if not isinstance(parameter.default, tuple):
        yield ["1", "1"]
    if parameter.is_number or isinstance(parameter.default, bool | int):
        yield from ("-1", "2.5", "yes", "9" * 400, "\x00")
    if parameter.is_number or type(parameter.default) is int:
        yield from (parameter.least - 1, parameter.most + 1)
    elif not isinstance(parameter.default, bool):
        yield "x" * (parameter.most + 1)
    if parameter.choices:
        yield from (NOBODY, parameter.choices[0].upper())


def _asked(router: Router, route: Route, **given: object) -> tuple[int, str]:
    """The status and the fault of an answer; parameters that must be given have the name of a paper, or of two."""
    needed = {each.name: "6 → 17" if each.name == "q" else "6" for each in route.parameters if each.default == ""}
    response = router.respond(f"{route.path.replace('NAME', '6')}?{query(**(needed | given))}")
    body = response.body.decode()
    if response.content_type == "application/json":
        return response.status, json.loads(body).get("error", "")
    told = re.search(r'role="alert">(.*)</p>', body)
    return response.status, html.unescape(told[1]) if told else ""


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_no_parameter_of_an_address_is_ignored(router: Router, route: Route):
    assert _asked(router, route, frob="1")[0] == 400
    for parameter in route.parameters:
        for value in _refused_values(parameter):
            status, fault = _asked(router, route, **{parameter.name: value})
            assert status == 400, (parameter.name, value)
            assert re.fullmatch(rf"[Tt]he parameter {parameter.name} (?:is|has) .*; .*", fault), (value, fault)
            assert len(fault) < 300


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_an_odd_text_in_an_address_is_answered_or_refused_in_one_line(router: Router, route: Route):
    texts = [each for each in route.parameters if isinstance(each.default, str | tuple | None) and not each.is_number]
    for text in ODD_NAMES:
        asked = [_asked(router, route, **{each.name: text}) for each in texts]
        if route.has_name and text:
            response = router.respond(route.path.replace("NAME", quote(text, safe="")))
            asked.append((response.status, ""))
        for status, fault in asked:
            assert status in (200, 303, 400, 404), text
            assert "\n" not in fault


ODD_VALUES = ["", NOBODY, None, -1, float("nan"), b"6", {}, ["6", "6"], [None], object(), "\0"]
FUNCTIONS = [name for name in graph.__all__ if inspect.isfunction(getattr(graph, name)) and name != "load"]


@pytest.mark.filterwarnings("ignore:the parameter 'wish'")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_odd_argument_of_a_function_is_answered_or_refused(lineage: Lineage, name: str):
    function = getattr(graph, name)
    known = {"lineage": lineage, "former": lineage, "question": "6 → 17", "name": "6", "about": "reward"}
    known |= {"format_": "bibtex", "scholar": None, "answer": graph.show(lineage, "6")}
    parameters = inspect.signature(function).parameters.values()
    needed = {each.name: known[each.name] for each in parameters if each.name in known and each.default is each.empty}
    for odd in parameters:
        for value in ODD_VALUES:
            given = (*needed.values(), value) if odd.kind is odd.VAR_POSITIONAL else ()
            options = {} if given else needed | {odd.name: value}
            try:
                function(*given, **options)
            except LineageError:
                pass
            except Exception as fault:
                fault.add_note(f"{odd.name} was {value!r}")
                raise


class Remarking(CorpusBackend):
    """Says of every answer that it leaves something out."""

    def answer(self, question: Question[Any]) -> Answer[Any]:
        return replace(super().answer(question), remarks=("something is left out",))


def test_what_an_answer_leaves_out_is_told_by_every_address_and_tool(lineage: Lineage):
    router, tools = Router(Remarking(lineage)), Tools(Remarking(lineage))
    known = {"name": "J. Devlin", "q": "GPT → BERT", "of": "BERT"}
    for route in ROUTES:
        if not route.path.startswith("/api/") or route.path in ("/api/about", "/api/list", "/api/similar"):
            continue  # they answer no question, and the corpus has no vectors
        needed = {each.name: known[each.name] for each in route.parameters if each.default == "" or each.name == "q"}
        body = router.respond(f"{route.path.replace('NAME', '6')}?{query(**needed)}").body
        assert json.loads(body).get("remarks") == ["something is left out"], route.path
    answers = [tools.paths("GPT → BERT"), tools.flow("GPT → BERT"), tools.main_path(), tools.neighbourhood("6")]
    answers += [tools.show("6"), tools.author("J. Devlin"), tools.audit(), tools.witnesses(), tools.hop("GPT → BERT")]
    assert all(each["remarks"] == ["something is left out"] for each in (*answers, tools.snowball()))


def _refused_arguments(schema: dict[str, Any]) -> Iterator[object]:
    """What the schema of an argument does not allow."""
    kinds = schema.get("anyOf", [schema])
    for kind in kinds:
        yield from (kind[bound] + step for bound, step in (("minimum", -1), ("maximum", 1)) if bound in kind)
        if "maxLength" in kind:
            yield "x" * (kind["maxLength"] + 1)
        if kind.get("minLength"):
            yield ""
        if "maxItems" in kind:
            yield ["6"] * (kind["maxItems"] + 1)
        if "enum" in kind:
            yield from (NOBODY, "")
    yield from ([[]], 2.5, {"6": 6})
    if {"type": "null"} not in kinds:
        yield None
    if "boolean" not in [kind.get("type") for kind in kinds]:
        yield True


def test_no_argument_of_a_tool_is_ignored(lineage: Lineage):
    server = make_server(CorpusBackend(lineage))
    known = {
        "question": "6 → 17",
        "name": "6",
        "of": "6",
        "tool": "audit",
        "arguments": {},
        "part": "",
        "format": "csl",
    }

    async def told(client: Client) -> list[tuple[str, str, object, str]]:
        found = []
        for tool in (await client.list_tools()).tools:
            needed = {name: known[name] for name in tool.input_schema.get("required", ())}
            for name, schema in tool.input_schema["properties"].items():
                for value in _refused_arguments(schema):
                    result = await client.call_tool(tool.name, needed | {name: value})
                    fault = json.loads(result.content[0].text).get("fault", "") if result.is_error else ""
                    found.append((tool.name, name, value, fault))
        return found

    for tool, name, value, fault in with_client(server, told):
        assert re.search(rf"\b{name}\b", fault), (tool, name, value, fault)
        assert len(fault.splitlines()) == 1
        assert len(fault) < 900
