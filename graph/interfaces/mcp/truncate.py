"""An answer cut to a size: what is left out is said, with how to get it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ...errors import InputError

LIMIT = 40_000
"""How many characters of JSON an answer has at the most, unless the server was started with another limit."""

LONG = 2_000
"""How many characters of one text an answer shows at the most."""

_RECORD = 40
"""An object with more fields than this is a table, and is cut as a list is."""

# Controls, direction overrides and the invisible: a reader of the JSON sees them as escapes, a parser as they are.
_UNSEEN = re.compile(
    "[\x7f-\xa0\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of an answer that was cut: how much of it is shown, and how much there is.

    `part` is the place in the answer as a JSON pointer, such as "/arcs"; the tool `more` takes it.
    """

    part: str
    shown: int
    total: int
    more: int


def bounded(answer: Any, limit: int = LIMIT) -> tuple[Any, list[Cut]]:
    """Cut the longest lists, tables and texts of an answer until it has at most so many characters.

    Parameters
    ----------
    answer : JSON value
    limit : int
        Characters of compact JSON.

    Returns
    -------
    (JSON value, list of Cut)
        The answer itself and no cuts when it fits.

    Examples
    --------
    >>> bounded({"keys": ["a", "b", "c", "d"]}, limit=20)
    ({'keys': ['a', 'b']}, [Cut(part='/keys', shown=2, total=4, more=2)])

    Notes
    -----
    One number bounds all lists, and the largest that fits is found by halving: the answer is written
    about 15 times.
    """
    if size(answer) <= limit:
        return answer, []
    for long in (LONG, 200, 40):
        low, high = 0, 4096
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if size(_cut(answer, "", middle, long, [])) <= limit else (low, middle)
        if low:
            break
    cuts: list[Cut] = []
    return _cut(answer, "", low, long, cuts), cuts


def size(value: Any) -> int:
    """How many characters a value has as compact JSON."""
    return len(compact(value))


def compact(value: Any) -> str:
    r"""A value as JSON on one line, in which what cannot be seen is an escape.

    >>> print(compact({"title": "red\x9b \u202e alert"}))
    {"title":"red\u009b \u202e alert"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text)


def part_of(answer: Any, part: str, offset: int, limit: int = LIMIT) -> tuple[Any, int, int]:
    """More of a list, a table or a text that was cut.

    Parameters
    ----------
    answer : JSON value
    part : str
        A JSON pointer (RFC 6901), as a `Cut` has it.
    offset : int
        How many items to skip.
    limit : int
        Characters of compact JSON.

    Returns
    -------
    (list, dict or str, int, int)
        The items, the first that did not fit (or their number), and how many there are.

    Raises
    ------
    InputError
        When the answer has no such part, or it holds no items.

    Examples
    --------
    >>> part_of({"keys": ["a", "b", "c", "d"]}, "/keys", 1, limit=8)
    (['b'], 2, 4)
    """
    held = answer
    for name in part.split("/")[1:]:
        name = name.replace("~1", "/").replace("~0", "~")  # noqa: PLW2901  # as the pointer means it
        if isinstance(held, list) and name.isascii() and name.isdecimal() and int(name) < len(held):
            held = held[int(name)]
        elif isinstance(held, dict) and name in held:
            held = held[name]
        else:
            raise InputError(f"the answer has no part {part!r}", remedy="take 'part' from its 'cut', as it stands")
    if not isinstance(held, list | dict | str) or (part and not part.startswith("/")):
        raise InputError(f"{part!r} holds no items", remedy="take 'part' from the answer's 'cut', as it stands")
    end = _fitting(held, offset, limit)
    return _slice(held, offset, end), end, len(held)


def _fitting(held: Any, offset: int, limit: int) -> int:
    """Where to stop, so that the items from `offset` on fit; at least one item is told, however long it is."""
    room, end = limit, offset
    items = list(held.items()) if isinstance(held, dict) else held
    if isinstance(held, str):
        return text_end(held, offset, limit)
    while end < len(items) and ((room := room - size(items[end]) - 1) > 0 or end == offset):
        end += 1
    return end


def text_end(text: str, offset: int, limit: int) -> int:
    """Where to stop a text, so that what begins at `offset` has at most so many characters as JSON.

    >>> text_end('say "hello"', 0, limit=8)
    5
    """
    low, high = offset, min(len(text), offset + limit) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size(text[offset:middle]) <= limit else (low, middle)
    return max(low, min(offset + 1, len(text)))


def _slice(held: Any, start: int, end: int) -> Any:
    return dict(list(held.items())[start:end]) if isinstance(held, dict) else held[start:end]


def _cut(value: Any, where: str, most: int, long: int, cuts: list[Cut]) -> Any:
    """The value with at most so many items in each list and so many characters in each text."""
    if isinstance(value, str):
        return _shorter(value, where, long, cuts)
    if isinstance(value, list):
        kept = _shorter(value, where, most, cuts)
        return [_cut(each, f"{where}/{n}", most, long, cuts) for n, each in enumerate(kept)]
    if isinstance(value, dict):
        kept = _shorter(value, where, max(most, 1), cuts) if len(value) > _RECORD else value
        return {name: _cut(each, f"{where}/{_escaped(name)}", most, long, cuts) for name, each in kept.items()}
    return value


def _shorter(value: Any, where: str, most: int, cuts: list[Cut]) -> Any:
    if len(value) <= most:
        return value
    cuts.append(Cut(where, most, len(value), len(value) - most))
    return _slice(value, 0, most)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
