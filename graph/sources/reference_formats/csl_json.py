"""CSL-JSON, as Zotero and others write it, and other JSON with a list of works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import InputError
from ...utils.decode import decode_json
from .references import ATTACHED, Fault, ParsedFile, Reference, Roles, reference_of

_REMEDY = "export it again as CSL-JSON"
_LISTS = ("items", "references", "results", "message", "data", "works", "papers")
"""Where the list stands in the JSON of services, and of Better BibTeX."""
_ROLES = Roles(
    titles=("title", "display_name", "title-short"),
    authors=("author", "authors", "authorships", "creators", "editor"),
    years=("issued", "year", "publication_year", "published", "date", "publicationdate"),
    keys=("id", "citation-key", "citationkey", "key", "citekey"),
    stated={
        "doi": ("doi",),
        "arxiv": ("arxiv", "arxivid", "arxiv_id", "eprint"),
        "acl": ("acl",),
        "s2": ("paperid", "paper_id"),
        "corpusid": ("corpusid",),
        "pmid": ("pmid", "pubmed"),
        "pmcid": ("pmcid", "pubmedcentral"),
        "openalex": ("openalex",),
        "omid": ("omid",),
    },
    mentioned=(
        *("url", "number", "archive_location", "archive", "archiveid", "archivelocation", "container-title", "volume"),
        *(
            "publicationtitle",
            "repository",
            "note",
            "extra",
            "annote",
            "page",
            "collection-title",
            "publisher",
            "genre",
        ),
        *("id", "link", "links"),
    ),
)


def read_csl_json(text: str, where: str) -> ParsedFile:
    """Read a list of items, or an object that holds one.

    Raises `InputError` for JSON that is broken, or is no list of items; `where` is the file, for its message.
    """
    references: list[Reference] = []
    faults: list[Fault] = []
    for number, row in enumerate(_rows(text, where), start=1):
        if isinstance(row, dict) and str(_item_type(row)) in ATTACHED:
            continue
        if isinstance(row, dict):
            references.append(reference_of(_fields(row), _ROLES, f"entry {number}"))
        else:
            faults.append(Fault(f"entry {number}", "not an object", "remove it, or export the list again"))
    return ParsedFile(tuple(references), tuple(faults))


def _rows(text: str, where: str) -> list[Any]:
    value = _decoded(text, where)
    if isinstance(value, dict) and {"cells", "nbformat"} <= value.keys():
        remedy = "copy the titles or identifiers into a text file, one a line"
        raise InputError("this is a Jupyter notebook, which is not read", where=where, remedy=remedy)
    for _ in range(4):  # {"message": {"items": [...]}}
        if not isinstance(value, dict) or "title" in value:
            break
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list | dict)), None)
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise InputError("this is JSON, and no list of CSL-JSON items", where=where, remedy=_REMEDY)
    return value


def _decoded(text: str, where: str) -> Any:
    try:
        return decode_json(text)
    except ValueError as fault:
        try:  # an object a line
            lines = [decode_json(line) for line in text.split("\n") if line.strip()]
        except ValueError:
            lines = []
        if lines:
            return lines
        raise InputError(f"broken JSON: {fault}", where=where, remedy=_REMEDY) from None


def _item_type(row: dict[str, Any]) -> object:
    inner = row.get("data")
    return row.get("itemType") or (inner.get("itemType") if isinstance(inner, dict) else None)


def _fields(row: dict[str, Any]) -> dict[str, list[str]]:
    """The texts of an item; those of an object in it count as its own ("externalIds", "data")."""
    fields: dict[str, list[str]] = {}
    for name, value in row.items():
        folded = name.lower()
        if folded == "author" and isinstance(value, list):
            texts = list(_people([each for each in value if isinstance(each, dict)]))
        elif folded in _ROLES.authors:
            texts = list(_people(value))
        elif folded in _ROLES.years:
            texts = list(_dates(value))
        elif isinstance(value, dict):
            if folded in {"externalids", "data", "ids", "biblio"}:
                for inner, more in _fields(value).items():
                    fields.setdefault(inner, []).extend(more)
            continue
        else:
            values = value if isinstance(value, list) else [value]
            texts = [str(each) for each in values if isinstance(each, str | int) and not isinstance(each, bool)]
        fields.setdefault(folded, []).extend(texts)
    return fields


def _people(value: object) -> Iterator[str]:
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str):
            yield person
        elif isinstance(person, dict):
            parts = (
                "given",
                "firstName",
                "non-dropping-particle",
                "family",
                "lastName",
                "literal",
                "name",
                "display_name",
            )
            names = [person[part] for part in parts if isinstance(person.get(part), str)]
            if names:
                yield " ".join(names)
            elif isinstance(person.get("author"), dict):  # OpenAlex
                yield from _people(person["author"])


def _dates(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name in ("date-parts", "raw", "literal"):
            yield from _dates(value.get(name))
    elif isinstance(value, list):
        yield from _dates(value[0] if value else None)
    elif isinstance(value, str | int):
        yield str(value)
