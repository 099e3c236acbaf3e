"""Which paths a person wants to see, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Rank = Literal["shortest", "strongest", "main", "diverse"]
RANKS: tuple[Rank, ...] = ("shortest", "strongest", "main", "diverse")


@dataclass(frozen=True, slots=True)
class PathOptions:
    """Which paths a person wants to see.

    Attributes
    ----------
    list_only : bool
        Only papers of the reading list between the two ends.
    waypoints, via : tuple of str
        Keys of papers to pass, in this order or anywhere.
    avoid : tuple of str
        Keys of papers to leave aside.
    theme : str or None
        Id of a theme: between the ends only papers of it, chosen or, outside the list, mainly inferred.
    years : (int or None, int or None)
        Between the ends only papers of these years; one without a date is left aside.
    max_hops : int or None
    rank : str
        "shortest"; "strongest" evidence first (`graph.analysis.evidence`); "main": along the citations that
        most paths between the two run through, the greatest sum of search path counts first, among
        the paths that run forward in time; "diverse": the shortest, then always the one that shares
        least with those before it.
    longest : bool
        The longest paths first, instead.
    top : int
        How many to show; the count is of all.
    """

    list_only: bool = False
    waypoints: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    theme: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    max_hops: int | None = None
    rank: Rank = "shortest"
    longest: bool = False
    top: int = 10

    def through(self, waypoints: tuple[str, ...]) -> PathOptions:
        """The same wish, with further waypoints."""
        return replace(self, waypoints=(*self.waypoints, *waypoints))
