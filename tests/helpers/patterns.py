# ruff: noqa: T201  # it is a program
"""Every regular expression of the project, timed on texts of one or two characters that repeat.

``python -m tests.helpers.patterns`` prints a line for each pattern before it is tried, and one for each that is slow.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).parents[2]
LETTERS = 6_000
"""How long a text is: a quadratic pattern takes a tenth of a second for it, a linear one less than a thousandth."""
MOST_SECONDS = 0.02
COMMON = " aA0-=.,'<>({\\\n\u00e9\u2192"
_CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Every pattern in the code and what is done with it, by where it stands.

    Those that calls of `re` name are used as the call says, those of a variable by the methods that its module calls.
    """
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    for path in sorted([*ROOT.glob("graph/**/*.py"), *ROOT.glob("scripts/**/*.py")]):
        where, tree = str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))
        for number, (pattern, method) in enumerate(_in_calls(tree)):
            if method != "compile":
                found[f"{where} #{number}: {pattern.pattern[:60]}"] = pattern, frozenset({method})
        if where.startswith("graph/") and path.name != "__main__.py":
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for name, value in vars(module).items():
                if held := list(_held(value)):
                    methods = frozenset(_methods_of(tree, name)) or _methods_in(tree)
                    found |= {f"{where} {name}: {each.pattern[:60]}": (each, methods) for each in held}
    return found


def _methods_in(tree: ast.AST) -> frozenset[str]:
    """What the code of a module does with patterns that stand in tables, as far as it can be told."""
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} - {
        node.attr for node in _attributes(tree)
    }
    anchored = frozenset(called & {"match", "fullmatch"})
    return anchored or frozenset({"search"})


def _methods_of(tree: ast.AST, name: str) -> Iterator[str]:
    """The methods of a variable that the code of a module calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(owner, ast.Name) and owner.id == name:
                yield from {node.attr} & set(_CALLS)


def _in_calls(tree: ast.AST) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that are written out in calls such as ``re.sub("a", ...)``, and what is called."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _CALLS
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            flags = {each.attr for part in (*node.args[1:], *node.keywords) for each in _attributes(part)}
            flag = sum(getattr(re, name) for name in flags if name.isupper())
            yield re.compile(node.args[0].value, flag), node.func.attr


def _attributes(node: ast.AST) -> Iterator[ast.Attribute]:
    return (
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "re"
    )


def _held(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset) and len(value) < 1000:
        for each in value:
            yield from _held(each)


def texts(pattern: str) -> Iterator[str]:
    """Texts of a character or two that repeat, and that end in what ends every match; also behind what begins one."""
    own = re.sub(r"\\[a-zA-Z]|[()\[\]{}|?*+^$\\]", "", pattern)
    characters = dict.fromkeys(COMMON + own)
    words = re.findall(r"[A-Za-z]{2,}", own)
    for unit in dict.fromkeys([*characters, *(one + " " for one in characters), *words]):
        repeated = unit * (LETTERS // len(unit))
        yield own + repeated + "\u00a7"
        if len(unit) == 1:
            yield repeated + "\u00a7"


def seconds_of(pattern: re.Pattern[str], methods: frozenset[str], text: str) -> float:
    """The time of this process for what is done with a pattern."""
    began = process_time()
    for method in methods:
        if method in ("sub", "subn"):
            pattern.sub("", text)
        elif method == "finditer":
            sum(1 for _ in pattern.finditer(text))
        else:
            getattr(pattern, method)(text)
    return process_time() - began


def slow(found: Mapping[str, tuple[re.Pattern[str], frozenset[str]]]) -> Iterator[str]:
    """Where the slow patterns are, and on what."""
    for where, (pattern, methods) in found.items():
        print("trying", ascii(where), flush=True)
        for text in texts(pattern.pattern):
            if (seconds := seconds_of(pattern, methods - {"compile"}, text)) > MOST_SECONDS:
                yield f"slow {where}: {seconds:.2f} s on {text[:12]!r}... of {len(text):,} letters"
                break


if __name__ == "__main__":
    for line in slow(patterns()):
        print(ascii(line), flush=True)
