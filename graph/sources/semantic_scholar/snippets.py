"""Snippets of full texts as the service writes them, without trusting any field."""

from __future__ import annotations

from typing import Any

import msgspec

from ...model.service_records import Passage
from ..http.bodies import value_of
from ..http.outcomes import Malformed
from .paper_rows import clean_text, digits

LONGEST_SNIPPET = 20_000
"""The service's snippets have some five hundred words; what is longer is none."""


class _OffsetJson(msgspec.Struct):
    start: int | None = None
    end: int | None = None


class _SnippetJson(msgspec.Struct, rename="camel"):
    text: str
    snippet_kind: str | None = None
    section: str | None = None
    snippet_offset: _OffsetJson | None = None


class _PaperJson(msgspec.Struct, rename="camel"):
    corpus_id: str | int | None = None
    title: str | None = None


class _RowJson(msgspec.Struct):
    snippet: _SnippetJson
    paper: _PaperJson | None = None


def parse_snippet(row: Any) -> Passage:
    """One snippet; raises `Malformed` for one without text, or with a field of another type than documented.

    >>> parse_snippet({"snippet": {"text": "It  works.", "snippetKind": "body"}, "paper": {"corpusId": "7"}}).corpus_id
    '7'
    """
    read = value_of(row, _RowJson)
    text, offset, paper = clean_text(read.snippet.text), read.snippet.snippet_offset, read.paper or _PaperJson()
    if text is None or len(text) > LONGEST_SNIPPET:
        raise Malformed("a snippet without a text of usual length")
    span = (offset.start, offset.end) if offset and offset.start is not None and offset.end is not None else None
    return Passage(
        text,
        title=clean_text(paper.title),
        corpus_id=digits(paper.corpus_id),
        kind=clean_text(read.snippet.snippet_kind),
        section=clean_text(read.snippet.section),
        span=span if span and 0 <= span[0] <= span[1] else None,
    )
