"""References as people paste or write them: which lines are one reference, and which paper it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...utils.text import one_line
from .entries import Entry, PrintedFile, PrintedList, Work
from .entry_parts import names_in
from .identifiers_printed import joined_lines
from .reference_text import are_names, works_of_text

_YEAR = r"(?:1[5-9]|20)\d\d"
_HAS_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_HEADING = re.compile(
    r"\W*(?:references|bibliography|works cited|literature(?: cited)?|reading list)\W*", re.IGNORECASE
)
_MOST_LINES = 12
"""Of one reference; a longer part of a text is none."""
_LONGEST = 2000
"""Characters of one reference."""
_NUMBER = re.compile(r"\s*(?:\[(\d{1,4})\]|(\d{1,4})[.)])\s+\S")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n\s*(?=[^\W\d_])")
_NAMES_YEAR_TITLE = re.compile(
    rf"(?P<names>[^\n]{{2,400}}?)[.,]?\s(?:\((?P<year>{_YEAR})[a-z]?\)|(?P<bare>{_YEAR})[a-z]?)[.:,]?"
    r"\s(?:[-\u2013\u2014]\s)?(?P<title>[^\n]{8,400})"
)
_TITLE_NAMES_YEAR = re.compile(
    rf"(?P<title>[^\n]{{4,400}}?)(?:\s\((?:(?P<names>[^()\n]{{2,200}}?),?\s)?(?P<year>{_YEAR})[a-z]?\)"
    r"|(?:[.,]|\s[-\u2013\u2014]|\sby)"
    r"\s(?P<bare_names>[^\W\d_][\w.'\u2019-]*(?:\s[^\W\d_][\w.'\u2019-]*){0,3}\set al\.?)"
    rf",?\s\(?(?P<bare>{_YEAR})[a-z]?\)?)\.?"
)


def reference_in(text: str) -> Work | None:
    """The paper that a reference names by title, first author and year; None for a title alone.

    >>> reference_in("A. Ono and B. Li, \u201cTides of the sea,\u201d Sea, vol. 3, 1999.").title
    'Tides of the sea'
    >>> found = reference_in("Tides of the sea (Ono et al., 1999)")
    >>> found.title, found.authors, found.year
    ('Tides of the sea', ('Ono',), 1999)
    >>> reference_in("Tides of the sea") is None
    True
    """
    return _as_printed(text) or _as_a_person_writes_it(text)


def _may_be_one(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_HAS_YEAR.search(text))


def _as_printed(text: str) -> Work | None:
    works = works_of_text(text) if _may_be_one(text) else ()
    if len(works) == 1 and works[0].title and works[0].authors and works[0].year and _is_title(works[0].title):
        return works[0]
    return None


def read_pasted_references(text: str) -> PrintedFile | None:
    """The list of references without numbers, such as that of a paper in the style of APA; None where most are none.

    >>> read = read_pasted_references("Ono, A. (1999). Tides turn. Sea, 1, 2.\\nLi, B. (2001). Sand waves. Sea, 2, 3.")
    >>> [(entry.number, entry.works[0].title) for entry in read.lists[0].entries]
    [(1, 'Tides turn'), (2, 'Sand waves')]
    """
    lines = list(filter(str.strip, one_a_line(text.split("\n"))))
    found = list(map(_as_printed, lines))
    if len(lines) < 2 or 2 * sum(map(bool, found)) < len(lines):
        return None
    entries = tuple(
        Entry(number, one_line(line), (work,) if work else works_of_text(one_line(line)))
        for number, (line, work) in enumerate(zip(lines, found, strict=True), start=1)
    )
    return PrintedFile("text", (PrintedList(entries, "position", ("copied text, whose end nobody can tell",)),))


def _as_a_person_writes_it(text: str) -> Work | None:
    """As "Ono et al. (1999) Tides", "Tides (Ono et al., 1999)", "Tides - Ono et al. 1999", or "Tides (1999)"."""
    if not _may_be_one(text):
        return None
    found = _NAMES_YEAR_TITLE.fullmatch(text)
    is_dated = found and (found["year"] or "et al" in found["names"])  # "The 2018 challenge" is a title
    if found and is_dated and are_names(found["names"]) and _is_title(found["title"]):
        return Work(found["title"].strip(" ."), names_in(found["names"]), int(found["year"] or found["bare"]))
    found = _TITLE_NAMES_YEAR.fullmatch(text)
    if found:
        names = found["names"] or found["bare_names"]
        if not names or are_names(names):
            return Work(found["title"].strip(" "), names_in(names or ""), int(found["year"] or found["bare"]))
    return None


def _is_title(text: str) -> bool:
    """Whether it has more than a word, and no names: what stands behind "Title (2015)." may be a publisher or names."""
    return " " in text and "et al" not in text


def one_a_line(lines: Sequence[str]) -> list[str]:
    """The lines with each reference that goes on over several in its first line, and nothing in the others.

    Lines are joined where numbers, blank lines or indents part the references, and only where they are a
    reference together: so no line with a title of its own is lost. A heading is left out.

    >>> one_a_line(["References", "[1] A. Ono, \u201cTides of", "the sea,\u201d 1999.", "[2] B. Li. Sand. 2001."])
    ['', '[1] A. Ono, \u201cTides of the sea,\u201d 1999.', '', '[2] B. Li. Sand. 2001.']
    """
    found = [line.strip("\ufeff\r\n") for line in lines]
    written = [n for n, line in enumerate(found) if line.strip()]
    if written and _HEADING.fullmatch(found[written[0]]):
        found[written.pop(0)] = ""
    for start, end in pairwise([*_starts(found, written), len(found)]):
        block = [line for line in found[start:end] if line.strip()]
        if 1 < len(block) <= _MOST_LINES and (together := _joined(block)):
            found[start:end] = [together, *[""] * (end - start - 1)]
    return found


def _starts(lines: Sequence[str], written: Sequence[int]) -> list[int]:
    """Where references begin: at their numbers, at lines without an indent where others have one, or behind blanks."""
    numbered = [n for n in written if _NUMBER.match(lines[n])]
    if len(numbered) > 1:
        return numbered
    flush = [n for n in written if not lines[n][0].isspace()]
    if flush and len(flush) < len(written):
        return flush
    return [n for n in written if n == 0 or not lines[n - 1].strip()]


def _joined(block: Sequence[str]) -> str | None:
    """The lines as one reference; None where they are not one, or one of them is one by itself."""
    rest = (_without_number(line) for line in block[1:])
    if (block[0].rstrip().endswith(".") and _as_printed(_without_number(block[0]))) or any(map(_as_printed, rest)):
        return None
    together = one_line(joined_lines(_HYPHEN.sub("-", "\n".join(block))))
    return together if _as_printed(_without_number(together)) else None


def _without_number(text: str) -> str:
    number = _NUMBER.match(text)
    return text[number.end() - 1 :].strip() if number else text.strip()
