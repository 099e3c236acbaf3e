"""Authors as the service writes them, without trusting any field."""

from __future__ import annotations

from typing import Any

import msgspec

from ...model.service_records import AuthorRecord
from ..http.bodies import value_of
from .paper_rows import clean_text, digits


class _AuthorJson(msgspec.Struct, rename="camel"):
    name: str | None = None
    affiliations: list[Any] | None = None
    homepage: str | None = None
    paper_count: int | str | None = None
    citation_count: int | str | None = None
    h_index: int | str | None = None


def parse_author(id_: str, row: Any) -> AuthorRecord:
    """The author of an id; raises `Malformed` for a field of another type than documented.

    >>> parse_author("7", {"name": "Ann", "affiliations": [None, "A  Lab"], "paperCount": "12"})
    AuthorRecord(id='7', name='Ann', affiliations=('A Lab',), homepage=None, papers=12, citations=None, h_index=None)
    """
    read = value_of(row, _AuthorJson)
    return AuthorRecord(
        id_,
        clean_text(read.name),
        tuple(text for each in read.affiliations or () if isinstance(each, str) and (text := clean_text(each))),
        clean_text(read.homepage),
        _count(read.paper_count),
        _count(read.citation_count),
        _count(read.h_index),
    )


def _count(value: int | str | None) -> int | None:
    """A count, which the service documents as a text and sends as a number."""
    text = digits(value)
    return None if text is None else int(text)
