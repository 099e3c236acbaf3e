"""In which years papers are cited, for all papers of a corpus at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from ...model.arrays import UNDATED
from ...model.lineage import Lineage

ROUNDING = 1e-9
"""How far sums of costs may be off."""


@dataclass(frozen=True, eq=False)
class CitingYears:
    """The years of the papers that cite each paper, as far as they are known."""

    years: NDArray[np.int64]
    """Those of the oldest paper, then those of the next one, and so on."""
    begins: NDArray[np.int64]
    """Where the years of each paper begin, and where the last ones end."""
    first: NDArray[np.int64]
    """The first year of each paper; a very late one where there is none."""

    @classmethod
    def of(cls, lineage: Lineage) -> CitingYears:
        """The years in a lineage."""
        arrays = lineage.corpus.arrays
        network, dates = arrays.network_by_age, np.sort(arrays.dates)  # papers are numbered by their dates there
        years = dates[network.citers].astype(np.int64) // 10_000
        known = dates[network.citers] != UNDATED
        cited = network.cited[known]
        begins = np.searchsorted(cited, np.arange(network.nodes + 1))
        first = np.full(network.nodes, UNDATED, np.int64)
        np.minimum.at(first, cited, years[known])
        return cls(years[known], begins, first)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many there are of each."""
        return np.diff(self.begins)

    def saved_at_most(
        self, papers: NDArray[np.int64], first: int, rate: NDArray[np.float64], scaling: float
    ) -> NDArray[np.float64]:
        """What no burst of each paper saves more than: what all the years save in which a burst saves anything.

        `papers` is how many papers each year has, from the first on, `rate` which part of the papers cite each paper in
        all years together, and `scaling` as for `bursts`.
        """
        cited = np.repeat(np.arange(len(self.counts)), self.counts)
        pairs, hits = np.unique(cited * len(papers) + (self.years - first), return_counts=True)
        cited, year = np.divmod(pairs, len(papers))
        passed_by = np.log1p(-np.minimum(rate, 1 - ROUNDING)) - np.log1p(-np.minimum(scaling * rate, 1 - ROUNDING))
        saved = hits * log(scaling) - (papers[year] - hits) * passed_by[cited]
        sums: NDArray[np.float64] = np.bincount(cited, np.maximum(saved, 0.0), len(self.counts)).astype(np.float64)
        return sums

    def of_paper(self, place: int) -> NDArray[np.int64]:
        """The years of one paper."""
        return self.years[self.begins[place] : self.begins[place + 1]]
