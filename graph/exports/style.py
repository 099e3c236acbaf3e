"""How a paper is marked in every picture: the lane and the colour of its theme, its label, and how wide that is."""

from __future__ import annotations

import unicodedata

from ..model.lineage import Lineage
from ..utils.text import clipped

LABEL = 24  # characters
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]-· "), frozenset("mwMW@%…")


def theme_colours(lineage: Lineage) -> dict[str, str]:
    """A colour "#RRGGBB" for every theme of the reading list, in its order.

    Okabe & Ito's colours, which stay apart for people with a colour vision deficiency; the
    eighth theme and those after it share a grey.
    """
    colours = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
    themes = lineage.reading_list.themes
    return {theme.id: colours[n] if n < len(colours) else "#666666" for n, theme in enumerate(themes)}


def theme_of(lineage: Lineage, key: str) -> str | None:
    """The theme in whose lane a paper stands.

    Returns
    -------
    str or None
        The first theme that a person chose; else the one with the largest inferred share; None
        when neither is known.
    """
    return next(iter(lineage.themes_of(key)), None)


def label_of(lineage: Lineage, key: str) -> str:
    """What stands at a paper in the picture: "6 BERT", "Wu 2016", a clipped title.

    A paper without name, author and title says so: an identifier is never shown as if it were
    a title.
    """
    paper = lineage.paper(key)
    text = paper.label if paper.names or paper.authors else paper.title or paper.untitled
    label = clipped(_one_line(text), LABEL) or paper.untitled
    numbers = lineage.graph.nodes[key]["numbers"]
    return f"{'·'.join(map(str, numbers))} {label}" if numbers else label


def text_width(text: str) -> float:
    """About how wide a text is in a broad sans serif, in units of its size."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.4
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.75 if character.isupper() else 0.64


def _one_line(text: str) -> str:
    """The text without controls and line ends, which a picture cannot show."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn") else c for c in text).split())
