"""Inputs that differ from a good one in one place, which has a value that nobody expects there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

DIGITS, DEPTH, LENGTH = 5_000, 100_000, 20_000

VALUES: tuple[str, ...] = (
    "null", "true", "0", "-1", "1.5", "1e400", '""', '" "', '"\\u0000"', '"\\ud800"', '"\\u001b[31m"', '"x y"', "[]",
    "[null]", "[1]", '[""]', '[" "]', '["a", "a"]', "[[]]", "{}", '{"a": 1}', "[{}]", "NaN", "9" * DIGITS,
    "-" + "9" * DIGITS, "0." + "9" * DIGITS, "[" * DEPTH, "[" * DEPTH + "]" * DEPTH, '{"a":' * DEPTH,
    '"' + "x" * LENGTH + '"', "2001-01-01", "9" * 20, '"2001-02-30"', '"99999"', '"../../x"', '"\\u00bc"',
)  # fmt: skip
"""Values as JSON has them; most are TOML, too."""
CELLS = (
    "",
    " ",
    "\0",
    "x",
    "0",
    "-1",
    "1e9",
    "٣",
    "9" * DIGITS,
    "x" * LENGTH,
    "\u202e",
    '"',
    '""',
    "2001-02-30",
    "a,b",
    "\r",
    "'=1",
)


def json_mutations(text: str) -> Iterator[str]:
    """A JSON text with one value after the other replaced, left out, or doubled."""
    value = json.loads(text)
    for path in _paths(value):
        marked = json.dumps(_replaced(value, path, "@@"))
        yield from (marked.replace('"@@"', each, 1) for each in VALUES)
        if path and isinstance(path[-1], str):
            yield json.dumps(_replaced(value, path, None, drop=True))
    yield from ("", " ", "[", "{}", "[]", "null", text + text, text[: len(text) // 2], "\ufeff" + text)


def line_mutations(text: str) -> Iterator[str]:
    """JSON lines with one value after the other replaced, and a line doubled, cut or of another kind."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        for other in json_mutations(line):
            yield "\n".join([*lines[:number], other, *lines[number + 1 :]]) + "\n"


def toml_mutations(text: str) -> Iterator[str]:
    """A TOML text with one value after the other replaced, one line after the other left out or doubled."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        name, equals, _ = line.partition(" = ")
        others = [f"{name} = {each}" for each in VALUES] if equals else []
        if line.startswith("[["):
            others += [line[1:-1], line.replace("[[", "[[ x."), f"{line[2:-2]} = 1", f"{line[2:-2]} = [1]"]
        for other in (*others, "", f"{line}\n{line}", f"{line}\nunknown = 1", f"{line}\n'\\u0000' = 1"):
            yield "\n".join([*lines[:number], other, *lines[number + 1 :]])


def csv_mutations(text: str) -> Iterator[str]:
    """A CSV text with one cell after the other replaced, left out or doubled."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        cells = line.split(",")
        for at in range(len(cells)):
            for other in (*([each] for each in CELLS), [], [cells[at]] * 2):
                mended = ",".join([*cells[:at], *other, *cells[at + 1 :]])
                yield "\n".join([*lines[:number], mended, *lines[number + 1 :]]) + "\n"


def text_mutations(text: str) -> Iterator[str]:
    """A text with a piece of it left out, doubled, or replaced by what nobody expects there."""
    pieces = re.findall(r"\w+|\s+|.", text, re.DOTALL)
    odd = (
        "",
        "\0",
        "\ud800",
        "→",
        "->",
        "..",
        "9" * DIGITS,
        "[" * 3000,
        "{" * 3000,
        "\\",
        "%",
        '"',
        "\u202e",
        "#",
        "a" * LENGTH,
        "½",
        "²",
    )
    for number, piece in enumerate(pieces):
        for other in (*odd, piece * 2):
            yield "".join([*pieces[:number], other, *pieces[number + 1 :]])


def mutations(name: str, seed: bytes) -> Iterator[bytes]:
    """Mutations of the seed of a target."""
    text = seed.decode()
    if name.endswith(".jsonl"):
        made = line_mutations(text)
    elif text.lstrip().startswith(("{", "[{", "[ {")) and not name.endswith(".toml"):
        made = json_mutations(text)
    elif name in ("reading list", "papers.toml", "overrides.toml", "observed"):
        made = toml_mutations(text)
    elif name in ("index.csv", "bibliography", "observed papers", "observed references"):
        made = csv_mutations(text)
    else:
        made = text_mutations(text)
    return (each.encode("utf-8", "surrogatepass") for each in made)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _paths(each, (*path, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _paths(each, (*path, at))


def _replaced(value: Any, path: tuple[Any, ...], by: Any, *, drop: bool = False) -> Any:
    if not path:
        return by
    first, rest = path[0], path[1:]
    if drop and not rest:
        return {name: each for name, each in value.items() if name != first}
    if isinstance(value, dict):
        return {name: _replaced(each, rest, by, drop=drop) if name == first else each for name, each in value.items()}
    return [_replaced(each, rest, by, drop=drop) if at == first else each for at, each in enumerate(value)]
