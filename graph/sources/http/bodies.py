"""The JSON of a response, without trusting it."""

from __future__ import annotations

from typing import Any, TypeVar

from ...utils.decode import converted, decode_json
from ...utils.text import clipped, for_terminal
from .outcomes import Malformed

T = TypeVar("T")


def json_of(body: bytes, kind: type[T]) -> T:
    """The JSON of a response; HTML, half a response, NaN, lone surrogates and endless nesting are refused.

    Raises `Malformed` for anything that is not JSON of this type.
    """
    try:
        return decode_json(body, kind)
    except ValueError as fault:
        raise Malformed(f"not the expected JSON ({fault}); it starts {beginning(body, 40)!r}") from None


def value_of(row: object, kind: type[T]) -> T:
    """A part of an answer as a value of this type; raises `Malformed` for one of another, which the message names."""
    try:
        return converted(row, kind)
    except ValueError as fault:
        raise Malformed(str(fault)) from None


def beginning(body: bytes, most: int = 200) -> str:
    """How a body begins, for a message: errors come as HTML, as plain text, and as text that is labelled JSON."""
    return for_terminal(body[:most].decode("utf-8", "replace").strip())


def text_field(body: bytes, name: str) -> str | None:
    """A text field of a JSON object, for a message; None for any other body."""
    try:
        text = json_of(body, dict[str, Any]).get(name)
    except Malformed:
        return None
    return clipped(for_terminal(text), 300) if isinstance(text, str) else None
