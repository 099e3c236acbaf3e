"""Groups that stand in the place of themes: the papers of a lineage by author, lab or venue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LaneKind = Literal["theme", "author", "lab", "venue"]


@dataclass(frozen=True, slots=True)
class LaneWords:
    """What the lanes of a picture are called."""

    one: LaneKind
    """What a lane stands for: "theme", "author"."""
    many: str
    """The same for several, as a heading."""
    none: str
    """Papers that stand in no other lane."""
    basis: str = "stated"
    """Where it is from that a paper belongs to a lane, unless that is inferred."""


THEMES = LaneWords("theme", "Themes", "no theme known", "chosen")
LANE_WORDS: Mapping[LaneKind, LaneWords] = {
    "theme": THEMES,
    "author": LaneWords("author", "Authors", "other authors, or none known"),
    "lab": LaneWords("lab", "Labs", "other labs, or none known"),
    "venue": LaneWords("venue", "Venues", "other venues, or none known"),
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of papers, which take the place of what a person chose. Nothing is inferred for other papers."""

    words: LaneWords = THEMES
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of the groups that a paper belongs to, by its key, in the order of the lanes; a paper of no group is not
    in it."""

    @property
    def is_by_theme(self) -> bool:
        """Whether themes are what a person chose, and inferred for the rest."""
        return self.words.one == "theme"


BY_THEME = Grouping()
"""The themes of the reading list, inferred for papers outside it."""
