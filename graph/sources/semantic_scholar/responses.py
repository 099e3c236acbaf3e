"""What an answer says: bytes to papers and pages, without trusting any of them.

Everything but the outermost shape may be missing or null. A row that is not what the contract says
costs that row, never the page: it is left out and counted, with one line that says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.corpus import Direction, partial_date
from ...model.identifiers import SCHEMES, Identifier, identifier
from ...utils.text import clipped, for_terminal
from .validation import Malformed, Object, decoded, number_of, object_of, text_of, texts_of

_SCHEME_OF = {"ArXiv": "arxiv", "DOI": "doi", "ACL": "acl", "CorpusId": "corpusid"}
_ELIDED = re.compile(r"elided by the publisher:\s*\{([^}]*)\}")
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What the service says of one paper. `paper_id` is None for a reference it could not resolve."""

    paper_id: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    publication_date: str | None = None
    venue: str | None = None
    reference_count: int | None = None
    citation_count: int | None = None
    elided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One row of a list: the paper at its other end, and what is said of the citation."""

    paper: PaperRow
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a list. `rows` is None where the service withholds the list; `next` None ends it."""

    rows: tuple[EdgeRow, ...] | None
    next: int | None = None
    elided: bool = False
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """The service has no such paper."""

    why: str


@dataclass(frozen=True, slots=True)
class OffsetLimit:
    """The service lets no list be read so far: offset + limit must stay below `at`."""

    at: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A position of a batch that holds something, but no paper."""

    why: str


@dataclass(frozen=True, slots=True)
class TitleSuggestions:
    """Titles that may be the one that was meant."""

    titles: tuple[str, ...]


Papers = tuple[PaperRow | Unreadable | None, ...]
Value = ResultPage | Papers | TitleSuggestions | NotFound | OffsetLimit


def application_error(body: bytes) -> str | None:
    """The message of an error body of the application's own, which knows papers; None for any other."""
    return _message(body, "error")


def error_text(body: bytes) -> str | None:
    """The message of an error body, in either of the service's two shapes; None for any other."""
    return application_error(body) or _message(body, "message")


def _message(body: bytes, name: str) -> str | None:
    try:
        value = decoded(body)
    except Malformed:
        return None
    text = value.get(name) if isinstance(value, dict) else None
    return clipped(for_terminal(text), 300) if isinstance(text, str) else None


def papers_of(body: bytes, asked: int) -> Papers:
    """The papers of a batch, position by position; None where the service knows none.

    Raises
    ------
    Malformed
        When the answer does not have one position for every paper that was asked for.
    """
    rows = decoded(body)
    if not isinstance(rows, list) or len(rows) != asked:
        found = f"{len(rows)} positions" if isinstance(rows, list) else f"a {type(rows).__name__}"
        raise Malformed(f"{found} where {asked} papers were asked for")
    return tuple(None if row is None else _paper_or_why(row) for row in rows)


def matched(body: bytes) -> Papers:
    """The best match of a title search."""
    rows = object_of(decoded(body), "the answer").get("data")
    if not isinstance(rows, list):
        raise Malformed("no list of matches")
    return tuple(_paper_or_why(row) for row in rows)


def suggestions(body: bytes) -> TitleSuggestions:
    """The titles that an autocompletion offers; a bad one is left out."""
    rows = object_of(decoded(body), "the answer").get("matches")
    if not isinstance(rows, list):
        raise Malformed("no list of matches")
    titles = [row["title"] for row in rows if isinstance(row, dict) and isinstance(row.get("title"), str)]
    return TitleSuggestions(tuple(titles[:5]))


def page(body: bytes, direction: Direction, offset: int) -> ResultPage:
    """One page of references or citations.

    Raises
    ------
    Malformed
        When it is no page, or would lead back to where the walk already was.
    """
    answer = object_of(decoded(body), "the answer")
    if "data" not in answer:
        raise Malformed("a page without 'data'")
    following = number_of(answer, "next")
    if following is not None and following <= offset:
        raise Malformed(f"a page at {offset} whose next is {following}")
    info = answer.get("citingPaperInfo")
    elided = isinstance(info, dict) and direction in _elided_fields(info)
    if answer["data"] is None:
        return ResultPage(None, None, elided=True)
    if not isinstance(answer["data"], list):
        raise Malformed(f"'data' is of type {type(answer['data']).__name__}")
    end = "citedPaper" if direction == "references" else "citingPaper"
    rows: list[EdgeRow] = []
    unreadable: list[str] = []
    for position, row in enumerate(answer["data"], start=offset):
        try:
            rows.append(_edge(object_of(row, "the row"), end))
        except Malformed as fault:
            unreadable.append(f"row {position}: {fault}")
    return ResultPage(tuple(rows), following, elided, tuple(unreadable))


def paper(row: object) -> PaperRow:
    """One paper.

    Raises
    ------
    Malformed
        For a field of another type than the contract's; the message names it.
    """
    plain = object_of(row, "the paper")
    paper_id = text_of(plain, "paperId")
    found: set[Identifier] = set()
    if paper_id is not None:
        found.add(_own_id(paper_id))
    outer = plain.get("externalIds")
    external = {} if outer is None else object_of(outer, "externalIds")
    for name, value in [*external.items(), ("CorpusId", plain.get("corpusId"))]:
        if value is not None and name in _SCHEME_OF:
            found |= _identifiers(_SCHEME_OF[name], value)
    return PaperRow(
        paper_id=paper_id and _own_id(paper_id).value,
        identifiers=tuple(sorted(found, key=lambda each: (SCHEMES.index(each.scheme), each.value))),
        title=text_of(plain, "title"),
        authors=_authors(plain),
        year=_year(plain),
        publication_date=_date(plain),
        venue=text_of(plain, "venue"),
        reference_count=number_of(plain, "referenceCount"),
        citation_count=number_of(plain, "citationCount"),
        elided=_elided_fields(plain),
    )


def _paper_or_why(row: object) -> PaperRow | Unreadable:
    try:
        found = paper(row)
    except Malformed as fault:
        return Unreadable(str(fault))
    return found if found.paper_id else Unreadable("a paper without paperId")


def _edge(row: Object, end: str) -> EdgeRow:
    influential = row.get("isInfluential")
    if influential is not None and not isinstance(influential, bool):
        raise Malformed(f"isInfluential is of type {type(influential).__name__}")
    inner = row.get(end)
    return EdgeRow(
        PaperRow() if inner is None else paper(inner),
        influential,
        tuple(sorted(set(texts_of(row, "intents")))),
        texts_of(row, "contexts"),
    )


def _own_id(text: str) -> Identifier:
    try:
        return identifier("s2", text)
    except ValueError:
        raise Malformed(f"paperId {clipped(for_terminal(text), 50)!r} is not 40 hexadecimal digits") from None


def _identifiers(scheme: str, value: object) -> set[Identifier]:
    """An external identifier; one that has not the shape of its scheme says nothing."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise Malformed(f"the {scheme} identifier is of type {type(value).__name__}")
    try:
        return {identifier(scheme, str(value))}
    except ValueError:
        return set()


def _elided_fields(holder: Object) -> frozenset[str]:
    """What the publisher withholds, as the disclaimer of `openAccessPdf` tells it."""
    pdf = holder.get("openAccessPdf")
    disclaimer = pdf.get("disclaimer") if isinstance(pdf, dict) else None
    found = _ELIDED.search(disclaimer) if isinstance(disclaimer, str) else None
    return frozenset(re.findall(r"\w+", found[1])) if found else frozenset()


def _authors(row: Object) -> tuple[str, ...]:
    people = row.get("authors")
    if people is None:
        return ()
    if not isinstance(people, list):
        raise Malformed(f"authors is of type {type(people).__name__}")
    names = [text_of(object_of(person, "an author"), "name") for person in people]
    return tuple(name for name in names if name)


def _year(row: Object) -> int | None:
    year = number_of(row, "year")
    return year if year in _YEARS else None


def _date(row: Object) -> str | None:
    date = text_of(row, "publicationDate")
    try:
        return partial_date(date) if date and int(date[:4]) in _YEARS else None
    except ValueError:
        return None
