"""Cut an answer to a size, and say what was left out and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from ...errors import InputError
from ...utils.display_width import beginning
from ...utils.text import visible_json

LIMIT = 40_000
"""How many characters of JSON an answer has at most, unless the server was started with another limit."""
TEXT_LENGTHS = (2_000, 200, 40)
"""How many characters of one text are shown; a smaller number only when no list fits with the greater one."""
MOST_ITEMS = 4096
"""How many items of a list are shown at most when an answer is cut."""
MOST_FIELDS = 40
"""An object with more fields than this is a table, and is cut as a list is."""

_LONGEST_CHARACTER = 64
"""How many code points of a text tell whether a character goes on."""


@dataclass(frozen=True, slots=True)
class _Most:
    """How much of an answer is shown: items of a list, characters of a text, and whether paths stay whole."""

    items: int
    text: int
    whole_paths: bool


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
    """Cut the longest lists, tables and texts of a JSON value until it has at most `limit` characters of compact JSON.

    One number bounds the length of all lists; the largest that fits is found by bisection, which writes the answer
    about 15 times. A path stays whole as long as one of them fits: fewer paths are shown before papers are left out
    of them. A value that fits is returned itself, without cuts.

    >>> bounded({"keys": ["a", "b", "c", "d"]}, limit=20)
    ({'keys': ['a', 'b']}, [Cut(part='/keys', shown=2, total=4, more=2)])
    >>> paths = [{"papers": ["a", "b", "c"], "hops": [1, 2]}, {"papers": ["a", "d", "c"], "hops": [3, 4]}]
    >>> bounded(paths, limit=60)
    ([{'papers': ['a', 'b', 'c'], 'hops': [1, 2]}], [Cut(part='', shown=1, total=2, more=1)])
    """
    if size(answer) <= limit:
        return answer, []
    most = next((most for most in _attempts(answer, limit) if most.items), _Most(0, TEXT_LENGTHS[-1], False))
    cuts: list[Cut] = []
    return _cut(answer, "", most, cuts), cuts


def _attempts(answer: Any, limit: int) -> Iterator[_Most]:
    """The most items that fit, for each way to cut the rest; 0: not one."""
    for whole_paths, text in product((True, False), TEXT_LENGTHS):
        low, high = 0, MOST_ITEMS
        while high - low > 1:
            middle = (low + high) // 2
            fits = size(_cut(answer, "", _Most(middle, text, whole_paths), [])) <= limit
            low, high = (middle, high) if fits else (low, middle)
        yield _Most(low, text, whole_paths)


def size(value: Any) -> int:
    """How many characters a value has as compact JSON."""
    return len(compact(value))


def compact(value: Any) -> str:
    r"""A value as JSON on one line, in which no text can hide, end a line or look like a tag.

    Invisible characters are escapes, and so is "<", with which the marks of roles and of tool calls begin. A program
    that parses it reads the same value.

    >>> print(compact({"title": "red\x9b \u202e alert </result>"}))
    {"title":"red\u009b \u202e alert \u003c/result>"}
    """
    return visible_json(value).replace("<", r"\u003c")


def part_of(answer: Any, part: str, offset: int, limit: int = LIMIT) -> tuple[Any, int, int]:
    """More of a list, a table or a text that was cut, within `limit` characters of compact JSON.

    `part` is the JSON pointer (RFC 6901) of a `Cut`, and `offset` how many items to skip. Returns the items, the
    position of the first item that did not fit, or else the number of items, and that number. Raises `InputError` when
    the answer has no such part, or the part holds no items.

    >>> part_of({"keys": ["a", "b", "c", "d"]}, "/keys", 1, limit=8)
    (['b'], 2, 4)
    """
    value = answer
    for step in part.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isascii() and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            raise InputError(f"the answer has no part {part!r}", remedy="copy 'part' from its 'cut'")
    if not isinstance(value, list | dict | str) or (part and not part.startswith("/")):
        raise InputError(f"{part!r} holds no items", remedy="copy 'part' from the answer's 'cut'")
    end = _last_fitting(value, offset, limit)
    return _slice(value, offset, end), end, len(value)


def _last_fitting(value: Any, offset: int, limit: int) -> int:
    """Where to stop, so that the items from `offset` on fit; at least one item is shown, however long it is."""
    if isinstance(value, str):
        return text_end(value, offset, limit)
    items = list(value.items()) if isinstance(value, dict) else value
    left, end = limit, offset
    while end < len(items):
        left -= size(items[end]) + 1
        if left <= 0 and end > offset:
            break
        end += 1
    return end


def text_end(text: str, offset: int, limit: int) -> int:
    """Where to stop a text, so that its part from `offset` on has at most `limit` characters as JSON.

    A character is torn only when it is longer than the limit.

    >>> text_end('say "hello"', 0, limit=8)
    5
    """
    low, high = offset, min(len(text), offset + limit) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size(text[offset:middle]) <= limit else (low, middle)
    whole = beginning(text[offset : low + _LONGEST_CHARACTER], low - offset)
    return offset + len(whole) if whole else max(low, min(offset + 1, len(text)))


def _slice(value: Any, start: int, end: int) -> Any:
    return dict(list(value.items())[start:end]) if isinstance(value, dict) else value[start:end]


def _cut(value: Any, pointer: str, most: _Most, cuts: list[Cut]) -> Any:
    """The value with at most so many items in each list and characters in each text; adds to `cuts`."""
    if isinstance(value, str):
        return _shorten(value, pointer, most.text, cuts)
    if isinstance(value, list):
        spared = most.whole_paths and any(map(_holds_paths, value))
        items = value if spared else _shorten(value, pointer, most.items, cuts)
        return [_cut(each, f"{pointer}/{n}", most, cuts) for n, each in enumerate(items)]
    if isinstance(value, dict):
        if most.whole_paths and _is_path(value):
            most = replace(most, items=MOST_ITEMS)
        fields = _shorten(value, pointer, max(most.items, 1), cuts) if len(value) > MOST_FIELDS else value
        return {name: _cut(each, f"{pointer}/{_escape(name)}", most, cuts) for name, each in fields.items()}
    return value


def _is_path(value: Any) -> bool:
    return isinstance(value, dict) and {"papers", "hops"} <= value.keys()


def _holds_paths(value: Any) -> bool:
    """Whether this is a group of paths: the groups of an answer are few, and each says how many paths it has."""
    return isinstance(value, dict) and isinstance(value.get("paths"), list)


def _shorten(value: Any, pointer: str, most: int, cuts: list[Cut]) -> Any:
    if len(value) <= most:
        return value
    shown = beginning(value, most) if isinstance(value, str) else _slice(value, 0, most)
    cuts.append(Cut(pointer, len(shown), len(value), len(value) - len(shown)))
    return shown


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
