"""What is to be exported, as a person types it: "list", "theme alignment", "flow BERT → InstructGPT", "main-path"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from ..analysis.query import has_arrow

Kind = Literal["list", "neighbourhood", "corpus", "theme", "flow", "main-path", "paths", "paper"]
KINDS = tuple(kind for kind in get_args(Kind) if kind not in ("paths", "paper"))
"""Those that are typed as a word; the others are told by an arrow, or by the name of a paper."""


@dataclass(frozen=True, slots=True)
class SelectionRequest:
    """A part of a lineage or of a store, its names not looked up yet.

    Attributes
    ----------
    kind : str
        "paper" may also be "BERT to InstructGPT": titles hold the word "to", so that only a look-up can tell.
    names : str
        Of papers: those of a flow, of the ends of a main path, of a question about paths, or of the paper.
    theme : str
        The name of a theme, or of that of a main path.
    """

    kind: Kind
    names: str = ""
    theme: str = ""


def parse_part(text: str) -> SelectionRequest:
    """Understand which part is meant; whether there is such a paper or theme is not asked here.

    Parameters
    ----------
    text : str
        One of `graph.exports.registry.WORDS`.

    Examples
    --------
    >>> parse_part("the reading list").kind, parse_part("theme rlhf").theme, parse_part("BERT").names
    ('list', 'rlhf', 'BERT')
    >>> parse_part("main path BERT → InstructGPT")
    SelectionRequest(kind='main-path', names='BERT → InstructGPT', theme='')
    """
    text = " ".join(text.split())
    word, _, rest = text.partition(" ")
    whole, word = _WHOLE.get(text.casefold()), word.casefold()
    if whole:
        return SelectionRequest(whole)
    if word == "theme" and rest:
        return SelectionRequest("theme", theme=rest)
    if word == "flow":
        return SelectionRequest("flow", rest)
    if word in ("main-path", "main"):
        return _main_path(re.sub(r"\Apath\b\s*", "", rest, flags=re.IGNORECASE))
    return SelectionRequest("paths" if has_arrow(text) else "paper", text)


def _main_path(rest: str) -> SelectionRequest:
    word, _, theme = rest.partition(" ")
    of_theme = word.casefold() == "theme" and theme
    return SelectionRequest("main-path", theme=theme) if of_theme else SelectionRequest("main-path", rest)


_WHOLE: dict[str, Kind] = {
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
