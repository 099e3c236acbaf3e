"""Where the papers of a view stand: time on x, themes as lanes on y, nothing on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .lineage import Lineage


@dataclass(frozen=True, slots=True)
class Spot:
    """A paper's place: its centre, and the box in which its mark and its label stay.

    Units are pixels at zoom 1; x grows with time, y grows downwards.
    """

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A theme's band across the picture; `theme` is None for papers without a theme."""

    theme: str | None
    name: str
    colour: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year (or the column of papers without a date, label "undated")."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture: spots by key, lanes from top to bottom, ticks from left to right."""

    spots: Mapping[str, Spot]
    lanes: Sequence[Lane]
    ticks: Sequence[Tick]
    width: float
    height: float


def theme_colours(lineage: Lineage) -> dict[str, str]:
    """A colour "#RRGGBB" for every theme of the reading list, in its order.

    Okabe & Ito's colours, which stay apart for people with a colour vision deficiency; the
    eighth theme and those after it share a grey.
    """
    colours = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
    themes = lineage.reading_list.themes
    return {theme.id: colours[n] if n < len(colours) else "#666666" for n, theme in enumerate(themes)}


def timeline(lineage: Lineage, keys: Sequence[str]) -> Layout:
    """Place papers by date and theme."""
    raise NotImplementedError
