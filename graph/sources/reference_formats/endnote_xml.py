"""EndNote's XML: ``<xml><records><record>``. No document type or entity is read."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ...errors import InputError
from .references import ParsedFile, Roles, reference_of

_FIELDS = {
    "title": "titles/title",
    "author": "contributors/authors/author",
    "editor": "contributors/secondary-authors/author",
    "year": "dates/year",
    "key": "rec-number",
    "doi": "electronic-resource-num",
    "accession": "accession-num",
    "database": "remote-database-name",
    "url": "urls/*/url",
    "custom1": "custom1",
    "custom2": "custom2",
    "custom3": "custom3",
    "notes": "notes",
    "journal": "periodical/full-title",
    "secondary": "titles/secondary-title",
    "volume": "volume",
    "number": "number",
    "pages": "pages",
    "type": "work-type",
}
_ROLES = Roles(
    titles=("title",),
    authors=("author", "editor"),
    years=("year",),
    keys=("key",),
    stated={"doi": ("doi",), "pmid": ("pmid",)},
    mentioned=(
        *("url", "accession", "custom1", "custom2", "custom3", "journal", "secondary", "volume", "number", "pages"),
        *("type", "notes"),
    ),
)


def read_endnote_xml(text: str, where: str) -> ParsedFile:
    """Read all records. Raises `InputError` for broken XML, and for XML that defines entities."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # its encoding was that of the file
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("XML with a document type", where=where, remedy="export it again from EndNote, as XML or RIS")
    try:
        root = ET.fromstring(text)  # noqa: S314  # without a document type there are no entities to expand
    except (ET.ParseError, RecursionError) as fault:
        raise InputError(f"broken XML: {fault}", where=where, remedy="export it again") from None
    return ParsedFile(
        tuple(reference_of(_fields(each), _ROLES, f"entry {n}") for n, each in enumerate(root.iter("record"), start=1))
    )


def _fields(record: ET.Element) -> dict[str, list[str]]:
    fields = {name: ["".join(found.itertext()) for found in record.iterfind(path)] for name, path in _FIELDS.items()}
    if any(re.search("pubmed|medline|nlm", text, re.IGNORECASE) for text in fields["database"]):
        fields["pmid"] = fields["accession"]
    return fields
