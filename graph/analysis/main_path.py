"""The main path of a lineage: the citations that most search paths run through.

It can be that of the whole corpus, a theme, the list, its neighbourhood, or of what lies between two papers.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from ..algorithms.main_path_search import GLOBAL, MainArcs, Search, search_arcs, sum_along
from ..algorithms.ordered_part import ordered_part
from ..algorithms.traversal_weights import Traversal, Weight, traversal
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.arguments import refuse_other
from ..utils.text import listed
from .acyclic import Acyclic, Cycles, acyclic
from .neighbourhood import neighbourhood
from .self_citations import considered
from .weight_comparison import LONGEST, Robustness, compare_weights  # noqa: F401  # LONGEST was defined here

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger(__name__)

Within = Literal["corpus", "list", "neighbourhood"]
WITHIN: tuple[Within, ...] = get_args(Within)


@dataclass(frozen=True, slots=True)
class Scope:
    """Among which papers to look for a main path."""

    within: Within = "corpus"
    """"corpus", "list" or "neighbourhood"."""
    theme: str | None = None
    """Only papers of this theme: a person chose it, or it is their main inferred one."""
    between: tuple[str, str] | None = None
    """Only papers that lie between the first and the second."""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class NetworkSize:
    """How large the network is in which a main path was looked for."""

    papers: int
    citations: int
    """Papers without any citation do not count."""
    sources: int
    sinks: int
    """How many papers cite nothing in it, and how many nothing in it cites."""


@dataclass(frozen=True)
class MainPath:
    """The main path of a part of a lineage."""

    scope: Scope
    by: Search
    """The search that found it."""
    acyclic: Acyclic
    """The network, and what was dropped or merged to remove its circles."""
    counts: Traversal[str]
    """The weight of every arc, the total flow, and the papers that have no citation in the network and were left
    out."""
    found: MainArcs[str]
    """The arcs and papers of the main path, all ties included. Nodes are those of `acyclic.graph`: keys, families or
    preprints."""
    greatest: int | None = None
    """For a global search, the sum of the weights along the path."""
    robustness: Robustness | None = None
    """None if it was not asked for."""
    counted: NetworkSize | None = None
    """Of a network too large to be kept, its size; then `counts` has the citations of the main path alone."""
    without_self_citations: bool = False
    """Whether citations by the papers' own authors were left out of the lineage before."""

    @property
    def size(self) -> NetworkSize:
        """The size of the network."""
        counts = self.counts
        return self.counted or NetworkSize(len(counts.papers), len(counts.arcs), len(counts.sources), len(counts.sinks))

    @property
    def weight(self) -> Weight:
        """Which weight was used."""
        return self.counts.weight

    @property
    def has_path(self) -> bool:
        """Whether there is any path."""
        return bool(self.found.arcs)

    def to_frame(self) -> pd.DataFrame:
        """The arcs of the main path as a pandas table: cited, citing, the exact count, whether a key route."""
        import pandas as pd

        keys = set(self.found.keys)
        rows = [(*arc, self.counts.arcs[arc], arc in keys) for arc in self.found.arcs]
        frame = pd.DataFrame(rows, columns=["cited", "citing", self.weight, "key_route"])
        return frame.astype({self.weight: object})


def main_path(
    lineage: Lineage,
    scope: Scope = EVERYTHING,
    *,
    weight: Weight = "SPC",
    by: Search = GLOBAL,
    cycles: Cycles = "date",
    robustness: bool = True,
    without_self_citations: bool = False,
) -> MainPath:
    """Find the main path of a lineage, or of a part of it.

    The weight of a citation is the number of search paths through it, and a search follows the heaviest citations. It
    keeps all ties. Raises `InputError` when there is no such scope or weight, or no such way to remove circles. Linear
    in papers and citations, except for sorting; robustness includes NPPC, which takes one machine word's work for every
    citation and 64 papers, and is left out of more than some 100,000 papers.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing.
    scope : Scope
        Among which papers; by default all.
    weight : str
        "SPC", "SPLC", "SPNP" or "NPPC": see `graph.algorithms.traversal_weights.traversal`.
    by : Search
        The search: see `graph.algorithms.main_path_search.Search`.
    cycles : str
        How to remove circles: see `graph.analysis.acyclic.acyclic`.
    robustness : bool
        Also search with the other weights, and for the longest paths.
    without_self_citations : bool
        Leave out citations by the papers' own authors: see `graph.analysis.self_citations`.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> answer = main_path(whole, Scope(between=("brown2020", "ouyang2022")))
    >>> answer.found.papers[0], answer.found.papers[-1], answer.greatest >= answer.counts.flow
    ('brown2020', 'ouyang2022', True)

    References
    ----------
    J. S. Liu and L. Y. Y. Lu, An integrated approach for main path analysis: development of the
    Hirsch index as an example, JASIST 63, 2012, doi:10.1002/asi.21692.
    H. C. W. Price and T. S. Evans, Understanding main path analysis, 2025, arXiv:2512.12355.
    """
    refuse_other("scope", scope, Scope, "write Scope(within='list'), for example")
    began = perf_counter()
    network = _network(considered(lineage, others_alone=without_self_citations).lineage, scope, cycles)
    dag = network.dag.in_levels()
    counts = traversal(dag, weight)
    found = search_arcs(dag, counts.arcs.numbers, by)
    greatest = None
    if by.name == "global":
        greatest = next((sum_along(path, counts.arcs) for path in found.paths()), 0)
    agreement = compare_weights(dag, by, {weight: found}) if robustness else None
    log.info("main path through %d papers in %.3f s", len(dag), perf_counter() - began)
    return MainPath(
        scope, by, network, counts, found, greatest, agreement, without_self_citations=without_self_citations
    )


def papers_within(lineage: Lineage, scope: Scope) -> list[str]:
    """The papers that a scope names, oldest first. Its `between` does not count here.

    Raises `InputError` when there is no such set of papers, or no such theme.
    """
    if scope.within not in WITHIN:
        raise InputError(f"'within' cannot be {scope.within!r}", remedy=f"use one of {', '.join(WITHIN)}")
    flags = np.ones(lineage.network.nodes, np.bool_)
    if scope.within != "corpus":
        flags = lineage.flagged(lineage.list_keys if scope.within == "list" else neighbourhood(lineage))
    if scope.theme is not None:
        themes = lineage.reading_list.theme_ids
        if scope.theme not in themes:
            raise InputError(f"there is no theme {scope.theme!r}", remedy=f"use one of {listed(themes)}")
        flags &= lineage.flagged_by_theme(scope.theme)
    return list(lineage.oldest_first(np.flatnonzero(flags)))


def scope_keys(lineage: Lineage, scope: Scope) -> list[str] | None:
    """The papers of a scope with its two ends, if it has them; None for all papers. Raises as `papers_within` does."""
    if scope.within == "corpus" and scope.theme is None:
        return None
    return [*papers_within(lineage, scope), *(scope.between or ())]


def _network(lineage: Lineage, scope: Scope, cycles: Cycles) -> Acyclic:
    keys = scope_keys(lineage, scope)
    if scope.between is not None:
        part = lineage.citation_graph(None if keys is None else lineage.flagged(keys)).ordered(*scope.between)
        return acyclic(lineage, part, cycles=cycles).between(*scope.between)
    numbers = np.arange(lineage.network.nodes) if keys is None else np.array(lineage.numbers_of(keys), np.int64)
    return acyclic(lineage, ordered_part(lineage.network, numbers), cycles=cycles)
