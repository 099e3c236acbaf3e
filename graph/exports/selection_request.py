"""What a person wants to export, as it is typed: "list", "theme alignment", "flow BERT → InstructGPT", "main-path"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..analysis.query import has_arrow

Kind = Literal["list", "neighbourhood", "corpus", "theme", "flow", "main-path", "paths", "paper"]
KEYWORDS: tuple[Kind, ...] = ("list", "neighbourhood", "corpus", "theme", "flow", "main-path")
"""The kinds that begin with a word of their own; an arrow means paths, and anything else is the name of a paper."""


@dataclass(frozen=True, slots=True)
class SelectionRequest:
    """A part of a lineage or of a store, before its names are looked up.

    The kind "paper" may also mean "BERT to InstructGPT": titles hold the word "to", so only a look-up can decide.
    `names` is the text that names papers: both ends of a flow or of a main path, a question about paths, or one paper.
    `theme` is the name of the theme that a selection or a main path keeps to.
    """

    kind: Kind
    names: str = ""
    theme: str = ""


def parse_selection(text: str) -> SelectionRequest:
    """Parse what a person wants to export, one of `graph.exports.registry.SELECTIONS`.

    Whether there is such a paper or theme is not checked here.

    >>> parse_selection("the reading list").kind, parse_selection("theme rlhf").theme, parse_selection("BERT").names
    ('list', 'rlhf', 'BERT')
    >>> parse_selection("main path BERT → InstructGPT")
    SelectionRequest(kind='main-path', names='BERT → InstructGPT', theme='')
    """
    text = " ".join(text.split())
    synonym = _SYNONYMS.get(text.casefold())
    if synonym:
        return SelectionRequest(synonym)
    word, _, rest = text.partition(" ")
    word = word.casefold()
    if word == "theme" and rest:
        return SelectionRequest("theme", theme=rest)
    if word == "flow":
        return SelectionRequest("flow", rest)
    if word in ("main-path", "main"):
        return _main_path(re.sub(r"\Apath\b\s*", "", rest, flags=re.IGNORECASE))
    return SelectionRequest("paths" if has_arrow(text) else "paper", text)


def _main_path(rest: str) -> SelectionRequest:
    word, _, theme = rest.partition(" ")
    if word.casefold() == "theme" and theme:
        return SelectionRequest("main-path", theme=theme)
    return SelectionRequest("main-path", rest)


_SYNONYMS: dict[str, Kind] = {
    "list": "list",
    "the list": "list",
    "reading list": "list",
    "the reading list": "list",
    "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood",
    "corpus": "corpus",
    "all": "corpus",
    "everything": "corpus",
}
