"""What a source says of one paper: retracted, corrected, put back; and the update notices in records of Crossref.

Who is accused of what is left out. Crossref has ``updated-by`` on a paper, and ``update-to`` on a notice.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote

from ...model.identifiers import Identifier, identifier
from ...model.notices import Nature
from ...utils.text import one_line
from ..stated import date_of_parts

_PARTS = re.compile(r"\s*[;,|]?\s+|[;,|](?=(?:https?://|doi:|10\.\d))", re.IGNORECASE)
SourceKind = Literal["retraction_watch", "crossref"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One notice, by the identifiers of the paper that it is about; for the other fields see `Notice`."""

    kind: SourceKind
    observed: str
    """The day as of which the source says so."""
    nature: Nature
    doi: Identifier | None = None
    pmid: Identifier | None = None
    """Of the paper, not of the notice."""
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


_NATURES: Mapping[str, Nature] = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), "retraction"),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), "correction"),
    "expression_of_concern": "expression_of_concern",
    "reinstatement": "reinstatement",
}
_NO_NOTICES = frozenset({"new_version", "new_edition", "interim_revision"})
_DEEPEST = 8
_LONGEST = 300


def read_crossref_updates(value: Any, observed: str) -> list[Statement]:
    """The statements of an answer of Crossref, or of several: a work, a list of works, or what holds such.

    Each is read to its end, for a correction may stand before a retraction; a notice that stands twice counts once
    for each who told it. `observed` is the day as of which they hold.

    >>> work = {"DOI": "10.5555/A", "updated-by": [{"DOI": "10.5555/n", "type": "retraction", "source": "publisher"}]}
    >>> found = read_crossref_updates({"message": work}, "2026-11-30")[0]
    >>> found.nature, str(found.doi), found.notice, found.asserter
    ('retraction', 'doi:10.5555/a', '10.5555/n', 'publisher')
    """
    return list(dict.fromkeys(each for work in works_in(value) for each in statements_of(work, observed)))


def works_in(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The records of works in an answer, however it is wrapped."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from works_in(each, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("DOI"), str):
            yield value
        else:
            for name in ("message", "items", "body"):
                yield from works_in(value.get(name), depth + 1)


def statements_of(work: Mapping[str, Any], observed: str) -> Iterator[Statement]:
    """The statements of one work: about itself, and about the papers that it is a notice on."""
    own = doi_of(work["DOI"])
    for update in _updates(work, "updated-by"):
        yield from _statement(update, observed, about=own, notice=doi_of(_text(update, "DOI")))
    for update in _updates(work, "update-to"):
        yield from _statement(update, observed, about=doi_of(_text(update, "DOI")), notice=own)


def _updates(work: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    updates = work.get(name)
    return [each for each in updates if isinstance(each, dict)] if isinstance(updates, list) else []


def _statement(update: Mapping[str, Any], observed: str, *, about: Any, notice: Any) -> Iterator[Statement]:
    stated = one_line(_text(update, "type")).casefold().replace(" ", "_").replace("-", "_")
    if about is None or stated in _NO_NOTICES:
        return
    nature = _NATURES.get(stated, "notice")
    record = update.get("record-id")
    same_word = stated == nature
    yield Statement(
        "crossref",
        observed,
        nature,
        about,
        None,
        date_of_parts(update.get("updated")),
        one_line(str(record)) if isinstance(record, str | int) and str(record).strip() else None,
        notice.value if notice is not None else None,
        one_line(_text(update, "source")) or None,
        None if same_word else stated or None,
    )


def _text(update: Mapping[str, Any], name: str) -> str:
    value = update.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""
