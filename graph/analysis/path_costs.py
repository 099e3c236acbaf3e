"""What a citation costs a path in the orders that are not by length: by evidence, by hops, by the main path.

Papers are numbers here. A cost is known about, in floats, and exactly: see `graph.algorithms.first_paths.Costs`.
"""

from __future__ import annotations

import numpy as np

from ..algorithms.first_paths import Floats
from ..algorithms.network import Longs
from ..model.lineage import Lineage
from .evidence import UNIT, exact_cost, strengths_at
from .forward_counts import forward_counts
from .papers_between import CitationCosts, PapersBetween

_ROUNDED = 2.0**-49
"""How far a cost of at most 1 may be from the exact one, which a few operations with floats have rounded."""


def by_hops(hop: int) -> CitationCosts:
    """Every citation costs the same: 1 where short paths come first, -1 where long ones do."""
    return CitationCosts(
        lambda cited, citing: np.full(len(cited), float(hop)), lambda cited, citing: [hop] * len(cited)
    )


def by_evidence(lineage: Lineage) -> CitationCosts:
    """The cost of a citation by its evidence: see `graph.analysis.evidence`."""

    def exact(cited: Longs, citing: Longs) -> list[int]:
        strengths = strengths_at(lineage, lineage.corpus.arrays.places(citing, cited))
        return list(map(exact_cost, strengths.tolist()))

    def about(cited: Longs, citing: Longs) -> Floats:
        strengths = strengths_at(lineage, lineage.corpus.arrays.places(citing, cited))
        known, of_each = np.unique(strengths, return_inverse=True)
        costs: Floats = np.array([exact_cost(each) / UNIT for each in known.tolist()], np.float64)[of_each]
        return costs

    return CitationCosts(about, exact, _ROUNDED)


def by_main_path(lineage: Lineage, between: PapersBetween) -> CitationCosts:
    """The cost of a citation by how many paths that run forward in time use it.

    A citation that does not run forward costs more than all others weigh together. So paths that use fewer of these
    come first, and of these the path with the greatest sum of search path counts.
    """
    counts = forward_counts(lineage, between.papers, *between.corpus_ends)
    # The counts of all citations together are as many as the hops of all paths.
    whole = counts.total * counts.longest + 1

    def exact(cited: Longs, citing: Longs) -> list[int]:
        paths = counts.of(cited, citing)
        return [
            whole if dropped else -count
            for dropped, count in zip(counts.is_left_out(cited, citing).tolist(), paths, strict=True)
        ]

    def about(cited: Longs, citing: Longs) -> Floats:
        dropped = counts.is_left_out(cited, citing)
        return np.where(dropped, whole / max(counts.total, 1), -counts.shares(cited, citing))

    return CitationCosts(about, exact, _ROUNDED)
