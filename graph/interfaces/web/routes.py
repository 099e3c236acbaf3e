"""Which address is answered by what; `docs/serving.md` has a line for each, which a test checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from ...analysis.acyclic import CYCLES
from ...analysis.path_options import RANKS
from ...analysis.query import has_arrow
from ...analysis.snowball import WAYS
from ...errors import AmbiguousName, InputError, LineageError, NameNotFound
from ...exports.answers import Form
from ...model.marks import MARK_KINDS
from ...model.reasons import INTENTS
from ...pages.embed import policy_of
from ...utils.files import json_text
from ..answer import Answer
from ..backend import Backend
from ..questions import AuditQuestion, FlowQuestion, NearbyQuestion, PaperQuestion, SearchQuestion, paths_question
from ..source_questions import AuthorQuestion, HopQuestion, SimilarQuestion, SnowballQuestion, WitnessesQuestion
from .html_pages import HtmlPages
from .parameters import QueryParameter, read_query

LARGEST = 16_000_000
"""How many bytes an answer has at most."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response: a status, its content, and headers beyond those of every response."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """An address and what answers it; the path "/paper/NAME" stands for every address of that form.

    `answer` takes the router, the name in the address where it has one, and the parameters by keyword; it returns a
    page as text, or a JSON value.
    """

    path: str
    meaning: str
    answer: Callable[..., str | Form]
    parameters: tuple[QueryParameter, ...] = ()

    @property
    def has_name(self) -> bool:
        """Whether the last part of the address is the name of a paper."""
        return self.path.endswith("/NAME")


_NEARBY = (
    QueryParameter("depth", "the greatest number of hops, in either direction of citations", 1, most=6),
    QueryParameter("top", "how many papers to keep, the nearest first", 100, most=2000),
)
_FORM = (
    QueryParameter("q", "a question", default=None),
    QueryParameter("from", "the older paper", default=None),
    QueryParameter("to", "the newer paper", default=None),
    QueryParameter("list_only", "1: only papers of the reading list", default=False),
)
_PATHS_FORM = (
    *_FORM,
    QueryParameter("top", "how many paths to show", 10, most=500),
    QueryParameter("max_hops", "the greatest number of hops; 0: no limit", 0, least=0),
)
_SEARCH = (
    QueryParameter("q", "words of a title, a name, authors, a year, an identifier or a key", most=200),
    QueryParameter("top", "how many papers to show", 8, most=100),
)
_PATHS = (
    QueryParameter("q", 'a question: "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *"'),
    QueryParameter("top", "how many paths to show; the count is of all", 10, most=500),
    QueryParameter("list_only", "1: only papers of the reading list", default=False),
    QueryParameter("via", "go through this paper; may be given several times", ()),
    QueryParameter("avoid", "leave out this paper; may be given several times", ()),
    QueryParameter("leave_out", "leave out papers with this mark of yours", (), choices=MARK_KINDS),
    QueryParameter("theme", "between the two, only papers of this theme", None),
    QueryParameter("between", "between the two, only papers of these years: 2018..2022", None),
    QueryParameter("max_hops", "the greatest number of hops; 0: no limit", 0, least=0),
    QueryParameter("rank", "which paths come first", "shortest", choices=RANKS),
    QueryParameter("longest", "1: the longest paths first", default=False),
    QueryParameter(
        "without_self_citations", "1: no hop that is known to be by the cited paper's own authors", default=False
    ),
    QueryParameter("intent", "group the paths: is every hop for this purpose?", None, choices=INTENTS),
    QueryParameter("about", "group the paths: does a reason or a citing sentence speak of it?", None),
)
_FLOW = (
    QueryParameter("q", 'two papers: "BERT → InstructGPT"'),
    QueryParameter("list_only", "1: only papers of the reading list", default=False),
    QueryParameter("cycles", "what to do about circles", "date", choices=CYCLES),
)

_WITNESSES = (
    QueryParameter("of", "a paper; may be given several times; without it the reading list", ()),
    QueryParameter("every", "1: all papers about which two sources were asked", default=False),
)
_HOP = (QueryParameter("q", 'two papers, the cited one first: "BERT → InstructGPT"'),)
_SIMILAR = (
    QueryParameter("of", "a paper, by any of its names"),
    QueryParameter("top", "how many papers to show", 10, most=500),
    QueryParameter("uncited", "1: only papers that no citation joins with it", default=False),
)
_SNOWBALL = (
    QueryParameter("of", "a seed; may be given several times; without it the reading list", ()),
    QueryParameter("way", "to what papers cite, or to what cites them", "both", choices=(*WAYS, "both")),
    QueryParameter("rounds", "how often to go on from the papers that are new", 1, most=20),
)


def _about(backend: Backend) -> Form:
    papers, citations = backend.size
    return {"reading_list": backend.listed.reading_list.title, "papers": papers, "citations": citations}


def _paths(backend: Backend, q: str, max_hops: int, **options: Any) -> Form:
    return backend.answer(paths_question(backend, [q], max_hops=max_hops or None, **options)).form_with_remarks


ROUTES: Sequence[Route] = (
    Route("/", "the start: search, a question, the reading list", lambda r: r.pages.start()),
    Route(
        "/search",
        "the papers that hold every word; a question goes to /paths",
        lambda r, **given: r.pages.search(**given),
        (QueryParameter("q", "words, or a question with an arrow"),),
    ),
    Route("/paper/NAME", "one paper", lambda r, name: r.pages.paper(name)),
    Route(
        "/around/NAME",
        "a picture of the papers around one",
        lambda r, name, **given: r.pages.nearby(name, **given),
        _NEARBY,
    ),
    Route("/paths", "the paths from one paper to another", lambda r, **given: r.pages.paths(given), _PATHS_FORM),
    Route("/picture", "the same as a picture", lambda r, **given: r.pages.picture(given), _PATHS_FORM),
    Route("/flow", "what all paths run through", lambda r, **given: r.pages.flow(given), _FORM),
    Route("/list", "the reading list as a picture", lambda r: r.pages.list_picture),
    Route(
        "/neighbourhood",
        "the list with its bridges and shared ancestors as a picture",
        lambda r: r.pages.neighbourhood_picture,
    ),
    Route("/api/about", "how large the corpus is", lambda r: _about(r.backend)),
    Route(
        "/api/list",
        "`lineage show --json`",
        lambda r: Answer(r.backend.listed.reading_list, r.backend.listed).form,
    ),
    Route(
        "/api/search",
        "the papers that hold every word of a text",
        lambda r, q, top: {"query": q} | r.backend.answer(SearchQuestion(q, top)).form,
        _SEARCH,
    ),
    Route(
        "/api/paper/NAME",
        "`lineage show NAME --json`",
        lambda r, name: r.backend.answer(PaperQuestion(r.backend.key_of(name))).form,
    ),
    Route(
        "/api/neighbourhood",
        "the papers around one, with the hops to each, and the citations among them",
        lambda r, of, depth, top: r.backend.answer(NearbyQuestion(r.backend.key_of(of), depth, top)).form,
        (QueryParameter("of", "a paper, by any of its names"), *_NEARBY),
    ),
    Route("/api/paths", "`lineage path QUESTION --json`", lambda r, **given: _paths(r.backend, **given), _PATHS),
    Route(
        "/api/flow",
        "`lineage flow QUESTION --json`",
        lambda r, q, **given: r.backend.answer(FlowQuestion.parse(r.backend, [q], **given)).form_with_remarks,
        _FLOW,
    ),
    Route(
        "/api/author",
        "`lineage show --author NAME --json`",
        lambda r, name: r.backend.answer(AuthorQuestion(name)).form,
        (QueryParameter("name", "a name, or an id of Semantic Scholar"),),
    ),
    Route(
        "/api/similar",
        "`lineage similar PAPER --json`",
        lambda r, of, **given: r.backend.answer(SimilarQuestion(r.backend.key_of(of), **given)).form,
        _SIMILAR,
    ),
    Route("/api/audit", "`lineage audit --json`", lambda r: r.backend.answer(AuditQuestion()).form),
    Route(
        "/api/witnesses",
        "`lineage audit --witnesses --json`",
        lambda r, of, every: r.backend.answer(WitnessesQuestion.parse(r.backend, of, every=every)).form,
        _WITNESSES,
    ),
    Route(
        "/api/hop",
        "`lineage audit --hop QUESTION --json`",
        lambda r, q: r.backend.answer(HopQuestion.parse(r.backend, [q])).form,
        _HOP,
    ),
    Route(
        "/api/snowball",
        "`lineage snowball --json`",
        lambda r, of, **given: r.backend.answer(SnowballQuestion.parse(r.backend, of, **given)).form,
        _SNOWBALL,
    ),
)


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
        message = str(fault).split("\n", 1)[0] if isinstance(fault, AmbiguousName) else str(fault)
        if isinstance(fault, NameNotFound):
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
    """The route of a path, and the name in it.

    Raises `LookupError` when there is none, and `InputError` when the name is not UTF-8.
    """
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
