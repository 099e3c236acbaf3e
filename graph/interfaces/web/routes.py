"""Which address is answered by what; `docs/serving.md` has a line for each, which a test checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...analysis.acyclic import CYCLES
from ...analysis.path_options import RANKS
from ...analysis.snowball import WAYS
from ...exports.answers import Form
from ...model.marks import MARK_KINDS
from ...model.reasons import INTENTS
from ..answer import Answer
from ..backend import Backend
from ..question import Question
from ..questions import AuditQuestion, FlowQuestion, NearbyQuestion, PaperQuestion, SearchQuestion, paths_question
from ..source_questions import AuthorQuestion, HopQuestion, SimilarQuestion, SnowballQuestion, WitnessesQuestion
from .parameters import QueryParameter, options_of, question_text


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
_LIST_ONLY = QueryParameter("list_only", "1: only papers of the reading list", default=False)
_OTHERS_ALONE = QueryParameter(
    "without_self_citations", "1: no hop that is known to be by the cited paper's own authors", default=False
)
_TOP_PATHS = QueryParameter("top", "how many paths to show; the count is of all", 10, most=500)
_MAX_HOPS = QueryParameter("max_hops", "the greatest number of hops", None, most=1_000_000, is_number=True)
_ENDS = (
    QueryParameter("from", "the older paper", default=None),
    QueryParameter("to", "the newer paper", default=None),
)
_TWO_PAPERS = (QueryParameter("q", 'two papers: "BERT → InstructGPT"', default=None), *_ENDS)
_FORM = (
    QueryParameter("q", "a question", default=None),
    *_ENDS,
    _LIST_ONLY,
    _OTHERS_ALONE,
)
_PATHS_FORM = (*_FORM, _TOP_PATHS, _MAX_HOPS)
_SEARCH = (
    QueryParameter("q", "words of a title, a name, authors, a year, an identifier or a key", most=200),
    QueryParameter("top", "how many papers to show", 8, most=100),
)
_PATHS = (
    QueryParameter("q", 'a question: "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *"', default=None),
    *_ENDS,
    _TOP_PATHS,
    _LIST_ONLY,
    QueryParameter("via", "go through this paper; may be given several times", ()),
    QueryParameter("avoid", "leave out this paper; may be given several times", ()),
    QueryParameter("leave_out", "leave out papers with this mark of yours", (), choices=MARK_KINDS),
    QueryParameter("theme", "between the two, only papers of this theme", None),
    QueryParameter("between", "between the two, only papers of these years: 2018..2022", None),
    _MAX_HOPS,
    QueryParameter("rank", "which paths come first", "shortest", choices=RANKS),
    QueryParameter("longest", "1: the longest paths first", default=False),
    _OTHERS_ALONE,
    QueryParameter("intent", "group the paths: is every hop for this purpose?", None, choices=INTENTS),
    QueryParameter("about", "group the paths: does a reason or a citing sentence speak of it?", None),
)
_FLOW = (
    *_TWO_PAPERS,
    _LIST_ONLY,
    QueryParameter("cycles", "what to do about circles", "date", choices=CYCLES),
    _OTHERS_ALONE,
)

_WITNESSES = (
    QueryParameter("of", "a paper; may be given several times; without it the reading list", ()),
    QueryParameter("every", "1: all papers about which two sources were asked", default=False),
)
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


def _form(backend: Backend, question: Question[Any]) -> Form:
    """The answer to a question as a JSON value, with what it leaves out."""
    return backend.answer(question).form_with_remarks


def _asked(backend: Backend, parse: Callable[..., Question[Any]], given: Mapping[str, Any]) -> Form:
    """The answer to a question about two papers, which `parse` reads."""
    return _form(backend, parse(backend, [question_text(given)], **options_of(given)))


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
        lambda r, q, top: {"query": q} | _form(r.backend, SearchQuestion(q, top)),
        _SEARCH,
    ),
    Route(
        "/api/paper/NAME",
        "`lineage show NAME --json`",
        lambda r, name: _form(r.backend, PaperQuestion(r.backend.key_of(name))),
    ),
    Route(
        "/api/neighbourhood",
        "the papers around one, with the hops to each, and the citations among them",
        lambda r, of, depth, top: _form(r.backend, NearbyQuestion(r.backend.key_of(of), depth, top)),
        (QueryParameter("of", "a paper, by any of its names"), *_NEARBY),
    ),
    Route(
        "/api/paths",
        "`lineage path QUESTION --json`",
        lambda r, **given: _asked(r.backend, paths_question, given),
        _PATHS,
    ),
    Route(
        "/api/flow",
        "`lineage flow QUESTION --json`",
        lambda r, **given: _asked(r.backend, FlowQuestion.parse, given),
        _FLOW,
    ),
    Route(
        "/api/author",
        "`lineage show --author NAME --json`",
        lambda r, name: _form(r.backend, AuthorQuestion(name)),
        (QueryParameter("name", "a name, or an id of Semantic Scholar"),),
    ),
    Route(
        "/api/similar",
        "`lineage similar PAPER --json`",
        lambda r, of, **given: _form(r.backend, SimilarQuestion(r.backend.key_of(of), **given)),
        _SIMILAR,
    ),
    Route("/api/audit", "`lineage audit --json`", lambda r: _form(r.backend, AuditQuestion())),
    Route(
        "/api/witnesses",
        "`lineage audit --witnesses --json`",
        lambda r, of, every: _form(r.backend, WitnessesQuestion.parse(r.backend, of, every=every)),
        _WITNESSES,
    ),
    Route(
        "/api/hop",
        "`lineage audit --hop QUESTION --json`",
        lambda r, **given: _asked(r.backend, HopQuestion.parse, given),
        _TWO_PAPERS,
    ),
    Route(
        "/api/snowball",
        "`lineage snowball --json`",
        lambda r, of, **given: _form(r.backend, SnowballQuestion.parse(r.backend, of, **given)),
        _SNOWBALL,
    ),
)
