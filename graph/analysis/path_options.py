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
    """Which paths to show, and in which order.

    Attributes
    ----------
    list_only : bool
        Only papers of the reading list between the two ends.
    waypoints, via : tuple of str
        Keys of papers that a path must pass: in this order, or anywhere.
    avoid : tuple of str
        Keys of papers that a path must not pass.
    leave_out : tuple of "read" or "own"
        Between the ends and the named papers none that the person has marked so (`graph.model.marks`).
    theme : str or None
        Id of a theme. Between the ends only papers of it: those for which a person chose it, and, outside the
        list, those whose main inferred theme it is.
    years : (int or None, int or None)
        The first and the last year of the papers between the ends. Papers without a date are left out.
    max_hops : int or None
        How many citations a path may have.
    rank : str
        "shortest"; "strongest": the best evidence first (`graph.analysis.evidence`); "main": the greatest sum of
        search path counts first, so along the citations that most paths between the two run through, and paths with
        citations that do not run forward in time behind the others; "diverse": the shortest, then always the path
        that shares the fewest papers with those before it. No rank leaves out a path.
    longest : bool
        The longest paths first; `rank` does not count then.
    without_self_citations : bool
        Only paths without a hop that is known to be a citation by the cited paper's own authors:
        `graph.analysis.self_citations`.
    top : int
        How many paths to show. The number of paths in the answer counts all.
    """

    list_only: bool = False
    waypoints: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    leave_out: tuple[MarkKind, ...] = ()
    theme: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    max_hops: int | None = None
    rank: Rank = "shortest"
    longest: bool = False
    top: int = 10
    without_self_citations: bool = False

    def __post_init__(self) -> None:
        if self.rank not in RANKS:
            raise InputError(f"paths cannot be ranked by {self.rank!r}", remedy=f"use one of {', '.join(RANKS)}")
        check_fields(self, {"top": 1, "max_hops": 1})
        first, last = self.years
        if first is not None and last is not None and first > last:
            raise InputError(f"{first} is after {last}", remedy="write the earlier year first")

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


def given_options(options: PathOptions | None, wish: PathOptions | None) -> PathOptions:
    """The options of a question, which may come under the earlier name of the parameter, `wish`."""
    if wish is not None and options is not None:
        raise InputError("options are given twice", remedy="leave out wish, which is their old name")
    if wish is not None:
        warnings.warn("the parameter 'wish' is now called 'options'", DeprecationWarning, stacklevel=3)
        return wish
    return PathOptions() if options is None else options
