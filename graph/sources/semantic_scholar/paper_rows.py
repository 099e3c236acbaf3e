"""Papers, citations, authors and snippets as Semantic Scholar writes them, without trusting any field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from ...model.corpus import Direction, partial_date
from ...model.identifiers import SCHEMES, Identifier, identifier
from ...model.service_records import AuthorRecord, Passage
from ...utils.text import clipped, for_terminal
from ..http.outcomes import Malformed
from ..http.replies import value_of

LONGEST_TEXT = 5_000
"""No title or name is longer than this."""
_YEARS = range(1000, 2200)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")  # those that are no blanks


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What the service says of one paper. `paper_id` is None for a reference that it could not resolve."""

    paper_id: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    publication_date: str | None = None
    venue: str | None = None
    reference_count: int | None = None
    citation_count: int | None = None
    author_ids: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One row of a list: the paper at the other end of the citation, and what is said of the citation."""

    paper: PaperRow
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


def parse_paper(row: object) -> PaperRow:
    """One paper; raises `Malformed` for a field of another type than documented, which the message names."""
    return _paper_row(value_of(row, _PaperJson))


def parse_citation(row: object, direction: Direction) -> CitationRow:
    """One row of a list; raises `Malformed` as `parse_paper` does."""
    read = value_of(row, _CitationJson)
    paper = read.cited_paper if direction == "references" else read.citing_paper
    return CitationRow(
        PaperRow() if paper is None else _paper_row(paper),
        read.is_influential,
        tuple(sorted(_texts(read.intents))),
        tuple(_texts(read.contexts)),
    )


_Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]


class _AuthorJson(msgspec.Struct, rename="camel"):
    name: _Text | None = None
    author_id: str | int | None = None


_EXTERNAL_IDS = {
    "arxiv": "ArXiv",
    "doi": "DOI",
    "acl": "ACL",
    "corpusid": "CorpusId",
    "pmid": "PubMed",
    "pmcid": "PubMedCentral",
}


class _ExternalIdsJson(msgspec.Struct, rename=_EXTERNAL_IDS):
    arxiv: str | int | None = None
    doi: str | int | None = None
    acl: str | int | None = None
    corpusid: str | int | None = None
    pmid: str | int | None = None
    pmcid: str | int | None = None


class _PaperJson(msgspec.Struct, rename="camel"):
    paper_id: _Text | None = None
    corpus_id: str | int | None = None
    external_ids: _ExternalIdsJson | None = None
    title: _Text | None = None
    authors: list[_AuthorJson] | None = None
    year: int | None = None
    publication_date: _Text | None = None
    venue: _Text | None = None
    reference_count: int | None = None
    citation_count: int | None = None


class _CitationJson(msgspec.Struct, rename="camel"):
    is_influential: bool | None = None
    intents: list[str] | None = None
    contexts: list[str] | None = None
    cited_paper: _PaperJson | None = None
    citing_paper: _PaperJson | None = None


def _paper_row(row: _PaperJson) -> PaperRow:
    paper_id = _paper_id(row.paper_id)
    external = row.external_ids or _ExternalIdsJson()
    stated = [(scheme, getattr(external, scheme)) for scheme in _EXTERNAL_IDS]
    stated += [("s2", paper_id), ("corpusid", row.corpus_id)]
    identifiers = {each for scheme, value in stated if value is not None for each in _identifiers(scheme, value)}
    named = ((clean_text(each.name), digits(each.author_id)) for each in row.authors or ())
    authors = [(name, id_) for name, id_ in named if name]
    return PaperRow(
        paper_id,
        tuple(sorted(identifiers, key=lambda each: (SCHEMES.index(each.scheme), each.value))),
        title=clean_text(row.title),
        authors=tuple(name for name, _ in authors),
        author_ids=tuple(id_ for _, id_ in authors) if any(id_ for _, id_ in authors) else (),
        year=row.year if row.year in _YEARS else None,
        publication_date=_date(clean_text(row.publication_date)),
        venue=clean_text(row.venue),
        reference_count=row.reference_count,
        citation_count=row.citation_count,
    )


def clean_text(value: str | None) -> str | None:
    """The text without control characters and needless blanks; an empty one is None, as the service means it."""
    return " ".join(_CONTROLS.sub("", value).split()) or None if value else None


def digits(value: str | int | None) -> str | None:
    """The digits of an id or a count, which comes as a text or a number; None where it is none, or of another form."""
    text = str(value)
    return text if _NUMBER.fullmatch(text) else None


def _texts(values: list[str] | None) -> dict[str, None]:
    """The texts in their order, each once."""
    return dict.fromkeys(filter(None, map(clean_text, values or ())))


def _paper_id(value: str | None) -> str | None:
    text = clean_text(value)
    if text is None:
        return None
    try:
        return identifier("s2", text).value
    except ValueError:
        raise Malformed(f"paperId {clipped(for_terminal(text), 50)!r} is not 40 hexadecimal digits") from None


def _identifiers(scheme: str, value: str | int) -> list[Identifier]:
    """The external identifier, or none when the value does not have the form of its scheme."""
    try:
        return [identifier(scheme, str(value))]
    except ValueError:
        return []


def _date(text: str | None) -> str | None:
    try:
        return partial_date(text) if text and int(text[:4]) in _YEARS else None
    except ValueError:
        return None


class _DescribedAuthorJson(msgspec.Struct, rename="camel"):
    name: str | None = None
    affiliations: list[Any] | None = None
    homepage: str | None = None
    paper_count: int | str | None = None
    citation_count: int | str | None = None
    h_index: int | str | None = None


def parse_author(id_: str, row: Any) -> AuthorRecord:
    """The author of an id; raises `Malformed` for a field of another type than documented.

    >>> parse_author("7", {"name": "Ann", "affiliations": [None, "A  Lab"], "paperCount": "12"})
    AuthorRecord(id='7', name='Ann', affiliations=('A Lab',), homepage=None, papers=12, citations=None, h_index=None)
    """
    read = value_of(row, _DescribedAuthorJson)
    return AuthorRecord(
        id_,
        clean_text(read.name),
        tuple(text for each in read.affiliations or () if isinstance(each, str) and (text := clean_text(each))),
        clean_text(read.homepage),
        _whole(read.paper_count),
        _whole(read.citation_count),
        _whole(read.h_index),
    )


def _whole(value: int | str | None) -> int | None:
    """A count, which the service documents as a text and sends as a number."""
    text = digits(value)
    return None if text is None else int(text)


LONGEST_SNIPPET = 20_000
"""The service's snippets have some five hundred words; what is longer is none."""


class _OffsetJson(msgspec.Struct):
    start: int | None = None
    end: int | None = None


class _SnippetJson(msgspec.Struct, rename="camel"):
    text: str
    snippet_kind: str | None = None
    section: str | None = None
    snippet_offset: _OffsetJson | None = None


class _QuotedPaperJson(msgspec.Struct, rename="camel"):
    corpus_id: str | int | None = None
    title: str | None = None


class _RowJson(msgspec.Struct):
    snippet: _SnippetJson
    paper: _QuotedPaperJson | None = None


def parse_snippet(row: Any) -> Passage:
    """One snippet; raises `Malformed` for one without text, or with a field of another type than documented.

    >>> parse_snippet({"snippet": {"text": "It  works.", "snippetKind": "body"}, "paper": {"corpusId": "7"}}).corpus_id
    '7'
    """
    read = value_of(row, _RowJson)
    text, offset, paper = clean_text(read.snippet.text), read.snippet.snippet_offset, read.paper or _QuotedPaperJson()
    if text is None or len(text) > LONGEST_SNIPPET:
        raise Malformed("a snippet without a text of usual length")
    span = (offset.start, offset.end) if offset and offset.start is not None and offset.end is not None else None
    return Passage(
        text,
        title=clean_text(paper.title),
        corpus_id=digits(paper.corpus_id),
        kind=clean_text(read.snippet.snippet_kind),
        section=clean_text(read.snippet.section),
        span=span if span and 0 <= span[0] <= span[1] else None,
    )
