"""What a field of an answer must be: each check gives the value, or says in one line what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ...utils.text import for_terminal

LONGEST_TEXT = 5_000
"""No title or name is longer; what is longer is not one."""
Object = Mapping[str, Any]


class Malformed(ValueError):
    """The answer, or one row of it, is not what the contract says."""


def decoded(body: bytes) -> Any:
    """The JSON of an answer.

    Raises
    ------
    Malformed
        For anything else: HTML, half an answer, NaN, lone surrogates, nesting without end.
    """
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError) as fault:
        start = body[:40].decode("utf-8", "replace").strip()
        raise Malformed(f"no JSON ({fault}); it starts {for_terminal(start)!r}") from None


def object_of(value: object, what: str) -> Object:
    """An object."""
    if not isinstance(value, dict):
        raise Malformed(f"{what} is of type {type(value).__name__}, not an object")
    return value


def text_of(row: Object, name: str) -> str | None:
    """A text with its blanks in order; '' is None, as the service means it."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Malformed(f"{name} is of type {type(value).__name__}")
    if len(value) > LONGEST_TEXT:
        raise Malformed(f"{name} has {len(value)} letters")
    return " ".join(value.split()) or None


def texts_of(row: Object, name: str) -> tuple[str, ...]:
    """A list of texts, each once; null is an empty one."""
    value: Sequence[object] | None = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Malformed(f"{name} is no list of texts")
    return tuple(dict.fromkeys(" ".join(each.split()) for each in value))


def number_of(row: Object, name: str) -> int | None:
    """A whole number."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(f"{name} is of type {type(value).__name__}")
    return value
