"""Crossref as a service: how it is asked, what its answers mean, and what a refusal asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ...model.corpus import Source
from ...utils.decode import decode_json
from ..citation_service import Call, CitationService, Crawl, ReadList, SecretHeader, Wanted
from ..http.bodies import json_of
from ..http.outcomes import (
    FEW_ATTEMPTS,
    Accept,
    Action,
    Attempt,
    GiveUp,
    HttpResponse,
    Malformed,
    Shrink,
    why_unanswered,
)
from ..http.rate_limit import Pace
from ..http.redirections import Moved, asked, moved_to
from ..http.request import Request
from ..http.rules import Reply
from ..http.transport import USER_AGENT
from ..http.usual import status_text, usual_action
from ..records import CitationList, Record
from .lists import read_list
from .requests import LIST, MAX_DOIS, WORK, batches_of, dois_at_crossref, dois_of, works_request
from .works import Work, parse_work

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
    waiting = batches_of(doi for paper in papers for doi in dois[paper.record_id])
    while waiting:
        batch = waiting.pop(0)
        outcome = yield from asked(works_request(batch))
        if isinstance(outcome, Shrink) and len(batch) > 1:
            middle = len(batch) // 2
            waiting[:0] = [batch[:middle], batch[middle:]]
        elif isinstance(outcome, Accept) and isinstance(outcome.value, Works):
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
