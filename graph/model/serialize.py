"""Values as plain rows and back: one codec for every frozen dataclass that reaches a file.

A table is decoded in one go into *row types*: plain structs with the fields of a dataclass, made from it, in which an
identifier is still a text. A struct takes a third of a microsecond, a dataclass ten times that, so that only what an
answer shows becomes a dataclass (`value_of`).
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from ..errors import InputError
from ..utils.decode import converted
from ..utils.text import clipped
from .identifiers import SCHEMES, Identifier, identifier, identifiers_in

T = TypeVar("T")
Row = dict[str, Any]
_SHARED = 1 << 12
"""Of so many rows within rows the values are kept for those that are equal."""


def to_row(value: Any) -> Row:
    """A dataclass as a row of builtins, without the fields that have their default.

    >>> from graph.model.corpus import Coverage
    >>> to_row(Coverage("devlin2018", "references", "print:devlin2018", "complete"))["state"]
    'complete'
    """
    row: Row = {}
    for name, default, plain in _writers(type(value)):  # type: ignore[arg-type]  # a class is hashable
        item = getattr(value, name)
        if item != default:
            row[name] = plain(item) if plain else item
    return row


@cache
def _writers(kind: type) -> tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]:
    """For every field of a dataclass its name, its default, and what makes its value a builtin one, where needed."""
    hints = typing.get_type_hints(kind)
    return tuple((each.name, each.default, _writer(hints[each.name])) for each in fields(kind))


def _writer(hint: Any) -> Callable[[Any], Any] | None:
    origin, parts = typing.get_origin(hint), set(typing.get_args(hint)) - {type(None), Ellipsis}
    if origin is tuple:
        return list if parts <= _PLAIN else _builtin
    return None if origin is typing.Literal or (parts or {hint}) <= _PLAIN else _builtin


_PLAIN = {str, int, float, bool}


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

    Raises `ValueError` for a field that is unknown, missing, or of another type; the message names it.

    >>> from graph.model.reading_list import Theme
    >>> from_row(Theme, {"id": "rlhf", "name": "RLHF"})
    Theme(id='rlhf', name='RLHF')
    """
    if not isinstance(row, Mapping):
        raise ValueError(f"not a table, but {clipped(repr(row), 60)}")  # noqa: TRY004  # of what was read, not of a call
    unknown = sorted(str(name) for name in row.keys() - _names_of(kind))  # type: ignore[arg-type]  # a class is hashable
    if unknown:
        raise ValueError(f"unknown field {clipped(unknown[0], 60)!r}")
    return value_of(kind, converted(row, row_type(kind)))  # type: ignore[arg-type]  # a class is hashable


@cache
def _names_of(kind: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


@cache
def row_type(kind: type) -> type[msgspec.Struct]:
    """The struct with the fields of a dataclass, in which identifiers are texts; it refuses unknown fields.

    >>> from graph.model.reading_list import Theme
    >>> msgspec.json.decode(b'{"id": "rlhf", "name": "RLHF"}', type=row_type(Theme)).name
    'RLHF'
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    members: list[Any] = []
    for each in fields(kind):
        type_ = _row_hint(hints[each.name])
        members.append((each.name, type_) if each.default is MISSING else (each.name, type_, each.default))
    return msgspec.defstruct(f"{kind.__name__}Row", members, frozen=True, gc=False, forbid_unknown_fields=True)


def _row_hint(hint: Any) -> Any:
    if hint is Identifier:
        return str
    if is_dataclass(hint):
        return row_type(typing.cast("type", hint))
    if typing.get_origin(hint) is tuple:
        return tuple[tuple(_row_hint(each) if each is not Ellipsis else each for each in typing.get_args(hint))]  # type: ignore[misc]  # made at run time
    return hint


def value_of(kind: type[T], row: Any) -> T:
    """The dataclass of a row that was decoded as its `row_type`."""
    members, makers = _members(kind)  # type: ignore[arg-type]  # a class is hashable
    held = list(members(row))
    for place, make in makers:
        held[place] = tuple(map(make, held[place]))
    return kind(*held)


@cache
def _members(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[int, Callable[[Any], Any]]]]:
    """What takes the fields of a row, and the places of those that hold rows or identifiers, with what makes one."""
    hints = typing.get_type_hints(kind)
    names = [each.name for each in fields(kind)]
    makers = [(place, make) for place, name in enumerate(names) if (make := _maker(hints[name])) is not None]
    return attrgetter(*names), makers


def _maker(hint: Any) -> Callable[[Any], Any] | None:
    inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
    if inner is Identifier:
        return parsed_identifier
    # Most citations are asserted in the same words: equal rows become one value.
    return lru_cache(_SHARED)(partial(value_of, typing.cast("type", inner))) if is_dataclass(inner) else None


def parsed_identifier(text: str) -> Identifier:
    """The identifier that a row holds as ``scheme:value``; `ValueError` when the value lacks its scheme's shape.

    A value may be a link, as people paste it into a list.

    >>> str(parsed_identifier("openalex:https://openalex.org/W2741809607"))
    'openalex:W2741809607'
    """
    scheme, _, value = text.partition(":")
    try:
        return identifier(scheme, value)
    except ValueError:
        linked = {each for each in identifiers_in(value) if each.scheme == scheme}
        if len(linked) != 1 or "/" not in value:
            raise
        return linked.pop()


def decode_rows(kind: type, data: bytes) -> list[Any] | None:
    """The rows of a table of JSON lines as structs; None when a line cannot be read so.

    Blank lines count for nothing. What is wrong with which line is another's business: it is slower to find out.
    """
    try:
        return msgspec.json.Decoder(row_type(kind)).decode_lines(data)
    except (ValueError, RecursionError):
        return None


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
