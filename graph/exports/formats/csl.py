"""CSL-JSON, for Zotero, Pandoc, Quarto and citeproc. The format is plain JSON, so no library is needed."""

from __future__ import annotations

from typing import Any

from ...utils.files import json_text
from ...utils.text import one_line
from ..selection import Selection
from .references import ARTICLE, CONFERENCE, PREPRINT, REPORT, BibliographyItem, Name, references_of

_TYPES = {ARTICLE: "article-journal", CONFERENCE: "paper-conference", REPORT: "report", PREPRINT: "article"}


def write(selection: Selection) -> dict[str, str]:
    """A list of items; what the format has no variable for stands under ``custom``."""
    return {".json": json_text([_item(selection, each) for each in references_of(selection)])}


def _item(selection: Selection, reference: BibliographyItem) -> dict[str, Any]:
    paper, arxiv = reference.paper, reference.identifier("arxiv")
    publisher = {REPORT: reference.container, PREPRINT: "arXiv" if arxiv else None}
    item = {
        "id": paper.key,
        "type": _TYPES.get(reference.type, "document"),
        "title": reference.title,
        "author": [_name(name) for name in reference.names],
        "container-title": reference.container if reference.type in (ARTICLE, CONFERENCE) else None,
        "publisher": publisher.get(reference.type),
        "volume": reference.part("volume"),
        "issue": reference.part("issue"),
        "issued": _date(reference.issued),
        "original-date": _date(paper.date),
        "DOI": reference.doi,
        "URL": paper.url,
        "number": f"arXiv:{arxiv}" if arxiv else None,
        "keyword": ", ".join(reference.keywords),
        "note": reference.note,
        "source": selection.tool,
        "custom": _custom(reference),
    }
    return {name: value for name, value in item.items() if value}


def _custom(reference: BibliographyItem) -> dict[str, Any]:
    data, paper = reference.lineage.graph.nodes[reference.paper.key], reference.paper
    known = {
        "names": list(paper.names),
        "date": paper.date,
        "date_basis": paper.date_basis,
        "venue": paper.venue and one_line(paper.venue),
        "identifiers": [str(each) for each in paper.identifiers],
        "role": data["role"],
        "list_numbers": list(data["numbers"]),
        "themes": list(data["themes"]),
        "more_authors": reference.others,
    }
    return {name: value for name, value in known.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(date: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
