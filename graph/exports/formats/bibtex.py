"""BibTeX, for LaTeX with BibTeX or biber, and for every reference manager.

bibtexparser writes the file. Its `LatexEncodingMiddleware` is not used: it takes two dollar signs in a
title for mathematics, and leaves a brace that a text opens and never closes, which breaks the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, ExplicitComment, Field

from ...utils.text import one_line
from ..selection import Selection
from .references import ARTICLE, CONFERENCE, PREPRINT, REPORT, BibliographyItem, Name, references_of

_TYPES = {ARTICLE: "article", CONFERENCE: "inproceedings", REPORT: "techreport"}
_CONTAINERS = {ARTICLE: "journal", CONFERENCE: "booktitle", REPORT: "institution"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# TeX reads \{ as a brace and BibTeX counts it as one, so braces have names.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_LIGATURE = re.compile(r"(?<=([-`',<>]))(?=\1)|(?<=[!?])(?=`)")  # two signs of which TeX makes one
_BRACES = str.maketrans({"{": "%7b", "}": "%7d"})


def write(selection: Selection) -> dict[str, str]:
    """The file in UTF-8, keys as everywhere else; what is not known has no field."""
    library = Library([ExplicitComment(_tex(selection.provenance))])
    library.add([_entry(each) for each in references_of(selection)])
    return {".bib": write_string(library, unparse_stack=[])}  # the fields have their braces


def _entry(reference: BibliographyItem) -> Entry:
    fields = [Field(name, value) for name, value in _fields(reference)]
    return Entry(_TYPES.get(reference.type, "misc"), reference.paper.key, fields)


def _fields(reference: BibliographyItem) -> Iterator[tuple[str, str]]:
    """What is known, in the order in which people write it; braces and all."""
    if reference.title:
        yield "title", f"{{{{{_tex(reference.title)}}}}}"  # twice: styles must not lower BERT
    people = [*map(_author, reference.names), *(["others"] if reference.others else [])]
    if reference.names:
        yield "author", f"{{{' and '.join(people)}}}"
    yield from ((name, f"{{{_tex(value)}}}") for name, value in _plain(reference).items() if value)
    if reference.doi:
        # A DOI and an address are taken as they are; a brace in one would end the field.
        yield "doi", f"{{{reference.doi.translate(_BRACES)}}}"
    if reference.issued and len(reference.issued) > 4:
        yield "month", _MONTHS[int(reference.issued[5:7]) - 1]  # a string of every style, without braces
    if reference.paper.url:
        yield "url", f"{{{reference.paper.url}}}"  # percent-encoded; TeX takes it as it is
    if reference.keywords:
        yield "keywords", f"{{{', '.join(map(_tex, reference.keywords))}}}"
    yield "annote", f"{{{_tex(reference.note)}}}"


def _plain(reference: BibliographyItem) -> dict[str, str | None]:
    """The fields that are a text or nothing."""
    arxiv, venue = reference.identifier("arxiv"), one_line(reference.paper.venue or "")
    container = _CONTAINERS.get(reference.type)
    return ({container: reference.container} if container else {}) | {
        "volume": reference.part("volume"),
        "number": reference.part("issue"),
        "year": reference.issued and reference.issued[:4],
        "eprint": arxiv,
        "archivePrefix": "arXiv" if arxiv else None,
        "howpublished": venue if reference.type == PREPRINT and venue != "arXiv" else None,
        "origdate": reference.paper.date,  # biblatex: the first version
    }


def _author(name: Name) -> str:
    """One name that stays one, also where it holds "and" or a comma."""
    return _tex(name.inverted) if name.given else f"{{{_tex(name.family)}}}"


def _tex(text: str) -> str:
    r"""A text on one line with what TeX would obey escaped.

    >>> print(_tex("50% of {x_1} & $5"))
    50\% of \textbraceleft{}x\_1\textbraceright{} \& \$5
    """
    return _LIGATURE.sub("{}", one_line(text).translate(_TEX))
