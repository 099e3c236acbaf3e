"""The title of an entry whose parts only its style tells apart: fields, quotes, blocks, emphasis, the names before it.

Where none of these says what is the title, it is unknown.
"""

from __future__ import annotations

import re
from functools import partial

from .marked_text import BLOCK, BOLD, EMPHASIS, FIELDS, MarkedText
from .printed_names import YEAR, are_names
from .same_authors import OTHER_AUTHORS, SAME_AUTHORS
from .tex_source import squeezed

_QUOTED = re.compile(
    "[\u201c\u201f\u201e]([^\u201c\u201d\u201e\u201f]{3,600}?)[\u201d\u201c]|(?<![\\w`'])``([^`]{3,600}?)''"
    '|(?<!\\w)"([^"]{3,600})"(?!\\w)|\u00ab([^\u00ab\u00bb]{3,600})\u00bb|\u00bb([^\u00ab\u00bb]{3,600})\u00ab'
)
_EMPHASIZED = re.compile(f"{EMPHASIS[0]}([^{EMPHASIS[0]}{EMPHASIS[1]}]*){EMPHASIS[1]}")
_NO_TITLE = re.compile(
    r"\W*(?:et\.? ?al\W*|ibid\W*|op\. ?cit\W*|idem\W*|in:?|arxiv\W.*|corr\W*|see also|e-?prints?\W*)$",
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
_WITHOUT_TITLE = re.compile(
    r"in:?\s|(?:arxiv|corr|doi|url|technical report|tech\. rep|ph\.?\s?d|master|https?:|bachelor|diplom|mimeo)\b",
    re.IGNORECASE,
)
"""How a block begins that stands where a title would, in an entry that has none."""
_THESIS = re.compile(
    r"(?:Ph\. ?D\.|PhD|Doctoral|Master'?s?|Diploma|Bachelor'?s?) (?:thesis|dissertation)", re.IGNORECASE
)
_YEAR_ALONE = re.compile(rf"[\s,.]*\(?{YEAR}[a-z]?\)?[\s.]*")
_YEAR_AHEAD = re.compile(rf"\A\s*(?:\({YEAR}[a-z]?\)[.:,]?|{YEAR}[a-z]?,)\s+")
"""A year between names and title; without brackets and comma it may begin the title."""
_BEHIND_YEAR = re.compile(
    rf"(?P<names>[^\n]{{3,600}}?)[.,:]?\s(?:\({YEAR}[a-z]?\)[.:,]?|{YEAR}[a-z]?(?:[.:,]|(?=\s[^a-z])))"
    r"\s+(?P<title>[^\s,][^\n]{3,})"
)
_BEHIND_COLON = re.compile(
    rf"(?P<names>[^\n.:{EMPHASIS[0]}]{{3,100}}|[^\n:{EMPHASIS[0]}]{{3,600}}[.)]|{SAME_AUTHORS}|{OTHER_AUTHORS}):\s+"
    r"(?P<title>[^\n]{4,})"
)
"""Names, and then a title in the same block."""
_SENTENCE = re.compile(r"([^\n]{4,600}?(?:(?<=[^\W\d_]{2})\.|[?!]))(?=\s+\S)")
_BEFORE_VENUE = re.compile(
    rf"(?<=\S)(?:[.,;:?!]\s+(?:[Ii]n:?\s+)?|\s+[Ii]n:?\s+){EMPHASIS[0]}([^{EMPHASIS[1]}]*){EMPHASIS[1]}"
)
"""Where an emphasized journal, book or "in" stands behind a title."""
_BEHIND_TITLE = re.compile(
    r",? \(?ar[Xx]iv: ?\S{1,60}$|[.?!] In:? (?=[^\W\d_a-z])|, in(?=: | [^\W\d_a-z](?:\.|$))"
    r"|[.,;]? \(?(?:Techn?|Ph\.D)$|[.,;] (?:Tech(?:nical|n)?\.? (?:Rep|Ber)|Ph\.? ?[Dd]\.? (?:thesis|diss)).*"
    r"|, (?:Master'?s? thesis|Working paper).*"
    r"|, [^,.:]{0,40}\b(?:Press|Verlag|Publish(?:ers|ing)|Springer|Elsevier|Wiley)(?:[,.].*|$)",
    re.DOTALL,
)
"""A book, a preprint, a publisher or a kind of report behind a title in the same sentence."""
_SINGLE_QUOTES = re.compile(r"[\u2018'`](.{8,400}?)[\u2019'](?=[,.]?(?:\s|$))")
_KIND_OF_WORK = re.compile(r"\s?\[(?:[A-Z](?:/OL)?|Internet)\].*", re.DOTALL)
"""Behind the title in Chinese and in medical styles: "[J]", "[C]//Proceedings"."""


def between(text: str, name: str) -> list[str]:
    """The values of a field that the style names."""
    first, last = FIELDS[name]
    return re.findall(f"{first}(.*?){last}", text, re.DOTALL)


def is_unmarked(text: str) -> bool:
    """Whether no field, block or emphasis says what the parts of an entry are."""
    return not any(sign in text for sign in (BLOCK, EMPHASIS[0], BOLD[0], *(first for first, _ in FIELDS.values())))


def title_in(marked: MarkedText, text: str) -> tuple[str | None, str | None]:
    """The title, and what stands in front of it, which are the authors; None where it is unknown."""
    text = squeezed(text)
    named = between(text, "title")
    if named:
        return _shown(marked, named[0]), text[: text.index(FIELDS["title"][0])]
    if FIELDS["author"][0] in text:  # a style that names fields, and names no title
        return _book_title(marked, text), None
    for match in _QUOTED.finditer(marked.without_links(text)):
        quoted = next(filter(None, match.groups()))
        if len(quoted.split()) > 1 or not _NO_TITLE.match(quoted):
            return _shown(marked, quoted), match.string[: match.start()]
    blocks = [part for part in text.split(BLOCK) if marked.plain(part)]
    if len(blocks) < 2:
        return _title_behind_names(marked, text, is_whole=True) or _emphasized_title(marked, text)
    within = _title_behind_names(marked, blocks[0]) or _emphasized_title(marked, BLOCK.join(blocks), within=blocks[0])
    if within[0]:
        return within
    title = _title_block(marked, blocks[1])
    return title, blocks[0] if title else None


def _title_behind_names(
    marked: MarkedText, text: str, *, is_whole: bool = False
) -> tuple[str | None, str | None] | None:
    """The title behind names with a year or a colon; None where there is none.

    In an entry that `is_whole` more follows: there a venue or the end of a sentence says where the title ends.
    """
    for pattern in (_BEHIND_YEAR, _BEHIND_COLON):
        found = pattern.match(text)
        if not found or not are_names(marked.plain(found["names"])):
            continue
        block, after = _YEAR_AHEAD.sub("", found["title"], count=1), ""
        if is_whole and not _has_venue(block):
            sentence = _SENTENCE.match(block)
            block, after = (sentence[1], block[sentence.end() :]) if sentence else ("", "")
        title = _title_block(marked, block)
        if title and not is_journal(title, marked.plain(after)):
            return title, found["names"]
    return None


def title_of(text: str) -> str:
    """A title without quotes around it, and without the book, the publisher or the kind of work behind it.

    >>> title_of("\u2018Tides of the sea\u2019, Sea, 3, pp"), title_of("Tides of the sea[C]//Proceedings on Seas.")
    ('Tides of the sea', 'Tides of the sea')
    >>> title_of("Tides of the sea, in J"), title_of("Tides of the sea, Sea Press, Oslo")
    ('Tides of the sea', 'Tides of the sea')
    """
    quoted = _SINGLE_QUOTES.match(text)
    if quoted:
        return quoted[1].strip(" .,")
    return _BEHIND_TITLE.split(_KIND_OF_WORK.sub("", text), maxsplit=1)[0].strip(" .,")


def _has_venue(block: str) -> bool:
    """Whether an emphasis or a quotation says where the title ends."""
    return bool(_EMPHASIZED.match(block) or _BEFORE_VENUE.search(block) or _SINGLE_QUOTES.match(block))


def is_journal(text: str, after: str) -> bool:
    """Whether what looks like a title is a journal, or a piece of its name, whose volume follows, or a kind of thesis.

    >>> is_journal("Sea Phys", "9, 1735 (1997)"), is_journal("Rev", "Lett. 77, 3865"), is_journal("Tides", "Sea 9")
    (True, True, False)
    """
    if _THESIS.fullmatch(text):
        return True
    if _YEAR_ALONE.fullmatch(after):
        return False
    is_piece = (" " not in text and text.isascii()) or ("." in text[:-1] and len(text.split()) < 4)
    return bool(_VENUE_FOLLOWS.match(after) or (is_piece and re.match(r"\s*[^\W\d_]{1,12}\.", after)))


def _emphasized_title(marked: MarkedText, text: str, *, within: str | None = None) -> tuple[str | None, str | None]:
    """The first emphasized text that is no venue, and what stands in front of it, which are names within a block."""
    for match in _EMPHASIZED.finditer(text if within is None else within):
        before, after = text[: match.start()], text[match.end() :]
        if _NO_TITLE.match(marked.plain(match[1])) or not re.search(r"[^\W\d_]{2}", match[1]):
            continue
        is_venue = _VENUE_FOLLOWS.match(after) or _IN.search(marked.plain(before))
        if is_venue or not re.search(r"[^\W\d_]{3}", marked.plain(marked.without_links(after))):
            break
        if within is None or are_names(marked.plain(before)):
            return _shown(marked, match[1]), before
        break
    return None, None


def _book_title(marked: MarkedText, text: str) -> str | None:
    """The title of a book, which ACM's style names like that of a collection, where nothing stands in it."""
    named = between(text, "booktitle")
    if not named:
        return None
    before = marked.plain(text[: text.index(FIELDS["booktitle"][0])])
    return None if _IN.search(before) else _shown(marked, named[0])


def _title_block(marked: MarkedText, block: str) -> str | None:
    text = _YEAR_AHEAD.sub("", block, count=1).strip()
    plain = marked.plain(marked.without_links(text)).strip(" .,;")
    if not re.search(r"[^\W\d_]{2}", plain) or _WITHOUT_TITLE.match(plain):
        return None
    emphasized = _EMPHASIZED.match(text)
    if emphasized:
        after = marked.without_links(text[emphasized.end() :])
        if _VENUE_FOLLOWS.match(after) and not re.match(rf"[\s,]*(?:vol|\(?{YEAR}[a-z]?\)?\W*(?:$|[^\W\d_]))", after):
            return None
        if re.match(r"\s*(?:[.,;:(]|Ph\.?D|$)", after):
            return _shown(marked, emphasized[1])
    elif venue := next(filter(partial(_is_behind_title, marked, text), _BEFORE_VENUE.finditer(text)), None):
        plain = marked.plain(marked.without_links(text[: venue.start() + 1]))
    plain = title_of(plain)
    return _shown(marked, _DATE_AT_END.sub("", plain) or plain)


def _is_behind_title(marked: MarkedText, text: str, venue: re.Match[str]) -> bool:
    """Whether an emphasized text is a venue, and no part of the title."""
    after = marked.without_links(text[venue.end() :])
    return marked.plain(venue[1]).strip(":").casefold() == "in" or bool(
        _VENUE_FOLLOWS.match(after) or re.match(r"\s*(?:[.,;(]|$)", after)
    )


def _shown(marked: MarkedText, text: str) -> str | None:
    plain = marked.plain(marked.without_links(text)).strip(' ,;\u201c\u201d"')
    if plain.endswith(".") and not plain.endswith(".."):
        plain = plain[:-1]
    return plain if re.search(r"[^\W_]", plain) and len(plain) > 1 else None
