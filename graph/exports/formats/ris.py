"""RIS, for EndNote, Zotero, Mendeley and most others; rispy writes it."""

from __future__ import annotations

import re
from typing import Any

import rispy

from ...utils.text import one_line
from ..provenance import made_by
from ..selection import Selection
from .references import ARTICLE, CONFERENCE, PREPRINT, REPORT, BibliographyItem, bibliography_of

_TYPES = {ARTICLE: "JOUR", CONFERENCE: "CONF", REPORT: "RPRT", PREPRINT: "UNPB"}


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Leaves out the number that rispy writes above every reference, which is not RIS."""

    def set_header(self, count: int) -> str:
        return ""

    def _format_line(self, tag: str, value: str = "") -> str:
        return f"{tag}  - {value}"  # rispy's own pattern, which it would read anew for every line


_WRITER = _Writer()  # one for all entries: each would invert rispy's table of tags


def write(selection: Selection) -> dict[str, str]:
    """The file in UTF-8; an unknown value has no line."""
    return {".ris": "\n".join(map(ris_entry, bibliography_of(selection)))}


def ris_entry(item: BibliographyItem) -> str:
    """One item as it stands in the file, where an empty line parts it from the next."""
    known = {name: value for name, value in _row(item).items() if value}
    return str(_WRITER.formats([known | {"database_provider": made_by()}]))


def _row(item: BibliographyItem) -> dict[str, Any]:
    container, paper = item.container, item.paper
    arxiv = item.arxiv
    return {
        "type_of_reference": _TYPES.get(item.type, "GEN"),
        "id": paper.key,
        "title": item.title,
        "authors": [_one_name(name.inverted) for name in item.names],
        "secondary_title": container if item.type in (ARTICLE, CONFERENCE) else None,
        "custom3": container if item.type == CONFERENCE else None,  # where Zotero reads the title of the proceedings
        "custom2": item.pmcid,  # where EndNote has it
        "publisher": container if item.type == REPORT else "arXiv" if item.type == PREPRINT else None,
        "volume": item.volume,
        "number": item.issue,
        "year": item.issued and item.issued[:4],
        # RIS separates the parts of a date by slashes, and keeps the slashes of unknown parts.
        "date": item.issued and "/".join([*item.issued.split("-"), "", ""][:3]) + "/",
        "doi": item.doi,
        "urls": [item.url] if item.url else [],
        "accession_number": f"arXiv:{arxiv}" if arxiv else f"PMID:{item.pmid}" if item.pmid else None,
        "keywords": list(item.keywords),
        "notes": [one_line(item.note)],
    }


def _one_name(text: str) -> str:
    # A comma separates family and given names, so a name that is not split has none.
    return text if re.fullmatch(r"[^,]+, [^,]+", text) else text.replace(",", "")
