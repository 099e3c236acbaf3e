"""Whether a response has the form that the OpenAPI file documents.

The file is Swagger 2.0, and the service does not keep to it everywhere. Every exception is listed here
with its evidence; everything else is a violation, an undocumented field too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from .fields import OPENAPI, definitions

_MAY_BE_NULL = {
    # recorded as null: batch answers of 2024-12 and 2026-09
    *("abstract", "publicationVenue", "openAccessPdf", "fieldsOfStudy", "publicationTypes", "publicationDate"),
    *("journal", "year", "tldr", "embedding"),
    # elided by the publisher, observed in batch answers
    "references",
}
_PAPERS = ("BasePaper", "FullPaper", "Title Match Paper")
_AUTHORS = ("Author", "AuthorInfo")
_OTHER_TYPES = {
    # documented as texts, recorded as numbers (search of 2024-12, match of 2024-12)
    ("PaperRelevanceSearchBatch", "total"): {"type": "integer"},
    ("Title Match Paper", "matchScore"): {"type": "number"},
    # "data": null is how a page says that its references were elided (recorded 2026-09)
    ("ReferenceBatch", "data"): {"type": ["array", "null"], "items": {"$ref": "#/definitions/Reference"}},
    # undocumented, on every references page recorded in 2026-09
    ("ReferenceBatch", "citingPaperInfo"): {
        "type": "object",
        "properties": {"title": {"type": ["string", "null"]}, "openAccessPdf": {"type": ["object", "null"]}},
        "additionalProperties": False,
        "required": ["title", "openAccessPdf"],
    },
    # not documented as optional, and asked of every author: authors without an id are in the data
    ("Author", "authorId"): {"type": ["string", "null"]},
    ("AuthorInfo", "authorId"): {"type": ["string", "null"]},
}
_REQUIRED = {
    "Error400": ("error",),
    "Error404": ("error",),
    "CitationBatch": ("offset", "data"),
    "ReferenceBatch": ("data",),  # the elided page has no offset
    "PaperRelevanceSearchBatch": ("total", "offset"),  # without data when nothing was found
    "PaperMatch": ("data",),
    "Citation": ("citingPaper",),
    "Reference": ("citedPaper",),
    "AuthorInfo": ("authorId", "name"),
    "Author": ("authorId", "name"),
    **dict.fromkeys(_PAPERS, ("paperId",)),
}


@cache
def response_definition(method: str, path: str, status: int) -> str:
    """The name of the definition that the file gives for a response."""
    operation = json.loads(OPENAPI.read_text(encoding="utf-8"))["paths"][path][method.lower()]
    reference: str = operation["responses"][str(status)]["schema"]["$ref"]
    return reference.rsplit("/", 1)[1]


def violations(definition: str, value: Any) -> list[str]:
    """Where a value violates a definition of the file."""
    schema = {"$ref": f"#/definitions/{definition}", "definitions": _converted()}
    found = Draft7Validator(schema).iter_errors(value)
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


@cache
def _converted() -> Mapping[str, Any]:
    return {name: _definition(name, source) for name, source in definitions().items()}


def _definition(name: str, source: Mapping[str, Any]) -> dict[str, Any]:
    properties = {field: _nullable(schema) if _lax(name, field) else schema for field, schema in _fields(name, source)}
    strict = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(_REQUIRED.get(name, ())),
    }
    if name not in _PAPERS:
        return strict
    # A bibliography string that was matched to no paper: recorded in 2024-12 with a null paperId and a title.
    stub = {field: _nullable(schema) for field, schema in properties.items()} | {"paperId": {"type": "null"}}
    return {"anyOf": [strict, {**strict, "properties": stub}]}


def _fields(name: str, source: Mapping[str, Any]) -> list[tuple[str, Any]]:
    other = {field: schema for (owner, field), schema in _OTHER_TYPES.items() if owner == name}
    return list({**source["properties"], **other}.items())


def _lax(name: str, field: str) -> bool:
    if name in _PAPERS:
        return field in _MAY_BE_NULL
    return name in _AUTHORS and field not in {"authorId", "name"}  # the service of the tests knows no more of them


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
