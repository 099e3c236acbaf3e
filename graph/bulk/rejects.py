"""Rejects: lines that are no rows of a release, with their line numbers and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError
from ..utils.files import json_lines, write_all
from ..utils.text import clipped
from .shards import CITATIONS, Openable, Shard, ShardText

_MAX_TEXT = 2000
"""How much of a rejected line is written out."""
_MAX_WRITTEN = 10_000
"""How many rejects of a shard are written out; all are counted."""
_PIECE_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """The most rejects that are allowed: a count, or a fraction of all lines.

    >>> RejectLimit.parse("0.1%").allows(2, 1000), RejectLimit.parse("0").allows(1, 1000)
    (False, False)
    """

    count: int | None = None
    fraction: float = 0.0

    @classmethod
    def parse(cls, text: str) -> RejectLimit:
        """Read "100" or "0.1%"; raises `InputError` for anything else."""
        try:
            if text.endswith("%"):
                fraction = float(text[:-1]) / 100
                if not 0 <= fraction <= 1:
                    raise ValueError
                return cls(fraction=fraction)
            count = int(text)
            if count < 0:
                raise ValueError
            return cls(count=count)
        except ValueError:
            raise InputError(f"--max-rejects {text!r} is not a number", remedy="write 100, or 0.1%") from None

    def allows(self, rejects: int, lines: int) -> bool:
        """Whether this many rejects among this many lines are allowed."""
        return rejects <= (self.count if self.count is not None else self.fraction * lines)


def write_rejects(folder: Path, shard: Shard) -> None:
    """Write the rejects of a shard to `folder`, if there are any."""
    if text := rejects_of(shard, Path(shard.path)):
        write_all(folder, {rejects_file(shard): text})


def rejects_file(shard: Shard) -> str:
    """The name of the file with the rejects of a shard."""
    return f"{shard.label}.rejects.jsonl"


def rejects_of(shard: Shard, file: Openable) -> str:
    """The rejects of a shard as JSON lines: line number, what is wrong, and the text.

    Reads the whole shard once more, so call it only for a shard that has rejects.
    """
    kind, row_fault = (_Citation, _citation_fault) if shard.kind == CITATIONS else (_Paper, _paper_fault)
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)

    def fault_of(line: bytes) -> str | None:
        try:
            return row_fault(decoder.decode(line))
        except msgspec.DecodeError as fault:
            return f"not a JSON object ({fault})"

    rows: list[dict[str, Any]] = []
    for number, line in _numbered_lines(file):
        if line.strip() and (why := fault_of(line)) and len(rows) < _MAX_WRITTEN:
            text = clipped(line.decode("utf-8", "replace").rstrip("\n"), _MAX_TEXT)
            rows.append({"shard": shard.name, "line": number, "why": why, "text": text})
    return json_lines(rows)


def _numbered_lines(file: Openable) -> Iterator[tuple[int, bytes]]:
    number = 0
    with ShardText(file) as text:
        while not text.at_end:
            for line in b"".join(text.blocks_of_lines(_PIECE_BYTES)).split(b"\n"):
                number += 1
                yield number, line
            number -= 1  # the empty text after the last line end is not a line


class _Citation(msgspec.Struct):
    citingcorpusid: Any = None
    citedcorpusid: Any = None
    isinfluential: Any = None


class _Paper(msgspec.Struct):
    corpusid: Any = None


def _paper_fault(row: _Paper) -> str | None:
    return None if _is_id(row.corpusid) else "corpusid is not a number"


def _citation_fault(row: _Citation) -> str | None:
    if not _is_id(row.citingcorpusid):
        return "citingcorpusid is not a number"
    if row.citedcorpusid is not None and not _is_id(row.citedcorpusid):
        return "citedcorpusid is neither a number nor null"
    return None if isinstance(row.isinfluential, bool) else "isinfluential is neither true nor false"


def _is_id(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and value.strip().lstrip("-").isdigit())
