"""Which paths a person wants to see, and in which order, as a value."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import Literal

from ..errors import InputError
from ..model.marks import MarkKind
from ..utils.arguments import check_fields

Rank = Literal["shortest", "strongest", "main", "diverse"]
RANKS: tuple[Rank, ...] = ("shortest", "strongest", "main", "diverse")


@dataclass(frozen=True, slots=True)
class PathOptions:
    """Which paths to show, and in which order."""

    list_only: bool = False
    """Only papers of the reading list between the two ends."""
    waypoints: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    """Keys of papers that a path must pass: in this order, or anywhere."""
    avoid: tuple[str, ...] = ()
    """Keys of papers that a path must not pass."""
    leave_out: tuple[MarkKind, ...] = ()
    """Between the ends and the named papers none that the person has marked so (`graph.model.marks`)."""
    theme: str | None = None
    """Id of a theme. Between the ends only papers of it: those for which a person chose it, and, outside the list,
    those whose main inferred theme it is."""
    years: tuple[int | None, int | None] = (None, None)
    """The first and the last year of the papers between the ends. Papers without a date are left out."""
    max_hops: int | None = None
    """How many citations a path may have."""
    rank: Rank = "shortest"
    """"shortest"; "strongest": the best evidence first (`graph.analysis.evidence`); "main": the greatest sum of search
    path counts first, so along the citations that most paths between the two run through, and paths with citations that
    do not run forward in time behind the others; "diverse": the shortest, then always the path that shares the fewest
    papers with those before it. No rank leaves out a path."""
    longest: bool = False
    """The longest paths first, which goes with no other `rank`."""
    top: int = 10
    """How many paths to show. The number of paths in the answer counts all."""
    without_self_citations: bool = False
    """Only paths without a hop that is known to be a citation by the cited paper's own authors:
    `graph.analysis.self_citations`."""

    def __post_init__(self) -> None:
        if self.rank not in RANKS:
            raise InputError(f"paths cannot be ranked by {self.rank!r}", remedy=f"use one of {', '.join(RANKS)}")
        check_fields(self, {"top": 1, "max_hops": 1})
        if self.longest and self.rank != "shortest":
            what = f"the longest paths first and the rank {self.rank!r} are two orders"
            raise InputError(what, remedy="choose one of them")
        refuse_turned(self.years)
        if len(set(self.waypoints)) < len(self.waypoints):
            raise InputError("a path visits no paper twice", remedy="name every waypoint once")

    @property
    def is_narrow(self) -> bool:
        """Whether they exclude some of the papers between the two ends."""
        return bool(self.avoid or self.leave_out or self.theme or self.years != (None, None))

    @property
    def leaves_out(self) -> bool:
        """Whether they exclude some of the papers or of the citations between the two ends."""
        return self.is_narrow or self.without_self_citations

    @property
    def by_main_path(self) -> bool:
        """Whether paths are ordered by the search path counts of their citations."""
        return self.rank == "main" and not self.longest

    def through(self, waypoints: tuple[str, ...]) -> PathOptions:
        """The same options with further waypoints."""
        return replace(self, waypoints=(*self.waypoints, *waypoints))


def refuse_turned(years: tuple[int | None, int | None]) -> None:
    """Raise `InputError` for a span of years that ends before it begins."""
    first, last = years
    if first is not None and last is not None and first > last:
        raise InputError(f"{first} is after {last}", remedy="write the earlier year first")


def given_options(options: PathOptions | None, wish: PathOptions | None) -> PathOptions:
    """The options of a question, which may come under the earlier name of the parameter, `wish`."""
    if wish is not None and options is not None:
        raise InputError("options are given twice", remedy="leave out wish, which is their old name")
    if wish is not None:
        warnings.warn("the parameter 'wish' is now called 'options'", DeprecationWarning, stacklevel=3)
        return wish
    return PathOptions() if options is None else options
