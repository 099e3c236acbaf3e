"""Crossref as a service: how it is asked, what its answers mean, and what a refusal asks for.

Many DOIs are asked for at a time, without what is not ours to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from ...model.corpus import Source
from ...model.identifiers import Identifier, closure
from ...utils.decode import decode_json
from ..citation_service import Call, CitationService, Crawl, ReadList, SecretHeader, Wanted
from ..http.outcomes import (
    FEW_ATTEMPTS,
    Accept,
    Action,
    Attempt,
    GiveUp,
    HttpResponse,
    Malformed,
    Reply,
    why_unanswered,
)
from ..http.rate_limit import Pace
from ..http.replies import Moved, asked_in_batches, json_of, moved_to, status_text, usual_action
from ..http.request import Request
from ..http.transport import USER_AGENT
from ..published_versions import is_impostor
from ..records import CitationList, Record
from .lists import read_list
from .works import Work, parse_work

LIST, WORK = "list", "work"
"""The kinds of calls, which have limits of their own: many works at once, and one."""
MAX_DOIS = 40
"""The most DOIs that are named at once; 50 and 200 have been seen to work."""
_LONGEST_FILTER = 1_800
_SELECT = (
    "DOI,title,author,issued,published,type,container-title,reference,reference-count,"
    "is-referenced-by-count,relation,update-to,updated-by"
)
_ELSEWHERE = ("10.48550/", "10.5281/", "10.6084/")
"""DOIs of arXiv, Zenodo and figshare: DataCite registers them, and Crossref answers 404."""


def dois_at_crossref(identifiers: Iterable[Identifier]) -> tuple[str, ...]:
    """The DOIs among the identifiers of a paper, and those that they imply, which Crossref may have registered.

    >>> dois_at_crossref([Identifier("doi", "10.48550/arxiv.1706.03762"), Identifier("doi", "10.1038/nature14539")])
    ('10.1038/nature14539',)
    """
    dois = sorted(each.value for each in closure(identifiers) if each.scheme == "doi" and not is_impostor(each))
    return tuple(doi for doi in dois if not doi.startswith(_ELSEWHERE))


def batches_of(dois: Iterable[str]) -> list[tuple[str, ...]]:
    """The DOIs in batches that one request can name. A comma parts them there, so one that has a comma stands alone."""
    batches: list[tuple[str, ...]] = []
    batch: list[str] = []
    length = 0
    for doi in dict.fromkeys(dois):
        size = len(quote(f"doi:{doi},", safe=""))
        if "," in doi or size > _LONGEST_FILTER:
            batches.append((doi,))
            continue
        if batch and (len(batch) == MAX_DOIS or length + size > _LONGEST_FILTER):
            batches.append(tuple(batch))
            batch, length = [], 0
        batch.append(doi)
        length += size
    return [*batches, tuple(batch)] if batch else batches


def works_request(dois: Sequence[str]) -> Request:
    """Ask for the works of a batch; for one alone by its own address, which is answered sooner."""
    if len(dois) == 1:
        return Request(WORK, f"/works/{quote(dois[0], safe='')}")
    named = ",".join(f"doi:{doi}" for doi in dois)
    return Request(LIST, "/works", (("filter", named), ("rows", str(len(dois))), ("select", _SELECT)))


def dois_of(request: Request) -> tuple[str, ...]:
    """The DOIs that a request asks for."""
    if request.kind == WORK:
        return (unquote(request.path.removeprefix("/works/")),)
    return tuple(_named(dict(request.params).get("filter", "")))


def _named(text: str) -> Iterator[str]:
    return (each.removeprefix("doi:") for each in text.split(",") if each)


NOT_REGISTERED = b"Resource not found."
"""The body of every 404 that is about the DOI, whatever type it is labelled with."""
_INTERVAL = re.compile(r"([0-9]{1,6})\s*([smh]?)")
_SECONDS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}
_MARGIN = 1.1
_USER_AGENT = USER_AGENT.replace(")", "; mailto:{})")


@dataclass(frozen=True, slots=True)
class Works:
    """The works of an answer by their DOI; `unreadable` says why some of its rows are left out."""

    by_doi: Mapping[str, Work]
    unreadable: tuple[str, ...] = ()


def read(request: Request, reply: Reply) -> Works | Moved:
    """What a reply says; raises `Malformed` where it does not answer the request."""
    moved = moved_to(reply)
    if moved:
        return moved
    if reply.status == 404 and request.kind == WORK and reply.body.strip() == NOT_REGISTERED:
        return Works({})
    if reply.status != 200:
        raise Malformed(f"status {reply.status}")
    answer = json_of(reply.body, _AnswerJson)
    if request.kind == WORK:
        if answer.message_type != "work":
            raise Malformed(f"an answer about a {answer.message_type}, not about a work")
        work = parse_work(answer.message)
        return Works({work.doi.value: work})
    rows = answer.message.get("items")
    if answer.message_type != "work-list" or not isinstance(rows, list):
        raise Malformed("an answer that is no list of works")
    stated = answer.message.get("total-results")
    if isinstance(stated, int) and stated > len(rows) and len(rows) < len(dois_of(request)):
        raise Malformed(f"{len(rows)} of {stated} works")
    return works_of(rows)


def works_of(rows: Sequence[object]) -> Works:
    """The works of a list; a row that cannot be read costs that row."""
    works: dict[str, Work] = {}
    unreadable: list[str] = []
    for row in rows:
        try:
            work = parse_work(row)
        except Malformed as fault:
            unreadable.append(str(fault))
        else:
            works.setdefault(work.doi.value, work)
    return Works(works, tuple(unreadable))


def crawl(papers: Sequence[Record], wanted: Wanted, source: Source) -> Crawl:
    """Read what Crossref has of the references of some papers, many DOIs at a time."""
    if not wanted.references:
        return ()
    dois = {paper.record_id: dois_at_crossref(paper.identifiers) for paper in papers}
    found: dict[str, Work | str] = {}
    failed: set[str] = set()
    batches = batches_of(doi for paper in papers for doi in dois[paper.record_id])
    for batch, outcome in (yield from asked_in_batches(batches, works_request)):
        if isinstance(outcome, Accept) and isinstance(outcome.value, Works):
            found |= {doi: _found(doi, outcome.value) for doi in batch}
        else:
            found |= dict.fromkeys(batch, why_unanswered(outcome))
            failed |= set() if isinstance(outcome, GiveUp) and outcome.lasting else set(batch)
    return tuple(each for paper in papers for each in _lists(paper, dois[paper.record_id], found, failed, source))


def _found(doi: str, works: Works) -> Work | str:
    if doi in works.by_doi:
        return works.by_doi[doi]
    if works.unreadable:
        return f"a row of the answer could not be read: {works.unreadable[0]}"
    return f"Crossref has not registered {doi}"


def _lists(
    paper: Record, dois: Sequence[str], found: Mapping[str, Work | str], failed: set[str], source: Source
) -> list[ReadList]:
    """A list for each DOI of a paper that Crossref registered; one that says why where it registered none."""
    works = {work.doi: work for doi in dois if isinstance(work := found[doi], Work)}
    if works:
        return [read_list(paper, work, source) for work in works.values()]
    if not dois:
        return [ReadList(paper, CitationList(source, paper, "not_fetched", ()), "no DOI that Crossref may have")]
    why = "; ".join(str(found[doi]) for doi in dois)
    return [ReadList(paper, CitationList(source, paper, "failed", ()), why, failed=not failed.isdisjoint(dois))]


def after_refusal(attempt: Attempt, response: HttpResponse) -> Action[Any]:
    """What to do about a refusal: a list that names a DOI which cannot be named is asked for in halves."""
    if response.status == 400:
        action = attempt.shrink_or_give_up(status_text(response))
        return GiveUp(status_text(response), lasting=True) if isinstance(action, GiveUp) else action
    if response.status == 404:  # not about the DOI, so it says nothing about the paper
        return attempt.retry_or_give_up(status_text(response), FEW_ATTEMPTS, foreign=True)
    remedy = "it blocks senders that asked too much: write to it, or leave crossref out of --from"
    return usual_action(attempt, response, label="Crossref", remedy=remedy)


def paced(kind: str, pace: Pace, headers: Mapping[str, str]) -> Pace:  # each kind has headers of its own
    """The pace that the headers of this kind of call ask for, if it is slower."""
    limit, interval = (
        headers.get("x-rate-limit-limit", ""),
        _INTERVAL.fullmatch(headers.get("x-rate-limit-interval", "")),
    )
    if not (limit.isascii() and limit.isdecimal() and int(limit[:9]) and interval):
        return pace
    gap = int(interval[1]) * _SECONDS[interval[2]] / int(limit[:9])
    return Pace(max(pace.interval, gap * _MARGIN), max(pace.after_response, gap))


def kept(body: bytes) -> bytes:
    """The body without abstracts, which belong to publishers; one that has none is kept as it came."""
    if b'"abstract"' not in body:
        return body
    try:
        answer = decode_json(body)
        message = answer["message"]
        for work in (message, *message.get("items", ())):
            work.pop("abstract", None)
    except (ValueError, TypeError, KeyError, AttributeError):
        return body
    return msgspec.json.encode(answer)


class _AnswerJson(msgspec.Struct, rename="kebab"):
    message: dict[str, Any]
    message_type: str = ""


CROSSREF = CitationService(
    kind="crossref",
    label="Crossref",
    home="https://api.crossref.org",
    credit="Data from Crossref, https://www.crossref.org",
    directions=frozenset({"references"}),
    calls={
        WORK: Call(Pace(0.25, 0.2), Pace(0.12, 0.1)),
        LIST: Call(Pace(1.1, 1.0), Pace(0.4, 0.334)),
    },
    crawl=crawl,
    expected=lambda papers, wanted: {LIST: -(-papers // MAX_DOIS) * wanted.references},
    read=read,
    after_refusal=after_refusal,
    secret=SecretHeader("CROSSREF_MAILTO", "an e-mail address", "User-Agent", _USER_AGENT, must_have="@"),
    can_shrink=lambda request: len(dois_of(request)) > 1,
    paced=paced,
    rows_in=lambda value: sum(len(work.references or ()) for work in getattr(value, "by_doi", {}).values()),
    kept=kept,
)
