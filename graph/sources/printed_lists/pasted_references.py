"""References as people paste or write them, and the paper that each names."""

from __future__ import annotations

import re
from dataclasses import replace

from ...utils.text import one_line
from .entries import Entry, PrintedFile, PrintedList, Work
from .entry_parts import is_remark
from .list_marks import LABEL
from .printed_names import YEAR, are_names, names_in
from .reference_lines import one_a_line
from .reference_text import is_title, may_be_reference, printed_reference, works_of_text
from .same_authors import resolved

_NAMES_YEAR_TITLE = re.compile(
    rf"(?P<names>[^\n]{{2,400}}?)[.,]?\s(?:\((?P<year>{YEAR})[a-z]?\)|(?P<bare>{YEAR})[a-z]?)[.:,]?"
    r"\s(?:[-\u2013\u2014]\s)?(?P<title>[^\n]{8,400})"
)
_TITLE_NAMES_YEAR = re.compile(
    rf"(?P<title>[^\n]{{4,400}}?)(?:\s\((?:(?P<names>[^()\n]{{2,200}}?),?\s)?(?P<year>{YEAR})[a-z]?\)"
    r"|(?:[.,]|\s[-\u2013\u2014]|\sby)"
    r"\s(?P<bare_names>[^\W\d_][\w.'\u2019-]*(?:\s[^\W\d_][\w.'\u2019-]*){0,3}\set al\.?)"
    rf",?\s\(?(?P<bare>{YEAR})[a-z]?\)?)\.?"
)


def reference_in(text: str, *, before: tuple[str, ...] = ()) -> Work | None:
    """The paper that a reference names by title, first author and year; None for a title alone.

    `before` are the authors of the reference before it, for whom a dash may stand.

    >>> reference_in("A. Ono and B. Li, \u201cTides of the sea,\u201d Sea, vol. 3, 1999.").title
    'Tides of the sea'
    >>> found = reference_in("Tides of the sea (Ono et al., 1999)")
    >>> found.title, found.authors, found.year
    ('Tides of the sea', ('Ono',), 1999)
    >>> reference_in("Tides of the sea") is None
    True
    """
    work = printed_reference(text) or _as_a_person_writes_it(text)
    return replace(work, authors=resolved(work.authors, before)) if work else None


def read_pasted_references(text: str) -> PrintedFile | None:
    """The list of references without numbers, such as that of a paper in the style of APA.

    None where fewer than two, or than a third of the text, are references.

    >>> read = read_pasted_references("Ono, A. (1999). Tides turn. Sea, 1, 2.\\nLi, B. (2001). Sand waves. Sea, 2, 3.")
    >>> [(entry.number, entry.works[0].title) for entry in read.lists[0].entries]
    [(1, 'Tides turn'), (2, 'Sand waves')]
    """
    lines = list(filter(str.strip, one_a_line(text.split("\n"))))
    found = list(map(printed_reference, lines))
    if sum(map(bool, found)) < max(2, len(lines) / 3):
        return None
    entries = tuple(_entry(number, *each) for number, each in enumerate(zip(lines, found, strict=True), start=1))
    return PrintedFile("text", (PrintedList(entries, "position", ("copied text, whose end nobody can tell",)),))


def _entry(number: int, line: str, work: Work | None) -> Entry:
    raw = one_line(line)
    works = (work,) if work else works_of_text(raw)
    label = LABEL.match(raw)
    return Entry(number, raw, works, label=label[1] if label else None, is_remark=not works and is_remark(raw))


def _as_a_person_writes_it(text: str) -> Work | None:
    """As "Ono et al. (1999) Tides", "Tides (Ono et al., 1999)", "Tides - Ono et al. 1999", or "Tides (1999)"."""
    if not may_be_reference(text):
        return None
    found = _NAMES_YEAR_TITLE.fullmatch(text)
    is_dated = found and (found["year"] or "et al" in found["names"])  # "The 2018 challenge" is a title
    if found and is_dated and are_names(found["names"]) and is_title(found["title"]):
        return Work(found["title"].strip(" ."), names_in(found["names"]), int(found["year"] or found["bare"]))
    found = _TITLE_NAMES_YEAR.fullmatch(text)
    if found and "et al" not in found["title"]:
        names = found["names"] or found["bare_names"]
        if not names or are_names(names):
            return Work(found["title"].strip(" "), names_in(names or ""), int(found["year"] or found["bare"]))
    return None
