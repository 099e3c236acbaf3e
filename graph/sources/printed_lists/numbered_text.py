"""A list of references as numbered text, copied from a page or a PDF: "[1] ...", "1. ...", one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .entries import Entry, PrintedFile, PrintedList
from .entry_parts import is_remark
from .line_ends import in_one_line
from .list_marks import NUMBER
from .page_furniture import without_furniture
from .pasted_references import read_pasted_references
from .reference_text import works_of_text
from .tex_source import squeezed

_MARK = re.compile(rf"^[ \t]*{NUMBER}", re.MULTILINE)


def read_numbered_text(text: str) -> PrintedFile | None:
    """The list; None where nothing is numbered, or what is stands below references without numbers, as footnotes do.

    >>> read = read_numbered_text('[1] A. Ono, "Tides of the sea," 1999.\\n[2] B. Li. Waves of sand. Sea, 2001.')
    >>> [(entry.number, entry.works[0].title) for entry in read.lists[0].entries]
    [(1, 'Tides of the sea'), (2, 'Waves of sand')]
    """
    marks = list(_in_sequence(list(_MARK.finditer(text))))
    if len(marks) < 2 or read_pasted_references(text[: marks[0].start()]):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    entries = [_entry(_number(mark), text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    first = _digits(marks[0])
    why = [] if first == 1 else [f"the first number is {first}"]
    why.append("copied text, whose end nobody can tell")
    return PrintedFile("numbered text", (PrintedList(tuple(entries), "printed", tuple(why)),))


def _number(mark: re.Match[str]) -> str:
    return mark[1] or mark[2] or mark[3] or mark[4]


def _digits(mark: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", _number(mark)))


def _form(mark: re.Match[str]) -> int:
    return next(place for place in range(1, 5) if mark[place])


def _in_sequence(marks: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The marks that go on from each other in one form; a year or a page at the beginning of a line does not."""
    before: re.Match[str] | None = None
    for place, mark in enumerate(marks):
        if before is None:
            if _digits(mark) == 1 or (place == 0 and _digits(mark) < 1000):
                before = mark
                yield mark
        elif _form(mark) == _form(before) and 0 <= _digits(mark) - _digits(before) <= 20:
            before = mark
            yield mark


def _entry(number: str, text: str) -> Entry:
    raw = squeezed(text)
    whole = in_one_line(without_furniture(text.split("\n\n\n", maxsplit=1)[0]))
    remark = is_remark(whole)
    works = () if remark else works_of_text(whole)
    digits = int(re.sub(r"\D", "", number))
    return Entry(digits, raw, works, label=None if number.isdecimal() else number, is_remark=remark)
