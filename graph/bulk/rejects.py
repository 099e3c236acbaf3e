"""Lines that are no rows of the release: found again, with their place and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError
from ..utils.files import json_lines, write_all
from ..utils.text import clipped
from .shards import CITATIONS, Openable, Shard, ShardText

_SHOWN = 2000
_MOST = 10_000
"""So many rejects of a shard are written out; all are counted."""
_PIECE = 1 << 24


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """How many rejects are too many: a count, or a part of all lines.

    >>> Allowance.parse("0.1%").allows(2, 1000), Allowance.parse("0").allows(1, 1000)
    (False, False)
    """

    count: int | None = None
    part: float = 0.0

    @classmethod
    def parse(cls, text: str) -> RejectLimit:
        """Read "100" or "0.1%".

        Raises
        ------
        InputError
            For anything else.
        """
        try:
            if text.endswith("%"):
                part = float(text[:-1]) / 100
                if not 0 <= part <= 1:
                    raise ValueError
                return cls(part=part)
            count = int(text)
            if count < 0:
                raise ValueError
            return cls(count=count)
        except ValueError:
            raise InputError(f"--max-rejects {text!r} is no number", remedy="write 100, or 0.1%") from None

    def allows(self, rejects: int, lines: int) -> bool:
        """Whether so many of so many lines may be no rows."""
        return rejects <= (self.count if self.count is not None else self.part * lines)


def write_rejects(folder: Path, shard: Shard) -> None:
    """Write the rejects of a shard to `folder`, where it has any."""
    if text := rejects_of(shard, Path(shard.path)):
        write_all(folder, {rejects_file(shard): text})


def rejects_file(shard: Shard) -> str:
    """The name of the file with the rejects of a shard."""
    return f"{shard.label}.rejects.jsonl"


def rejects_of(shard: Shard, path: Openable) -> str:
    """The rejects of a shard: line number, fault and text, one object a line.

    Reads the shard once more, which only those with rejects need.
    """
    fault_of = _citation_fault if shard.kind == CITATIONS else _paper_fault
    rows: list[dict[str, Any]] = []
    for number, line in _lines(path):
        if line.strip() and (why := fault_of(line)) and len(rows) < _MOST:
            text = clipped(line.decode("utf-8", "replace").rstrip("\n"), _SHOWN)
            rows.append({"shard": shard.name, "line": number, "why": why, "text": text})
    return json_lines(rows)


def _lines(path: Openable) -> Iterator[tuple[int, bytes]]:
    number = 0
    with ShardText(path) as text:
        while not text.ended:
            for line in b"".join(text.lines(_PIECE)).split(b"\n"):
                number += 1
                yield number, line
            number -= 1  # what follows the last line end is no line


class _Citation(msgspec.Struct):
    citingcorpusid: Any = None
    citedcorpusid: Any = None
    isinfluential: Any = None


class _Paper(msgspec.Struct):
    corpusid: Any = None


_read_citation = msgspec.json.Decoder(_Citation).decode
_read_paper = msgspec.json.Decoder(_Paper).decode


def _citation_fault(line: bytes) -> str | None:
    return _fault(line, _read_citation, _wrong_citation)


def _paper_fault(line: bytes) -> str | None:
    return _fault(line, _read_paper, lambda row: None if _is_id(row.corpusid) else "corpusid is no number")


def _fault(line: bytes, read: Callable[[bytes], Any], wrong: Callable[[Any], str | None]) -> str | None:
    try:
        return wrong(read(line))
    except msgspec.DecodeError as fault:
        return f"no JSON object ({fault})"


def _wrong_citation(row: _Citation) -> str | None:
    if not _is_id(row.citingcorpusid):
        return "citingcorpusid is no number"
    if row.citedcorpusid is not None and not _is_id(row.citedcorpusid):
        return "citedcorpusid is neither a number nor null"
    return None if isinstance(row.isinfluential, bool) else "isinfluential is neither true nor false"


def _is_id(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and value.strip().lstrip("-").isdigit())
