"""What a source says of one paper: retracted, corrected, put back. Who is accused of what is left out."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from ...model.identifiers import Identifier, identifier
from ...model.notices import Nature

_PARTS = re.compile(r"\s*[;,|]?\s+|[;,|](?=(?:https?://|doi:|10\.\d))", re.IGNORECASE)
SourceKind = Literal["retraction_watch", "crossref"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One notice, by the identifiers of the paper that it is about.

    Attributes
    ----------
    kind : str
        The source: "retraction_watch" or "crossref".
    observed : str
        The day as of which the source says so.
    nature, stated, date, record, notice, asserter
        See `graph.model.notices.Notice`.
    doi, pmid : Identifier or None
        Of the paper, not of the notice.
    """

    kind: SourceKind
    observed: str
    nature: Nature
    doi: Identifier | None = None
    pmid: Identifier | None = None
    date: str | None = None
    record: str | None = None
    notice: str | None = None
    asserter: str | None = None
    stated: str | None = None


def doi_of(text: str) -> Identifier | None:
    """The DOI that a cell holds, with whatever stands around it; None for "unavailable", junk, and part of one.

    >>> str(doi_of(" https://doi.org/10.5555/(sici)1%3C1::aid%3E3.0.co;2-x "))
    'doi:10.5555/(sici)1<1::aid>3.0.co;2-x'
    >>> doi_of("unavailable"), doi_of("xx10.5555/old-junk"), doi_of("10.5555/")
    (None, None, None)
    """
    value = unquote(" ".join(text.split())).replace("\\_", "_")
    value = re.sub(r"^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)?(?:doi:\s*)?", "", value, flags=re.IGNORECASE)
    try:
        return identifier("doi", value) if " " not in value else None
    except ValueError:
        return None


def dois_of(text: str) -> tuple[Identifier, ...]:
    """The DOIs that a cell holds, each once; people put several into one.

    A semicolon or a comma parts them only before what begins a DOI: both may be signs of one.

    >>> [each.value for each in dois_of("10.5555/a;2-b; https://doi.org/10.5555/C,10.5555/d")]
    ['10.5555/a;2-b', '10.5555/c', '10.5555/d']
    """
    found = map(doi_of, _PARTS.split(text))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def pmid_of(text: str) -> Identifier | None:
    """The PubMed id that a cell holds, also as a program for numbers leaves it; 0 is none.

    >>> str(pmid_of("37476288.0")), pmid_of("0.0"), pmid_of("")
    ('pmid:37476288', None, None)
    """
    match = re.fullmatch(r"0*([1-9]\d{0,7})(?:\.0+)?", text.strip())
    return identifier("pmid", match[1]) if match else None


def date_of(text: str) -> str | None:
    """The day of an American date, month first, or of an ISO date; None for anything else, and for no such day.

    >>> date_of("7/12/2023 0:00"), date_of("2023-07-12"), date_of("31/12/2023"), date_of("0/0/0")
    ('2023-07-12', '2023-07-12', None, None)
    """
    american = re.match(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(?:\s|$)", text)
    iso = re.match(r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T\s]|$)", text)
    parts = (american[3], american[1], american[2]) if american else iso.groups() if iso else None
    try:
        return datetime.date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None
