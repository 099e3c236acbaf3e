"""Statements from a file: Retraction Watch's CSV, or answers of Crossref as JSON or as JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ...errors import InputError
from ...utils.decode import decode_json
from .crossref_updates import read_crossref_updates, works_in
from .retraction_watch import looks_like_retraction_watch, read_retraction_watch
from .statements import Statement


@dataclass(frozen=True, slots=True)
class StatedNotices:
    """What a file says.

    Attributes
    ----------
    format : str
        For people.
    statements : tuple of Statement
    unnamed : int
        How many rows name a paper by neither a DOI nor a PubMed id.
    """

    format: str
    statements: tuple[Statement, ...]
    unnamed: int = 0


def read_notices(data: bytes, where: str, observed: str) -> StatedNotices:
    """The statements of a file; `observed` is the day as of which it holds.

    Raises `InputError` for a file of another kind, and for a broken one.
    """
    if looks_like_retraction_watch(data):
        statements, unnamed = read_retraction_watch(data, where, observed)
        return StatedNotices("Retraction Watch", tuple(statements), unnamed)
    value = _json(data)
    works = list(works_in(value))
    if not works:
        raise InputError(
            "neither Retraction Watch's CSV nor works of Crossref", where=where,
            remedy="give retraction_watch.csv, or an answer of https://api.crossref.org/works as JSON",
        )  # fmt: skip
    return StatedNotices("Crossref", tuple(read_crossref_updates(value, observed)))


def _json(data: bytes) -> object:
    """A JSON value, or those of all lines; None where it is neither."""
    text = data.decode("utf-8-sig", "replace")
    try:
        return decode_json(text)
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
