"""A loopback OpenCitations: citations among works with identifiers, under the rules of its documentation and source.

Whatever it does not know is answered with an empty list; its refusals are plain text that is labelled JSON.
"""

from __future__ import annotations

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
from .wire import JSON_TYPE, Answer, Request

JsonObject = dict[str, Any]
_INDEX = re.compile(r"/index/v2/(references|citations|reference-count|citation-count)/((?:doi|pmid|omid):.+)")
_META = re.compile(r"/meta/v1/metadata/((?:doi|pmid|pmcid|issn|isbn|omid|openalex):.+)")


@dataclass(frozen=True)
class OpenCitationsWorld:
    """The identifiers of the works by OMID, "omid:br/... doi:...", and the citations among them.

    `created` are the dates of citing works, and `titles` what Meta calls a work.
    """

    works: Mapping[str, str]
    citations: tuple[tuple[str, str], ...]
    created: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> OpenCitationsWorld:
        """The papers of a corpus that have a DOI that is not arXiv's, and the citations among them.

        By the key alone it is decided which papers cite nothing here, and which have the DOI of a preprint, too.
        """
        omids = {
            key: f"br/06{made_up_number(key) % 10**9 + 1}" for key, paper in corpus.papers.items() if doi_of(paper)
        }
        works = {omids[key]: _named(omids[key], corpus.papers[key]) for key in omids}
        pairs = sorted(
            (omids[each.citing], omids[each.cited])
            for each in corpus.citations
            if each.citing in omids and each.cited in omids and made_up_number(each.citing) % 5
        )
        papers = {omids[key]: corpus.papers[key] for key in omids}
        created = {omid: str(paper.date) for omid, paper in papers.items() if paper.date}
        titles = {omid: (paper.title or "").title() for omid, paper in papers.items()}
        return cls(works, tuple(pairs), created, titles)

    def omids_of(self, name: str) -> list[str]:
        """The works that have an identifier."""
        return [omid for omid, named in self.works.items() if name.lower() in named.split()]


def doi_of(paper: Paper) -> str | None:
    """The DOI of a paper that is not arXiv's."""
    found = (each.value for each in paper.identifiers if each.scheme == "doi")
    return next((doi for doi in found if not doi.startswith("10.48550/")), None)


def _named(omid: str, paper: Paper) -> str:
    names = [f"omid:{omid}", f"doi:{doi_of(paper)}"]
    names += [f"pmid:{each.value}" for each in paper.identifiers if each.scheme == "pmid"]
    if made_up_number(paper.key) % 3 == 0:
        names.insert(1, f"doi:10.7287/peerj.preprints.{made_up_number(paper.key) % 10**5}v1")
    return " ".join(names)


def answer_opencitations(world: OpenCitationsWorld, request: Request, limits: Limits) -> Answer:
    """What OpenCitations says when nothing goes wrong on the way."""
    path = unquote(request.path)
    index, meta = _INDEX.fullmatch(path), _META.fullmatch(path)
    if index:
        operation, name = index.groups()
        rows = _rows(world, name, citing=operation.startswith("reference"))
        counted = [{"count": str(len(rows))}]
        return Answer.json(200, counted if operation.endswith("-count") else rows)
    if meta:
        known = dict.fromkeys(omid for name in meta[1].split("__") for omid in world.omids_of(name))
        return Answer.json(200, [_record(world, omid) for omid in known])
    if path.startswith(("/index/v2/", "/meta/v1/")):
        return Answer(404, f"No API operation found at URL '{path}'".encode(), JSON_TYPE)
    return Answer(404, b"<html><title>404</title></html>", "text/html")


def _rows(world: OpenCitationsWorld, name: str, *, citing: bool) -> list[JsonObject]:
    """Every citing work with every cited one, in no order."""
    own = set(world.omids_of(name))
    pairs = [pair for pair in world.citations if pair[0 if citing else 1] in own]
    return [_row(world, *pair) for pair in sorted(pairs, key=lambda pair: made_up_number(" ".join(pair)))]


def _row(world: OpenCitationsWorld, citing: str, cited: str) -> JsonObject:
    return {
        "oci": f"{citing.removeprefix('br/')}-{cited.removeprefix('br/')}",
        "citing": world.works[citing],
        "cited": world.works[cited],
        "creation": world.created.get(citing, ""),
        "timespan": "",
        "journal_sc": "no",
        "author_sc": "no",
    }


def _record(world: OpenCitationsWorld, omid: str) -> JsonObject:
    empty = dict.fromkeys(("author", "pub_date", "issue", "volume", "venue", "page", "type", "publisher", "editor"), "")
    return {"id": world.works[omid], "title": world.titles.get(omid, ""), **empty}


BAD_TOKEN = Canned(
    "403 token", 403, "Invalid token. Remove the authorization HEADER or register a new token", "text/plain"
)
TIMED_OUT = Canned("408", 408, "HTTP status code 408: request timeout - TimeoutError: (line 0)")
EMPTY = Canned("an empty list that was a time-out", 200, "[]")
FAULTS: tuple[Fault, ...] = (
    Canned("500 as text", 500, "HTTP status code 500: something unexpected happened - KeyError: (line 0)"),
    Canned("500 as HTML", 500, "<html><title>500</title></html>", "text/html"),
    Canned("HTML with status 200", 200, "<!doctype html><title>Sign in</title>", "text/html"),
    Canned("text with status 200", 200, "HTTP status code 500: something unexpected happened"),
    Canned("502", 502, "<html>Bad Gateway</html>", "text/html"),
    Canned("429", 429, "", headers=(("Retry-After", "2"),)),
)
"""What goes wrong and passes when the request is sent again."""


def opencitations_faults(seed: int, *, rate: float = 0.5, most: int = 2) -> Mix:
    """A random one of these faults for so many of the requests, the same in every run."""
    return Mix(seed, tuple((fault, rate / len(FAULTS)) for fault in FAULTS), most)
