"""A loopback OpenAlex: works with the references that were matched, under the rules of its documentation and source.

What is documented or recorded is answered as it is there: one work by its identifier for nothing, lists for credits,
pages of HTML for what is not known, `select`, filters by id, by DOI and by what is cited, and walks with a cursor.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from graph.model.corpus import Corpus, Paper

from .endpoints import Limits
from .faults import Canned, Fault
from .records import made_up_number
from .schedule import Mix
from .wire import Answer, Request

JsonObject = dict[str, Any]
HOME = "https://openalex.org/"
CREDIT = 0.0001
_CREDITS_A_DAY = 1000
_PLAIN = re.compile(r"[Ww]?\d+")
_FREE = re.compile(r"(?:doi|pmid|pmcid|mag|openalex):")
_FIELDS = frozenset(
    {"id", "doi", "title", "display_name", "publication_year", "publication_date", "type", "ids", "authorships"}
    | {"primary_location", "locations", "is_retracted", "referenced_works", "referenced_works_count", "cited_by_count"}
)
_NOT_FOUND = (
    b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
    b"<p>The requested URL was not found on the server.</p>\n"
)


@dataclass(frozen=True)
class OpenAlexWorld:
    """The works by id; `moved` are ids that were merged into another one."""

    works: Mapping[str, JsonObject]
    moved: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> OpenAlexWorld:
        """What may have been matched in the papers of a corpus: each is a work, and those with a DOI are references.

        By the key alone it is decided whether nothing was matched, or a list holds the id of a work that is gone.
        """
        ids = {key: f"W{4_000_000_000 + made_up_number(key) % 100_000_000}" for key in corpus.papers}
        cited: dict[str, list[str]] = {key: [] for key in ids}
        for each in corpus.citations:
            if doi_of(corpus.papers[each.cited]):
                cited[each.citing].append(ids[each.cited])
        return cls({ids[key]: _work(ids[key], corpus.papers[key], cited[key]) for key in ids})

    def work_of(self, name: str) -> JsonObject | None:
        """The work of an id, a DOI or a number of PubMed, as a path names it."""
        scheme, _, value = name.partition(":")
        if scheme in ("doi", "https", "http"):
            doi = f"https://doi.org/{name.partition('10.')[1]}{name.partition('10.')[2]}".lower()
            return next((work for work in self.works.values() if work.get("doi") == doi), None)
        if scheme in ("pmid", "pmcid"):
            wanted = value.removeprefix("PMC")
            return next(
                (work for work in self.works.values() if wanted and _last(work["ids"].get(scheme)) == wanted), None
            )
        return self.works.get(_id(value if scheme == "openalex" else name))


def doi_of(paper: Paper) -> str | None:
    """The DOI of a paper that OpenAlex has: it removed those of arXiv."""
    found = (each.value for each in paper.identifiers if each.scheme == "doi")
    return next((doi for doi in found if not doi.startswith("10.48550/")), None)


def _work(id_: str, paper: Paper, cited: list[str]) -> JsonObject:
    die = made_up_number(paper.key) % 7
    listed = sorted(set(cited)) if die else []
    if die == 1 and listed:
        listed = [*listed, f"W{made_up_number(id_) % 1000 + 1}"]  # a work that is gone
    doi = doi_of(paper)
    ids = {"openalex": HOME + id_} | ({"doi": f"https://doi.org/{doi}"} if doi else {})
    return {
        "id": HOME + id_,
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": paper.title,
        "display_name": paper.title,
        "publication_year": paper.year,
        "publication_date": f"{paper.year}-01-01" if paper.year else None,
        "type": "article",
        "ids": ids,
        "authorships": [{"author": {"display_name": author}} for author in paper.authors],
        "primary_location": None,
        "locations": [],
        "is_retracted": False,
        "referenced_works": [HOME + each for each in sorted(listed)],
        "referenced_works_count": len(listed),
        "cited_by_count": 0,
        "abstract_inverted_index": {"Theirs": [0]},
    }


def answer_openalex(world: OpenAlexWorld, request: Request, limits: Limits) -> Answer:
    """What OpenAlex says when nothing goes wrong on the way."""
    if len(request.path) + len(request.query) > 8_190:
        return _refused("Request URL too long", "The URL is too long.")
    if request.path == "/works":
        return _priced(_list(world, request), 1)
    if not request.path.startswith("/works/"):
        return _not_found()
    raw = request.path.removeprefix("/works/")
    last = unquote(raw.rpartition("/")[2])
    free = bool(_PLAIN.fullmatch(last) or _FREE.match(last))
    name = unquote(raw)
    unknown = _unknown_fields(request)
    if unknown is not None:
        return _priced(unknown, 0)
    if _id(name) in world.moved:
        query = f"?{request.query}" if request.query else ""
        return Answer(301, b"", "text/html", {"Location": f"/works/{world.moved[_id(name)]}{query}"})
    work = world.work_of(name)
    return _priced(_not_found() if work is None else Answer.json(200, _selected(work, request)), 0 if free else 1)


def _list(world: OpenAlexWorld, request: Request) -> Answer:
    refused = _unknown_fields(request) or _refused_query(request.params)
    if refused is not None:
        return refused
    size, cursor = int(request.params.get("per_page", "25")), request.params.get("cursor")
    name, _, value = request.params.get("filter", "").partition(":")
    found = [work for id_, work in sorted(world.works.items()) if _matches(work, id_, name, value.split("|"))]
    start = _place(cursor) or 0
    shown = found[start : start + size]
    meta = {"count": len(found), "db_response_time_ms": 7, "page": None, "per_page": size, "groups_count": None}
    if cursor is not None:
        more = base64.urlsafe_b64encode(f"after {start + len(shown)}".encode()).decode()
        meta["next_cursor"] = more if len(shown) == size else None
    return Answer.json(200, {"meta": meta, "results": [_selected(work, request) for work in shown], "group_by": []})


def _refused_query(params: Mapping[str, str]) -> Answer | None:
    if "limit" in params:
        return _edge("f1:limit_param")
    size, cursor = params.get("per_page", "25"), params.get("cursor")
    if not size.isdecimal() or not 0 < int(size) <= 200 or ("page" in params and cursor is not None):
        return _refused("Pagination error.", "per_page is between 1 and 200, and page goes with no cursor.")
    if _place(cursor) is None:
        return _refused("Pagination error.", "The cursor is not valid.")
    name, _, value = params.get("filter", "").partition(":")
    if "," in value:
        return _edge("f1:raw_comma_filter")
    if value.count("|") >= 100 or name not in ("openalex", "cites", "doi", ""):
        return _refused("Invalid query parameters error.", f"{name} is not a filter with so many values.")
    return None


def _place(cursor: str | None) -> int | None:
    """Where a page begins; None for a cursor that is none."""
    if cursor in (None, "*"):
        return 0
    try:
        return int(base64.urlsafe_b64decode(str(cursor)).decode().removeprefix("after "))
    except ValueError:
        return None


def _matches(work: JsonObject, id_: str, name: str, values: list[str]) -> bool:
    if name == "openalex":
        return id_ in map(_id, values)
    if name == "cites":
        return any(HOME + _id(value) in work["referenced_works"] for value in values)
    return name == "" or (work["doi"] or "").removeprefix("https://doi.org/") in [each.lower() for each in values]


def _id(text: str) -> str:
    last = text.rpartition("/")[2].upper()
    return last if last.startswith("W") else f"W{last}"


def _last(text: object) -> str:
    return str(text).rpartition("/")[2] if text else ""


def _unknown_fields(request: Request) -> Answer | None:
    names = [name for name in request.params.get("select", "").split(",") if name]
    unknown = next((name for name in names if name not in _FIELDS), None)
    if unknown is None:
        return None
    valid = ", ".join(sorted(_FIELDS))
    return _refused(
        "Invalid query parameters error.",
        f"{unknown} is not a valid select field. Valid fields for select are: {valid}.",
    )


def _selected(work: JsonObject, request: Request) -> JsonObject:
    names = [name for name in request.params.get("select", "").split(",") if name]
    return {name: value for name, value in work.items() if not names or name in names}


def _not_found() -> Answer:
    return Answer(404, _NOT_FOUND, "text/html; charset=utf-8")


def _refused(error: str, message: str) -> Answer:
    return Answer.json(400, {"error": error, "message": message})


def _edge(code: str) -> Answer:
    value = {"error": "Invalid request rejected at the API edge", "error_source": "openalex-api-proxy", "message": code}
    return Answer.json(400, value, **{"x-openalex-edge-reject": code})


def _priced(answer: Answer, credits_: int) -> Answer:
    headers = {
        "x-ratelimit-limit": str(_CREDITS_A_DAY),
        "x-ratelimit-remaining": "900",
        "x-ratelimit-credits-used": str(credits_),
        "x-ratelimit-reset": "39907",
        "x-ratelimit-cost-usd": f"{credits_ * CREDIT:g}",
    }
    return dataclasses.replace(answer, headers={**headers, **answer.headers})


def _429(error: str, message: str, waits: int | None, left: int, taken: int) -> Canned:
    headers = {"x-ratelimit-remaining": str(left), "x-ratelimit-onetime-remaining": "0"}
    headers["x-ratelimit-credits-required"] = str(taken)
    value = f'{{"error": "{error}", "message": "{message}"}}'
    more = () if waits is None else (("Retry-After", str(waits)), *headers.items())
    return Canned(f"429 {message.split('.', maxsplit=1)[0]}", 429, value, headers=more)


TOO_FAST = _429("Rate limit exceeded", "Rate limit exceeded: 10 requests per second. Please slow down.", 1, 900, 1)
BUDGET_SPENT = _429(
    "Rate limit exceeded",
    "Insufficient budget. This request costs $0.0001 but you only have $0 remaining.",
    47052,
    0,
    1,
)
PLAN_UPGRADE = _429("Plan upgrade required", "The filter requires a Premium plan.", None, 0, 0)
THROTTLED = _429("Account throttled", "Your account is throttled under load.", 5, 900, 1)
SEARCH_PAUSED = Canned(
    "503 paused",
    503,
    '{"error": "Search temporarily unavailable", "message": "Please retry shortly."}',
    headers=(("Retry-After", "30"),),
)
WRONG_KEY = Canned("401", 401, '{"error": "Invalid or missing API key", "message": "API key not found"}')
FAULTS: tuple[Fault, ...] = (
    TOO_FAST,
    THROTTLED,
    SEARCH_PAUSED,
    Canned("HTML with status 200", 200, "<!doctype html><title>Sign in</title>", "text/html"),
    Canned("text with status 200", 200, "upstream connect error"),
    Canned("502", 502, "<html>Bad Gateway</html>", "text/html"),
    Canned("504", 504, '{"error": "Gateway timeout", "reason": "query_timeout"}'),
)
"""What goes wrong and passes when the request is sent again, or asks for less."""


def openalex_faults(seed: int, *, rate: float = 0.5, most: int = 2) -> Mix:
    """A random one of these faults for so many of the requests, the same in every run."""
    return Mix(seed, tuple((fault, rate / len(FAULTS)) for fault in FAULTS), most)
