"""Tables as CSV that spreadsheets open without harm, and that programs read back as they were."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ..errors import InputError
from .files import read_text

Content = TypeVar("Content", str, str | bytes)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, and what is escaped already, so that `unescape_formula` gives back either."""
_FORMULA_BEGINS = frozenset("'=+-@\t\r")
"""The characters with which these begin: most texts begin with another, and need no pattern."""


def read_csv(
    path: Path, columns: Sequence[str], *, or_columns: Sequence[str] | None = None
) -> list[tuple[str, dict[str, str | None]]]:
    """The rows of a CSV file with exactly these columns, or those, each with its place; an empty cell is None.

    A place is "refs.csv, line 7". Raises `InputError` for a missing column or rows of the wrong length, all of them at
    once.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows: list[tuple[str, dict[str, str | None]]] = []
    faults: list[InputError] = []
    try:
        header = next(reader, [])
        if or_columns is not None and header == list(or_columns):
            columns = or_columns
        if header != list(columns):
            raise InputError(
                f"the header is {','.join(header)!r}",
                where=f"{path}, line 1",
                remedy=f"it must be {','.join(columns)!r}",
            )
        for cells in reader:
            where = f"{path}, line {reader.line_num}"
            if len(cells) == len(columns):
                filled = (unescape_formula(cell) if cell else None for cell in cells)
                rows.append((where, dict(zip(columns, filled, strict=True))))
            elif cells:
                faults.append(
                    InputError(f"{len(cells)} cells instead of {len(columns)}", where=where, remedy="fix this row")
                )
    except csv.Error as fault:
        faults.append(
            InputError(f"broken CSV: {fault}", where=f"{path}, line {reader.line_num}", remedy="check the quotes")
        )
    if faults:
        raise InputError.collected(faults)
    return rows


@contextmanager
def cells_up_to(characters: int) -> Iterator[None]:
    """While this lasts, the module `csv` reads cells of so many characters, and refuses longer ones."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Rows as CSV that is safe to open in a spreadsheet.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, which
    `read_csv` removes again. None is an empty cell, numbers stay numbers.

    >>> csv_text(["title", "year"], [["=1+1", 2020], ["plain", None]])
    "title,year\n'=1+1,2020\nplain,\n"
    """
    return _csv_of(columns, [[escape_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])


def csv_of_columns(columns: Mapping[str, Sequence[object]]) -> str:
    r"""The same of a table by its columns, in which every text is looked at once.

    >>> csv_of_columns({"title": ["=1+1", "plain"], "year": [2020, None]})
    "title,year\n'=1+1,2020\nplain,\n"
    """
    return _csv_of(list(columns), list(zip(*map(_escaped, columns.values()), strict=True)))


def _escaped(cells: Sequence[object]) -> Sequence[object]:
    """The cells of a column, with an apostrophe in front of those that a spreadsheet would run."""
    texts = {cell for cell in cells if isinstance(cell, str) and cell[:1] in _FORMULA_BEGINS}
    changed: dict[object, str] = {text: escape_formula(text) for text in texts}
    return [changed.get(cell, cell) for cell in cells] if changed else cells


def _csv_of(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    minimal = csv.writer(buffer, lineterminator="\n")
    minimal.writerow(columns)
    minimal.writerows(rows)
    text = buffer.getvalue()
    if "\r" not in text:
        return text
    # Before Python 3.13 the writer leaves a lone carriage return bare, and readers end the row there.
    buffer = io.StringIO(newline="")
    minimal = csv.writer(buffer, lineterminator="\n")
    quoting = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    minimal.writerow(columns)
    for cells in rows:
        writer = quoting if any(isinstance(cell, str) and "\r" in cell for cell in cells) else minimal
        writer.writerow(cells)
    return buffer.getvalue()


def for_spreadsheets(files: Mapping[str, Content]) -> dict[str, Content]:
    """The files, each CSV text with a byte order mark in front: without it Excel takes UTF-8 for another encoding.

    >>> for_spreadsheets({"a.csv": "key", "a.json": "{}"})
    {'a.csv': '\\ufeffkey', 'a.json': '{}'}
    """
    return {
        name: "\ufeff" + content if name.lower().endswith(".csv") and isinstance(content, str) else content
        for name, content in files.items()
    }


def escape_formula(cell: str) -> str:
    """The cell, with an apostrophe in front if a spreadsheet would run it as a formula.

    >>> escape_formula("=HYPERLINK()"), unescape_formula(escape_formula("=HYPERLINK()"))
    ("'=HYPERLINK()", '=HYPERLINK()')
    """
    return "'" + cell if cell[:1] in _FORMULA_BEGINS and _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """The inverse of `escape_formula`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
