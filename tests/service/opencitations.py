"""A loopback OpenCitations: rows of the index and what Meta knows, under the rules of its source.

Its refusals are plain text, labelled JSON. A work whose query timed out inside is answered with an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
_INDEX, _META = "/index/v2/", "/meta/v1/metadata/"


@dataclass(frozen=True)
class OpenCitationsWorld:
    """The identifiers of each work in one field, citations between works, and works whose queries time out inside."""

    works: Mapping[str, str]
    citations: tuple[tuple[str, str], ...]
    timed_out: frozenset[str] = frozenset()

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> OpenCitationsWorld:
        """The citations between papers that have a DOI; every fifth work times out."""
        known = {key: paper for key, paper in corpus.papers.items() if doi_of(paper)}
        rows = [(each.citing, each.cited) for each in corpus.citations if each.citing in known and each.cited in known]
        late = frozenset(key for key in known if made_up_number(key) % 5 == 0)
        return cls({key: _field(key, paper) for key, paper in known.items()}, tuple(rows), late)

    def find(self, named: str) -> str | None:
        """The work with an identifier."""
        return next((key for key, text in self.works.items() if named.lower() in text.split()), None)


def _field(key: str, paper: Paper) -> str:
    number = made_up_number(key)
    names = [f"omid:br/06{number}", f"doi:{doi_of(paper)}"]
    if number % 3 == 0:
        names.append(f"openalex:W{number + 1}")
    if number % 2:
        names.reverse()
    return " ".join(names)


def answer_opencitations(world: OpenCitationsWorld, request: Request, limits: Limits) -> Answer:
    """What OpenCitations says when nothing goes wrong on the way."""
    path = unquote(request.path)
    if path.startswith(_META):
        found = [world.find(named) for named in path.removeprefix(_META).split("__")]
        return Answer.json(200, [_record(world.works[key]) for key in dict.fromkeys(found) if key is not None])
    operation, _, named = path.removeprefix(_INDEX).partition("/")
    if not path.startswith(_INDEX):
        return Answer(404, b"<html>Not found</html>", "text/html")
    if operation not in ("references", "citations") or named.partition(":")[0] not in ("doi", "pmid", "omid"):
        return Answer(404, f"No API operation found at URL '{path}'".encode())
    work = world.find(named)
    if work is None or work in world.timed_out:
        return Answer.json(200, [])
    near = 0 if operation == "references" else 1
    return Answer.json(200, [_row(world, *each) for each in world.citations if each[near] == work])


def _row(world: OpenCitationsWorld, citing: str, cited: str) -> JsonObject:
    return {
        "oci": f"06{made_up_number(citing)}-06{made_up_number(cited)}",
        "citing": world.works[citing],
        "cited": world.works[cited],
        "creation": "",
        "timespan": "",
        "journal_sc": "no",
        "author_sc": "no",
    }


def _record(field: str) -> JsonObject:
    empty = dict.fromkeys(("author", "pub_date", "issue", "volume", "venue", "page", "type", "publisher", "editor"), "")
    return {"id": field, "title": "Capitalised Word By Word", **empty}


FAULTS: tuple[Fault, ...] = (
    Canned("429", 429, json.dumps("slow down")),
    Canned("408 in text that is labelled JSON", 408, "HTTP status code 408: request timeout - TimeoutError: (line 0)"),
    Canned("500 in text that is labelled JSON", 500, "HTTP status code 500: something unexpected happened - (line 0)"),
    Canned("500 as HTML", 500, "<html><h1>500 Internal Server Error</h1></html>", "text/html"),
    Canned("HTML with status 200", 200, "<!doctype html><title>Sign in</title>", "text/html"),
)
"""What goes wrong and passes when the request is sent again."""


def opencitations_faults(seed: int, *, rate: float = 0.5, most: int = 1) -> Mix:
    """A random one of these faults for so many of the requests, the same in every run; a time-out is tried but once."""
    return Mix(seed, tuple((fault, rate / len(FAULTS)) for fault in FAULTS), most)
