"""Works and their references as Crossref writes them, without trusting any field.

A field of another form than documented is left out. A reference that cannot be read is still an entry, and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.identifiers import Identifier, identifiers_in
from ...utils.person_names import without_others
from ..http.outcomes import Malformed
from ..published_versions import is_impostor
from ..retractions.statements import Statement, statements_of
from ..stated import date_of_parts, shown_text, stated

_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_TWINS = ("is-preprint-of", "has-preprint")
_NO_TITLE_WITH = ("journal-title", "first-page", "issue")
"""Fields of a part of something: there ``volume-title`` is the title of the whole."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a deposited list.

    `matched` says that Crossref found the DOI itself, from the text of the entry; else the publisher sent it. `empty`
    says that the entry has nothing but its key.
    """

    key: str
    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    author: str | None = None
    year: int | None = None
    matched: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What Crossref says of one work.

    `references` is None where the answer does not say anything of them, and `stated` the number that it states. `twins`
    are the preprint of an article and the article of a preprint. `notices` are its update notices, whose day is that of
    the answer.
    """

    doi: Identifier
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    venue: str | None = None
    twins: tuple[Identifier, ...] = ()
    stated: int | None = None
    references: tuple[Reference, ...] | None = None
    notices: tuple[Statement, ...] = ()


def parse_work(row: object) -> Work:
    """One work; raises `Malformed` when it has no DOI, without which it is about nothing that was asked."""
    if not isinstance(row, dict):
        raise Malformed("a work that is not an object")
    doi = stated("doi", row.get("DOI"))
    if doi is None:
        raise Malformed("a work without a DOI")
    rows, count = row.get("reference"), _count(row.get("reference-count", row.get("references-count")))
    listed = tuple(map(parse_reference, rows)) if isinstance(rows, list) else None
    return Work(
        doi,
        title=_title(row.get("title")),
        authors=tuple(_authors(row.get("author"))),
        date=date_of_parts(row.get("published")) or date_of_parts(row.get("issued")),
        venue=_title(row.get("container-title")),
        twins=tuple(_twins(row.get("relation"))),
        stated=count,
        references=() if listed is None and count == 0 else listed,
        notices=tuple(dict.fromkeys(statements_of(row, ""))),
    )


def parse_reference(row: object) -> Reference:
    """One entry of a list; what cannot be read is an entry with nothing but its key."""
    if not isinstance(row, dict):
        return Reference("", empty=True)
    fields = {name: text for name, value in row.items() if (text := shown_text(value))}
    key = fields.pop("key", "")
    doi, printed = stated("doi", row.get("DOI")), fields.get("unstructured", "")
    if doi is not None and is_impostor(doi):
        doi = None
    found = (doi,) if doi is not None else tuple(_announced(printed))
    title = fields.get("article-title")
    if title is None and not any(name in fields for name in _NO_TITLE_WITH):
        title = fields.get("volume-title")
    author = without_others(fields.get("author", ""))
    year = _YEAR.match(fields.get("year", ""))
    return Reference(
        key,
        found,
        title=title,
        author=author or None,
        year=int(year[0]) if year else None,
        matched=doi is not None and row.get("doi-asserted-by") != "publisher",
        empty=not found and not fields.keys() - {"DOI", "doi-asserted-by"},
    )


def _announced(printed: str) -> Iterator[Identifier]:
    """The identifiers that the text of an entry announces, where they can only be those of one work."""
    found = [each for each in identifiers_in(printed) if not is_impostor(each)]
    if len({each.scheme for each in found}) == len(found):
        yield from (each for each in found if each.scheme in ("arxiv", "doi", "acl"))


def _title(value: object) -> str | None:
    """The first title of a list of them."""
    titles = value if isinstance(value, list) else [value]
    return next(filter(None, map(shown_text, titles)), None)


def _authors(rows: object) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            parts = [shown_text(row.get(name)) for name in ("given", "family", "suffix")]
            name = " ".join(filter(None, parts)) or shown_text(row.get("name"))
            if name:
                yield name


def _twins(relation: object) -> Iterator[Identifier]:
    for name in _TWINS:
        rows = relation.get(name) if isinstance(relation, dict) else None
        for row in rows if isinstance(rows, list) else ():
            doi = stated("doi", row.get("id")) if isinstance(row, Mapping) and row.get("id-type") == "doi" else None
            if doi is not None and not is_impostor(doi):
                yield doi


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
