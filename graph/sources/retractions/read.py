"""Statements from a file: Retraction Watch's CSV, or answers of Crossref as JSON or as JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import BinaryIO

from ...errors import InputError
from ...utils.decode import decode_json
from ...utils.parts_file import with_start
from .crossref_updates import read_crossref_updates, works_in
from .retraction_watch import (
    ADDRESS,
    HEAD,
    BrokenTable,
    looks_like_retraction_watch,
    read_retraction_watch,
)
from .statements import Statement

LARGEST_JSON = 256 << 20
"""How many bytes answers of Crossref may have in one file."""


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


def read_notices(file: BinaryIO, where: str, observed: str) -> StatedNotices:
    """The statements of a file; `observed` is the day as of which it holds.

    Of a table nothing but its statements is held, and a row while it is read. Raises `InputError` for a file of another
    kind, and for a broken one.
    """
    head = file.read(HEAD)
    rest = with_start(head, file)
    if looks_like_retraction_watch(head):
        return _of_table(rest, where, observed)
    data = rest.read(LARGEST_JSON + 1)
    if len(data) > LARGEST_JSON:
        what = f"not Retraction Watch's CSV, and of more than {LARGEST_JSON:,} bytes"
        raise InputError(what, where=where, remedy="split it")
    value = _json(data)
    works = list(works_in(value))
    if not works:
        raise InputError(
            "neither Retraction Watch's CSV nor works of Crossref", where=where,
            remedy="give retraction_watch.csv, or an answer of https://api.crossref.org/works as JSON",
        )  # fmt: skip
    return StatedNotices("Crossref", tuple(read_crossref_updates(value, observed)))


def _of_table(table: BinaryIO, where: str, observed: str) -> StatedNotices:
    rows = 0
    statements: list[Statement] = []
    unnamed = 0
    remedy = f"get the file anew from {ADDRESS}"
    try:
        for stated in read_retraction_watch(table, observed):
            rows += 1
            unnamed += not stated
            statements += stated
    except BrokenTable as fault:
        raise InputError(str(fault), where=f"{where}, line {fault.line}", remedy=remedy) from None
    if not rows:
        raise InputError("no row about a paper", where=where, remedy=remedy)
    return StatedNotices("Retraction Watch", tuple(statements), unnamed)


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
