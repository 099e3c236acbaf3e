"""Every parameter of every door, with values that its declaration does not allow: each is refused in one line."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.web.parameters import QueryParameter
from graph.interfaces.web.router import Router
from graph.interfaces.web.routes import ROUTES, Route
from graph.model.lineage import Lineage

from ..helpers.hostile import TEXTS
from ..helpers.web_client import query

NOBODY = "no paper is called so"
ODD_NAMES = ["", " ", "0", "-1", "9" * 400, NOBODY, "→", "* → *", "\x00", "\u202e", "<b>", "'; --", *TEXTS[:3]]


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
            assert (status, fault.lower().split(" ")[0]) == (400, parameter.name), (value, fault)
            assert "; " in fault, fault
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
