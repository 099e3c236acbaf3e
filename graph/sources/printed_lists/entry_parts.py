"""The works of an entry whose parts only its style tells apart: title, authors, year and identifiers of each."""

from __future__ import annotations

import re

from ...model.identifiers import Identifier
from .entries import Work
from .entry_titles import between, title_in
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .marked_text import BLOCK, BOLD, EMPHASIS, OPENED, MarkedText
from .printed_names import YEAR, first_name, is_whole_name, names_in
from .same_authors import only_refers
from .tex_source import squeezed

_YEAR = re.compile(r"(?<![\w.:/\u2013\u2014-])((?:1[5-9]|20)\d\d)[a-z]?(?![\w/]|[-\u2013\u2014]+\d|\.\d)")
_DATES = re.compile(
    r"(?:[,.;]\s|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s)\s*"
    r"((?:1[5-9]|20)\d\d)[a-z]?(?=[\s.,;)]|$)(?!\.\d)",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\((?:[^()]{0,80}[\s,])?((?:1[5-9]|20)\d\d)[a-z]?(?:[,\s][^()]{0,20})?\)")
_PAGES = re.compile(
    r"\b(?:pp?\.|S\.(?= \d{1,3}\b)|pages?|n\u00b0|no\.?|number|vol\.|volume)\s*"
    r"[A-Z]?\d+(?:\s*[-\u2013\u2014]+\s*[A-Z]?\d+)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d ?[-\u2013\u2014]{1,3} ?[A-Z]?\d[\w-]*")
_LOOKED_AT = re.compile(
    r"\b(?:accessed|retrieved|visited|last (?:checked|viewed)|cited|abgerufen|zugriff|consult\u00e9e?|consultado)\b"
    rf"[^()\[\];]{{0,40}}?{YEAR}",
    re.IGNORECASE,
)
"""Pages, and the day when a page of the web was looked at: no dates of the work."""
_REMARK = re.compile(
    r"\W*(?:ibid\b|op\. ?cit|we (?:note|remark|use|thank|have)\b|note that|see (?:the )?supplement|here,? "
    r"|the (?:dashed|solid)\b)"
    r"|.*\b(?:private|personal) communications?\b|.*\bin preparation\b|.*\bunpublished\b",
    re.IGNORECASE | re.DOTALL,
)
_LETTERED = re.compile(r"(?:^|(?<=[\s;.]))\((a|b|c|d|e|f|i|ii|iii|iv)\)\s")
_LETTERS = (("a", "b", "c", "d", "e", "f"), ("i", "ii", "iii", "iv"))
_ERRATUM = re.compile(r"\(E\)|\berrat(?:um|a)\b|\bcorrigend", re.IGNORECASE)
_REVTEX_NOTE = re.compile(r"(?:foot|end)?note\d+$", re.IGNORECASE)


def works_in(marked: MarkedText, *, label_year: int | None = None) -> tuple[Work, ...]:
    """The works that an entry names, in their order; none where it names none, or none that could be told.

    `label_year` is the year in its label; it only chooses among years that the entry prints.
    """
    text = marked.text
    if is_remark(marked.plain()):
        return ()
    parts = _parts(marked, text)
    works = [work for part in parts if (work := _work(marked, part, label_year if len(parts) == 1 else None))]
    return tuple(works)


def is_remark(plain: str, key: str | None = None) -> bool:
    """Whether an entry is known to name no work, such as a footnote.

    >>> is_remark("We note that tides turn."), is_remark("A. Ono, private communication."), is_remark("Tides.")
    (True, True, False)
    """
    if (key and _REVTEX_NOTE.fullmatch(key)) or not any(map(str.isalnum, plain)):
        return True
    return bool(only_refers(plain) or _REMARK.match(plain)) and not announced(plain)


def _parts(marked: MarkedText, text: str) -> list[str]:
    """The text of each work, where an entry says that it names several."""
    opened = [part for part in text.split(OPENED) if marked.plain(part)] if OPENED in text else []
    if len(opened) > 1:
        return opened
    marks = list(_LETTERED.finditer(text))
    for letters in _LETTERS:
        if len(marks) > 1 and [mark[1] for mark in marks] == list(letters[: len(marks)]):
            ends = [*(mark.start() for mark in marks[1:]), len(text)]
            return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    pieces = text.split(";")
    if len(pieces) > 1 and BLOCK not in text:
        dois = [{str(each) for each in _identifiers(marked, piece) if each.scheme == "doi"} for piece in pieces]
        if sum(map(bool, dois)) > 1 and len(set().union(*dois)) == sum(map(len, dois)):
            return [
                piece for piece, found in zip(pieces, dois, strict=True) if found and not _ERRATUM.search(piece)
            ] or [text]
    return [text]


def _work(marked: MarkedText, text: str, label_year: int | None) -> Work | None:
    title, before = title_in(marked, text)
    plain = marked.plain(text)
    rest = plain.replace(title, " ", 1) if title else plain
    links = identifiers_of_links(marked.links_in(text))
    if _ERRATUM.search(rest) and len({each for each in links if each.scheme == "doi"}) > 1:
        first = next(each for each in links if each.scheme == "doi")
        links = [each for each in links if each.scheme != "doi" or each == first]
    printed = marked.plain(marked.without_links(text))
    identifiers = of_one_work(links, announced(printed.replace(title or "\n", " ", 1)))
    year = _year(marked, text, printed, title, label_year)
    authors = _authors(marked, text, before)
    is_located = BOLD[0] in text or re.search(r"\d\s*+[,:(]\s*+[A-Z]?\d", printed)
    if not title and not identifiers and not (year and is_located and authors):
        return None
    return Work(title, authors, year, identifiers)


def _identifiers(marked: MarkedText, text: str) -> list[Identifier]:
    return [*identifiers_of_links(marked.links_in(text)), *announced(marked.plain(text))]


def _year(marked: MarkedText, text: str, printed: str, title: str | None, label_year: int | None) -> int | None:
    """The year of an entry: the one that its style names, or that it prints behind the title or before it."""
    named = (_YEAR.search(marked.plain(each)) for each in between(text, "year"))
    if found := next(filter(None, named), None):
        return int(found[1])
    return printed_year(printed.replace(title, " ", 1) if title else printed, label_year=label_year)


def printed_year(text: str, *, label_year: int | None = None) -> int | None:
    """The year in parentheses, or the last that is no page, no part of an identifier and no day when it was looked at.

    >>> printed_year("Sea, 1998-2003 (1997)"), printed_year("Sea 9, 1998-2003"), printed_year("Sea 1997. Accessed 2020")
    (1997, None, 1997)
    """
    for other in (_PAGES, _RANGE, _LOOKED_AT):
        text = other.sub(" ", text)
    in_parentheses = [int(each) for each in _IN_PARENTHESES.findall(text)]
    every = [int(match[1]) for match in _YEAR.finditer(text)]
    if label_year in (*in_parentheses, *every):
        return label_year
    if in_parentheses:
        return in_parentheses[0]
    dates = [int(each) for each in _DATES.findall(text)]
    return next(reversed(dates or every), None)


def _authors(marked: MarkedText, text: str, before: str | None) -> tuple[str, ...]:
    """The authors as far as they can be told."""
    named = between(text, "author")
    if named:
        every = [name for each in named for name in squeezed(marked.plain(each)).strip(" ,.;").split(" and ")]
        return tuple(filter(None, (name.strip(" ,;") for name in every)))
    if before is None:
        unmarked = re.split(f"[{EMPHASIS[0]}{BOLD[0]}{BLOCK}]", text, maxsplit=1)[0]
        leading = re.split(r"[\u201c\"(]", marked.plain(unmarked), maxsplit=1)[0]
        first = first_name(leading)
        return (first,) if first and is_whole_name(first) else ()
    return names_in(marked.plain(before))
