"""Works of Crossref as the lists and records that every source becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...model.corpus import Source, State
from ...utils.person_names import name_parts, same_person
from ...utils.text import normalised_title, plural
from ..citation_service import ReadList
from ..records import CitationList, ListRow, Record
from .numbering import Numbering, numbering_of
from .works import Reference, Work


def read_list(asked: Record, work: Work, source: Source) -> ReadList:
    """What Crossref says of the references of a paper.

    Every entry counts; one that has neither an identifier nor a title names no paper, and is no row. A paper's mention
    of itself is no citation.
    """
    entries = work.references or ()
    numbering = numbering_of([entry.key for entry in entries]) if entries else Numbering()
    record = record_of(work, source)
    if is_another_paper(asked, record):
        described = f"{record.title} ({record.authors[0]})"
        return ReadList(asked, CitationList(source, asked, "failed", ()), f"{work.doi} is another paper: {described}")
    rows = tuple(_rows(work, record, numbering))
    state, why = state_of(work, numbering)
    said = CitationList(source, record, state, rows, "references", len(entries))
    return ReadList(
        asked, said, why, notices=tuple(replace(each, observed=source.observed or "") for each in work.notices)
    )


def is_another_paper(asked: Record, found: Record) -> bool:
    """Whether title and first author of a work both speak against the paper that its DOI was asked for.

    Another service may have given a paper the DOI of another one. A title alone may be a translation, or a part.
    """
    titles = normalised_title(asked.title or ""), normalised_title(found.title or "")
    if not all(titles) or titles[0].startswith(titles[1]) or titles[1].startswith(titles[0]):
        return False
    authors = [each.authors[0] for each in (asked, found) if each.authors and name_parts(each.authors[0])]
    return len(authors) > 1 and not same_person(*authors)


def record_of(work: Work, source: Source) -> Record:
    """The record of a work; the preprint of an article is the same paper, because Crossref says so."""
    return Record(
        record_id=f"{source.id}/{work.doi}",
        identifiers=tuple(dict.fromkeys((work.doi, *work.twins))),
        title=work.title,
        authors=work.authors,
        authors_complete=bool(work.authors),
        year=int(work.date[:4]) if work.date else None,
        publication_date=work.date,
        venue=work.venue,
    )


def state_of(work: Work, numbering: Numbering) -> tuple[State, str]:
    """How much of the printed list is there, and why not all of it.

    It is complete when every entry says something beside its key, and the numbers have no gap. Nothing deposited is not
    the same as no references.
    """
    entries = work.references
    if entries is None:
        return "partial", "the answer says nothing of its references"
    if not entries:
        return "partial", "the publisher deposited none, which does not mean that there are none"
    if work.stated is not None and work.stated != len(entries):
        return "partial", f"it is said to have {_entries(work.stated)}"
    empty = sum(entry.empty for entry in entries)
    if empty:
        return "partial", f"{_entries(empty)} sent without content"
    if numbering.gap:
        return "partial", "the numbers of the entries have gaps, or do not show that there are none"
    without = sum(not entry.identifiers for entry in entries)
    return "complete", f"{_entries(without)} without an identifier" if without else ""


def _entries(count: int) -> str:
    return f"{count} {plural(count, 'entry')}"


def _rows(work: Work, record: Record, numbering: Numbering) -> Iterator[ListRow]:
    numbers = numbering.numbers or (None,) * len(work.references or ())
    for place, (entry, number) in enumerate(zip(work.references or (), numbers, strict=True)):
        if not (entry.identifiers or entry.title) or work.doi in entry.identifiers:
            continue
        yield ListRow(_record_of_entry(entry, f"{record.record_id}#{place}"), number, matched=entry.matched)


def _record_of_entry(entry: Reference, record_id: str) -> Record:
    record = Record(record_id, entry.identifiers, title=entry.title, year=entry.year)
    return replace(record, authors=(entry.author,)) if entry.author else record
