"""What a record states that cannot be so, and identifiers that a service matched and that are another paper's.

What cannot be so is unknown: an identifier cut short, a year read out of a number. Crossref matches the printed
references that came without a DOI. Sometimes it finds a reprint, or another chapter of the same book. The year and the
first author of the entry then speak against the paper of that DOI.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model.entities import Paper
from ..model.identifiers import Identifier, is_whole
from ..utils.person_names import named_author
from ..utils.text import words
from .clusters import MAX_YEAR_GAP
from .published_versions import compared_identifiers, is_impostor
from .records import CitationList, Record

_PAGES = re.compile(r"(?:[,.;]?\s{1,3}pp?\.?|,\s{0,3}pages?)$")
_ACL_YEAR = re.compile(r"[A-Z](\d{2})-(\d{4})")
_SPEAKERS = frozenset(words("I Im me my mine myself you your yours youre yourself"))
_ASKS = re.compile(
    r"(?:wh(?:at|ich|om?|ose|y|en|ere)|how|can|(?:c|w|sh)ould|do|does|did|is|are|will)\b.*\?", re.IGNORECASE
)
_TRANSCRIPT = re.compile(
    r"\W{0,3}(?:observation|thought|action(?: input)?|(?:in|out)put|user|assistant|system|prompt|answer|question)\s?:",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-z].*[.,;]\s")
_LONGEST_WORD = 40
_YEARS = range(1, 10_000)
"""The years that a date can have."""
_OF_PAPERS = frozenset({"arxiv", "doi", "acl", "pmid", "pmcid"})


def checked(record: Record) -> Record:
    """The record without what cannot be so.

    >>> from graph.model.identifiers import identifier
    >>> cut = Record("r", (identifier("doi", "10.18653/v1/"),), "Designing evaluations, pp", year=2021)
    >>> checked(cut).identifiers, checked(cut).title, checked(cut).year
    ((), 'Designing evaluations', 2021)
    >>> checked(Record("r", authors=("Sid Black", "et al."), authors_complete=True)).authors
    ('Sid Black',)
    """
    whole = _not_impostors(tuple(each for each in record.identifiers if is_whole(each)))
    title = _PAGES.sub("", record.title) or record.title if record.title else record.title
    year = record.year if record.year in _YEARS and not _is_a_number_of(record.year, whole) else None
    record = _without_other_authors(record)
    if (whole, title, year) == (record.identifiers, record.title, record.year):
        return record
    return replace(record, identifiers=whole, title=title, year=year)


def _without_other_authors(record: Record) -> Record:
    """Without "et al." among its authors: it names nobody, and says that not all of them are named."""
    named = tuple(map(named_author, record.authors))
    if named == record.authors:
        return record
    ids = tuple(id_ for name, id_ in zip(named, record.author_ids, strict=False) if name)
    return replace(record, authors=tuple(filter(None, named)), author_ids=ids, authors_complete=False)


def _not_impostors(identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    """Without the DOI of an impostor, where another identifier says which paper the record is of."""
    of_paper = any(each.scheme in _OF_PAPERS and not is_impostor(each) for each in identifiers)
    return tuple(each for each in identifiers if not is_impostor(each)) if of_paper else identifiers


def _is_a_number_of(year: int | None, identifiers: tuple[Identifier, ...]) -> bool:
    """Whether a year is the number of a paper: 2012 of ``D18-2012``, which is a paper of 2018."""
    acl = [match for each in compared_identifiers(identifiers) if (match := _ACL_YEAR.fullmatch(each.value))]
    return any(int(match[2]) == year and int(match[1]) != year % 100 for match in acl)


def why_no_paper(paper: Paper) -> str | None:
    """Why a paper looks like a piece of text that a source took for a reference; None if it does not.

    Nothing is known of it but its title, and that reads like speech, a question, a transcript or a formula.

    >>> why_no_paper(Paper("x", "How would you evade detection?"))
    'no author, venue, year, arXiv identifier or DOI, and a title that asks a question'
    >>> why_no_paper(Paper("x", "How would you evade detection?", date="2023")) is None
    True
    """
    identified = any(each.scheme in _OF_PAPERS for each in paper.identifiers)
    known = paper.authors or paper.venue or paper.date or identified
    form = None if known or not paper.title else _odd_form(paper.title)
    return form and f"no author, venue, year, arXiv identifier or DOI, and a title that {form}"


def _odd_form(title: str) -> str | None:
    """What a title does that titles of papers hardly ever do."""
    spoken = words(title.replace("'", "").replace("\u2019", ""))
    signs = (
        (_TRANSCRIPT.match(title), "is a line of a transcript"),
        (_ASKS.match(title), "asks a question"),
        (not _SPEAKERS.isdisjoint(spoken), "speaks to a reader"),
        (title.count('"') % 2 or title.endswith("\\"), "breaks off in a quotation"),
        (_GOES_ON.match(title), "begins within a sentence"),
        (any(len(word) > _LONGEST_WORD and word.isascii() for word in title.split()), "has a word like a formula"),
    )
    return next((what for found, what in signs if found), None)


@dataclass(slots=True)
class _Stated:
    """What records that state an identifier themselves say of its paper: parts of first authors' names, and years."""

    names: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, record: Record) -> None:
        self.names |= record.first_author_parts
        self.years |= record.years


def without_wrong_matches(lists: Sequence[CitationList], records: Iterable[Record] = ()) -> list[CitationList]:
    """The lists, with no matched identifier that the entry's own year or first author contradicts.

    Such a row keeps its title, if it has one; without a title it names no paper any more, and is only counted. An
    identifier is judged by what all records say of it that state it themselves. Linear in the rows.
    """
    if not any(row.matched for each in lists for row in each.rows):
        return list(lists)
    known: defaultdict[Identifier, _Stated] = defaultdict(_Stated)
    stated = (row.record for each in lists for row in each.rows if not row.matched)
    for record in (*records, *(each.paper for each in lists), *stated):
        for identifier in record.identifiers:
            known[identifier].add(record)
    return [_checked(each, known) for each in lists]


def _checked(each: CitationList, known: Mapping[Identifier, _Stated]) -> CitationList:
    rows = []
    for row in each.rows:
        if not (row.matched and _is_wrong(row.record, known)):
            rows.append(row)
        elif row.record.title:
            rows.append(replace(row, record=replace(row.record, identifiers=())))
    return each if rows == list(each.rows) else replace(each, rows=tuple(rows), row_count=each.listed)


def _is_wrong(record: Record, known: Mapping[Identifier, _Stated]) -> bool:
    """Whether the entry's own first author or year speaks against the paper of one of its identifiers."""
    own = record.first_author_parts
    for stated in filter(None, map(known.get, record.identifiers)):
        if own and stated.names and own.isdisjoint(stated.names):
            return True
        if record.year and stated.years and min(abs(record.year - year) for year in stated.years) > MAX_YEAR_GAP:
            return True
    return False
