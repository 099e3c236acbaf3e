"""The rows of OpenCitations: one a citation, with all identifiers of a work in one field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...model.identifiers import Identifier
from ..http.outcomes import Malformed
from ..stated_dates import stated_date
from ..stated_identifiers import in_order, stated

_SIDES = ("citing", "cited")
_LONGEST = 20_000
_SCHEMES = ("omid", "doi", "pmid", "pmcid", "openalex", "arxiv")
_INDEX_MARK = re.compile(r"(?:\[[^\]\s]*\]|(?<!\S)[a-z]{2,20})\s*=>\s*", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]+):(.+)", re.IGNORECASE)
_IN_ONE_SPELLING = re.compile(
    r"doi:10\.\d{4,9}/[a-z0-9._/-]*[a-z0-9]|omid:br/06\d{1,30}|pmid:[1-9]\d{0,7}|openalex:W[1-9]\d{0,17}", re.ASCII
)
"""Identifiers that need no second look: nearly all, and there may be a million in an answer."""


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One citation: the identifiers of both works, and the date of the citing one."""

    citing: tuple[Identifier, ...]
    cited: tuple[Identifier, ...]
    date: str | None = None


def parse_rows(rows: Sequence[object]) -> tuple[tuple[CitationRow, ...], int]:
    """The rows of an answer, and how many of them name no two works."""
    found, unreadable = [], 0
    for row in rows:
        try:
            found.append(parse_row(row))
        except Malformed:
            unreadable += 1
    return tuple(found), unreadable


def parse_row(row: object) -> CitationRow:
    """One row; raises `Malformed` when it does not name two works."""
    if not isinstance(row, dict):
        raise Malformed("a row that is not an object")
    citing, cited = (identifiers_of(field) if isinstance(field := row.get(name), str) else () for name in _SIDES)
    if not citing or not cited:
        raise Malformed("a row that does not name two works")
    return CitationRow(citing, cited, stated_date(row.get("creation")))


@lru_cache(maxsize=64)  # one side is the same work in all rows of an answer
def identifiers_of(field: str) -> tuple[Identifier, ...]:
    """The identifiers in a field, which are those of one work: an article and its preprint have two DOIs there.

    >>> [str(each) for each in identifiers_of("omid:br/0612 doi:10.7717/PEERJ-CS.163 doi:10.7287/peerj.preprints.2v1")]
    ['doi:10.7287/peerj.preprints.2v1', 'doi:10.7717/peerj-cs.163', 'omid:br/0612']
    >>> [str(each) for each in identifiers_of("[COCI] => 10.1000/a; [POCI] => pmid:7")]
    ['doi:10.1000/a', 'pmid:7']
    """
    if len(field) > _LONGEST:
        return ()
    by_index = "=>" in field
    words = _INDEX_MARK.sub(" ", field).split()
    return in_order(filter(None, (_identifier(word.rstrip(";") if by_index else word) for word in words)))


def _identifier(word: str) -> Identifier | None:
    if _IN_ONE_SPELLING.fullmatch(word):
        return Identifier(*word.split(":", 1))
    if word.startswith("10."):
        return stated("doi", word)
    named = _NAMED.fullmatch(word)
    scheme = named[1].lower() if named else ""
    return stated(scheme, named[2]) if named and scheme in _SCHEMES else None
