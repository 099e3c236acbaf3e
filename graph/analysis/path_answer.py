"""The answer to a question about paths: paths with the evidence of every hop, and how many there are."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import islice, pairwise
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import Flags
from ..model.corpus import Citation
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .evidence import path_strength
from .no_path import NoPath
from .papers_between import PapersBetween
from .path_options import PathOptions
from .path_ranking import ranked_paths

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger("graph.analysis.paths")  # the question, by which readers of -v know it


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


def paths_of(lineage: Lineage, itinerary: Itinerary, options: PathOptions) -> PathAnswer:
    """The paths of a lineage that keep to an itinerary; without a word on why there are none."""
    start, end = itinerary.start, itinerary.end
    began = perf_counter()
    graph = lineage.citation_graph(allowed_papers(lineage, itinerary, options))
    between = PapersBetween(graph, itinerary, options.max_hops)
    listed = between.keep(lineage.flagged((*lineage.list_keys, *itinerary.papers)))
    total, longest = between.survey()
    total_in_list, _ = listed.survey()
    log.debug("%s -> %s: counted the paths after %.3f s", start, end, perf_counter() - began)
    found = islice(ranked_paths(lineage, between, options, longest), options.top)
    paths = tuple(path_along(lineage, keys) for keys in found)
    log.info("%s -> %s: %d papers between, %s paths, %.3f s", start, end, len(between), total, perf_counter() - began)
    return PathAnswer(start, end, options, paths, total, total_in_list, longest)


def allowed_papers(lineage: Lineage, itinerary: Itinerary, options: PathOptions) -> Flags | None:
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


def path_along(lineage: Lineage, keys: tuple[str, ...]) -> Path:
    """The path along some papers, each cited by the next, with the evidence of every hop."""
    hops = [
        Hop(cited, citing, lineage.citation(cited, citing), lineage.is_backwards(cited, citing))
        for cited, citing in pairwise(keys)
    ]
    return Path(keys, tuple(hops), path_strength(lineage.corpus, (hop.citation for hop in hops), lineage.reasons))
