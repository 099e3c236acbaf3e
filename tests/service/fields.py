"""The `fields` parameter: the fields that exist are read from the service's own OpenAPI file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .records import JsonObject

OPENAPI = Path(__file__).with_name("openapi-graph.json")
Tree = dict[str, "Tree"]

_OF_AUTHORS = ("authorId", "name")
_PLAIN: Tree = {"paperId": {}, "title": {}}


class UnknownFieldsError(Exception):
    """Fields were requested that the service does not have; its text is the service's answer."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"Unrecognized or unsupported fields: [{', '.join(names)}]")


@cache
def definitions() -> Mapping[str, Any]:
    """The definitions of the OpenAPI file."""
    found: Mapping[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))["definitions"]
    return found


@cache
def fields_of(definition: str) -> Mapping[str, str | None]:
    """The fields of a definition, each with the definition of its parts if they have one."""
    return {name: _referred(schema) for name, schema in definitions()[definition]["properties"].items()}


def parse_fields(text: str | None, *allowed: str) -> Tree:
    """Read ``title,authors.name`` as a tree; an empty text is ``paperId,title``.

    Parameters
    ----------
    text : str or None
        The parameter as it came.
    allowed : str
        The definitions whose fields may be requested.

    Raises
    ------
    UnknownFieldsError
        With the names of all unknown fields.
    """
    tree: Tree = {}
    wrong: list[str] = []
    for name in (part.strip() for part in (text or "").split(",")):
        if not name:
            continue
        first, _, rest = name.partition(".")
        owner = next((each for each in allowed if first in fields_of(each)), None)
        parts = fields_of(owner)[first] if owner else None
        if owner is None or (rest and not _is_part(rest, first, parts)):
            wrong.append(name)
            continue
        branch = tree.setdefault(first, {})
        for part in rest.split(".") if rest else ():
            branch = branch.setdefault(part, {})
    if wrong:
        raise UnknownFieldsError(wrong)
    return tree or dict(_PLAIN)


def project(row: Mapping[str, Any], tree: Tree) -> JsonObject:
    """The requested fields of a paper, and always its paperId; what it lacks is null."""
    chosen: JsonObject = {"paperId": row.get("paperId")}
    for name, parts in tree.items():
        value = row.get(name)
        if name == "authors" and value is not None:
            wanted = dict.fromkeys((*_OF_AUTHORS, *parts))
            value = [{part: author.get(part) for part in wanted} for author in value]
        chosen[name] = value
    return chosen


def _is_part(rest: str, of: str, definition: str | None) -> bool:
    if of == "embedding":
        return rest in {"specter_v1", "specter_v2"}
    if definition is None:
        return False
    first, _, deeper = rest.partition(".")
    return first in fields_of(definition) and (not deeper or _is_part(deeper, first, fields_of(definition)[first]))


def _referred(schema: Mapping[str, Any]) -> str | None:
    schema = schema.get("items", schema)
    reference = schema.get("$ref") or next((each["$ref"] for each in schema.get("allOf", ())), None)
    return reference.rsplit("/", 1)[1] if reference else None
