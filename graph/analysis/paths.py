"""Paths of a lineage: how an idea got from one paper to a later one, ranked, counted, with the evidence.

Paths run along the arcs of the lineage graph, cited -> citing, and visit no paper twice. Citation
data has circles, and nothing here assumes otherwise.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from time import perf_counter
from typing import TYPE_CHECKING, cast

import numpy as np

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import Flags
from ..errors import InputError
from ..model.collection import NO_NUMBERS, PaperCollection
from ..model.corpus import Citation
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .evidence import path_strength
from .no_path import NoPath, Report, explain_no_path, silent
from .papers_between import PapersBetween
from .path_options import PathOptions, given_options
from .path_ranking import ranked_paths

if TYPE_CHECKING:
    import pandas as pd

    from ..index.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the cited paper to the citing one, with its citation.

    `backwards` says that the cited paper is the later one by their dates.
    """

    cited: str
    citing: str
    citation: Citation
    backwards: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Papers in order, each cited by the next; `hops` is one shorter than `keys`."""

    keys: tuple[str, ...]
    hops: tuple[Hop, ...]
    strength: float


@keep_old_attributes(wish="options", nothing="no_path")
@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The paths from one paper to another, or why there are none.

    Attributes
    ----------
    start, end : str
        Keys.
    options : PathOptions
        Which paths were asked for.
    paths : tuple of Path
        The first of them, at most as many as were asked for.
    total : int or None
        How many such paths there are, exactly; None when circles make them too many to count.
    total_in_list : int or None
        How many of these run through papers of the reading list only.
    longest : int or None
        The hops of the longest.
    no_path : NoPath or None
        What relates the two papers when there is no path.
    """

    start: str
    end: str
    options: PathOptions
    paths: tuple[Path, ...]
    total: int | None
    total_in_list: int | None
    longest: int | None
    no_path: NoPath | None = None

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.paths)

    def to_frame(self) -> pd.DataFrame:
        """The shown paths as a pandas table, one row a hop: path, hop, cited, citing, sources, backwards."""
        import pandas as pd

        rows = [
            (number, position, hop.cited, hop.citing, " ".join(hop.citation.sources), hop.backwards)
            for number, path in enumerate(self.paths, start=1)
            for position, hop in enumerate(path.hops, start=1)
        ]
        return pd.DataFrame(rows, columns=["path", "hop", "cited", "citing", "sources", "backwards"])


def find_paths(
    lineage: Lineage,
    start: str,
    end: str,
    options: PathOptions | None = None,
    *,
    wish: PathOptions | None = None,
) -> PathAnswer:
    """Find the directed paths from one paper to another.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    options : PathOptions, optional
        Which paths, and in which order; without it, the ten shortest.
    wish : PathOptions, optional
        The earlier name of `options`.

    Returns
    -------
    PathAnswer
        Paths of the same rank are ordered by their papers: those of the list first, by number, then
        the others by age.

    Raises
    ------
    InputError
        When a paper must be both passed and avoided.

    Notes
    -----
    Paths are enumerated lazily. Outside circles every step of the search leads to a path.
    """
    return paths_in(lineage, start, end, given_options(options, wish))[1]


def paths_in(
    papers: PaperCollection, start: str, end: str, options: PathOptions, report: Report = silent
) -> tuple[Lineage, PathAnswer]:
    """Find the directed paths from one paper to another, in memory or in a store.

    Parameters
    ----------
    papers : PaperCollection
    start, end, options
        As `find_paths` takes them.
    report : callable
        Takes a remark on what the answer leaves out.

    Returns
    -------
    (Lineage, PathAnswer)
        A lineage that has the papers of the answer, and the answer. Where at most `papers.most_papers` lie between
        the two, it is exact in everything; otherwise see `graph.analysis.many_paths.paths_among_many`.

    Raises
    ------
    InputError
        When a paper must be both passed and avoided, or when the question needs all of too many paths.
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
        answer = paths_of(lineage, itinerary, options)
    if answer.found:
        return lineage, answer
    there_are_paths = members is None or len(members) > 0 or options.list_only  # which the options exclude
    lineage, no_path = explain_no_path(
        lineage if there_are_paths else papers,
        start,
        end,
        lambda lineage: _allowed(lineage, itinerary, options),
        named=() if there_are_paths else named,
        max_hops=answer.options.max_hops,
        report=report,
    )
    return lineage, replace(answer, no_path=no_path)


def paths_of(lineage: Lineage, itinerary: Itinerary, options: PathOptions) -> PathAnswer:
    """The paths of a lineage that keep to an itinerary; without a word on why there are none."""
    start, end = itinerary.start, itinerary.end
    began = perf_counter()
    graph = lineage.citation_graph(_allowed(lineage, itinerary, options))
    between = PapersBetween(graph, itinerary, options.max_hops)
    listed = between.keep(lineage.flagged((*lineage.list_keys, *itinerary.papers)))
    total, longest = between.survey()
    total_in_list, _ = listed.survey()
    log.debug("%s -> %s: counted the paths after %.3f s", start, end, perf_counter() - began)
    found = islice(ranked_paths(lineage, between, options, longest), options.top)
    paths = tuple(_with_evidence(lineage, keys) for keys in found)
    log.info("%s -> %s: %d papers between, %s paths, %.3f s", start, end, len(between), total, perf_counter() - began)
    return PathAnswer(start, end, options, paths, total, total_in_list, longest)


def _allowed(lineage: Lineage, itinerary: Itinerary, options: PathOptions) -> Flags | None:
    """The papers that the options allow, those of the itinerary among them; None when these are all."""
    allowed = np.ones(lineage.network.nodes, np.bool_)
    if options.list_only:
        allowed &= lineage.flagged(lineage.list_keys)
    if options.avoid:
        allowed &= ~lineage.flagged(options.avoid)
    if options.theme is not None:
        allowed &= lineage.flagged_by_theme(options.theme)
    if options.years != (None, None):
        allowed &= lineage.flagged_by_years(*options.years)
    return None if allowed.all() else allowed | lineage.flagged(itinerary.papers)


def _with_evidence(lineage: Lineage, keys: tuple[str, ...]) -> Path:
    hops = [
        Hop(cited, citing, lineage.citation(cited, citing), lineage.is_backwards(cited, citing))
        for cited, citing in pairwise(keys)
    ]
    return Path(keys, tuple(hops), path_strength(lineage.corpus, (hop.citation for hop in hops)))
