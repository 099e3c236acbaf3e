"""Which addresses of Crossref to ask for some DOIs: many at a time, without what is not ours to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, unquote

from ...model.identifiers import Identifier, closure
from ..http.request import Request
from ..published_versions import is_impostor

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
