"""Coding sheets: a row a citation with what is known of its purpose, and how far two coders agree who filled it in."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...analysis.agreement import Agreement, agreement
from ...errors import InputError
from ...utils.csv_files import csv_text
from ...utils.encodings import decoded
from ...utils.files import LARGEST_TEXT, read_bytes
from ...utils.text import clipped, fold, for_terminal, one_line
from ..column import Column, pick_flat
from ..columns import CITATION_FACTS, REASON_FACTS
from ..contents import ExportedCitation
from ..selection import Selection
from ..wording import counted

CODERS = ("coder_1", "coder_2")
"""The columns in which the two coders write."""

_SENTENCES: Column[ExportedCitation] = Column(
    "sentences", "strings", "the citing sentences that sources quote", lambda c: c.sentences
)
COLUMNS: tuple[Column[ExportedCitation], ...] = (
    *pick_flat(CITATION_FACTS, "citing", "cited", "citing_name", "cited_name", "citing_year", "cited_year", "intents"),
    *pick_flat(REASON_FACTS, "reason", "reason_confidence", "reason_sections", "reason_text"),
    _SENTENCES.flat(" | "),
)
"""The columns that are filled in."""


def write(selection: Selection) -> dict[str, str]:
    """The sheet; `graph.exports.formats.coding` reads it when it has been filled in."""
    cells = [column.values(selection.citations) for column in COLUMNS]
    rows = [(*row, *(None for _ in CODERS), None) for row in zip(*cells, strict=True)]
    return {".csv": csv_text([*(column.name for column in COLUMNS), *CODERS, "note"], rows)}


Codes = Mapping[tuple[str, str], str]
"""The code that somebody gave each citation, citing -> cited, folded; citations without one are left out."""
_NEEDED = ("citing", "cited", *CODERS)
FEW = 30
"""With fewer citations the normal approximation of the interval says little."""
_SEPARATOR_LINE = re.compile(r"sep=.\n", re.IGNORECASE)
"""What Excel writes, or people for it, above the head."""
_SEPARATORS = ",;\t"
"""What spreadsheets write between two cells, by language."""


@dataclass(frozen=True, slots=True)
class CodedSheets:
    """The codes of two coders, side by side."""

    agreement: Agreement
    """On the citations that both have coded."""
    differing: tuple[tuple[str, str, str, str], ...]
    """The citations on which they do not agree: citing, cited, and the two codes."""
    only_one: int
    """How many citations one of the two has coded and the other has not."""


def compared_sheets(paths: Sequence[Path]) -> CodedSheets:
    """Compare two coders.

    Raises `InputError` when a sheet cannot be read, a citation stands twice in it, or there is no citation that both
    have coded.

    Parameters
    ----------
    paths : sequence of Path
        One sheet in which both columns are filled in; or two sheets, one of each coder.
    """
    first, second = _codes_of(paths)
    both = sorted(first.keys() & second.keys())
    if not both:
        raise InputError(
            "no citation is coded by both", where=" and ".join(map(str, paths)), remedy="fill in the same rows"
        )
    found = agreement([(first[arc], second[arc]) for arc in both])
    differing = tuple((*arc, first[arc], second[arc]) for arc in both if first[arc] != second[arc])
    return CodedSheets(found, differing, len(first.keys() ^ second.keys()))


def _codes_of(paths: Sequence[Path]) -> tuple[Codes, Codes]:
    if len(paths) > 1 and paths[0].exists() and paths[1].exists() and paths[0].samefile(paths[1]):
        raise InputError(
            "this is one sheet, named twice", where=str(paths[1]), remedy="name each coder's sheet, or it once"
        )
    sheets = [_read(path) for path in paths]
    if len(sheets) == 1:
        first, second = (sheets[0][coder] for coder in CODERS)
    else:  # each coder fills in a column of an own copy, the second one perhaps the first column
        first, second = sheets[0][CODERS[0]] or sheets[0][CODERS[1]], sheets[1][CODERS[1]] or sheets[1][CODERS[0]]
    for path, codes, column in zip((paths[0], paths[-1]), (first, second), CODERS, strict=True):
        if not codes:
            raise InputError(f"nothing is coded in the column {column}", where=str(path), remedy="fill it in")
    return first, second


def _read(path: Path) -> dict[str, dict[tuple[str, str], str]]:
    """The codes of both columns."""
    reader, before = _table(path)
    codes: dict[str, dict[tuple[str, str], str]] = {coder: {} for coder in CODERS}
    seen: set[tuple[str, str]] = set()
    faults: list[InputError] = []
    try:
        for row in reader:
            where = f"{path}, line {reader.line_num + before}"
            citing, cited = ((row[end] or "").strip() for end in ("citing", "cited"))
            if (citing, cited) == ("citing", "cited") or not any(map(_is_filled, row.values())):
                continue  # the head again, where sheets were joined; or a row that a spreadsheet left blank
            if not (citing and cited):
                faults.append(InputError("the row names no citation", where=where, remedy="fill in citing and cited"))
            elif (citing, cited) in seen:
                faults.append(InputError(f"{citing} -> {cited} is there again", where=where, remedy="leave one out"))
            seen.add((citing, cited))
            for coder in CODERS:
                code = fold(one_line(row[coder] or ""))
                if code:
                    codes[coder][citing, cited] = code
    except csv.Error as fault:
        where = f"{path}, line {reader.line_num + before}"
        faults.append(InputError(f"broken CSV: {fault}", where=where, remedy="check the quotes"))
    if faults:
        raise InputError.collected(faults)
    return codes


def _table(path: Path) -> tuple[csv.DictReader[str], int]:
    """The rows of a sheet with the columns that are needed, and how many lines stand above its head."""
    text, _ = decoded(read_bytes(path, most=LARGEST_TEXT), str(path))
    before = 1 if _SEPARATOR_LINE.match(text) else 0
    lines = text.split("\n")[before:]
    separator = max(_SEPARATORS, key=lines[0].count)
    reader = csv.DictReader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    try:
        reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
    except csv.Error as fault:
        raise InputError(
            f"broken CSV: {fault}", where=f"{path}, line {1 + before}", remedy="check the quotes"
        ) from None
    missing = [name for name in _NEEDED if name not in reader.fieldnames]
    if missing:
        raise InputError(
            f"no column {', '.join(missing)}",
            where=f"{path}, line {1 + before}",
            remedy="'lineage export coding' writes a sheet with them",
        )
    return reader, before


def _is_filled(cell: str | list[str] | None) -> bool:
    """Whether a cell has something in it; the cells behind the last column come as a list."""
    return any(map(str.strip, cell if isinstance(cell, list) else [cell or ""]))


def sheets_text(found: CodedSheets, *, top: int = 20) -> str:
    """How far the two agree, and on what they do not."""
    said, codes = found.agreement, found.agreement.codes
    coded = f"{counted(said.items, 'citation')} coded by both, with {counted(len(codes), 'code')}"
    lines = [f"{coded}; {found.only_one:,} coded by one alone, which do not count."]
    lines.append(f"Agreement: {said.observed:.1%}; by chance it would be {said.expected:.1%}.")
    if said.kappa is None or said.interval is None:
        lines.append("Cohen's kappa: not defined, because every citation has one and the same code.")
    else:
        low, high = said.interval
        lines.append(f"Cohen's kappa: {said.kappa:.3f}, 95 % interval {low:.3f} to {high:.3f}.")
        if said.items < FEW:
            lines.append(f"The interval is that of many citations; of fewer than {FEW} it says little.")
    if found.differing:
        lines += ["", f"{counted(len(found.differing), 'citation')} on which they differ:"]
    lines += [
        f"  {for_terminal(f'{citing} -> {cited}: {_short(one)} and {_short(other)}')}"
        for citing, cited, one, other in found.differing[:top]
    ]
    if len(found.differing) > top:
        lines.append(f"  and {len(found.differing) - top:,} more; --json has them all")
    return "\n".join(lines) + "\n"


def _short(code: str) -> str:
    return repr(clipped(code, 60))


def sheets_form(found: CodedSheets) -> dict[str, Any]:
    """The same as a JSON value."""
    said = found.agreement
    return {
        "items": said.items,
        "only_one": found.only_one,
        "codes": said.codes,
        "observed": round(said.observed, 6),
        "expected": round(said.expected, 6),
        "kappa": None if said.kappa is None else round(said.kappa, 6),
        "standard_error": None if said.standard_error is None else round(said.standard_error, 6),
        "interval": None if said.interval is None else [round(end, 6) for end in said.interval],
        "table": [{"first": one, "second": two, "items": n} for (one, two), n in sorted(said.table.items())],
        "differing": [
            {"citing": citing, "cited": cited, "first": one, "second": two}
            for citing, cited, one, two in found.differing
        ],
    }
