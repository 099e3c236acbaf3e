"""Which address leads where; `docs/serving.md` has a line for each, which a test sees to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from ...errors import AmbiguousName, InputError, LineageError, NameNotFound
from ...exports.json_forms import Form
from ...pages.embed import policy_of
from ...utils.files import json_text
from ..backend import Backend
from . import json_api as api
from .html_pages import HtmlPages
from .parameters import FLOW, QUESTION, QueryParameter, read_query

LARGEST = 16_000_000
"""How many bytes an answer has at the most."""
_ARROW = re.compile(r"→|⟶|➔|⇒|↔|⟷|⇔|[-=]+>")


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent: a status, headers beyond those of every answer, and a body."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """An address and what answers it.

    Attributes
    ----------
    path : str
        "/paper/NAME" stands for every address of that form.
    meaning : str
    parameters : tuple of QueryParameter
    """

    path: str
    meaning: str
    parameters: tuple[QueryParameter, ...] = ()

    @property
    def named(self) -> bool:
        """Whether its last part is the name of a paper."""
        return self.path.endswith("/NAME")


_SEARCH = (QueryParameter("q", "words, or a question with an arrow"),)
ROUTES: Sequence[Route] = (
    Route("/", "the start: search, a question, the reading list"),
    Route("/search", "the papers that hold every word; a question goes to /paths", _SEARCH),
    Route("/paper/NAME", "one paper"),
    Route("/around/NAME", "a picture of the papers around one", api.AROUND),
    Route("/paths", "the ways from one paper to another", QUESTION),
    Route("/picture", "the same as a picture", QUESTION),
    Route("/flow", "what all ways run through", FLOW),
    Route("/list", "the reading list as a picture"),
    Route("/neighbourhood", "the list with its bridges and shared ancestors as a picture"),
    Route("/api/about", "how large the corpus is"),
    Route("/api/list", "`lineage show --json`"),
    Route("/api/search", "the papers that hold every word of a text", api.SEARCH),
    Route("/api/paper/NAME", "`lineage show NAME --json`"),
    Route(
        "/api/neighbourhood",
        "the papers around one, with the hops to each, and the citations among them",
        (QueryParameter("of", "a paper, by any of its names"), *api.AROUND),
    ),
    Route("/api/paths", "`lineage path QUESTION --json`", api.PATHS),
    Route("/api/flow", "`lineage flow QUESTION --json`", api.FLOW),
)


class Router:
    """Answers addresses.

    Parameters
    ----------
    behind : Backend

    Examples
    --------
    >>> from graph import load
    >>> from graph.interfaces.backend import InMemory
    >>> router = Router(InMemory(load()))
    >>> router.respond("/api/search?q=bert&top=1").body[:40]
    b'{\\n "query": "bert",\\n "total": 53,\\n "pape'
    >>> router.respond("/api/nothing").status
    404
    """

    def __init__(self, behind: Backend) -> None:
        self._site = site = HtmlPages(behind)
        self._makers: dict[str, Callable[..., str | Form]] = {
            "/": site.start,
            "/search": site.search,
            "/paper/NAME": site.paper,
            "/around/NAME": site.around,
            "/paths": site.paths,
            "/picture": site.picture,
            "/flow": site.flow,
            "/list": site.listed,
            "/neighbourhood": site.surroundings,
            "/api/about": lambda: api.about(behind),
            "/api/list": lambda: api.reading_list(behind),
            "/api/search": lambda **asked: api.search(behind, **asked),
            "/api/paper/NAME": lambda name: api.paper(behind, name),
            "/api/neighbourhood": lambda **asked: api.neighbourhood(behind, **asked),
            "/api/paths": lambda **asked: api.paths(behind, **asked),
            "/api/flow": lambda **asked: api.flow(behind, **asked),
        }

    def respond(self, target: str) -> Response:
        """The answer to an address: path and query.

        Raises nothing that a person can mend: that is an answer, too.
        """
        path, _, query = target.partition("?")
        try:
            response = self._answer(path, query)
        except LookupError:
            return self.fault(404, path, "nothing is here", "Not found")
        except LineageError as fault:
            return self._refused(path, fault)
        if len(response.body) > LARGEST:
            told = f"the answer has more than {LARGEST:,} bytes; ask for less, with a smaller top or depth"
            return self.fault(413, path, told, "Too much")
        return response

    def _answer(self, path: str, query: str) -> Response:
        route, name = _route(path)
        asked = dict(read_query(query, route.parameters))
        if route.path == "/search" and _ARROW.search(asked["q"]):
            return _moved(f"/paths?{urlencode({'q': asked['q']})}")
        return _response(200, self._makers[route.path](**asked, **({"name": name} if route.named else {})))

    def _refused(self, path: str, fault: LineageError) -> Response:
        told = str(fault).split("\n", 1)[0] if isinstance(fault, AmbiguousName) else str(fault)
        if isinstance(fault, NameNotFound):
            return self.fault(404, path, told, "No such paper")
        candidates = fault.candidates if isinstance(fault, AmbiguousName) else ()
        if candidates and not path.startswith("/api/"):
            told = told.rpartition("; ")[0]  # which key to type: on a page the candidates are links
        return self.fault(400, path, told, "Which one?" if candidates else "That cannot be answered", candidates)

    def fault(self, status: int, path: str, told: str, title: str, candidates: Sequence[str] = ()) -> Response:
        """What went wrong, as JSON for a program and as a page for a person."""
        if path.startswith("/api/"):
            form: Form = {"error": told} | ({"candidates": list(candidates)} if candidates else {})
            return _response(status, form)
        return _response(status, self._site.fault(title, told[:1].upper() + told[1:], candidates))


def _route(path: str) -> tuple[Route, str]:
    """The route of a path, and the name in it.

    Raises
    ------
    LookupError
        When there is none.
    InputError
        When the name is not UTF-8.
    """
    for route in ROUTES:
        if route.path == path:
            return route, ""
        if route.named and path.startswith(route.path.removesuffix("NAME")):
            rest = path.removeprefix(route.path.removesuffix("NAME"))
            if rest and "/" not in rest:
                return route, _decoded(rest)
    raise LookupError(path)


def _decoded(part: str) -> str:
    try:
        return unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("the address is not UTF-8", remedy="encode it as UTF-8, then as %XX") from None


def _response(status: int, made: str | Form) -> Response:
    if isinstance(made, str):
        rules = f"{policy_of(made)}; frame-ancestors 'none'"
        return Response(status, "text/html; charset=utf-8", made.encode(), {"Content-Security-Policy": rules})
    text: Any = json_text(made)
    nothing = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response(status, "application/json", text.encode(), nothing)


def _moved(to: str) -> Response:
    return Response(303, "text/plain; charset=utf-8", b"", {"Location": to})
