"""From an address to a response: an answer, or what is wrong, as JSON for a program and as a page for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlencode

from ...analysis.query import has_arrow
from ...errors import AmbiguousName, InputError, LineageError, NameNotFound, NotHere
from ...exports.answers import Form
from ...pages.embed import policy_of
from ...utils.files import json_text
from ..backend import Backend
from ..question import as_parameters
from .html_pages import HtmlPages
from .parameters import read_query
from .routes import ROUTES, Route

LARGEST = 16_000_000
"""How many bytes an answer has at most."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response: a status, its content, and headers beyond those of every response."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]


class Router:
    r"""Answers addresses.

    >>> from graph import load
    >>> from graph.interfaces.corpus_backend import CorpusBackend
    >>> router = Router(CorpusBackend(load()))
    >>> router.respond("/api/search?q=bert&top=1").body[:40]
    b'{\n "query": "bert",\n "total": 56,\n "pape'
    >>> router.respond("/api/nothing").status
    404
    """

    def __init__(self, backend: Backend) -> None:
        self.backend, self.pages = backend, HtmlPages(backend)

    def respond(self, target: str) -> Response:
        """Answer an address: path and query.

        What a person can correct raises nothing: it is a response, too.
        """
        path, _, query = target.partition("?")
        try:
            response = self._answer(path, query)
        except LookupError:
            return self._fault(404, path, "nothing is here", "Not found")
        except LineageError as fault:
            return self._refuse(path, fault)
        if len(response.body) > LARGEST:
            message = f"the answer has more than {LARGEST:,} bytes; ask for less, with a smaller top or depth"
            return self._fault(413, path, message, "Too much")
        return response

    def _answer(self, path: str, query: str) -> Response:
        route, name = _route(path)
        values = dict(read_query(query, route.parameters))
        if route.path == "/search" and has_arrow(values["q"]):
            return _redirect(f"/paths?{urlencode({'q': values['q']})}")
        return _response(200, route.answer(self, **values, **({"name": name} if route.has_name else {})))

    def _refuse(self, path: str, fault: LineageError) -> Response:
        message = as_parameters(str(fault).split("\n", 1)[0] if isinstance(fault, AmbiguousName) else str(fault))
        if isinstance(fault, NameNotFound | NotHere):
            return self._fault(404, path, message, "No such paper")
        candidates = fault.candidates if isinstance(fault, AmbiguousName) else ()
        if candidates and not path.startswith("/api/"):
            message = message.rpartition("; ")[0]  # it says which key to type; on a page the candidates are links
        return self._fault(400, path, message, "Which one?" if candidates else "That cannot be answered", candidates)

    def _fault(self, status: int, path: str, message: str, title: str, candidates: Sequence[str] = ()) -> Response:
        """What went wrong, as JSON for a program and as a page for a person."""
        if path.startswith("/api/"):
            form: Form = {"error": message} | ({"candidates": list(candidates)} if candidates else {})
            return _response(status, form)
        return _response(status, self.pages.fault(title, message[:1].upper() + message[1:], candidates))


def _route(path: str) -> tuple[Route, str]:
    """The route of a path, and the name in it; a slash at the end says nothing.

    Raises `LookupError` when there is none, and `InputError` when the name is not UTF-8.
    """
    path = path.removesuffix("/") or "/"
    for route in ROUTES:
        if route.path == path:
            return route, ""
        if route.has_name and path.startswith(route.path.removesuffix("NAME")):
            rest = path.removeprefix(route.path.removesuffix("NAME"))
            if rest and "/" not in rest:
                return route, _decoded(rest)
    raise LookupError(path)


def _decoded(part: str) -> str:
    try:
        return unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("the address is not UTF-8", remedy="encode it as UTF-8, then as %XX") from None


def _response(status: int, content: str | Form) -> Response:
    if isinstance(content, str):
        rules = f"{policy_of(content)}; frame-ancestors 'none'"
        return Response(status, "text/html; charset=utf-8", content.encode(), {"Content-Security-Policy": rules})
    rules = "default-src 'none'; frame-ancestors 'none'"
    return Response(status, "application/json", json_text(content).encode(), {"Content-Security-Policy": rules})


def _redirect(to: str) -> Response:
    return Response(303, "text/plain; charset=utf-8", b"", {"Location": to})
