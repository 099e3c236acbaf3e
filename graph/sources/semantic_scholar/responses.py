"""What a response says: bytes to papers and pages, without trusting any of them.

A row that cannot be read costs that row, never the page: it is left out and counted, with one line that says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from ...model.corpus import Direction
from ..http.outcomes import Malformed
from ..http.replies import json_of, text_field
from ..http.request import Request
from .endpoints import nested_direction
from .paper_rows import CitationRow, PaperRow, parse_citation, parse_paper

_ELIDED = re.compile(r"elided by the publisher:\s*\{([^}]*)\}")
_OFFSET_LIMIT = re.compile(r"offset \+ limit must be < (\d{1,9})\b")


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
class NestedList:
    """A list of a paper inside a batch. `rows` is None where the service withholds it; what was cut off is not said."""

    paper: PaperRow
    rows: tuple[CitationRow, ...] | None
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleSuggestions:
    """Titles that a person may have meant."""

    titles: tuple[str, ...]


Papers = tuple[PaperRow | Unreadable | None, ...]
NestedLists = tuple[NestedList | Unreadable | None, ...]
ParsedResponse = ResultPage | Papers | NestedLists | TitleSuggestions | NotFound | OffsetLimit


def parse_response(request: Request, status: int, body: bytes) -> ParsedResponse:
    """What a response says that answers the request, whatever its status; raises `Malformed` where it does not."""
    if status != 200:
        return _parse_refusal(request, status, application_error(body) or "")
    match request.kind:
        case "papers":
            return parse_batch(body, len(request.ids))
        case "nested":
            return parse_nested(body, len(request.ids), nested_direction(request))
        case "match":
            return parse_match(body)
        case "autocomplete":
            return parse_suggestions(body)
        case _:
            offset = int(dict(request.params)["offset"])
            return parse_page(body, "references" if request.path.endswith("/references") else "citations", offset)


def _parse_refusal(request: Request, status: int, error: str) -> ParsedResponse:
    if status == 404 and error:
        return NotFound(error)
    if status == 400 and request.ids and error.startswith("No valid paper ids"):
        return (None,) * len(request.ids)
    limit = _OFFSET_LIMIT.match(error)
    if status == 400 and request.kind == "page" and limit:
        return OffsetLimit(int(limit[1]))
    raise Malformed(f"status {status}")


def application_error(body: bytes) -> str | None:
    """The message of an error that the application reports, which knows papers; None for any other body."""
    return text_field(body, "error")


def error_text(body: bytes) -> str | None:
    """The message of an error, from the application or the gateway before it; None for any other body."""
    return application_error(body) or text_field(body, "message")


def parse_batch(body: bytes, requested: int) -> Papers:
    """The papers of a batch, position by position; None where the service knows none.

    Raises `Malformed` when there is not one position for every paper that was requested.
    """
    return tuple(None if row is None else _paper_or_fault(row) for row in _positions(body, requested))


def parse_nested(body: bytes, requested: int, direction: Direction) -> NestedLists:
    """The lists inside a batch, position by position; None where the service knows no such paper.

    Raises `Malformed` as `parse_batch` does.
    """
    return tuple(None if row is None else _nested_or_fault(row, direction) for row in _positions(body, requested))


def _positions(body: bytes, requested: int) -> list[Any]:
    rows = json_of(body, list[Any])
    if len(rows) != requested:
        raise Malformed(f"{len(rows)} positions for {requested} requested papers")
    return rows


def parse_match(body: bytes) -> Papers:
    """The best match of a title search."""
    return tuple(_paper_or_fault(row) for row in json_of(body, _MatchJson).data)


def parse_suggestions(body: bytes) -> TitleSuggestions:
    """The titles that an autocompletion offers; what is not a title is left out."""
    rows = json_of(body, _SuggestionsJson).matches
    titles = [row["title"] for row in rows if isinstance(row, dict) and isinstance(row.get("title"), str)]
    return TitleSuggestions(tuple(titles[:5]))


def parse_page(body: bytes, direction: Direction, offset: int) -> ResultPage:
    """One page of references or citations.

    Raises `Malformed` when it is not a page, or its next page does not come after it.
    """
    page = json_of(body, _PageJson)
    if page.next is not None and page.next <= offset:
        raise Malformed(f"the page at {offset} is followed by the one at {page.next}")
    if page.data is None:
        return ResultPage(None, None, elided=True)
    rows, unreadable = _rows(page.data, lambda row: parse_citation(row, direction), offset)
    elided = direction in elided_fields(page.citing_paper_info)
    return ResultPage(rows, page.next, elided, unreadable)


def _rows(
    data: list[Any], parse: Callable[[Any], CitationRow], first: int = 0
) -> tuple[tuple[CitationRow, ...], tuple[str, ...]]:
    """The rows that can be read, and a line for each that cannot."""
    rows: list[CitationRow] = []
    unreadable: list[str] = []
    for position, row in enumerate(data, start=first):
        try:
            rows.append(parse(row))
        except Malformed as fault:
            unreadable.append(f"row {position}: {fault}")
    return tuple(rows), tuple(unreadable)


class _PageJson(msgspec.Struct, rename="camel"):
    data: list[Any] | None
    next: int | None = None
    citing_paper_info: Any = None


class _MatchJson(msgspec.Struct):
    data: list[Any]


class _SuggestionsJson(msgspec.Struct):
    matches: list[Any]


def _paper_or_fault(row: object) -> PaperRow | Unreadable:
    try:
        paper = parse_paper(row)
    except Malformed as fault:
        return Unreadable(str(fault))
    return paper if paper.paper_id else Unreadable("a paper without paperId")


def _nested_or_fault(row: object, direction: Direction) -> NestedList | Unreadable:
    paper = _paper_or_fault(row)
    if isinstance(paper, Unreadable):
        return paper
    data = row.get(direction) if isinstance(row, dict) else None
    if data is None:
        return NestedList(paper, None)
    if not isinstance(data, list):
        return Unreadable(f"{direction} are no list")
    rows, unreadable = _rows(data, lambda each: CitationRow(parse_paper(each)))
    return NestedList(paper, rows, unreadable)


def elided_fields(paper: object) -> frozenset[str]:
    """The fields that the publisher withholds, which only the disclaimer of `openAccessPdf` names."""
    pdf = paper.get("openAccessPdf") if isinstance(paper, dict) else None
    disclaimer = pdf.get("disclaimer") if isinstance(pdf, dict) else None
    match = _ELIDED.search(disclaimer) if isinstance(disclaimer, str) else None
    return frozenset(re.findall(r"\w+", match[1])) if match else frozenset()
