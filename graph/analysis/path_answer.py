"""The answer to a question about paths: paths with the evidence of every hop, and how many there are."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, repeat
from math import log10
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from ..algorithms.budget import Budget
from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import Flags
from ..errors import InputError
from ..model.corpus import Citation
from ..model.lineage import Lineage
from ..model.origins import origins_of
from ..utils.old_names import keep_old_attributes
from .evidence import path_strength
from .no_path import NoPath
from .papers_between import PapersBetween
from .path_options import PathOptions
from .path_ranking import main_path_costs, ranked_paths, weights_along

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger("graph.analysis.paths")  # the question, by which readers of -v know it


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the cited paper to the citing one, with its citation.

    `backwards` says that the cited paper is the later one by their dates, and `origins` how many of the sources are
    independent of each other (`graph.model.origins`). `weight` is its search path count, where paths are ranked by
    these: how many of the paths that run forward in time use it. It is None in other orders, and where it runs back.
    """

    cited: str
    citing: str
    citation: Citation
    backwards: bool
    origins: int
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """Papers in order, each cited by the next; `hops` is one shorter than `keys`."""

    keys: tuple[str, ...]
    hops: tuple[Hop, ...]
    strength: float

    @property
    def weight(self) -> int:
        """The sum of the weights of its hops, as far as they have one: what an order along the main path compares."""
        return sum(hop.weight for hop in self.hops if hop.weight is not None)


@keep_old_attributes(wish="options", nothing="no_path")
@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The paths from one paper to another, or why there are none."""

    start: str
    end: str
    """Keys."""
    options: PathOptions
    """Which paths were asked for."""
    paths: tuple[Path, ...]
    """The first of them, at most as many as were asked for."""
    total: int | None
    """How many such paths there are, exactly; None when circles make them too many to count."""
    total_in_list: int | None
    """How many of these run through papers of the reading list only."""
    longest: int | None
    """The hops of the longest."""
    no_path: NoPath | None = None
    """What relates the two papers when there is no path."""
    stopped_after: int | None = None
    """After how many steps the search for further paths was stopped (`graph.algorithms.budget`), so that fewer are
    shown than were asked for and exist; None when it was not. Those that are shown come first in their order."""

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.paths)

    def to_frame(self) -> pd.DataFrame:
        """The shown paths as a pandas table, one row a hop: path, hop, cited, citing, sources, origins, backwards."""
        return hops_frame(self.paths)


def hops_frame(paths: Sequence[Path]) -> pd.DataFrame:
    """Paths as a pandas table, one row a hop; see `PathAnswer.to_frame`."""
    import pandas as pd

    rows = [
        (number, position, hop.cited, hop.citing, " ".join(hop.citation.sources), hop.origins, hop.backwards)
        for number, path in enumerate(paths, start=1)
        for position, hop in enumerate(path.hops, start=1)
    ]
    return pd.DataFrame(rows, columns=["path", "hop", "cited", "citing", "sources", "origins", "backwards"])


def paths_of(lineage: Lineage, itinerary: Itinerary, options: PathOptions, budget: Budget | None = None) -> PathAnswer:
    """The paths of a lineage that keep to an itinerary; without a word on why there are none.

    Raises `InputError` when the budget was spent before any path was found, so that it is not known whether there is
    one. Without a `budget` the search may spend the `STEPS` and `BYTES` of `graph.algorithms.budget`.
    """
    start, end = itinerary.start, itinerary.end
    began = perf_counter()
    budget = budget or Budget()
    graph = lineage.citation_graph(allowed_papers(lineage, itinerary, options))
    between = PapersBetween(graph, itinerary, options.max_hops)
    listed = between.keep(lineage.flagged((*lineage.list_keys, *itinerary.papers)))
    total, longest = between.survey()
    total_in_list, _ = listed.survey()
    log.debug("%s -> %s: counted the paths after %.3f s", start, end, perf_counter() - began)
    costs = main_path_costs(lineage, between, options)
    found = islice(ranked_paths(lineage, between, options, longest, budget, costs), options.top)
    paths: list[Path] = []
    for keys in found:
        if not budget.list_path(len(keys) - 1) and paths:
            break
        paths.append(path_along(lineage, keys, weights_along(costs, between, keys)))
    if budget.spent and not paths:
        raise InputError(
            f"no path was found within {budget.taken:,} steps, which does not mean that there is none",
            remedy="set a limit with --max-hops, name fewer papers to go through, or ask for another order",
        )
    many = f"10^{log10(total):.0f}" if total and total.bit_length() > 1000 else total  # Python writes no longer ones
    log.info("%s -> %s: %d papers between, %s paths, %.3f s", start, end, len(between), many, perf_counter() - began)
    stopped = budget.taken if budget.spent and len(paths) < options.top and len(paths) != total else None
    return PathAnswer(start, end, options, tuple(paths), total, total_in_list, longest, stopped_after=stopped)


def allowed_papers(lineage: Lineage, itinerary: Itinerary, options: PathOptions) -> Flags | None:
    """The papers that the options allow, those of the itinerary among them; None when these are all."""
    allowed = np.ones(lineage.network.nodes, np.bool_)
    if options.list_only:
        allowed &= lineage.flagged(lineage.list_keys)
    if options.avoid:
        allowed &= ~lineage.flagged(options.avoid)
    if options.leave_out:
        allowed &= ~lineage.flagged(key for key in lineage.marks.any_of(options.leave_out) if key in lineage)
    if options.theme is not None:
        allowed &= lineage.flagged_by_theme(options.theme)
    if options.years != (None, None):
        allowed &= lineage.flagged_by_years(*options.years)
    return None if allowed.all() else allowed | lineage.flagged(itinerary.papers)


def path_along(lineage: Lineage, keys: tuple[str, ...], weights: Sequence[int | None] = ()) -> Path:
    """The path along some papers, each cited by the next, with the evidence of every hop, and its weight if known."""
    arcs = zip(pairwise(keys), weights or repeat(None), strict=False)
    hops = [_hop(lineage, cited, citing, weight) for (cited, citing), weight in arcs]
    return Path(keys, tuple(hops), path_strength(lineage.corpus, (hop.citation for hop in hops), lineage.reasons))


def _hop(lineage: Lineage, cited: str, citing: str, weight: int | None) -> Hop:
    citation = lineage.citation(cited, citing)
    origins = origins_of(lineage.corpus.sources, citation.assertions)
    return Hop(cited, citing, citation, lineage.is_backwards(cited, citing), len(origins), weight)
