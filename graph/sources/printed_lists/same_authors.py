"""References that lean on the one before: by a dash for its authors, by "Ders." for its author, or by "Ibid.".

A dash says that the authors are the same, all of them. Whom other words mean only readers can tell: the authors of such
an entry are unknown, and the list says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .entries import Entry, PrintedList, named
from .list_marks import NUMBER

SAME_AUTHORS, OTHER_AUTHORS = "\u16a0. \u16a0\u16a0", "\u16a2. \u16a2\u16a2"
"""What stands for them while an entry is read: names, so that every style has them where it has names."""
DASH = (
    r"(?:[\u2e3a\u2e3b]|[\u2013-\u2015_-] ?(?:[\u2013-\u2015_-] ?){1,8}[\u2013-\u2015_-]|[\u2013-\u2015]{2}"
    r"|\u2014(?=[.,:]))(?=[\s.,:(])"
)
"""A long dash, or what is typed in its place; Chicago's has three ems."""
_DASH = re.compile(rf"\s*{DASH}")
_WORD = re.compile(r"\s*(?:(?:Ders|Dies|Ead|Id)\.(?=[\s,:(])|(?:Derselbe|Dieselben?|Idem|Eadem)(?=[.,:]|\s\())")
_PAGES = r"\W{0,6}(?:(?:pp?|ss?|chap|ch|kap|sec|sect|n|note|anm|vol|bd|pages?)\b)?[\W\d]*+(?:ff?\W*+)?"
_REFERS = re.compile(
    rf"\s{{0,6}}(?:{NUMBER})?\W{{0,6}}(?:(?:ibid(?:em)?|ebda?|ebenda|idem)\b"
    rf"|(?:[^\n]{{2,120}}[\s,.:;(])?(?:(?:op|loc|art)\. ?cit|a\. ?a\. ?O|aaO)\b){_PAGES}",
    re.IGNORECASE,
)


def with_sign(text: str) -> str:
    """A reference with a sign for authors that it does not name, where it begins with what stands for them.

    >>> with_sign("\u2014\u2014\u2014. 1969. Tides.") == f"{SAME_AUTHORS}. 1969. Tides."
    True
    >>> with_sign("Ders.: Tides.") == f"{OTHER_AUTHORS}: Tides.", with_sign("Idem the same")
    (True, 'Idem the same')
    """
    for pattern, sign in ((_DASH, SAME_AUTHORS), (_WORD, OTHER_AUTHORS)):
        if found := pattern.match(text):
            return sign + text[found.end() :]
    return text


def only_refers(text: str) -> bool:
    """Whether a reference is nothing but a pointer to another, such as "[4] Ibid., p. 3" or "Knuth, op. cit., pp. 3-4".

    >>> only_refers("Ebd., S. 5."), only_refers("Li, B., loc. cit."), only_refers("Ibid. 4. Tides of the sea, 1999")
    (True, True, False)
    """
    return bool(_REFERS.fullmatch(text))


def resolved(authors: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """The authors with those of the entry before in the place of the sign for them, and without those of a word."""
    every = (before if name == SAME_AUTHORS else () if name == OTHER_AUTHORS else (name,) for name in authors)
    return tuple(name for names in every for name in names)


def with_same_authors(printed: PrintedList) -> PrintedList:
    """The list with all the authors that can be told, and a word on those that cannot."""
    before: tuple[str, ...] = ()
    entries: list[Entry] = []
    unknown: list[str] = []
    for entry in printed.entries:
        works = []
        for work in entry.works:
            if OTHER_AUTHORS in work.authors or (SAME_AUTHORS in work.authors and not before):
                unknown.append(str(entry.number))
            before = resolved(work.authors, before)
            works.append(replace(work, authors=before))
        if not (works or entry.is_remark):
            before = ()
        entries.append(replace(entry, works=tuple(works)))
    remarks = (
        (f"authors that stand in an entry before are unknown: {named('entry', 'entries', unknown)}",) if unknown else ()
    )
    return replace(printed, entries=tuple(entries), remarks=(*printed.remarks, *remarks))
