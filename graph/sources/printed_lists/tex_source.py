r"""TeX as it is written: comments, groups in braces and arguments. Nothing is executed, no definition expanded."""

from __future__ import annotations

import re

_VERBATIM = re.compile(r"\\(?:url|href|path|nolinkurl|burl|doi|Eprint|eprint|verb)\b\*?[ \t]*(?=\{)")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*)?")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKET = re.compile(r"\\.|[{}\]]", re.DOTALL)
LONGEST_GROUP = 20_000
"""How many characters may stand between a brace and its partner: without a limit, many open ones take for ever."""
LONGEST_LINK, LONGEST_LABEL, LONGEST_OPTION = 4_000, 4_000, 500


def without_comments(text: str) -> str:
    r"""The text without comments; a sign of percent in the argument of a link is a character.

    >>> without_comments("\\bibitem[a]% here\n   {b} 50\\% \\url{x%20y}")
    '\\bibitem[a]{b} 50\\% \\url{x%20y}'
    """
    parts, at = [], 0
    for link in _VERBATIM.finditer(text):
        if link.start() < at or _in_comment(text, link.start(), at):
            continue
        group = braced(text, link.end(), most=LONGEST_LINK)
        if group is not None and "\n\n" not in group[0]:
            parts += [_COMMENT.sub(r"\1", text[at : link.end()]), text[link.end() : group[1]]]
            at = group[1]
    return "".join([*parts, _COMMENT.sub(r"\1", text[at:])])


def _in_comment(text: str, place: int, since: int) -> bool:
    line = max(text.rfind("\n", since, place) + 1, since)
    return _COMMENT.search(text, line, place) is not None


def braced(text: str, place: int, *, most: int = LONGEST_GROUP) -> tuple[str, int] | None:
    r"""What stands in the braces that open at a place, and where they end; None when they are not closed.

    >>> braced("{a{b}\\}c}d", 0)
    ('a{b}\\}c', 9)
    """
    return _closed(text, place, "{", _BRACE, most)


def bracketed(text: str, place: int, *, most: int = LONGEST_LABEL) -> tuple[str, int] | None:
    """The same of brackets, in which braces must balance."""
    return _closed(text, place, "[", _BRACKET, most)


def _closed(text: str, place: int, opening: str, signs: re.Pattern[str], most: int) -> tuple[str, int] | None:
    if not text.startswith(opening, place):
        return None
    depth = 0
    for sign in signs.finditer(text, place + 1, place + most):
        if sign[0] == "{":
            depth += 1
        elif depth == 0 and sign[0] in "}]":
            return text[place + 1 : sign.start()], sign.end()
        elif sign[0] == "}":
            depth -= 1
    return None


def depth_of(text: str) -> int | None:
    """How deep braces stand in each other; None where they do not balance.

    >>> depth_of("{a{b}}"), depth_of("{a"), depth_of("a}{")
    (2, None, None)
    """
    depth, deepest = 0, 0
    for sign in _BRACE.finditer(text):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        deepest = max(deepest, depth)
        if depth < 0:
            return None
    return None if depth else deepest


def argument(text: str, place: int) -> tuple[str, int]:
    """The next argument, in braces or a single sign, and where it ends; "" at the end of the text."""
    start = skip_blanks(text, place)
    group = braced(text, start)
    if group is not None:
        return group
    if text.startswith("\\", start):
        name = re.compile(r"\\(?:[A-Za-z@]+|.)?", re.DOTALL).match(text, start)
        return (name[0], name.end()) if name else ("", start)
    return (text[start : start + 1], start + 1) if start < len(text) and text[start] != "}" else ("", place)


def option(text: str, place: int) -> tuple[str | None, int]:
    """The next argument in brackets, and where it ends; None where there is none."""
    start = skip_blanks(text, place)
    found = bracketed(text, start, most=LONGEST_OPTION)
    return found if found is not None else (None, place)


def skip_blanks(text: str, place: int) -> int:
    """Where the next sign stands that is no blank."""
    while place < len(text) and text[place] in " \t\n":
        place += 1
    return place


def squeezed(text: str) -> str:
    """The text on one line, single blanks between words."""
    return " ".join(text.split())
