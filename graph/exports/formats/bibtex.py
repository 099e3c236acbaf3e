"""BibTeX, for LaTeX with BibTeX or biber, and for every reference manager.

bibtexparser does not write it: its `LatexEncodingMiddleware` takes two dollar signs in a title for mathematics and does
not escape a brace that a text opens and never closes, which breaks the file.
Without it an entry is its fields between braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...utils.text import one_line
from ..selection import Selection
from .references import ARTICLE, CONFERENCE, PREPRINT, REPORT, BibliographyItem, Name, bibliography_of

_TYPES = {ARTICLE: "article", CONFERENCE: "inproceedings", REPORT: "techreport"}
_CONTAINERS = {ARTICLE: "journal", CONFERENCE: "booktitle", REPORT: "institution"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts \{ as an opening brace, so braces are written by name.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
_LIGATURES = ("--", "``", "''", ",,", "<<", ">>", "!`", "?`")  # two characters that TeX joins into one
_LIGATURE = re.compile(r"(?<=([-`',<>]))(?=\1)|(?<=[!?])(?=`)")
_BRACES = str.maketrans({"{": "%7b", "}": "%7d"})


def write(selection: Selection) -> dict[str, str]:
    """The file in UTF-8, with a comment that says where it comes from, then an entry for each paper."""
    entries = [f"@comment{{{_tex(selection.provenance)}}}\n", *map(entry_text, bibliography_of(selection))]
    return {".bib": "\n\n".join(entries)}


def entry_text(item: BibliographyItem) -> str:
    """One paper as a BibTeX entry whose key is the paper's; an unknown value has no field.

    >>> from graph import load
    >>> from graph.exports.formats.references import item_of
    >>> print(entry_text(item_of(load(), "rae2021"))[:14])
    @misc{rae2021,
    """
    fields = ",\n".join([f"\t{name} = {value}" for name, value in _fields(item)])
    return f"@{_TYPES.get(item.type, 'misc')}{{{item.paper.key},\n{fields}\n}}\n"


def _fields(item: BibliographyItem) -> Iterator[tuple[str, str]]:
    """The known fields with their braces, in the order in which people write them."""
    if item.title:
        yield "title", f"{{{{{_tex(item.title)}}}}}"  # in two pairs of braces, so that no style writes "bert"
    if item.names:
        people = [*map(_author, item.names), *(["others"] if item.others else [])]
        yield "author", f"{{{' and '.join(people)}}}"
    for name, value in _plain(item):
        if value:
            yield name, f"{{{_tex(value)}}}"
    if item.doi:
        # Styles take a DOI as it is, so only a brace, which would end the field, is escaped.
        yield "doi", f"{{{item.doi.translate(_BRACES)}}}"
    if item.issued and len(item.issued) > 4:
        yield "month", _MONTHS[int(item.issued[5:7]) - 1]  # a macro that every style defines, without braces
    if item.url:
        yield "url", f"{{{item.url}}}"  # percent-encoded, and styles take it as it is
    if item.keywords:
        yield "keywords", f"{{{', '.join(map(_tex, item.keywords))}}}"
    yield "annote", f"{{{_tex(item.note)}}}"


def _plain(item: BibliographyItem) -> Iterator[tuple[str, str | None]]:
    """The fields that hold a plain text, or None."""
    if item.type in _CONTAINERS:
        yield _CONTAINERS[item.type], item.container
    yield "volume", item.volume
    yield "number", item.issue
    yield "year", item.issued and item.issued[:4]
    yield "eprint", item.arxiv
    yield "archivePrefix", "arXiv" if item.arxiv else None
    yield "pmid", item.pmid
    yield "pmcid", item.pmcid
    if item.type == PREPRINT and item.paper.venue:
        venue = one_line(item.paper.venue)
        yield "howpublished", venue if venue != "arXiv" else None
    # Not origdate: by APA and Chicago it is of a reprint, and makes "[2018] 2019" of a preprint and its publication.
    yield "publicsince", item.paper.date


def _author(name: Name) -> str:
    """A name that BibTeX takes for one, even if it contains "and" or a comma."""
    return _tex(name.inverted) if name.given else f"{{{_tex(name.family)}}}"


def _tex(text: str) -> str:
    r"""A text on one line, with every character escaped that has a meaning in TeX.

    >>> print(_tex("50% of {x_1} & $5"))
    50\% of \textbraceleft{}x\_1\textbraceright{} \& \$5
    """
    line = one_line(text)
    if _SPECIAL.search(line):
        line = line.translate(_TEX)
    return _LIGATURE.sub("{}", line) if any([pair in line for pair in _LIGATURES]) else line  # noqa: C419  # quicker
