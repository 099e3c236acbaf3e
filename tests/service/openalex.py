"""A loopback OpenAlex: works with the references that it matched, under the rules of its documentation and its source.

Free are single works by an id with its scheme; lists take one filter, at most 100 values and 100 works a page, and a
cursor. A merged work redirects. What a page costs stands in the headers; the budget of a day can be spent by a fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from graph.model.corpus import Corpus, Paper

from .crossref import doi_of
from .endpoints import Limits
from .faults import Canned, Fault
from .records import made_up_number
from .schedule import Mix
from .wire import Answer, Request

JsonObject = dict[str, Any]
_URL = "https://openalex.org/"
_MOST = 100
_LONGEST_URL = 8_190
_SCHEMES = ("doi:", "pmid:", "pmcid:", "mag:", "openalex:")
_NAMES = {
    *("id", "doi", "title", "display_name", "publication_year", "publication_date", "ids", "type", "authorships"),
    *("primary_location", "locations", "is_retracted", "referenced_works", "referenced_works_count", "cited_by_count"),
}


@dataclass(frozen=True)
class OpenAlexWorld:
    """The works by their W-number, and the numbers that were merged into others."""

    works: Mapping[str, JsonObject]
    merged: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> OpenAlexWorld:
        """What OpenAlex may have matched: references with a DOI alone; every fourth work was merged, or is dead."""
        ids = {key: f"W{made_up_number(key) + 1}" for key in corpus.papers}
        matched = {key for key, paper in corpus.papers.items() if doi_of(paper)}
        cited: dict[str, list[str]] = {}
        for citation in corpus.citations:
            cited.setdefault(citation.citing, []).append(citation.cited)
        works, merged = {}, {}
        for key in sorted(matched):
            listed = [ids[each] for each in sorted(cited.get(key, ())) if each in matched]
            dead = [f"W{made_up_number(key + ' dead') + 1}"] if listed else []
            works[ids[key]] = _work(ids[key], corpus.papers[key], sorted([*listed, *dead]))
            if made_up_number(key) % 4 == 0:
                merged[f"W{made_up_number(key + ' merged') + 1}"] = ids[key]
        return cls(works, merged)

    def find(self, named: str) -> str | None:
        """The W-number of the work with an id, which may be one that was merged."""
        scheme, colon, value = named.partition(":")
        if not colon or scheme.lower() == "openalex":
            return named.rpartition(":")[2].upper()
        if scheme.lower() == "doi":
            link = f"https://doi.org/{value.lower()}"
            return next((id_ for id_, work in self.works.items() if work["doi"] == link), None)
        return None


def _work(id_: str, paper: Paper, referenced: list[str]) -> JsonObject:
    doi = f"https://doi.org/{doi_of(paper)}"
    arxiv = [each.value for each in paper.identifiers if each.scheme == "arxiv"]
    return {
        "id": _URL + id_,
        "doi": doi,
        "title": paper.title,
        "display_name": paper.title,
        "publication_year": paper.year,
        "publication_date": f"{paper.year}-01-01" if paper.year else None,
        "ids": {"openalex": _URL + id_, "doi": doi},
        "type": "article",
        "authorships": [{"author": {"display_name": author}} for author in paper.authors],
        "locations": [{"landing_page_url": f"https://arxiv.org/abs/{each}"} for each in arxiv],
        "is_retracted": False,
        "referenced_works": [_URL + each for each in referenced],
        "referenced_works_count": len(referenced),
        "cited_by_count": 3,
        "abstract_inverted_index": {"Theirs": [0]},
    }


def answer_openalex(world: OpenAlexWorld, request: Request, limits: Limits) -> Answer:
    """What OpenAlex says when nothing goes wrong on the way."""
    if len(f"{request.path}?{request.query}") > _LONGEST_URL:
        return _error(400, "Request URL too long", "")
    select = [name for name in request.params.get("select", "").split(",") if name]
    wrong = [name for name in select if name not in _NAMES]
    if wrong:
        names = ", ".join(sorted(_NAMES))
        return _error(400, "Invalid query parameters error.", f"{wrong[0]} is not a valid select field. {names}")
    if request.path == "/works":
        return _list(world, request, select)
    named = unquote(request.path.removeprefix("/works/"))
    found = world.find(named)
    if found in world.merged:
        query = f"?{request.query}" if request.query else ""
        return Answer(301, b"<html>Moved</html>", "text/html", {"Location": f"/works/{world.merged[found]}{query}"})
    if not request.path.startswith("/works/") or found is None or found not in world.works:
        return Answer(404, b"<!doctype html><html><title>404 Not Found</title></html>", "text/html")
    last = request.path.rpartition("/")[2].lower()
    free = last.startswith(_SCHEMES) or last.lstrip("w").isdecimal()
    return _paid(Answer.json(200, _selected(world.works[found], select)), 0 if free else 1)


def _list(world: OpenAlexWorld, request: Request, select: list[str]) -> Answer:
    params = request.params
    if "limit" in params:
        return _error(400, "Invalid request rejected at the API edge", "say per_page", source="openalex-api-proxy")
    name, _, text = params.get("filter", "").partition(":")
    values = text.split("|")
    if "," in text or len(values) > _MOST or name not in ("openalex", "cites", "doi"):
        return _error(400, "Invalid query parameters error.", f"filter {name} with {len(values)} values")
    size = params.get("per_page", "25")
    if not size.isdecimal() or not 0 < int(size) <= _MOST or ("page" in params and "cursor" in params):
        return _error(400, "Pagination error.", "per_page parameter must be between 1 and 100")
    cursor = params.get("cursor")
    if cursor not in (None, "*") and not str(cursor).startswith("Ils"):
        return _error(400, "Pagination error.", "Cursor value is invalid.")
    start = 0 if cursor in (None, "*") else int(str(cursor).removeprefix("Ils"))
    if name == "cites":
        wanted = {_URL + value.upper() for value in values}
        found = [work for work in world.works.values() if wanted & set(work["referenced_works"])]
    else:
        ids = {world.find(value if name == "openalex" else f"doi:{value}") for value in values}
        found = [work for id_, work in world.works.items() if id_ in ids]
    shown = found[start : start + int(size)]
    meta: JsonObject = {"count": len(found), "db_response_time_ms": 7, "page": None, "per_page": int(size)}
    if cursor is not None:
        meta["next_cursor"] = f"Ils{start + len(shown)}" if len(shown) == int(size) else None
    rows = [_selected(work, select) for work in shown]
    return _paid(Answer.json(200, {"meta": meta, "results": rows, "group_by": []}), 1)


def _selected(work: JsonObject, select: list[str]) -> JsonObject:
    return {name: value for name, value in work.items() if not select or name in select}


def _paid(answer: Answer, price: int) -> Answer:
    headers = {
        "x-ratelimit-limit": "1000",
        "x-ratelimit-remaining": "900",
        "x-ratelimit-credits-used": str(price),
        "x-ratelimit-cost-usd": f"{price / 10_000:g}",
        "x-ratelimit-reset": "31200",
    }
    return Answer(answer.status, answer.body, answer.content_type, headers)


def _error(status: int, error: str, message: str, *, source: str | None = None) -> Answer:
    more = {"error_source": source} if source else {}
    return Answer.json(status, {"error": error, "message": message, **more})


def _refusal(called: str, status: int, error: str, message: str, retry_after: int | None, **headers: str) -> Canned:
    waits = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    body = json.dumps({"error": error, "message": message})
    return Canned(called, status, body, headers=tuple({**waits, **headers}.items()))


TOO_FAST = _refusal(
    "429 too fast", 429, "Rate limit exceeded", "Rate limit exceeded: 10 requests per second. Please slow down.", 1
)
THROTTLED = _refusal("429 throttled", 429, "Rate limit exceeded", "Your account is throttled.", 3)
BUDGET_SPENT = _refusal(
    "429 budget spent",
    429,
    "Rate limit exceeded",
    "Insufficient budget. This request costs $0.0001 but you only have $0 remaining. Resets at midnight UTC.",
    47052,
    **{"x-ratelimit-remaining": "0", "x-ratelimit-credits-required": "1"},
)
PLAN = _refusal("429 plan", 429, "Plan upgrade required", 'The "from_updated_date" filter requires a plan.', None)
FAULTS: tuple[Fault, ...] = (
    TOO_FAST,
    THROTTLED,
    Canned("503 with Retry-After", 503, '{"error": "Search temporarily unavailable"}', headers=(("Retry-After", "5"),)),
    Canned("HTML with status 200", 200, "<!doctype html><title>Sign in</title>", "text/html"),
    Canned("text that is labelled JSON", 500, "Internal error"),
    Canned("504", 504, '{"error": "Gateway timeout", "reason": "query_timeout"}'),
)
"""What goes wrong and passes when the request is sent again."""


def openalex_faults(seed: int, *, rate: float = 0.5, most: int = 2) -> Mix:
    """A random one of these faults for so many of the requests, the same in every run."""
    return Mix(seed, tuple((fault, rate / len(FAULTS)) for fault in FAULTS), most)
