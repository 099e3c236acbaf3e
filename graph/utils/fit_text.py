"""A text laid out for the width of a terminal.

Texts for people have one form, whatever they are about: lines, whose indent says what belongs together, and in a line
cells, which two blanks or more keep apart. That is enough to lay a text out anew: where columns hold letters that are
wide on a terminal they are lined up again, and what is too long goes on below, under what it belongs to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .display_width import ADDRESS, display_width, words_of, wrap

CELL = re.compile(r"\S+(?: \S+)*")
"""A cell of a line: words with single blanks between them."""
_GAP = 2
"""So many blanks, or more, keep two cells apart."""
_NARROWEST = 20
"""No terminal is taken to be narrower."""
_NUMBER = re.compile(r"[\d.,%()~ -]+(?:of [\d., ]+)?")
_MARKER = re.compile(r"(?:\d+\.|why:) ")
_CUT_WORD = re.compile(r"(?<![\s,;:(])[\s,;:(]+[^\W\d_]+(?:[-'\u2019][^\W\d_]*)*…")
_CONTINUED = 2
"""So much further in a line goes on."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a line, the column in which it begins, and how many it fills."""

    start: int
    text: str
    width: int

    @property
    def end(self) -> int:
        return self.start + self.width


_Row = Sequence[_Cell]


def fit_text(text: str, width: int, *, whole: re.Pattern[str] = ADDRESS) -> str:
    r"""Lay a text out for a terminal of so many columns; a name that was cut inside a word ends before that word.

    Nothing is left out: what does not fit into its line goes on in the next ones. Only what `whole` matches stays on
    one line though it is longer.

    >>> print(fit_text("  2014  Adam  cited by Transformer, GPT and others", 32))
      2014  Adam
            cited by Transformer,
            GPT and others
    >>> print(fit_text("1  论文  a\n2  BERT  b", 80))
    1  论文  a
    2  BERT  b
    """
    width = max(width, _NARROWEST)
    paragraphs = groupby(text.split("\n"), key=bool)
    return "\n".join(line for _, lines in paragraphs for line in _fitted(list(lines), width, whole))


def _fitted(lines: Sequence[str], width: int, whole: re.Pattern[str]) -> Iterator[str]:
    """The lines of a paragraph, whose rows share their columns."""
    rows: Sequence[_Row] = [list(_cells(line)) for line in lines]
    if any(map(_is_wide, lines)) or any(len(row) > 1 and row[-1].end > width for row in rows):
        rows = _lined_up(rows)
    for row in _as_narrow_tables(rows, width):
        yield from _placed(row, width, whole)


def _cells(line: str) -> Iterator[_Cell]:
    for match in CELL.finditer(line):
        text = _ended_at_a_word(match[0])
        yield _Cell(match.start(), text, display_width(text))


def _ended_at_a_word(cell: str) -> str:
    """The cell without what is left of words that were cut.

    >>> _ended_at_a_word("Learning to Control: An Alternative to Dynamic Recurre… and 2 more")
    'Learning to Control: An Alternative to Dynamic… and 2 more'
    """
    return _CUT_WORD.sub("…", cell) if "…" in cell else cell


def _is_wide(line: str) -> bool:
    return display_width(line) != len(line)


def _lined_up(rows: Sequence[_Row]) -> Sequence[_Row]:
    """The rows with each shared column as far to the left as the cells before it allow.

    A column is where words of several rows begin; numbers, which end in one column, keep their distance.
    """
    words = [(n, cell.start) for row in rows for n, cell in enumerate(row) if not _NUMBER.fullmatch(cell.text)]
    begins = Counter(start for _, start in words)
    moves: dict[int, int] = {}
    for column in sorted({start for n, start in words if n and begins[start] > 1}):
        ends = [before[-1].end + _move(before, moves) for row in rows if (before := _before(column, row))]
        moves[column] = max(ends) + _GAP - column
    return [_moved(row, moves) for row in rows]


def _before(column: int, row: _Row) -> _Row:
    """The cells of a row that stand before a column; none where the row ends before it, or runs through it."""
    before = [cell for cell in row if cell.start < column]
    runs_through = before and before[-1].start + len(before[-1].text) + _GAP > column
    return [] if runs_through or len(before) == len(row) else before


def _move(row: _Row, moves: dict[int, int]) -> int:
    """By how much the last cell of a row is moved."""
    return next((moves[cell.start] for cell in reversed(row) if cell.start in moves), 0)


def _moved(row: _Row, moves: dict[int, int]) -> _Row:
    """A row whose columns are moved by so much; what begins in none of them goes along with the one before it."""
    moved, by = [], 0
    for cell in row:
        by = moves.get(cell.start, by)
        moved.append(replace(cell, start=cell.start + by))
    return moved


def _as_narrow_tables(rows: Sequence[_Row], width: int) -> Iterator[_Row]:
    """The rows, with a table of numbers that is too wide in several parts, one below the other.

    Such a table is a row of headings, and rows with a name and with numbers that end where the headings end.
    """
    at = 0
    while at < len(rows):
        ends = [cell.end for cell in rows[at]]
        size = 1
        while ends and at + size < len(rows) and [cell.end for cell in rows[at + size][1:]] == ends:
            size += 1
        if size > 1 and ends[-1] > width:
            yield from _parts(rows[at], rows[at + 1 : at + size], width)
        else:
            yield from rows[at : at + size]
        at += size


def _parts(headings: _Row, rows: Sequence[_Row], width: int) -> Iterator[_Row]:
    names_end = max(row[0].end for row in rows)
    first, filled = 0, names_end
    for n, heading in enumerate(headings):
        needed = heading.end - (headings[n - 1].end if n else names_end)
        if n > first and filled + needed > width:
            yield from _part(headings, rows, first, n, names_end)
            first, filled = n, names_end
        filled += needed
    yield from _part(headings, rows, first, len(headings), names_end)


def _part(headings: _Row, rows: Sequence[_Row], first: int, end: int, names_end: int) -> Iterator[_Row]:
    """The headings and numbers from one column to another, with the names of the rows."""
    by = (headings[first - 1].end if first else names_end) - names_end
    yield [replace(cell, start=cell.start - by) for cell in headings[first:end]]
    for row in rows:
        yield [row[0], *(replace(cell, start=cell.start - by) for cell in row[1 + first : 1 + end])]


def _placed(row: _Row, width: int, whole: re.Pattern[str]) -> Iterator[str]:
    """The lines of a row: each cell in its column if it fits there, else below."""
    hang, line = _hang(row, width), ""
    for cell in row:
        begin = max(cell.start, display_width(line) + _GAP) if line else cell.start
        longest = max(map(display_width, words_of(cell.text, whole)))
        below = begin if line else hang
        if line and cell.width > width - begin:
            is_last, room = cell is row[-1], width - begin
            if not (is_last and room >= max(_NARROWEST, width * 2 // 5, longest)):
                yield line
                line, begin, below = "", hang, hang
        if below + longest > width >= longest:
            below = width - longest
        first, *others = wrap(cell.text, width - below, first=width - begin, whole=whole)
        line += " " * (begin - display_width(line)) + first
        for other in others:
            yield line
            line = " " * below + other
    yield line


def _hang(row: _Row, width: int) -> int:
    """Where a row goes on below its first line: under its second cell, or a little further in than it begins."""
    if len(row) > 1 and row[1].start <= width // 3:
        return row[1].start
    if not row:
        return 0
    marker = _MARKER.match(row[0].text)
    further = row[0].start + (marker.end() if marker else _CONTINUED)
    return min(further, width // 2)
