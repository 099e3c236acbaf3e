"""Works as OpenAlex writes them, without trusting any field.

A field that is missing, null or of another form than documented is unknown, and one that nobody asked for is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...model.identifiers import Identifier, identifiers_in
from ...utils.decode import LONGEST_TEXT
from ..http.outcomes import Malformed
from ..shown_text import shown_text
from ..stated_dates import YEARS, stated_date
from ..stated_identifiers import in_order, stated

MOST_AUTHORS = 100
"""A list cuts the authors of a work after so many, where the work alone has all of them: the same is kept of both."""


@dataclass(frozen=True, slots=True)
class Work:
    """What OpenAlex says of one work.

    Attributes
    ----------
    id : str or None
        Its id there, "W2741809607"; None where the answer does not have it.
    identifiers : tuple of Identifier
        All of them, the id included.
    title : str or None
    authors : tuple of str
        At most `MOST_AUTHORS`.
    all_authors : bool
        Whether these are all.
    year : int or None
    date : str or None
        The earliest one; only the year where it is the first of January, which stands for an unknown day.
    venue : str or None
        Where it was published, unless that is an archive.
    referenced : tuple of str or None
        The ids of the works that it cites, as far as they were matched, each once; None where the answer does not say.
    listed : int
        How many references the answer lists, with those that have no id that can be read.
    """

    id: str | None
    identifiers: tuple[Identifier, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    all_authors: bool = False
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    referenced: tuple[str, ...] | None = None
    listed: int = 0


def parse_work(row: object) -> Work:
    """One work; raises `Malformed` when it has no identifier, without which nothing says what it is about."""
    if not isinstance(row, dict):
        raise Malformed("a work that is not an object")
    found = in_order(_identifiers(row))
    if not found:
        raise Malformed("a work without an identifier")
    own = stated("openalex", row.get("id")) or next((each for each in found if each.scheme == "openalex"), None)
    authors = tuple(_authors(row.get("authorships")))
    date = _date(row.get("publication_date"))
    stated_year, rows = row.get("publication_year"), row.get("referenced_works")
    year = stated_year if isinstance(stated_year, int) and stated_year in YEARS else None
    return Work(
        own.value if own else None,
        found,
        title=shown_text(row.get("title")) or shown_text(row.get("display_name")),
        authors=authors[:MOST_AUTHORS],
        all_authors=0 < len(authors) < MOST_AUTHORS and row.get("is_authors_truncated") is not True,
        year=int(date[:4]) if year is None and date else year,
        date=date,
        venue=_venue(row.get("primary_location")),
        referenced=_referenced(rows) if isinstance(rows, list) else None,
        listed=len(rows) if isinstance(rows, list) else 0,
    )


def _identifiers(row: dict[str, Any]) -> Iterator[Identifier]:
    """At most one of each scheme; MAG's number is no other scheme's."""
    more = row.get("ids")
    ids = more if isinstance(more, dict) else {}
    taken: set[str] = set()
    for scheme, value in (
        *(("openalex", row.get("id")), ("doi", row.get("doi"))),
        *((scheme, ids.get(scheme)) for scheme in ("openalex", "doi", "pmid", "pmcid")),
    ):
        each = stated(scheme, value)
        if each and scheme not in taken:
            taken.add(scheme)
            yield each
    yield from _arxiv(row)


def _arxiv(row: dict[str, Any]) -> Iterator[Identifier]:
    """The arXiv identifier, which stands in the addresses of its locations alone; none where they name several."""
    locations = row.get("locations")
    rows = [row.get("primary_location"), *(locations if isinstance(locations, list) else ())]
    texts = [
        text
        for each in rows
        if isinstance(each, dict)
        for name in ("landing_page_url", "pdf_url", "id")
        if isinstance(text := each.get(name), str) and "arxiv" in text.lower() and len(text) < LONGEST_TEXT
    ]
    found = {each for text in texts for each in identifiers_in(text) if each.scheme == "arxiv"}
    if len(found) == 1:
        yield from found


def _authors(rows: object) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else ():
        author = row.get("author") if isinstance(row, dict) else None
        name = shown_text(author.get("display_name")) if isinstance(author, dict) else None
        name = name or (shown_text(row.get("raw_author_name")) if isinstance(row, dict) else None)
        if name:
            yield name


def _venue(location: object) -> str | None:
    source = location.get("source") if isinstance(location, dict) else None
    if not isinstance(source, dict) or source.get("type") == "repository":
        return None
    return shown_text(source.get("display_name"))


def _referenced(rows: list[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.value for row in rows if (each := stated("openalex", row))))


def _date(value: object) -> str | None:
    """A date as precise as it is known: where only the year is, the service writes its first day."""
    date = stated_date(value)
    return date[:4] if date and date.endswith("-01-01") else date
