"""Where texts become values: whatever is wrong with a text, or does not fit its type, is one `ValueError`.

JSON, TOML and rows of tables come from people and services. The decoders raise many kinds of exceptions, and some only
for numbers of thousands of digits or for nesting that exhausts the stack. Here they become one, with one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, overload

import msgspec

T = TypeVar("T")

LONGEST_TEXT = 10_000
"""How many characters a title, a name or another text of a list may have."""
_VISIBLE = r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
"""A character that a person sees: no blank, control, joiner, sign of direction or variation."""
Text = Annotated[str, msgspec.Meta(pattern=_VISIBLE, max_length=LONGEST_TEXT)]
"""A text that says something, and is not endless."""

_FAULTS = (ValueError, TypeError, OverflowError, RecursionError)
_PLACE = r"(?: - at `(.*)`)?$"
_BLANK = re.compile(r"Expected `str` matching regex '.*?'" + _PLACE)
_OF_ANOTHER_TYPE = re.compile(r"Expected `([a-z| ]+)`, got `([a-z]+)`" + _PLACE)
_MISSING = re.compile(r"Object missing required field `(\w+)`" + _PLACE)
_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a day",
    "datetime": "a day with a time",
    "time": "a time",
}
"""The types of JSON and TOML in words."""
_TOO_LONG = re.compile(r"Expected `str` of length <= (\d+)" + _PLACE)


@overload
def decode_json(data: bytes | str) -> Any: ...


@overload
def decode_json(data: bytes | str, kind: type[T]) -> T: ...


def decode_json(data: bytes | str, kind: Any = Any) -> Any:
    """The value that a JSON text holds, of a type; NaN, lone surrogates and what follows the value are faults.

    >>> decode_json('{"year": 2001}', dict[str, int])
    {'year': 2001}
    >>> decode_json("[" * 100_000)
    Traceback (most recent call last):
    ValueError: it is nested too deeply
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except _FAULTS as fault:
        raise ValueError(_sentence(fault)) from None


def decode_toml(text: str) -> dict[str, Any]:
    """The tables that a TOML text holds.

    >>> decode_toml("year = " + "9" * 5000)
    Traceback (most recent call last):
    ValueError: it has a number of more digits than can be read
    """
    import tomllib  # loads slowly

    try:
        return tomllib.loads(text)
    except _FAULTS as fault:
        raise ValueError(_sentence(fault)) from None


def converted(value: Any, kind: type[T]) -> T:
    """A decoded value as a type, strictly: no number is a text, and None stands nowhere where it is not expected.

    >>> converted([1, "a"], list[int])
    Traceback (most recent call last):
    ValueError: [1] is a text and must be a whole number
    >>> converted([" "], list[Text])
    Traceback (most recent call last):
    ValueError: [0] is blank; leave it out where it is not known
    """
    try:
        return msgspec.convert(value, kind)
    except _FAULTS as fault:
        raise ValueError(_sentence(fault)) from None


def _sentence(raised: Exception) -> str:
    """What a decoder says, in words of our own where its own do not say what to do."""
    if isinstance(raised, RecursionError):
        return "it is nested too deeply"
    fault = str(raised)
    return next((in_words(found) for pattern, in_words in _IN_WORDS if (found := pattern.search(fault))), fault)


def _missing(found: re.Match[str]) -> str:
    return f"{'.'.join(filter(None, (_place(found[2]), found[1])))} is missing"


def _of_another_type(found: re.Match[str]) -> str:
    expected = " or ".join(_TYPES.get(each, each) for each in found[1].removesuffix(" | null").split(" | "))
    return f"{_place(found[3]) or 'it'} is {_TYPES.get(found[2], found[2])} and must be {expected}"


def _place(path: str | None) -> str:
    """Where a fault is, in words; nothing for the whole value.

    >>> _place("$.papers[2].title"), _place("$[...]"), _place("key` in `$.names"), _place("$"), _place(None)
    ('papers[2].title', 'a value', 'a key in names', '', '')
    """
    if not path:
        return ""
    key, _, table = path.rpartition("` in `")
    kind = "a key" if key else "a value" if table.endswith("[...]") else ""
    place = table.removeprefix("$").replace("[...]", "").removeprefix(".")
    return " in ".join(filter(None, (kind, place)))


_IN_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile("integer string conversion"), lambda _: "it has a number of more digits than can be read"),
    (_BLANK, lambda found: f"{_place(found[1]) or 'a text'} is blank; leave it out where it is not known"),
    (_TOO_LONG, lambda found: f"{_place(found[2]) or 'a text'} has more than {int(found[1]):,} characters"),
    (_MISSING, _missing),
    (_OF_ANOTHER_TYPE, _of_another_type),
)
"""What decoders say, and how it is said here."""
