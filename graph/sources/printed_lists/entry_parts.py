"""Title, authors, year and identifiers of an entry whose parts only its style tells apart: blocks, quotes, emphasis.

Where neither of these says what is the title, the title is unknown.
"""

from __future__ import annotations

import re

from ...model.identifiers import Identifier
from .entries import Work
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .marked_text import BLOCK, BOLD, EMPHASIS, FIELDS, OPENED, SAME_AUTHORS, MarkedText
from .tex_source import squeezed

_QUOTED = re.compile(
    "[\u201c\u201f\u201e]([^\u201c\u201d\u201e\u201f]{3,600}?)[\u201d\u201c]|(?<![\\w`'])``([^`]{3,600}?)''|(?<!\\w)\"([^\"]{3,600})\"(?!\\w)"
)
_EMPHASIZED = re.compile(f"{EMPHASIS[0]}([^{EMPHASIS[0]}{EMPHASIS[1]}]*){EMPHASIS[1]}")
_NO_TITLE = re.compile(
    r"\W*(?:et\.? ?al\W*|ibid\W*|op\. ?cit\W*|idem\W*|in|arxiv\W.*|corr\W*|see also|e-?prints?\W*)$",
    re.IGNORECASE | re.DOTALL,
)
_VENUE_FOLLOWS = re.compile(
    rf"[\s,.]*(?:{BOLD[0]}|\(?\d(?!\w*\s*ed\b)|vol(?:ume|\.)|no\.|pp?\.|abs/|page)", re.IGNORECASE
)
_IN = re.compile(r"(?:^|[\s,.;(])in:?\s*$", re.IGNORECASE)
_DATE_AT_END = re.compile(
    r"(?:[,.]|(?<![,.\s]))\s++\(?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+\.?\s++)?"
    r"(?:1[5-9]|20)\d\d[a-z]?\W*+$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.:/\u2013\u2014-])((?:1[5-9]|20)\d\d)[a-z]?(?![\w/]|[-\u2013\u2014]+\d|\.\d)")
_DATES = re.compile(
    r"(?:[,.;]\s|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s)\s*"
    r"((?:1[5-9]|20)\d\d)[a-z]?(?=[\s.,;)]|$)(?!\.\d)",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\((?:[^()]{0,80}[\s,])?((?:1[5-9]|20)\d\d)[a-z]?(?:[,\s][^()]{0,20})?\)")
_PAGES = re.compile(
    r"(?:pp?\.|pages?|no\.|number|vol\.|volume)\s*(?:[A-Z]?\d+)(?:\s*[-\u2013\u2014]+\s*[A-Z]?\d+)?", re.IGNORECASE
)
_REMARK = re.compile(
    r"\W*(?:ibid\b|op\. ?cit|we (?:note|remark|use|thank|have)\b|note that|see (?:the )?supplement|here,? "
    r"|the (?:dashed|solid)\b)"
    r"|.*\b(?:private|personal) communications?\b|.*\bin preparation\b|.*\bunpublished\b",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_REFERS = re.compile(
    r"\W*(?:ibid|op\. ?cit|loc\. ?cit|idem)\b\W*(?:,?\s*(?:pp?\.|pages?|chap\w*|sec\w*)?\s*[\d\s,.\u2013-]*)?\W*$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?:^|(?<=[\s;.]))\((a|b|c|d|e|f|i|ii|iii|iv)\)\s")
_LETTERS = (("a", "b", "c", "d", "e", "f"), ("i", "ii", "iii", "iv"))
_ERRATUM = re.compile(r"\(E\)|\berrat(?:um|a)\b|\bcorrigend", re.IGNORECASE)
_BEHIND_COLON = re.compile(
    r"(?P<names>(?:[^\W\d_a-z][\w'\u2019 -]{1,40}, (?:[^\W\d_a-z]\.[ -]?){1,4}(?:, (?:et al\.?)?|,? (?:and|&) )?)+): "
    r"(?P<title>[^.?!]{4,400}[.?!])(?=\s)"
)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s~-]*){1,4}(?:[Jj]r\.?)?")
_NAME = re.compile(
    r"(?:(?:[^\W\d_]\.[\s-]?)+\s*)+(?:(?:van|von|de|der|den|del|la|le|da|di|dos|ten|al)\s)*[^\W\d_][\w'\u2019-]+(?:\s[^\W\d_][\w'\u2019-]+)?"
    r"|[^\W\d_a-z][\w'\u2019-]+(?:\s(?:[^\W\d_]\.?|van|von|de|der|den|del|la|le|da|di|[^\W\d_a-z][\w'\u2019-]+)){1,3}"
)
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
    return bool(_ONLY_REFERS.match(plain) or _REMARK.match(plain)) and not announced(plain)


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
    title, before = _title(marked, text)
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


def _between(text: str, name: str) -> list[str]:
    first, last = FIELDS[name]
    return re.findall(f"{first}(.*?){last}", text, re.DOTALL)


def _title(marked: MarkedText, text: str) -> tuple[str | None, str | None]:
    """The title, and what stands in front of it, which are the authors; None where it is unknown."""
    named = _between(text, "title")
    if named:
        return _shown(marked, named[0]), text[: text.index(FIELDS["title"][0])]
    if FIELDS["author"][0] in text:  # a style that names fields, and names no title
        return _book_title(marked, text), None
    for match in _QUOTED.finditer(marked.without_links(text)):
        quoted = match[1] or match[2] or match[3]
        if len(quoted.split()) > 1 or not _NO_TITLE.match(quoted):
            return _shown(marked, quoted), match.string[: match.start()]
    blocks = [part for part in text.split(BLOCK) if marked.plain(part)]
    if len(blocks) > 1:
        title = _title_block(marked, blocks[1])
        return title, blocks[0] if title else None
    return _title_behind_colon(marked, text) or _emphasized_title(marked, text)


def _title_behind_colon(marked: MarkedText, text: str) -> tuple[str | None, str | None] | None:
    """The sentence behind a list of names that a colon ends, as Springer's style has it; None where there is none."""
    found = _BEHIND_COLON.match(marked.plain(marked.without_links(text)))
    return (_shown(marked, found["title"]), found["names"]) if found else None


def _emphasized_title(marked: MarkedText, text: str) -> tuple[str | None, str | None]:
    """The first emphasized text that is no venue, and what stands in front of it."""
    for match in _EMPHASIZED.finditer(text):
        after = text[match.end() :]
        if _NO_TITLE.match(marked.plain(match[1])) or not re.search(r"[^\W\d_]{2}", match[1]):
            continue
        is_venue = _VENUE_FOLLOWS.match(after) or _IN.search(marked.plain(text[: match.start()]))
        if is_venue or not re.search(r"[^\W\d_]{3}", marked.plain(marked.without_links(after))):
            break
        return _shown(marked, match[1]), text[: match.start()]
    return None, None


def _book_title(marked: MarkedText, text: str) -> str | None:
    """The title of a book, which ACM's style names like that of a collection, where nothing stands in it."""
    named = _between(text, "booktitle")
    if not named:
        return None
    before = marked.plain(text[: text.index(FIELDS["booktitle"][0])])
    return None if _IN.search(before) else _shown(marked, named[0])


def _title_block(marked: MarkedText, block: str) -> str | None:
    text = block.strip()
    plain = marked.plain(marked.without_links(text)).strip(" .,;")
    if not re.search(r"[^\W\d_]{2}", plain) or re.match(r"in:?\s", plain, re.IGNORECASE):
        return None
    if re.match(r"(?:arxiv|corr|doi|url|technical report|tech\. rep|ph\.?d|master|https?:)\b", plain, re.IGNORECASE):
        return None
    emphasized = _EMPHASIZED.match(text)
    if emphasized:
        after = text[emphasized.end() :]
        if _VENUE_FOLLOWS.match(after) and not re.match(r"[\s,]*(?:vol)", after, re.IGNORECASE):
            return None
        if re.match(r"\s*(?:[.,;(]|$)", marked.without_links(after)):
            return _shown(marked, emphasized[1])
    return _shown(marked, _DATE_AT_END.sub("", plain) or plain)


def _shown(marked: MarkedText, text: str) -> str | None:
    plain = marked.plain(marked.without_links(text)).strip(' ,;\u201c\u201d"')
    if plain.endswith(".") and not plain.endswith(".."):
        plain = plain[:-1]
    return plain if re.search(r"[^\W_]", plain) and len(plain) > 1 else None


def _year(marked: MarkedText, text: str, printed: str, title: str | None, label_year: int | None) -> int | None:
    """The year of an entry: named, in parentheses, or the last that is no page and no part of an identifier."""
    for named in _between(text, "year"):
        match = _YEAR.search(marked.plain(named))
        if match:
            return int(match[1])
    plain = _PAGES.sub(" ", printed)
    plain = plain.replace(title, " ", 1) if title else plain
    in_parentheses = [int(each) for each in _IN_PARENTHESES.findall(plain)]
    every = [int(match[1]) for match in _YEAR.finditer(plain)]
    if label_year in (*in_parentheses, *every):
        return label_year
    if in_parentheses:
        return in_parentheses[0]
    dates = [int(each) for each in _DATES.findall(plain)]
    return next(reversed(dates or every), None)


def _authors(marked: MarkedText, text: str, before: str | None) -> tuple[str, ...]:
    """The authors as far as they can be told; those of the entry before, for whom a dash stands, are `SAME_AUTHORS`."""
    if SAME_AUTHORS in text[:20]:
        return (SAME_AUTHORS,)
    named = _between(text, "author")
    if named:
        every = [name for each in named for name in squeezed(marked.plain(each)).strip(" ,.;").split(" and ")]
        return tuple(filter(None, (name.strip(" ,;") for name in every)))
    if before is None:
        unmarked = re.split(f"[{EMPHASIS[0]}{BOLD[0]}{BLOCK}]", text, maxsplit=1)[0]
        leading = re.split(r"[\u201c\"(]", marked.plain(unmarked), maxsplit=1)[0]
        first = first_name(leading)
        return (first,) if first and (_NAME.fullmatch(first) or "," in first) else ()
    return names_in(marked.plain(before))


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list of authors.

    >>> names_in("S. Hochreiter and J. Schmidhuber,"), names_in("Smith, J., Cruz, A. B., et al.")
    (('S. Hochreiter', 'J. Schmidhuber'), ('Smith, J.', 'Cruz, A. B.'))
    """
    text = re.sub(r"(?<!\W)\W*+(?:1[5-9]|20)\d\d[a-z]?\W*+$", "", text.strip(" ,;:"))
    text = re.sub(r"(?<![\s,])[\s,]*+(?:\bet\.? ?al\b\.?|\band others\b)\W*+$", "", text)
    chunks = [
        each.strip()
        for each in re.split(r" ?[,;] ?(?:and|&) | (?:and|&) | ?[,;] ", " ".join(text.split()))
        if each.strip()
    ]
    names: list[str] = []
    for chunk in chunks:
        if names and _goes_on(names[-1], chunk):
            names[-1] += f", {chunk}"
        else:
            names.append(chunk)
    return tuple(re.sub(r"(?<=\w\w)\.$", "", name) for name in names)


def _goes_on(name: str, chunk: str) -> bool:
    """Whether a chunk is the rest of a name: initials behind a family name alone, or "Jr."."""
    if re.fullmatch(r"(?:[Jj]r|[Ss]r)\.?|I{2,3}", chunk):
        return True
    return bool(_INITIALS.fullmatch(chunk)) and "," not in name and not re.search(r"\b\w\.", name)


def first_name(text: str) -> str | None:
    """The first name at the beginning of an entry; None where none can be told from what follows."""
    names = names_in(", ".join(text.split(",")[:3]))
    if not names:
        return None
    first = names[0]
    return first if len(first) < 60 and not re.search(r"\d", first) and len(first.split()) < 6 else None
