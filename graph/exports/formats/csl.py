"""CSL-JSON, for Zotero, Pandoc, Quarto and citeproc. The format is plain JSON, so no library is needed."""

from __future__ import annotations

from typing import Any

from ...utils.files import json_text
from ...utils.text import one_line
from ..provenance import made_by
from ..selection import Selection
from .references import ARTICLE, CONFERENCE, PREPRINT, REPORT, BibliographyItem, Name, bibliography_of

_TYPES = {ARTICLE: "article-journal", CONFERENCE: "paper-conference", REPORT: "report", PREPRINT: "article"}


def write(selection: Selection) -> dict[str, str]:
    """The file: a list with an item for each paper."""
    return {".json": json_text([csl_item(each) for each in bibliography_of(selection)])}


def csl_item(item: BibliographyItem) -> dict[str, Any]:
    """One paper as an item of CSL-JSON, plain JSON values, whose id is the paper's key.

    An unknown value is left out. What CSL has no variable for is in ``custom``, also the date of the first version:
    ``original-date`` is that of a reprint's original, and styles write both years.

    >>> from graph import load
    >>> from graph.exports.formats.references import item_of
    >>> bert = csl_item(item_of(load(), "devlin2018"))
    >>> bert["type"], bert["container-title"], bert["custom"]["date"]
    ('paper-conference', 'NAACL 2019', '2018-10-11')
    """
    paper, arxiv = item.paper, item.arxiv
    publisher = {REPORT: item.container, PREPRINT: "arXiv" if arxiv else None}
    fields = {
        "id": paper.key,
        "type": _TYPES.get(item.type, "document"),
        "title": item.title,
        "author": [_name(name) for name in item.names],
        "container-title": item.container if item.type in (ARTICLE, CONFERENCE) else None,
        "publisher": publisher.get(item.type),
        "volume": item.volume,
        "issue": item.issue,
        "issued": _date(item.issued),
        "DOI": item.doi,
        "PMID": item.pmid,
        "PMCID": item.pmcid,
        "URL": item.url,
        "number": f"arXiv:{arxiv}" if arxiv else None,
        "keyword": ", ".join(item.keywords),
        "note": item.note,
        "source": made_by(),
        "custom": _custom(item),
    }
    return {name: value for name, value in fields.items() if value}


def _custom(item: BibliographyItem) -> dict[str, Any]:
    look, paper = item.look, item.paper
    known = {
        "names": list(paper.names),
        "date": paper.date,
        "date_basis": paper.date_basis,
        "venue": paper.venue and one_line(paper.venue),
        "identifiers": [str(each) for each in paper.identifiers],
        "role": look.role,
        "list_numbers": list(look.numbers),
        "themes": list(look.chosen),
        "more_authors": item.others,
    }
    return {name: value for name, value in known.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(date: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
