"""Values that a person passes in Python, compared with the types that they must have, so that a slip is one sentence.

In a notebook nothing has read the arguments before: a name that is no text, or a text in the place of a list, would
end deep inside in an error about something else, or in a wrong answer.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from numbers import Real
from types import NoneType, UnionType
from typing import Any, Literal, SupportsIndex, Union, get_args, get_origin

from ..errors import InputError
from .text import clipped

_WORDS: Mapping[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    NoneType: "None",
}
_LISTS = (Sequence, Iterable, Collection, tuple, list)


def refuse_other(what: str, value: object, kind: Any, remedy: str) -> None:
    """Raise `InputError` unless a value is of a type: a class, or a type of texts, numbers and lists of these.

    >>> refuse_other("the question", ["BERT"], str, "write 'A → B'")
    Traceback (most recent call last):
    graph.errors.InputError: the question is a list that holds 'BERT' and must be a text; write 'A → B'
    """
    if not _fits(value, kind):
        raise InputError(f"{what} is {_shown(value)} and must be {_words(kind)}", remedy=remedy)


def refuse_less(what: str, value: object, least: int, remedy: str) -> None:
    """Raise `InputError` unless a value is a whole number, and not less than another.

    >>> refuse_less("top", 0, 1, "say how many")
    Traceback (most recent call last):
    graph.errors.InputError: top must be at least 1, not 0; say how many
    """
    refuse_other(what, value, int, remedy)
    if value < least:  # type: ignore[operator]  # it is a number
        raise InputError(f"{what} must be at least {least}, not {value}", remedy=remedy)


def check_fields(value: object, least: Mapping[str, int] | None = None) -> None:
    """Raise `InputError` unless the fields of a dataclass are of their types, and its numbers at least what is said.

    A field whose type is imported for type checkers alone is not compared.
    """
    of: Any = type(value)
    for name, kind in _kinds(of).items():
        held = getattr(value, name)
        refuse_other(name, held, kind, "help() of what was called says more" if _names_a_class(kind) else "")
        lowest = (least or {}).get(name)
        if lowest is not None and held is not None and held < lowest:
            raise InputError(f"{name} must be at least {lowest}, not {held}", remedy=f"use {lowest} or more")


@cache
def _kinds(of: Any) -> Mapping[str, Any]:
    """The types of the fields of a dataclass, as far as they are known when the program runs."""
    known, kinds = vars(sys.modules[of.__module__]), {}
    for field in fields(of):
        try:
            kinds[field.name] = eval(str(field.type), known)  # noqa: S307  # what stands in our own source
        except NameError:
            continue
    return kinds


def _names_a_class(kind: Any) -> bool:
    """Whether a type has a class in it, which its name alone does not explain.

    >>> _names_a_class(int | None), _names_a_class(Literal["read"]), _names_a_class(tuple[Mapping, ...])
    (False, False, True)
    """
    parts = get_args(kind)
    return any(map(_names_a_class, parts)) if parts else isinstance(kind, type) and kind not in _WORDS


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is of a type, as far as that can be told without using it up."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(_fits(value, part) for part in parts)
    if origin is Literal:
        return isinstance(value, str) and value in parts
    if origin in _LISTS:
        return _is_list(value, origin, parts)
    if kind is int:
        return isinstance(value, SupportsIndex) and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, Real) and not isinstance(value, bool)
    found = origin or kind
    return not isinstance(found, type) or isinstance(value, found)


def _is_list(value: object, origin: Any, parts: Sequence[Any]) -> bool:
    if isinstance(value, str | bytes) or not isinstance(value, (tuple, list) if origin is tuple else origin):
        return False
    if not isinstance(value, Collection):
        return True
    each = parts if origin is tuple and parts[-1] is not Ellipsis else [parts[0]] * len(value)
    return len(each) == len(value) and all(map(_fits, value, each))


def _shown(value: object) -> str:
    """A short value as it is written, of another its type."""
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return clipped(repr(value), 40)
    if isinstance(value, list | tuple | set) and value:
        return f"a {type(value).__name__} that holds {_shown(next(iter(value)))}"
    return f"a {type(value).__name__}"


def _words(kind: Any) -> str:
    """A type in words.

    >>> _words(str | Sequence[str]), _words(int | None), _words(Literal["read", "own"])
    ('a text or a list of texts', 'a whole number or None', "'read' or 'own'")
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _either([_words(part) for part in parts])
    if origin is Literal:
        return _either([repr(part) for part in parts])
    if origin in _LISTS:
        kinds = dict.fromkeys(_words(part) for part in parts if part is not Ellipsis)
        if list(kinds) == ["a text"]:
            return "a list of texts"
        size = f" of {len(parts)}" if origin is tuple and parts[-1] is not Ellipsis else ""
        return f"a list{size}, each {_either(list(kinds))}"
    return _WORDS.get(kind) or f"a {getattr(origin or kind, '__name__', kind)}"


def _either(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
