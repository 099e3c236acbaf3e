"""Which addresses of OpenCitations to ask, what an answer means, and what a refusal asks for.

The index has lists of citations, and Meta what is known of a work. Refusals are text that is labelled JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...model.corpus import Direction
from ...model.identifiers import Identifier, closure
from ..http.outcomes import Abort, Action, Attempt, GiveUp, HttpResponse, Malformed, Reply
from ..http.replies import Moved, json_of, moved_to, status_text, usual_action
from ..http.request import Request
from ..published_versions import is_impostor
from .rows import Answer, identifiers_of, parse_rows

LIST, KNOWN = "list", "known"
"""The kinds of calls: all references or citations of a work at once, and what Meta knows of some works."""
MAX_NAMED = 10
"""So many works are asked for at Meta at once."""
_INDEX, _META = "/index/v2", "/meta/v1/metadata"
_JOINT = "__"
_SCHEMES = ("doi", "pmid", "omid")
_META_SCHEMES = ("pmcid", "openalex")
_ARXIV_DOI = "10.48550/arxiv."


def asked_by(identifiers: Iterable[Identifier]) -> tuple[tuple[Identifier, ...], ...]:
    """By which identifiers of a paper to ask: groups, of which each is tried if those before it found nothing.

    The DOIs of arXiv come last: DataCite registers them, and few are there.

    >>> for group in asked_by([Identifier("arxiv", "2005.14165"), Identifier("pmid", "7")]):
    ...     print(*group)
    pmid:7
    doi:10.48550/arxiv.2005.14165
    """
    implied = [each for each in closure(identifiers) if not is_impostor(each)]
    preprints = {each for each in implied if each.scheme == "doi" and each.value.startswith(_ARXIV_DOI)}
    preprints |= {Identifier("doi", f"{_ARXIV_DOI}{each.value}") for each in implied if each.scheme == "arxiv"}
    groups = [{each for each in implied if each.scheme == scheme} - preprints for scheme in _SCHEMES]
    return tuple(tuple(sorted(group)) for group in [*groups, preprints] if group)


def looked_up_by(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """The identifiers that Meta knows and the index does not take, of a paper that has no other.

    >>> [str(each) for each in looked_up_by([Identifier("pmcid", "7"), Identifier("s2", "a" * 40)])]
    ['pmcid:7']
    >>> looked_up_by([Identifier("pmcid", "7"), Identifier("pmid", "7")])
    ()
    """
    known = list(identifiers)
    return () if asked_by(known) else tuple(sorted(each for each in known if each.scheme in _META_SCHEMES))


def list_request(identifier: Identifier, direction: Direction) -> Request:
    """Ask for all references or all citations of a work: there are no pages.

    >>> print(list_request(Identifier("doi", "10.1108/jd-12-2013-0166"), "citations"))
    GET /index/v2/citations/doi:10.1108/jd-12-2013-0166
    """
    return Request(LIST, f"{_INDEX}/{direction}/{_named(identifier)}")


def known_request(identifiers: Sequence[Identifier]) -> Request:
    """Ask Meta which of these works it knows.

    >>> print(known_request([Identifier("pmcid", "7"), Identifier("openalex", "W7")]))
    GET /meta/v1/metadata/pmcid:PMC7__openalex:W7
    """
    if not 0 < len(identifiers) <= MAX_NAMED:
        raise ValueError(f"a request names 1 to {MAX_NAMED} works, not {len(identifiers)}")
    return Request(KNOWN, f"{_META}/{_JOINT.join(map(_named, identifiers))}")


def can_be_named_together(identifier: Identifier) -> bool:
    """Whether Meta can tell where an identifier ends."""
    return _JOINT not in identifier.value


def _named(identifier: Identifier) -> str:
    letters = "PMC" if identifier.scheme == "pmcid" else ""
    return quote(f"{identifier.scheme}:{letters}{identifier.value}", safe="/:;()")


LABEL = "OpenCitations"
_TIMES_AFTER_A_TIMEOUT = 2


@dataclass(frozen=True, slots=True)
class KnownWorks:
    """The works that Meta knows, of those that it was asked for, each by its identifiers."""

    works: tuple[tuple[Identifier, ...], ...]


def read(request: Request, reply: Reply) -> Answer | KnownWorks | Moved:
    """What a reply says; raises `Malformed` where it does not answer the request."""
    moved = moved_to(reply)
    if moved:
        return moved
    if reply.status != 200:
        raise Malformed(f"status {reply.status}")
    rows = json_of(reply.body, list[Any])
    if request.kind == KNOWN:
        fields = (row.get("id") for row in rows if isinstance(row, dict))
        return KnownWorks(tuple(filter(None, (identifiers_of(each) for each in fields if isinstance(each, str)))))
    return Answer(*parse_rows(rows))


def after_refusal(attempt: Attempt, response: HttpResponse) -> Action[Any]:
    """What to do about a refusal."""
    status, why = response.status, status_text(response)
    if status in (401, 403):
        remedy = "check OPENCITATIONS_TOKEN, or unset it to go on without a token"
        return Abort(f"OpenCitations refused the token: {why}", remedy)
    if status == 408:
        if attempt.number >= _TIMES_AFTER_A_TIMEOUT:
            return GiveUp(why)
        return attempt.retry_or_give_up(why)
    return usual_action(attempt, response, label=LABEL)


def rows_in(value: object) -> int:
    """How many rows of lists a value holds."""
    return len(value.rows) if isinstance(value, Answer) else 0
