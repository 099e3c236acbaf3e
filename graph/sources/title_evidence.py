"""What a title proves: whether it can decide that two records are one paper, and which titles are nearly the same.

Titles that differ in little, or of which one is the beginning of the other, never decide what is one paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from ..utils.text import normalised_title, words
from .clusters import AUTHORS, Cluster

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


MIN_SIMILARITY = 0.9
SHORTEST_BEGINNING = 8
LONGEST_COMPARED = 500
"""Letters of a title; to compare two takes up to the square of them, and no paper has a longer one."""
_SIDE = 8
_NEIGHBOURS = 50
_Title = tuple[str, int]
_Side = tuple[str, str]
_SUBTITLE = re.compile(r"[:.?!;\u2013\u2014(]|\s-{1,3}\s")


def alike(clusters: Sequence[Cluster]) -> Iterator[tuple[Cluster, Cluster, str]]:
    """Pairs of clusters whose titles are alike, the one with the first record first, and in which way they are.

    Only titles that share a beginning or an end are compared, and of first authors who share a name where both are
    stated. In a block of many titles each is compared with its neighbours in the alphabet.
    """
    anonymous = {number for number, cluster in enumerate(clusters) if not cluster.claims_of(AUTHORS)}
    sides_of_anonymous = {
        side for number in anonymous for form in _compared(clusters[number]) for side, _ in _sides(form)
    }
    blocks: defaultdict[tuple[str, _Side], list[tuple[str, str, int]]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        for form in _compared(cluster):
            for side, sorted_form in _sides(form):
                # Without a side, a surname that thousands share would cost the square of them.
                for author in map(str, cluster.claims_of(AUTHORS)):
                    blocks[author, side].append((sorted_form, form, number))
                if side in sides_of_anonymous:
                    blocks["", side].append((sorted_form, form, number))
    for (author, _), block in blocks.items():
        for (form, number), (other_form, other) in _neighbours(block, None if author else anonymous):
            likeness = _likeness(form, clusters[number], other_form, clusters[other])
            if likeness and number != other:
                one, two = sorted((clusters[number], clusters[other]), key=lambda cluster: cluster.head)
                yield one, two, likeness


def _compared(cluster: Cluster) -> list[str]:
    return [form for form, title in cluster.titles.items() if len(title) <= LONGEST_COMPARED]


def _sides(form: str) -> tuple[tuple[_Side, str], tuple[_Side, str]]:
    """The beginning and the end of a title, each with the title as it is sorted by it."""
    backwards = form[::-1]
    return (("begin", form[:_SIDE]), form), (("end", backwards[:_SIDE]), backwards)


def _neighbours(block: list[tuple[str, str, int]], wanted: Collection[int] | None) -> Iterator[tuple[_Title, _Title]]:
    """Pairs of titles that stand near each other in the alphabet; one of them of a wanted cluster, if any are given."""
    block.sort()
    for place, (_, form, number) in enumerate(block):
        if wanted is None or number in wanted:
            begin = place + 1 if wanted is None else max(0, place - _NEIGHBOURS)
            for _, other_form, other in block[begin : place + 1 + _NEIGHBOURS]:
                if form != other_form:
                    yield (form, number), (other_form, other)


def _likeness(form: str, one: Cluster, other_form: str, other: Cluster) -> str | None:
    if _are_similar(form, other_form):
        return "titles nearly alike"
    if len(form) > len(other_form):
        form, one, other_form, other = other_form, other, form, one
    if other_form.startswith(form) and _may_be_cut(one.titles[form], other.titles[other_form]):
        return "one title is the beginning of the other"
    return None


def _are_similar(one: str, other: str) -> bool:
    """Whether two normalised titles differ in little, and not only in a number."""
    if 2 * min(len(one), len(other)) <= MIN_SIMILARITY * (len(one) + len(other)):
        return False
    numbers = _digits(one), _digits(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The first is an upper bound of the second, and much faster.
    return matcher.quick_ratio() > MIN_SIMILARITY and matcher.ratio() > MIN_SIMILARITY


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _may_be_cut(short: str, long: str) -> bool:
    """Whether a bibliography may have cut the longer title to the shorter one: at its subtitle, or after a word.

    >>> _may_be_cut("Superintelligence", "Superintelligence: Paths, Dangers, Strategies")
    True
    >>> _may_be_cut("Attention", "Attention is all you need")
    False
    """
    form = normalised_title(short)
    if len(form) < SHORTEST_BEGINNING:
        return False
    at_subtitle = any(normalised_title(long[: place.start()]) == form for place in _SUBTITLE.finditer(long))
    after_a_word = len(form) >= DISTINCTIVE and words(long)[: len(words(short))] == words(short)
    return at_subtitle or after_a_word
