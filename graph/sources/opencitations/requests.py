"""Which addresses of OpenCitations to ask: the index for lists of citations, Meta for what is known of a work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from ...model.corpus import Direction
from ...model.identifiers import Identifier, closure
from ..http.request import Request
from ..published_versions import is_impostor

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
