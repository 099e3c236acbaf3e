"""Values as plain rows and back: one codec for every frozen dataclass that reaches a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import msgspec

from ..errors import InputError
from .identifiers import SCHEMES, Identifier, identifier

T = TypeVar("T")
Row = dict[str, Any]


def to_row(value: Any) -> Row:
    """A dataclass as a row of builtins, without the fields that have their default.

    >>> from graph.model.corpus import Coverage
    >>> to_row(Coverage("devlin2018", "references", "print:devlin2018", "complete"))["state"]
    'complete'
    """
    held = ((each, getattr(value, each.name)) for each in fields(value))
    return {each.name: _builtin(item) for each, item in held if item != each.default}


def _builtin(item: Any) -> Any:
    if isinstance(item, Identifier):
        return str(item)
    if is_dataclass(item):
        return to_row(item)
    if isinstance(item, tuple):
        return [_builtin(part) for part in item]
    return item


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """The value that a row describes; types are checked strictly, and `int` is no `str`.

    Raises
    ------
    ValueError
        For a field that is unknown, missing, or of another type; the message names it.

    Examples
    --------
    >>> from graph.model.reading_list import Theme
    >>> from_row(Theme, {"id": "rlhf", "name": "RLHF"})
    Theme(id='rlhf', name='RLHF')
    """
    unknown = sorted(row.keys() - _names_of(kind))  # type: ignore[arg-type]  # a class is hashable
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")
    plain = dict(row)
    if "identifiers" in row:
        plain["identifiers"] = [_identifier_row(text) for text in row["identifiers"]]
    return msgspec.convert(plain, kind)


@cache
def _names_of(kind: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


def _identifier_row(text: object) -> Row:
    scheme, _, value = str(text).partition(":")
    parsed = identifier(scheme, value)
    return {"scheme": parsed.scheme, "value": parsed.value}


def scheme_fields_joined(row: Mapping[str, Any]) -> Row:
    """A row that people write, with one field a scheme, as a row with `identifiers`.

    >>> scheme_fields_joined({"number": 6, "arxiv": "1810.04805"})
    {'number': 6, 'identifiers': ['arxiv:1810.04805']}
    """
    joined = {name: value for name, value in row.items() if name not in SCHEMES}
    found = [f"{scheme}:{row[scheme]}" for scheme in SCHEMES if row.get(scheme) is not None]
    return joined | ({"identifiers": found} if found else {})


def values_of(
    kind: type[T], rows: Iterable[tuple[str, Mapping[str, Any]]], faults: list[InputError], *, remedy: str
) -> Iterator[T]:
    """Turn placed rows into values; a fault goes to `faults`, and the next row follows."""
    for where, row in rows:
        try:
            yield from_row(kind, row)
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy=remedy))
