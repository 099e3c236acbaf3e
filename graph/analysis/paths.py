"""Paths of a lineage: how an idea got from one paper to a later one, ranked, counted, with the evidence.

Paths run along the arcs of the lineage graph, cited -> citing, and visit no paper twice. Citation
data has circles, and nothing here assumes otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from ..algorithms.constrained_paths import Itinerary
from ..errors import InputError
from ..model.collection import PaperCollection
from ..model.in_memory import NO_NUMBERS
from ..model.lineage import Lineage
from .no_path import Report, explain_no_path, silent
from .path_answer import Hop, Path, PathAnswer, allowed_papers, paths_of
from .path_options import PathOptions, given_options
from .self_citations import considered

if TYPE_CHECKING:
    from ..index.store import Store

__all__ = ["Hop", "Path", "PathAnswer", "find_paths", "paths_in"]


def find_paths(
    lineage: Lineage,
    start: str,
    end: str,
    options: PathOptions | None = None,
    *,
    wish: PathOptions | None = None,
) -> PathAnswer:
    """Find the directed paths from one paper to another.

    Raises `InputError` when a paper must be both passed and avoided. `start` and `end` are keys of the older and the
    newer paper. The options say which paths, and in which order; without them, the ten shortest. Paths of the same rank
    are ordered by their papers: those of the list first, by number, then the others by age. `wish` is the earlier name
    of `options`.

    Paths are enumerated lazily. Outside circles every step of the search leads to a path.
    """
    return paths_in(lineage, start, end, given_options(options, wish))[1]


def paths_in(
    papers: PaperCollection, start: str, end: str, options: PathOptions, report: Report = silent
) -> tuple[Lineage, PathAnswer]:
    """Find the directed paths from one paper to another, in memory or in a store.

    Returns a lineage that has the papers of the answer, and the answer. Where at most `papers.most_papers` lie between
    the two, it is exact in everything; otherwise see `graph.analysis.many_paths.paths_among_many`. `report` takes a
    remark on what the answer leaves out. Raises `InputError` when a paper must be both passed and avoided, or when the
    question needs all of too many paths.
    """
    itinerary = Itinerary(start, end, options.waypoints, options.via)
    for key in options.avoid:
        if key in itinerary.papers:
            raise InputError(f"a path cannot both pass and avoid {key}", remedy="leave one of the two out")
    stops, via, avoid = (
        [papers.number(key) for key in keys] for keys in ((start, *options.waypoints, end), options.via, options.avoid)
    )
    named = (*stops, *via, *avoid)
    members = NO_NUMBERS if options.list_only else papers.members_between(stops, via, options.max_hops)
    if members is None or (papers.most_papers is not None and len(members) > papers.most_papers):
        from .many_paths import paths_among_many  # loads compiled loops

        store = cast("Store", papers)  # no lineage has a limit
        lineage, answer = paths_among_many(store, itinerary, options, members, named, report)
    else:
        lineage = papers.part([*members, *named])
        part = considered(
            lineage,
            others_alone=options.without_self_citations,
            ends=(start, end),
            keys=lineage.list_keys if options.list_only else None,
        )
        lineage = part.told(report)
        answer = paths_of(lineage, itinerary, options)
    if answer.found:
        return lineage, answer
    there_are_paths = members is None or len(members) > 0 or options.list_only  # which the options exclude
    has_all = papers.most_papers is None
    lineage, no_path = explain_no_path(
        lineage if there_are_paths or has_all else papers,
        start,
        end,
        lambda lineage: allowed_papers(lineage, itinerary, options),
        named=() if there_are_paths else named,
        max_hops=answer.options.max_hops,
        report=report,
    )
    if lineage.vectors is not None:
        from .similar import likeness

        no_path = replace(no_path, likeness=likeness(lineage, start, end))
    return lineage, replace(answer, no_path=no_path)
