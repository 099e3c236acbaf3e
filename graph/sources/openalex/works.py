"""Works as OpenAlex writes them, and the lists and records that every source becomes.

No field is trusted: one that is missing, null or of another form than documented is unknown, and one that nobody asked
for is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.corpus import Source, State
from ...model.identifiers import Identifier, closure, identifiers_in
from ...utils.decode import LONGEST_TEXT
from ..citation_service import ReadList
from ..http.outcomes import Malformed
from ..published_versions import ARTICLES, is_impostor, kind_and_value
from ..records import CitationList, ListRow, Record
from ..stated import YEARS, described_alike, described_apart, in_order, shown_text, stated, stated_date

MOST_AUTHORS = 100
"""A list cuts the authors of a work after so many, where the work alone has all of them: the same is kept of both."""


@dataclass(frozen=True, slots=True)
class Work:
    """What OpenAlex says of one work."""

    id: str | None
    """Its id there, "W2741809607"; None where the answer does not have it."""
    identifiers: tuple[Identifier, ...]
    """All of them, the id included."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    """At most `MOST_AUTHORS`."""
    all_authors: bool = False
    """Whether these are all."""
    year: int | None = None
    date: str | None = None
    """The earliest one; only the year where it is the first of January, which stands for an unknown day."""
    venue: str | None = None
    """Where it was published, unless that is an archive."""
    referenced: tuple[str, ...] | None = None
    """The ids of the works that it cites, as far as they were matched, each once; None where the answer does not
    say."""
    listed: int = 0
    """How many references the answer lists, with those that have no id that can be read."""


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


MOST_REFERENCED = 5_000
"""A work keeps no more of its references; the others are cut off."""
_OF_PAPERS = frozenset({"doi", "arxiv", "acl"})
_OF_PUBMED = frozenset({"pmid", "pmcid"})


def record_of(work: Work, source: Source) -> Record:
    """The record of a work."""
    return Record(
        record_id=f"{source.id}/{work.id or work.identifiers[0]}",
        identifiers=in_order(work.identifiers),
        title=work.title,
        authors=work.authors,
        authors_complete=work.all_authors,
        year=work.year,
        publication_date=work.date,
        venue=work.venue,
    )


def is_the_paper(asked: Record, found: Record) -> bool:
    """Whether a record is of the paper that was asked for: some works there are of another paper than they were.

    It is when a DOI, an arXiv or an ACL identifier agrees, or the title with the first author and the year. A number of
    PubMed is enough unless the DOIs differ; an id of OpenAlex only where no other is known, and nothing else differs.
    """
    known, stated = ({each for each in closure(one.identifiers) if not is_impostor(each)} for one in (asked, found))
    shared = {each.scheme for each in known & stated}
    if shared & _OF_PAPERS or described_alike(asked, found):
        return True
    if shared & _OF_PUBMED:
        return not (_articles(known) and _articles(stated))
    return all(each.scheme in ("openalex", "omid") for each in known) and not described_apart(asked, found)


def _articles(identifiers: set[Identifier]) -> set[str]:
    return {each.value for each in identifiers if kind_and_value(each)[0] in ARTICLES}


def references_of(
    asked: Record, paper: Record, work: Work, found: Mapping[str, Work], source: Source, *, failure: str = ""
) -> ReadList:
    """What OpenAlex says of the references of a paper.

    `found` are the works of its rows by id; `failure` says why some of them could not be asked for. A paper's citation
    of itself is left out.
    """
    if work.referenced is None:
        nothing = CitationList(source, paper, "failed", ())
        return ReadList(asked, nothing, "the answer says nothing of its references")
    rows = tuple(
        ListRow(record_of(found[each], source)) for each in work.referenced if each in found and each != work.id
    )
    unresolved = work.listed - len(rows) - (work.id in work.referenced)
    state: State = "capped" if work.listed >= MOST_REFERENCED else "partial"
    why = "only references that were matched to a work are listed" if rows else "some works are not there any more"
    if not work.listed:
        why = "OpenAlex matched none of its references, which does not mean that there are none"
    elif failure:
        why = f"{unresolved} of {work.listed} works could not be asked for: {failure}"
    elif unresolved:
        why += f"; {unresolved} of {work.listed} name no work any more"
    if state == "capped":
        why = f"no more than {MOST_REFERENCED} references are listed"
    said = CitationList(source, paper, state, rows, "references", work.listed)
    return ReadList(asked, said, why, failed=bool(failure))


def unread(asked: Record, source: Source, why: str, *, state: State = "failed", failed: bool = False) -> ReadList:
    """Nothing of a paper, and why."""
    return ReadList(asked, CitationList(source, asked, state, ()), why, failed)
