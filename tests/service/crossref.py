"""A loopback Crossref: works with the references that publishers deposited, under the rules of its documentation.

What is documented or recorded is answered as it is there: the two kinds of 404, the 400 with a list of messages, the
pools with their headers, `select`, filters by DOI, and walks with a cursor.
"""

from __future__ import annotations

import dataclasses
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
_ALWAYS = ("DOI",)
_PAGE = 20
_FILTERS = {"doi", "updates", "has-references", "from-index-date", "update-type"}
_NAMES = {
    *("DOI", "title", "author", "issued", "published", "type", "container-title", "reference", "reference-count"),
    *("is-referenced-by-count", "relation", "update-to", "updated-by"),
}


@dataclass(frozen=True)
class CrossrefWorld:
    """The works that are registered, by DOI in lower case; `moved` are DOIs that redirect to another one."""

    works: Mapping[str, JsonObject]
    moved: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> CrossrefWorld:
        """What publishers may have deposited for the papers of a corpus that have a DOI.

        By the DOI alone it is decided whether nothing was deposited, an entry was left out, or one was sent without its
        content; of the entries a third come without a DOI.
        """
        dois = {key: doi for key, paper in corpus.papers.items() if (doi := doi_of(paper))}
        cited: dict[str, list[str]] = {doi: [] for doi in dois.values()}
        for citation in corpus.citations:
            if citation.citing in dois:
                cited[dois[citation.citing]].append(citation.cited)
        papers = {doi: corpus.papers[key] for key, doi in dois.items()}
        return cls({doi: _work(doi, papers[doi], corpus, keys, dois) for doi, keys in cited.items()})


def doi_of(paper: Paper) -> str | None:
    """The DOI of a paper that Crossref has registered."""
    found = (each.value for each in paper.identifiers if each.scheme == "doi")
    return next((doi for doi in found if not doi.startswith("10.48550/")), None)


def _work(doi: str, paper: Paper, corpus: Corpus, keys: list[str], dois: Mapping[str, str]) -> JsonObject:
    die = made_up_number(doi) % 5
    rows = [_row(n, corpus.papers[key], dois.get(key)) for n, key in enumerate(sorted(keys), start=1)]
    if die == 0:
        rows = []
    elif die == 1 and len(rows) > 2:
        del rows[1]
    elif die == 2 and rows:
        rows[0] = {"key": "ref1"}
    work: JsonObject = {
        "DOI": doi,
        "type": "journal-article",
        "title": [paper.title] if paper.title else [],
        "author": [{"family": author, "sequence": "additional"} for author in paper.authors],
        "issued": {"date-parts": [[paper.year]]},
        "published": {"date-parts": [[paper.year]]},
        "created": {"date-parts": [[2021, 1, 1]]},
        "abstract": "<jats:p>Theirs.</jats:p>",
        "reference-count": len(rows),
        "is-referenced-by-count": 7,
    }
    return work | ({"reference": rows} if rows else {})


def _row(number: int, paper: Paper, doi: str | None) -> JsonObject:
    row: JsonObject = {"key": f"ref{number}"}
    if doi and number % 3:
        row |= {"DOI": doi.upper(), "doi-asserted-by": "publisher" if number % 2 else "crossref"}
    if paper.title:
        row["article-title"] = paper.title
    if paper.authors:
        row["author"] = paper.authors[0]
    if paper.year:
        row["year"] = str(paper.year)
    return row


def answer_crossref(world: CrossrefWorld, request: Request, limits: Limits) -> Answer:
    """What Crossref says when nothing goes wrong on the way."""
    path = request.path.removeprefix("/v1")
    if path == "/works":
        return _list(world, request)
    if not path.startswith("/works/"):
        return Answer(404, b"<html><title>404</title></html>", "text/html")
    doi = unquote(path.removeprefix("/works/")).lower()
    if request.query and set(request.params) - {"mailto"}:
        return _invalid("parameter-not-allowed", request.query, "This route does not support that parameter.")
    if doi in world.moved:
        return Answer(301, b"<html>Moved</html>", "text/html", {"Location": f"/works/{world.moved[doi]}"})
    if doi not in world.works:
        return _with_headers(Answer(404, b"Resource not found.", "text/plain"), "single")
    return _with_headers(_message("work", world.works[doi]), "single")


def _list(world: CrossrefWorld, request: Request) -> Answer:
    params = request.params
    select = [name for name in params.get("select", "").split(",") if name]
    unknown = [name for name in select if name not in _NAMES]
    if unknown:
        return _invalid("parameter-not-allowed", unknown[0], "This select is not supported.")
    rows, place = params.get("rows", str(_PAGE)), params.get("cursor")
    if not rows.isdecimal() or int(rows) > 1000:
        return _invalid("integer-not-valid", rows, "Integer specified as rows must be a positive integer up to 1000.")
    named: set[str] = set()
    for part in filter(None, params.get("filter", "").split(",")):
        name, colon, value = part.partition(":")
        if name not in _FILTERS or not colon:
            return _invalid("filter-not-available", part, f"Filter {name} specified but there is no such filter.")
        named |= {value.lower()} if name == "doi" else set()
    start = 0
    if place not in (None, "*"):
        if not str(place).startswith("DnF1"):
            return _with_headers(
                _failed(404, "resource-failure", "cursor-invalid", str(place), "Cursor is bad"), "list"
            )
        start = int(str(place).removeprefix("DnF1"))
    found = [work for doi, work in world.works.items() if not named or doi in named]
    shown = [_selected(work, select) for work in found[start : start + int(rows)]]
    message: JsonObject = {"total-results": len(found), "items": shown, "items-per-page": int(rows)}
    if place is not None:
        message["next-cursor"] = f"DnF1{start + len(shown)}"
    return _with_headers(_message("work-list", message), "list")


def _selected(work: JsonObject, select: list[str]) -> JsonObject:
    return {name: value for name, value in work.items() if not select or name in (*_ALWAYS, *select)}


def _message(kind: str, message: JsonObject) -> Answer:
    return Answer.json(200, {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message})


def _invalid(kind: str, value: str, text: str) -> Answer:
    return _failed(400, "validation-failure", kind, value, text)


def _failed(status: int, message_type: str, kind: str, value: str, text: str) -> Answer:
    message = [{"type": kind, "value": value, "message": text}]
    return Answer.json(status, {"status": "failed", "message-type": message_type, "message": message})


def _with_headers(answer: Answer, kind: str) -> Answer:
    limit = "5" if kind == "single" else "1"
    headers = {"x-api-pool": f"public-{kind}", "x-rate-limit-limit": limit, "x-rate-limit-interval": "1s"}
    return dataclasses.replace(answer, headers={**headers, "x-concurrency-limit": "1"})


FAULTS: tuple[Fault, ...] = (
    Canned("429 without anything", 429),
    Canned("429 as HTML", 429, "<h1>429 Too Many Requests</h1>", "text/html"),
    Canned("429 with Retry-After", 429, headers=(("Retry-After", "2"),)),
    Canned("HTML with status 200", 200, "<!doctype html><title>Sign in</title>", "text/html"),
    Canned("text that is labelled JSON", 500, "HTTP status code 500: something unexpected happened"),
    Canned("text with status 200", 200, "Resource not found."),
    Canned("HTML with status 404", 404, "<!doctype html><title>404 Not Found</title>", "text/html"),
    Canned("504", 504, "<html>Gateway Time-out</html>", "text/html"),
)
"""What goes wrong and passes when the request is sent again."""


def crossref_faults(seed: int, *, rate: float = 0.5, most: int = 2) -> Mix:
    """A random one of these faults for so many of the requests, the same in every run."""
    return Mix(seed, tuple((fault, rate / len(FAULTS)) for fault in FAULTS), most)
