"""A printed reference as plain text: quotes, the year or the names tell what is its title."""

from __future__ import annotations

import re

from .entries import Work
from .entry_parts import names_in, works_in
from .marked_text import MarkedText

_ADDRESS = re.compile(r"https?://\S+|\bdoi:\s?10\.\S+", re.IGNORECASE)
_AFTER_YEAR = re.compile(
    r"^(?P<names>.{3,400}?)[.,]?\s(?:\((?:1[5-9]|20)\d\d[a-z]?\)[.:,]?|(?:1[5-9]|20)\d\d[a-z]?[.:])\s+"
    r"(?P<title>[^\n]{8,400}?[.?!])(?=\s+\S)"
)
_VANCOUVER = re.compile(
    r"^(?P<names>(?:[^\W\d_a-z][\w'\u2019 -]{1,40} [A-Z]{1,3}(?:, )?)+(?:, ?et al)?)\.\s+"
    r"(?P<title>[^\n(][^\n]{7,400}?[.?!])(?=\s+\S)"
)
"""Family names, each with initials that nothing parts, as in medicine."""
_NATURE = re.compile(
    r"^(?P<names>(?:[^\W\d_][\w'\u2019 -]{1,40}, (?:[^\W\d_a-z]\.[ -]?){1,4}(?:, |,? ?(?:and|&) )?)+(?:et al\.)?)\s*"
    r"(?P<title>[^\W\d_a-z][\w'\u2019-]+\s[^\n(]{4,400}?[.?!])(?=\s+\S)"
)
"""Family names, each with initials behind a comma, and then the title, as in Nature."""
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=\S)|(?<=[?!])\s+(?=[A-Z\u201c])")
_NAME = re.compile(
    r"(?:[^\W\d_a-z]\.[\s-]?)*(?:(?:van|von|de|der|den|del|la|le|da|di|dos)\s+)*[^\W\d_a-z][\w'\u2019-]+"
    r"(?:[\s,]+(?:[^\W\d_a-z]\.?[\s-]?){1,4}|(?:\s[^\W\d_a-z](?:\.|[\w'\u2019-]+)){1,3})?"
)


def works_of_text(text: str) -> tuple[Work, ...]:
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
    for pattern in (_VANCOUVER, _NATURE, _AFTER_YEAR):
        found = pattern.match(text)
        if found and are_names(found["names"]) and not are_names(found["title"]):  # "Ann B. Ono, Bo Li. 2017. Tides."
            return found["title"].strip(" .,"), names_in(found["names"])
    sentences = _SENTENCES.split(text, maxsplit=2)
    if len(sentences) > 2 and are_names(sentences[0]) and not re.match(r"in[:\s]", sentences[1], re.IGNORECASE):
        return sentences[1].strip(" .,"), names_in(sentences[0])
    return None


def are_names(text: str) -> bool:
    """Whether a text is a list of names of people.

    >>> are_names("A. Ono and Bo Li"), are_names("Tides of the sea")
    (True, False)
    """
    names = names_in(text)
    return bool(names) and all(_NAME.fullmatch(name.strip(" .,")) and len(name) < 50 for name in names)


def _year(text: str) -> int | None:
    found = re.findall(r"(?<![\d.:/-])(?:1[5-9]|20)\d\d(?![\d-])", text)
    return int(found[-1]) if found else None
