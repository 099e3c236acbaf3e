"""Paths in three groups: those that meet a condition on reasons, those that may, and those that do not.

How many paths a group has is counted, not listed. Paths whose every hop is of some kinds are the paths of a graph
without the other citations; the paths between two such graphs are the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..algorithms.constrained_paths import Itinerary
from ..model.citation_graph import CitationGraph
from ..model.lineage import Lineage
from .papers_between import PapersBetween
from .path_answer import Path, PathAnswer, allowed_papers, hops_frame, path_along
from .path_options import PathOptions
from .path_ranking import main_path_costs, ranked_paths, weights_along
from .paths import find_paths
from .reason_condition import ReasonCondition, Verdict
from .self_citations import without_self_citations

if TYPE_CHECKING:
    import pandas as pd

MOST_TRIED = 20_000
"""How many paths are looked at for those of one group."""
Arc = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PathGroup:
    """Paths that meet the condition (True), that may (None), or that do not (False); `total` counts them all.

    `total` is None when circles make them too many to count.
    """

    verdict: Verdict
    total: int | None
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class GroupedPaths:
    """The paths from one paper to another, by whether they meet a condition on reasons."""

    start: str
    end: str
    """Keys."""
    options: PathOptions
    """Which paths were asked for; `options.top` of each group at most are shown."""
    condition: ReasonCondition
    total: int | None
    """How many paths there are in the three groups."""
    groups: tuple[PathGroup, PathGroup, PathGroup]
    """Those that meet the condition, those of which it is not known, and those that do not."""
    hops: Mapping[Arc, Verdict]
    """For every citation between the two papers, cited -> citing, whether it meets the condition."""

    def to_frame(self) -> pd.DataFrame:
        """The shown paths as a pandas table, one row a hop: meets, and the columns of `PathAnswer.to_frame`.

        `meets` is the verdict of the path's group. Paths are numbered through all groups.
        """
        frame = hops_frame([path for group in self.groups for path in group.paths])
        verdicts = [group.verdict for group in self.groups for path in group.paths for _ in path.hops]
        frame.insert(0, "meets", verdicts)
        return frame

    @property
    def may_be(self) -> bool:
        """Whether a path meets the condition, or may."""
        return any(group.total != 0 for group in self.groups[:2])

    def hops_by_verdict(self) -> tuple[int, int, int]:
        """How many citations between the two meet the condition, how many may, and how many do not."""
        counts = Counter(self.hops.values())
        return counts[True], counts[None], counts[False]


def grouped_paths(
    lineage: Lineage, start: str, end: str, options: PathOptions, condition: ReasonCondition
) -> GroupedPaths | PathAnswer:
    """Find the paths from one paper to another, and group them by a condition on reasons.

    Gives the ordinary answer when there is no path. Raises `InputError` when a paper must be both passed and avoided.
    Three counts of paths, and one look at every citation between the two papers. The paths of a group are sought among
    the first `MOST_TRIED` in the order of the options.
    """
    if options.without_self_citations:
        lineage = without_self_citations(lineage).lineage
    found = find_paths(lineage, start, end, replace(options, top=1, without_self_citations=False))
    if not found.found:
        return replace(found, options=options)
    itinerary = Itinerary(start, end, options.waypoints, options.via)
    graph = lineage.citation_graph(allowed_papers(lineage, itinerary, options))
    everything = PapersBetween(graph, itinerary, options.max_hops)
    usable = [arc for arc in everything.part.edges if arc[1] != start and arc[0] != end]  # no path comes back
    hops = {arc: condition.verdict(lineage, *arc) for arc in usable}
    certain = condition.of_every_hop  # what all hops of a path must be, so that the condition is decided by it
    inner = _only(everything, [arc for arc, verdict in hops.items() if verdict is not certain])
    middle = _only(everything, [arc for arc, verdict in hops.items() if verdict is (not certain)])
    surveys = [each.survey() for each in (inner, middle, everything)]
    totals = [total for total, _ in surveys]
    groups = {}
    for n, (verdict, part) in enumerate(((certain, inner), (None, middle), (not certain, everything))):
        total = totals[n] if not n else _difference(totals[n], totals[n - 1])
        shown: tuple[Path, ...] = ()
        if total != 0:
            costs = main_path_costs(lineage, part, options)
            tried = ranked_paths(lineage, part, replace(options, top=MOST_TRIED), surveys[n][1], costs=costs)
            fitting = (
                keys
                for keys in islice(tried, MOST_TRIED)
                if condition.of_path([hops[arc] for arc in pairwise(keys)]) is verdict
            )
            shown = tuple(
                path_along(lineage, keys, weights_along(costs, part, keys)) for keys in islice(fitting, options.top)
            )
        groups[verdict] = PathGroup(verdict, total, shown)
    return GroupedPaths(start, end, options, condition, totals[-1], (groups[True], groups[None], groups[False]), hops)


def _only(between: PapersBetween, dropped: list[Arc]) -> PapersBetween:
    """The same without some citations, cited -> citing."""
    arrays = between.graph.arrays
    kept = np.ones(len(arrays.citing), np.bool_)
    if dropped:
        cited, citing = (np.array([arrays.numbers[arc[end]] for arc in dropped], np.int64) for end in (0, 1))
        kept[arrays.places(citing, cited)] = False
    return PapersBetween(CitationGraph(arrays.only(kept), between.graph.among), between.itinerary, between.max_hops)


def _difference(more: int | None, fewer: int | None) -> int | None:
    return None if more is None or fewer is None else more - fewer
