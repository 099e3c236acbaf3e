"""A printed reference as plain text: quotes, the year or the names tell what is its title."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ..reference_formats.references import year_in
from .entries import Work
from .entry_parts import is_remark, printed_year, works_in
from .entry_titles import is_journal, is_unmarked, title_of
from .list_marks import LABEL
from .marked_text import EMPHASIS, MarkedText
from .printed_names import AND, FAMILY, INITIALS, PARTICLES, YEAR, are_names, names_in
from .same_authors import with_sign

_BETWEEN_PARTS = re.compile(r"[.,:)\u00bb\u201c\u201d\"\u2018]\s")
"""What stands between names, year and title; nearly no title with a year in it has one."""
_LONGEST = 2000
"""Characters of one reference."""
_BETWEEN_WORKS = re.compile(r";\s+(?=\S)")
_MARKDOWN = re.compile(r"(?<![\w*])\*([^\s*][^*\n]{1,400})\*(?![\w*])")
_ADDRESS = re.compile(r"https?://\S+|\bdoi:\s?10\.\S+", re.IGNORECASE)
_AFTER_YEAR = re.compile(
    rf"^(?P<names>.{{3,400}}?)[.,]?\s(?:\((?:{YEAR}[a-z]?(?:, [^()]{{2,25}})?|n\. ?d\.|in press)\)[.:,]?"
    rf"|{YEAR}[a-z]?[.:])\s+"
    r"(?P<title>[^\n]{8,400}?[.?!](?=\s+\S)|[^\W\d_a-z][^\n\d]{7,400}\.$)"
)
_VANCOUVER = re.compile(
    rf"^(?P<names>(?:{PARTICLES}[^\W\d_a-z][\w'\u2019 -]{{1,40}} [A-Z]{{1,3}}(?:, )?)+(?:, ?et al|, editors?)?)\.\s+"
    r"(?P<title>[^\n(][^\n]{7,400}?[.?!])(?=\s+\S)"
)
"""Family names, each with initials that nothing parts, as in medicine."""
_NATURE = re.compile(
    rf"^(?P<names>(?:[^\W\d_][\w'\u2019 -]{{1,40}}, {INITIALS}(?:, |,? ?{AND} )?)+(?:et al\.)?)\s*"
    rf"(?P<title>[^\W\d_a-z][\w'\u2019-]+\s[^\n(]{{4,400}}?(?:[.?!](?=\s+\S)|(?=, {YEAR}\.?$)))"
)
"""Family names, each with initials behind a comma, and then the title, as in Nature."""
_WHOLE_NAME = re.compile(
    rf"^(?P<names>{FAMILY}, [^\W\d_a-z][\w'\u2019-]+(?: [^\W\d_a-z](?=\.))*)\.\s+"
    r"(?P<title>[^\W\d_a-z][\w'\u2019-]*\s[^\n(]{4,400}?[.?!])(?=\s+\S)"
)
"""One author, "Family, Given M.", as in Chicago's style."""
_EDITION = r"(?:\d{1,2}(?:st|nd|rd|th)|[Rr]ev\.?|[Ss]econd|[Tt]hird) ed"
_BEFORE_VENUE = (
    rf"(?P<title>[^\W\d_a-z][^\n]{{7,400}}?)(?=, in: |, [^\W\d_a-z][^,\d\n]{{2,80}} \d{{1,5}} \({YEAR}\)|, {_EDITION}"
    rf"|\. [^\W\d_a-z][^\n:]{{1,60}}: [^\W\d_a-z][^\n:]{{1,60}}, {YEAR}| \([^\W\d_a-z][^()\d\n]{{3,80}}, {YEAR}\))"
)
"""A title that ends before a journal with its volume, an edition or a publisher."""
_INITIALS_FIRST = re.compile(
    rf"^(?P<names>(?:{INITIALS}{PARTICLES}{FAMILY}(?:, (?:{AND} )?| {AND} ))+(?:et al\., |[Ee]ds?\., )?){_BEFORE_VENUE}"
)
"""Initials before family names, and commas alone, as in journals of Elsevier and in books of engineers."""
_GIVEN = rf"(?:[^\W\d_a-z](?:\.|[\w'\u2019-]{{1,30}}) ){{1,3}}{PARTICLES}{FAMILY}"
_GIVEN_FIRST = re.compile(rf"^(?P<names>(?:(?:{_GIVEN}, ){{0,30}}{_GIVEN},? {AND} )?{_GIVEN}, ){_BEFORE_VENUE}")
"""The same with given names in full, as mathematicians have it: the last of several names stands behind an "and"."""
_TITLE_AND_YEAR = re.compile(rf"(?P<title>[^\n]{{8,400}}?),? {YEAR}\.?")
"""All that follows the names, where no venue is printed."""
_LEFT_OUT = re.compile(r"(?:\.{3}|\u2026)[\s,]*(?:& )?")
"""What APA puts in the place of authors between the first and the last."""
_BEFORE_KIND = re.compile(r"(?P<names>[^.\[\]\n]{2,200})\.\s*(?P<title>[^\[\]\n]{2,400}?)\s*\[[A-Z](?:/OL)?\]")
"""Names and title of the Chinese style, whose title ends where it says of which kind the work is."""
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=\S)|(?<=[?!])\s+(?=[A-Z\u201c])")


def works_of_text(text: str) -> tuple[Work, ...]:
    """The works of an entry that is plain text, or has the emphasis of Markdown."""
    marked = MarkedText("")
    text = LABEL.sub("", text)
    marked.text = _ADDRESS.sub(lambda match: marked.link(match[0], shown=match[0]) or match[0], text)
    emphasized = _MARKDOWN.sub(rf"{EMPHASIS[0]}\1{EMPHASIS[1]}", marked.text)
    works = works_of(replace(marked, text=emphasized)) if emphasized != marked.text else ()
    return works if any(work.title for work in works) else works_of(marked)


def works_of(marked: MarkedText, *, label_year: int | None = None) -> tuple[Work, ...]:
    """The works of an entry; a title that no style marks counts only behind a list of names, as a sentence of its own.

    `label_year` is the year in its label; it only chooses among years that the entry prints.
    """
    marked = replace(marked, text=with_sign(marked.text))
    works = works_in(marked, label_year=label_year)
    if len(works) > 1:
        return works
    return _one_behind_another(marked) or _with_unmarked_title(marked, works)


def _one_behind_another(marked: MarkedText) -> tuple[Work, ...]:
    """The works that semicolons part, where each of them has its title, its authors and its year; or else none."""
    works: list[Work] = []
    pieces = _BETWEEN_WORKS.split(marked.text) if len(marked.text) <= _LONGEST else []
    for piece in pieces if len(pieces) > 1 else []:
        part = replace(marked, text=piece)
        found = _with_unmarked_title(part, works_in(part))
        if len(found) != 1 or not (found[0].title and found[0].authors and found[0].year):
            return ()
        works += found
    return tuple(works)


def _with_unmarked_title(marked: MarkedText, works: tuple[Work, ...]) -> tuple[Work, ...]:
    """The works, or the one whose title only its place behind the names tells."""
    if len(works) > 1 or (works and works[0].title) or marked.unknown or not is_unmarked(marked.text):
        return works
    text = marked.plain(marked.without_links(marked.text))
    found = _title_behind_names(text)
    if found is None or is_remark(text):
        return works
    title, names = found
    known = works[0] if works else Work(year=printed_year(text))
    return (Work(title, names, known.year, known.identifiers),)


def _title_behind_names(text: str) -> tuple[str, tuple[str, ...]] | None:
    text = _LEFT_OUT.sub("", text)
    for pattern in (_VANCOUVER, _NATURE, _WHOLE_NAME, _INITIALS_FIRST, _GIVEN_FIRST, _AFTER_YEAR):
        found = pattern.match(text)
        if not found or not are_names(found["names"]) or is_journal(found["title"], text[found.end("title") :]):
            continue
        if pattern in (_INITIALS_FIRST, _GIVEN_FIRST) or not are_names(
            found["title"]
        ):  # "Ann B. Ono, Bo Li. 2017. Tides."
            return title_of(found["title"]), names_in(found["names"])
    if found := _BEFORE_KIND.match(text):
        return found["title"], tuple(filter(None, re.split(r"[,\uff0c\u3001] ?", found["names"].strip())))
    names, title, *rest = [*_SENTENCES.split(text, maxsplit=2), "", ""]
    if not are_names(names) or re.match(r"in[:\s]", title, re.IGNORECASE):
        return None
    if rest[0]:
        return None if is_journal(title, rest[0]) else (title_of(title), names_in(names))
    found = _TITLE_AND_YEAR.fullmatch(title)
    return (title_of(found["title"]), names_in(names)) if found else None


def may_be_reference(text: str) -> bool:
    """Whether a text is short enough for a reference, and has a year."""
    return len(text) <= _LONGEST and year_in(text) is not None


@lru_cache(1024)  # a line is looked at by itself, beside the next ones, and as an entry
def printed_reference(text: str) -> Work | None:
    """The work of a reference as papers print it, with title, authors and year; None where they cannot be told.

    >>> printed_reference("Ono, A. (1999). Tides of the sea. Sea, 3, 1-9.").title
    'Tides of the sea'
    """
    works = works_of_text(text) if may_be_reference(text) and _BETWEEN_PARTS.search(text) else ()
    if len(works) == 1 and works[0].title and works[0].authors and works[0].year and is_title(works[0].title):
        return works[0]
    return None


def is_title(text: str) -> bool:
    """Whether it has more than a word, and no names: what stands behind "Title (2015)." may be a publisher or names."""
    return (" " in text or not text.isascii()) and "et al" not in text
