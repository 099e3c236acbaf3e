"""What a title proves: whether it can decide that two records are one paper."""

from __future__ import annotations

import re
from functools import lru_cache

from ..utils.text import normalised_title, words

SHORTEST = 12
"""A title of fewer letters and digits never decides: "Reply", "Dropout"."""
DISTINCTIVE = 20
"""Two papers hardly ever share a title of this many letters and digits."""

_GENERIC = frozenset(
    words(
        """
        abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments afterword
        appendices appendix bibliography biographies biography chapter colophon conclusion conclusions
        contents contributors copyright cover dedication endnotes epilogue errata erratum foreword front
        frontmatter glossary index introduction introductory list masthead matter overview part postscript
        preface preliminaries prologue references remarks section summary table tables title untitled volume
        advertisement agenda announcement announcements annual answers author authors award awards board
        book books brief briefly briefs bulletin calendar call chair closing column columns comment
        commentaries commentary comments committee communication communications conference correction
        corrections correspondence corrigenda corrigendum data debate digest discussion discussions editor
        editorial editorials editors essay essays events feature features forum guest guide highlight
        highlights information interview interviews invited issue issues journal keynote letter letters
        listing magazine meeting meetings memorial memoriam message minutes miscellanea miscellaneous news
        newsletter note notes notice notices obituaries obituary opening opinion opinions organization
        outlook page panel papers people perspective perspectives preview proceedings profile profiles
        program programme publisher question questions reader readers recent rejoinder replies reply report
        reports response responses results retraction retractions review reviewer reviewers reviews roundup
        series session sessions special spotlight statement subject summaries supplement supplementary
        symposium talk tribute tutorial update updates view views viewpoint viewpoints welcome word workshop
        background materials method methods motivation related work future
        avant propos buchbesprechung danksagung editoriale einfuhrung einleitung geleitwort inhalt
        inhaltsverzeichnis introduccion introduzione introducao nachruf nachwort prefacio prefazione
        presentacion presentation rezension sommaire vorwort zusammenfassung
        a an and by for from in of on our the this to with your january february march april may june july
        august september october november december spring summer autumn fall winter i ii iii iv v vi vii
        viii ix x no nr vol year week month
        """
    )
)
"""The words of titles that many works have: of front matter, journals, sections, dates, in several languages."""
_COLUMN = re.compile(
    r"(?:editorials?|highlights|news|briefs?|roundup|calendar|newsletter|obituar(?:y|ies)|corner|watch)$"
)
_ABOUT_ANOTHER = re.compile(
    r"\s{0,3}(?:(?:author|publisher|editorial)(?:\W?s)?\s)?"
    r"(?:(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|corrections?|retraction)\b\s?(?:[:.]|notice|to\b|for\b|$)"
    r"|(?:expression of concern|editorial|book reviews?|in memoriam|obituary)\s?[:.]"
    r"|(?:repl(?:y|ies)|response|rejoinder|comments?)\s?(?:[:.]|to\b|on\b|$))",
    re.IGNORECASE,
)
"""Titles of notices that name the paper which they are about."""


@lru_cache(maxsize=65536)
def can_decide(title: str) -> bool:
    """Whether a title can show that two records are one paper: it is neither short nor one that many works have.

    >>> [can_decide(title) for title in ("The Bitter Lesson", "Introduction", "Ocean Highlights", "Reply to Smith")]
    [True, False, False, False]
    """
    if _length(title) < SHORTEST or _ABOUT_ANOTHER.match(title):
        return False
    parts = words(title)
    if len(parts) <= 3 and _COLUMN.search(parts[-1]):
        return False
    return not all(part in _GENERIC or part.isdigit() for part in parts)


def is_distinctive(title: str) -> bool:
    """Whether a title that can decide does so even without an author or a year to compare.

    >>> is_distinctive("The Bitter Lesson"), is_distinctive("Neural machine translation by jointly learning")
    (False, True)
    """
    return can_decide(title) and _length(title) >= DISTINCTIVE


def _length(title: str) -> int:
    """Letters and digits; a sign of Chinese, Japanese or Korean says as much as three of them."""
    return sum(3 if letter >= "\u2e80" else 1 for letter in normalised_title(title))
