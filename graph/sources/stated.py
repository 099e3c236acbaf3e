"""What the fields of services hold: identifiers, dates and texts, in whatever spelling they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from ..model.corpus import partial_date
from ..model.identifiers import SCHEMES, Identifier, identifier
from ..utils.decode import LONGEST_TEXT
from ..utils.markup import without_markup
from ..utils.person_names import same_person
from ..utils.text import MARKUP_SIGNS, normalised_title, one_line
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
    years, others = one.years, other.years
    return (
        normalised_title(one.title) == normalised_title(other.title) if one.title and other.title else None,
        same_person(one.authors[0], other.authors[0]) if one.authors and other.authors else None,
        min(abs(year - each) for year in years for each in others) <= _MAX_YEARS_APART if years and others else None,
    )


YEARS = range(1400, 2101)
"""Years in which a work can have been published; another one is a fault of the record."""


def stated_date(value: object) -> str | None:
    """The date of a field, as precise as it is written; None where it holds none, or one of a year that cannot be.

    >>> stated_date("2018-10"), stated_date("2018-13"), stated_date("0001-01-01"), stated_date(None)
    ('2018-10', None, None, None)
    """
    if not isinstance(value, str):
        return None
    try:
        date = partial_date(value)
    except ValueError:
        return None
    return date if int(date[:4]) in YEARS else None


def date_of_parts(value: object) -> str | None:
    """The date of a field of Crossref, as precise as it is stated; `[[null]]` states none.

    >>> date_of_parts({"date-parts": [[2019, 6, 31]]}), date_of_parts({"date-parts": [[None]]})
    ('2019-06', None)
    """
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = []
    for part in first[:3] if isinstance(first, list) else ():
        if isinstance(part, bool) or not str(part).isdecimal():
            break
        numbers.append(int(part))
    if not numbers or not 1000 <= numbers[0] < 2200:
        return None
    for length in range(len(numbers), 0, -1):
        try:
            return partial_date("-".join(f"{n:0{2 + 2 * (place == 0)}d}" for place, n in enumerate(numbers[:length])))
        except ValueError:
            continue
    return None


def shown_text(value: object) -> str | None:
    """The text of a field on one line, without the HTML, MathML and TeX that publishers write; None where it has none.

    A number is a text as well. One longer than any title, name or entry of a list is a fault of the record.

    >>> shown_text("CO&lt;sub&gt;2&lt;/sub&gt;\\n in cells"), shown_text(1984), shown_text(" "), shown_text(["a"])
    ('CO2 in cells', '1984', None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return None
    for _ in range(2):  # some references are escaped twice
        if MARKUP_SIGNS.search(value):
            value = without_markup(value)
    return one_line(value) or None
