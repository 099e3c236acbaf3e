"""What a response says: bytes to papers and pages, without trusting any of them.

Every field except the outermost ones may be missing or null. A row of the wrong type costs that row, never the page:
it is left out and counted, with one line that says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec

from ...model.corpus import Direction, partial_date
from ...model.identifiers import SCHEMES, Identifier, identifier
from ...utils.text import clipped, for_terminal
from .endpoints import Request

T = TypeVar("T")
LONGEST_TEXT = 5_000
"""No title or name is longer than this."""
_YEARS = range(1000, 2200)
_ELIDED = re.compile(r"elided by the publisher:\s*\{([^}]*)\}")
_OFFSET_LIMIT = re.compile(r"offset \+ limit must be < (\d{1,9})\b")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")  # those that are no blanks


class Malformed(ValueError):
    """A response, or one row of it, is not what the API documents."""


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


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One row of a list: the paper at the other end of the citation, and what is said of the citation."""

    paper: PaperRow
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a list. `rows` is None where the service withholds the list; the last page has no `next`."""

    rows: tuple[CitationRow, ...] | None
    next: int | None = None
    elided: bool = False
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """The service has no such paper."""

    why: str


@dataclass(frozen=True, slots=True)
class OffsetLimit:
    """The service does not list that many rows: offset + limit must stay below `limit`."""

    limit: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A position of a batch that could not be read as a paper."""

    why: str


@dataclass(frozen=True, slots=True)
class TitleSuggestions:
    """Titles that a person may have meant."""

    titles: tuple[str, ...]


Papers = tuple[PaperRow | Unreadable | None, ...]
ParsedResponse = ResultPage | Papers | TitleSuggestions | NotFound | OffsetLimit


def parse_response(request: Request, status: int, body: bytes) -> ParsedResponse:
    """What a response says that answers the request, whatever its status; raises `Malformed` where it does not."""
    if status != 200:
        return _parse_refusal(request, status, application_error(body) or "")
    match request.kind:
        case "papers":
            return parse_batch(body, len(request.ids))
        case "match":
            return parse_match(body)
        case "autocomplete":
            return parse_suggestions(body)
        case "page":
            offset = int(dict(request.params)["offset"])
            return parse_page(body, "references" if request.path.endswith("/references") else "citations", offset)


def _parse_refusal(request: Request, status: int, error: str) -> ParsedResponse:
    if status == 404 and error:
        return NotFound(error)
    if status == 400 and request.kind == "papers" and error.startswith("No valid paper ids"):
        return (None,) * len(request.ids)
    limit = _OFFSET_LIMIT.match(error)
    if status == 400 and request.kind == "page" and limit:
        return OffsetLimit(int(limit[1]))
    raise Malformed(f"status {status}")


def application_error(body: bytes) -> str | None:
    """The message of an error that the application reports, which knows papers; None for any other body."""
    return _error_field(body, "error")


def error_text(body: bytes) -> str | None:
    """The message of an error, from the application or the gateway before it; None for any other body."""
    return application_error(body) or _error_field(body, "message")


def _error_field(body: bytes, name: str) -> str | None:
    try:
        text = _decode(body, dict[str, Any]).get(name)
    except Malformed:
        return None
    return clipped(for_terminal(text), 300) if isinstance(text, str) else None


def parse_batch(body: bytes, requested: int) -> Papers:
    """The papers of a batch, position by position; None where the service knows none.

    Raises `Malformed` when there is not one position for every paper that was requested.
    """
    rows = _decode(body, list[Any])
    if len(rows) != requested:
        raise Malformed(f"{len(rows)} positions for {requested} requested papers")
    return tuple(None if row is None else _paper_or_fault(row) for row in rows)


def parse_match(body: bytes) -> Papers:
    """The best match of a title search."""
    return tuple(_paper_or_fault(row) for row in _decode(body, _MatchJson).data)


def parse_suggestions(body: bytes) -> TitleSuggestions:
    """The titles that an autocompletion offers; what is not a title is left out."""
    rows = _decode(body, _SuggestionsJson).matches
    titles = [row["title"] for row in rows if isinstance(row, dict) and isinstance(row.get("title"), str)]
    return TitleSuggestions(tuple(titles[:5]))


def parse_page(body: bytes, direction: Direction, offset: int) -> ResultPage:
    """One page of references or citations.

    Raises `Malformed` when it is not a page, or its next page does not come after it.
    """
    page = _decode(body, _PageJson)
    if page.next is not None and page.next <= offset:
        raise Malformed(f"the page at {offset} is followed by the one at {page.next}")
    if page.data is None:
        return ResultPage(None, None, elided=True)
    rows: list[CitationRow] = []
    unreadable: list[str] = []
    for position, row in enumerate(page.data, start=offset):
        try:
            rows.append(_citation_row(_convert(row, _CitationJson), direction))
        except Malformed as fault:
            unreadable.append(f"row {position}: {fault}")
    elided = direction in _elided_fields(page.citing_paper_info)
    return ResultPage(tuple(rows), page.next, elided, tuple(unreadable))


def parse_paper(row: object) -> PaperRow:
    """One paper; raises `Malformed` for a field of another type than documented, which the message names."""
    return _paper_row(_convert(row, _PaperJson))


_Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]


class _AuthorJson(msgspec.Struct):
    name: _Text | None = None


class _ExternalIdsJson(msgspec.Struct, rename={"arxiv": "ArXiv", "doi": "DOI", "acl": "ACL", "corpusid": "CorpusId"}):
    arxiv: str | int | None = None
    doi: str | int | None = None
    acl: str | int | None = None
    corpusid: str | int | None = None


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


class _PageJson(msgspec.Struct, rename="camel"):
    data: list[Any] | None
    next: int | None = None
    citing_paper_info: Any = None


class _MatchJson(msgspec.Struct):
    data: list[Any]


class _SuggestionsJson(msgspec.Struct):
    matches: list[Any]


def _decode(body: bytes, kind: type[T]) -> T:
    """The JSON of a response; HTML, half a response, NaN, lone surrogates and endless nesting are refused."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError) as fault:
        start = for_terminal(body[:40].decode("utf-8", "replace").strip())
        raise Malformed(f"not the expected JSON ({fault}); it starts {start!r}") from None


def _convert(row: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(row, kind)
    except ValueError as fault:
        raise Malformed(str(fault)) from None


def _paper_or_fault(row: object) -> PaperRow | Unreadable:
    try:
        paper = parse_paper(row)
    except Malformed as fault:
        return Unreadable(str(fault))
    return paper if paper.paper_id else Unreadable("a paper without paperId")


def _citation_row(row: _CitationJson, direction: Direction) -> CitationRow:
    paper = row.cited_paper if direction == "references" else row.citing_paper
    return CitationRow(
        PaperRow() if paper is None else _paper_row(paper),
        row.is_influential,
        tuple(sorted(_texts(row.intents))),
        tuple(_texts(row.contexts)),
    )


def _paper_row(row: _PaperJson) -> PaperRow:
    paper_id = _paper_id(row.paper_id)
    external = row.external_ids or _ExternalIdsJson()
    stated = [(scheme, getattr(external, scheme)) for scheme in ("arxiv", "doi", "acl", "corpusid")]
    stated += [("s2", paper_id), ("corpusid", row.corpus_id)]
    identifiers = {each for scheme, value in stated if value is not None for each in _identifiers(scheme, value)}
    return PaperRow(
        paper_id,
        tuple(sorted(identifiers, key=lambda each: (SCHEMES.index(each.scheme), each.value))),
        title=_text(row.title),
        authors=tuple(filter(None, (_text(author.name) for author in row.authors or ()))),
        year=row.year if row.year in _YEARS else None,
        publication_date=_date(_text(row.publication_date)),
        venue=_text(row.venue),
        reference_count=row.reference_count,
        citation_count=row.citation_count,
    )


def _text(value: str | None) -> str | None:
    """The text without control characters and needless blanks; an empty one is None, as the service means it."""
    return " ".join(_CONTROLS.sub("", value).split()) or None if value else None


def _texts(values: list[str] | None) -> dict[str, None]:
    """The texts in their order, each once."""
    return dict.fromkeys(filter(None, map(_text, values or ())))


def _paper_id(value: str | None) -> str | None:
    text = _text(value)
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


def _elided_fields(paper: object) -> frozenset[str]:
    """The fields that the publisher withholds, which only the disclaimer of `openAccessPdf` names."""
    pdf = paper.get("openAccessPdf") if isinstance(paper, dict) else None
    disclaimer = pdf.get("disclaimer") if isinstance(pdf, dict) else None
    match = _ELIDED.search(disclaimer) if isinstance(disclaimer, str) else None
    return frozenset(re.findall(r"\w+", match[1])) if match else frozenset()
