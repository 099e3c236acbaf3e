"""A list of references as numbered text, copied from a page or a PDF: "[1] ...", "1. ...", one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .entries import Entry, PrintedFile, PrintedList, Work
from .entry_parts import is_remark, names_in, works_in
from .identifiers_printed import joined_lines
from .marked_text import MarkedText
from .tex_source import squeezed

_MARK = re.compile(
    r"^[ \t]*(?:\[(\d{1,4}[a-z]?)\]|\((\d{1,4}[a-z]?)\)|(\d{1,4}[a-z]?)[.)](?=\s)|(\d{1,4})\t)[ \t]*", re.MULTILINE
)
_ADDRESS = re.compile(r"https?://\S+|\bdoi:\s?10\.\S+", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n[ \t]*(?=[a-z])")
_AFTER_YEAR = re.compile(
    r"^(?P<names>.{3,400}?)[.,]?\s(?:\((?:1[5-9]|20)\d\d[a-z]?\)[.:,]?|(?:1[5-9]|20)\d\d[a-z]?[.:])\s+"
    r"(?P<title>[^\n]{8,400}?[.?!])(?=\s+\S)"
)
_VANCOUVER = re.compile(
    r"^(?P<names>(?:[^\W\d_a-z][\w'\u2019 -]{1,40} [A-Z]{1,3}(?:, )?)+(?:, ?et al)?)\.\s+"
    r"(?P<title>[^\n(][^\n]{7,400}?[.?!])(?=\s+\S)"
)
"""Family names, each with initials that nothing parts, as in medicine."""
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=\S)|(?<=[?!])\s+(?=[A-Z\u201c])")
_NAME = re.compile(
    r"(?:[^\W\d_a-z]\.[\s-]?)*(?:(?:van|von|de|der|den|del|la|le|da|di|dos)\s+)*[^\W\d_a-z][\w'\u2019-]+"
    r"(?:[\s,]+(?:[^\W\d_a-z]\.?[\s-]?){1,4}|(?:\s[^\W\d_a-z][\w'\u2019-]+){1,3})?"
)


def read_numbered_text(text: str) -> PrintedFile | None:
    """The list; None where nothing is numbered, or the numbers do not begin a list.

    >>> read = read_numbered_text('[1] A. Ono, "Tides of the sea," 1999.\\n[2] B. Li. Waves of sand. Sea, 2001.')
    >>> [(entry.number, entry.works[0].title) for entry in read.lists[0].entries]
    [(1, 'Tides of the sea'), (2, 'Waves of sand')]
    """
    marks = list(_in_sequence(list(_MARK.finditer(text))))
    if len(marks) < 2:
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
    whole = squeezed(joined_lines(_HYPHEN.sub("-\n", text.split("\n\n\n", maxsplit=1)[0])))
    remark = is_remark(whole)
    works = () if remark else _works(whole)
    digits = int(re.sub(r"\D", "", number))
    return Entry(digits, raw, works, label=None if number.isdecimal() else number, is_remark=remark)


def _works(text: str) -> tuple[Work, ...]:
    """The works of an entry; a title without quotes counts only behind a list of names, as a sentence of its own."""
    marked = MarkedText("")
    marked.text = _ADDRESS.sub(lambda match: marked.link(match[0], shown=match[0]) or match[0], text)
    works = works_in(marked)
    if len(works) > 1 or (works and works[0].title):
        return works
    found = _title_behind_names(_ADDRESS.sub(" ", text))
    if found is None:
        return works
    title, names = found
    known = works[0] if works else Work(year=_year(text))
    return (Work(title, names, known.year, known.identifiers),)


def _title_behind_names(text: str) -> tuple[str, tuple[str, ...]] | None:
    for pattern in (_VANCOUVER, _AFTER_YEAR):
        found = pattern.match(text)
        if found and _are_names(found["names"]):
            return found["title"].strip(" .,"), names_in(found["names"])
    sentences = _SENTENCES.split(text, maxsplit=2)
    if len(sentences) > 2 and _are_names(sentences[0]) and not re.match(r"in[:\s]", sentences[1], re.IGNORECASE):
        return sentences[1].strip(" .,"), names_in(sentences[0])
    return None


def _are_names(text: str) -> bool:
    names = names_in(text)
    return bool(names) and all(_NAME.fullmatch(name.strip(" .,")) and len(name) < 50 for name in names)


def _year(text: str) -> int | None:
    found = re.findall(r"(?<![\d.:/-])(?:1[5-9]|20)\d\d(?![\d-])", text)
    return int(found[-1]) if found else None
