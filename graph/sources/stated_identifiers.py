"""Identifiers in the fields that services have for them, in whatever spelling they send."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from ..model.identifiers import SCHEMES, Identifier, identifier
from ..utils.person_names import same_person
from ..utils.text import normalised_title
from .records import Record

LONGEST = 2_000
_DOI_HEAD = re.compile(r"(?:(?:https?://)?(?:www\.|dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#$<>{}])")
_ENCODED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_SCHEME = re.compile(r"(?:doi|pmid|pmcid|openalex|omid|corpusid|acl|arxiv)\s*:\s*", re.IGNORECASE)
_MAX_YEARS_APART = 1


def stated(scheme: str, value: object) -> Identifier | None:
    r"""The identifier that a field of a scheme holds: bare, with its scheme, or as a link; None where it holds none.

    >>> print(stated("doi", "https://doi.org/10.1016/J.CELL.2018.12.015"), stated("doi", r"10.1007/978-3-1\_5."))
    doi:10.1016/j.cell.2018.12.015 doi:10.1007/978-3-1_5
    >>> print(stated("pmid", "https://pubmed.ncbi.nlm.nih.gov/11330823"), stated("openalex", "https://openalex.org/W7"))
    pmid:11330823 openalex:W7
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        return None
    text = "".join(value.split())
    if scheme == "doi":
        text = _ESCAPED.sub(r"\1", _DOI_HEAD.sub("", text, count=1))
        text = unquote(text) if _ENCODED.search(text) else text
    else:
        text = _SCHEME.sub("", text, count=1)
        text = text if scheme == "omid" else text.rstrip("/").rpartition("/")[2]
        text = text[text.index("br/") :] if scheme == "omid" and "br/" in text else text
    try:
        return identifier(scheme, text)
    except ValueError:
        return None


def in_order(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Each once, in the order in which a person would quote them."""
    return tuple(sorted(set(identifiers), key=lambda each: (SCHEMES.index(each.scheme), each.value)))


def described_alike(one: Record, other: Record) -> bool:
    """Whether two records state the same title, the same first author, and years that are one apart at most.

    What one of them does not state is no agreement.
    """
    return _comparison(one, other) == (True, True, True)


def described_apart(one: Record, other: Record) -> bool:
    """Whether two records state different titles, first authors, or years that are further apart."""
    return False in _comparison(one, other)


def _comparison(one: Record, other: Record) -> tuple[bool | None, bool | None, bool | None]:
    """Whether title, first author and year agree; None where one of the records does not state it."""
    years, others = _years(one), _years(other)
    return (
        normalised_title(one.title) == normalised_title(other.title) if one.title and other.title else None,
        same_person(one.authors[0], other.authors[0]) if one.authors and other.authors else None,
        min(abs(year - each) for year in years for each in others) <= _MAX_YEARS_APART if years and others else None,
    )


def _years(record: Record) -> set[int]:
    dates = {int(date[:4]) for date in (record.date, record.publication_date) if date}
    return dates | {record.year} if record.year else dates
