"""What a record states that cannot be so is unknown: an identifier cut short, a year read out of a number.

And what a source lists that looks like no paper at all is a doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..model.entities import Paper
from ..model.identifiers import Identifier, is_whole
from ..utils.text import words
from .published_versions import compared_identifiers, is_impostor
from .records import Record

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
    """
    whole = _not_impostors(tuple(each for each in record.identifiers if is_whole(each)))
    title = _PAGES.sub("", record.title) or record.title if record.title else record.title
    year = record.year if record.year in _YEARS and not _is_a_number_of(record.year, whole) else None
    if (whole, title, year) == (record.identifiers, record.title, record.year):
        return record
    return replace(record, identifiers=whole, title=title, year=year)


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
