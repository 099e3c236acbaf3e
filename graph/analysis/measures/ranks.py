"""Ranks: how often readers who follow references arrive at a paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model.arrays import UNDATED
from ...model.lineage import Lineage
from .values import Number, Result, noted, refusals, require, unreferenced

_ENOUGH = 1e-15
_MOST, _LEAST = 0.99, 0.01  # beyond these it takes many thousands of rounds, and rounding decides the answer


def pagerank(lineage: Lineage, *, damping: float = 0.85) -> Result:
    """PageRank: how much time a reader spends at a paper who follows random references and sometimes starts anew.

    A reader at paper j goes on with probability `damping` to one of the k(j) papers that j cites,
    all equally likely. Otherwise, or when j cites nothing, the reader opens any of the n papers::

        p(i) = (1 - d) / n  +  d * (sum of p(j) / k(j) over j citing i  +  sum of p(j) / n over j citing nothing)

    Raises `InputError` when `damping` is out of its range.

    Parameters
    ----------
    lineage : Lineage
        Readers go against the arcs, citing -> cited: a citation is a vote for the older paper.
    damping : float
        The probability d of following a reference, above 0 and at most 0.99.

    Returns
    -------
    Result
        A share for every paper; the shares sum to 1.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> {key: round(share, 3) for key, share in pagerank(example()).values.items()}
    {'a': 0.504, 'b': 0.206, 'c': 0.145, 'd': 0.145}

    Notes
    -----
    Power iteration until the shares together change by less than 1e-15, or, if rounding keeps them
    changing, for as many rounds as `damping` needs to get there. Each round is linear in citations.

    A paper whose references are unknown counts as one that cites nothing; a note says how many there are.

    References
    ----------
    Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X.
    """
    require(0 < damping <= _MOST, f"damping must be above 0 and at most {_MOST}", damping)
    readers = _Readers.of(lineage)
    count = len(readers.keys)
    shares = np.full(count, 1 / max(count, 1))
    dangling = np.flatnonzero(readers.cites == 0)
    left = 2.0  # no two distributions are further apart; each round multiplies the distance by `damping`
    while left > _ENOUGH:
        opened = (1 - damping + damping * fsum(shares[dangling].tolist())) / max(count, 1)
        new_shares = opened + readers.passed_on(shares, damping)
        change = fsum(np.abs(new_shares - shares).tolist())
        shares, left = new_shares, min(left * damping, change)
    notes = noted(len(unreferenced(lineage)), "{:,} papers whose references are unknown count as citing nothing")
    return Result("pagerank", dict(zip(readers.keys, shares.tolist(), strict=True)), (), notes, {"damping": damping})


def citerank(lineage: Lineage, *, stop: float = 0.5, years: float = 2.6) -> Result:
    """CiteRank: how many readers arrive at a paper when they begin with recent papers and follow references.

    A reader opens a first paper with a probability that falls with its age, then follows random
    references, and stops after each paper with probability `stop`::

        start(i) ~ exp(-age(i) / years)
        T = start + (1 - stop) W start + (1 - stop)^2 W^2 start + ...      W(i, j) = 1 / k(j) where j cites i

    PageRank favours old papers, because citations only lead back; CiteRank measures which papers readers of
    today arrive at.

    Raises `InputError` when a parameter is out of its range.

    Parameters
    ----------
    lineage : Lineage
        Readers go against the arcs, citing -> cited.
    stop : float
        The probability of stopping after a paper, from 0.01 to 1.
    years : float
        The age at which a first paper is e times less likely than a new one, above 0.

    Returns
    -------
    Result
        Visits per reader. None for a paper without a date, because it is not known how many begin there.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> {key: round(visits, 3) for key, visits in citerank(example()).values.items()}
    {'a': 0.53, 'b': 0.258, 'c': 0.277, 'd': 0.407}

    Notes
    -----
    Rounds until less than 1e-15 of a reader goes on, each linear in citations. The day from which age
    counts makes no difference, because the weights are exponential. A partial date means its middle
    (2018 means July 2018). No reader begins at a paper without a date, but readers pass through it.

    References
    ----------
    Walker, Xie, Yan & Maslov (2007), doi:10.1088/1742-5468/2007/06/P06010.
    """
    require(_LEAST <= stop <= 1, f"stop must be from {_LEAST} to 1", stop)
    require(years > 0, "years must be above 0", years)
    readers = _Readers.of(lineage)
    dated = readers.dates != UNDATED
    when = _when(readers.dates)
    newest = float(when[dated].max()) if dated.any() else 0.0
    weights = [exp((each - newest) / years) if known else 0.0 for each, known in zip(when.tolist(), dated, strict=True)]
    total = fsum(weights)
    front = np.array(weights) / (total or 1)
    traffic = front.copy()
    while fsum(front.tolist()) > _ENOUGH:
        front = readers.passed_on(front, 1 - stop)
        traffic += front
    values: dict[str, Number | None] = {
        key: visits if known else None for key, visits, known in zip(readers.keys, traffic.tolist(), dated, strict=True)
    }
    reasons = {key: "its date is not known" for key, visits in values.items() if visits is None}
    notes = noted(len(unreferenced(lineage)), "readers stop at the {:,} papers whose references are unknown")
    return Result("citerank", values, refusals(reasons), notes, {"stop": stop, "years": years})


@dataclass(frozen=True, eq=False)
class _Readers:
    """The papers, oldest first, and the references that readers follow from each."""

    keys: list[str]
    dates: NDArray[Any]
    cites: NDArray[Any]
    """Of every paper its date and the number of its references."""
    citing: NDArray[Any]
    cited: NDArray[Any]
    """The papers of every citation, by their places: in the order of the citing ones, then of the cited."""

    @classmethod
    def of(cls, lineage: Lineage) -> _Readers:
        arrays = lineage.corpus.arrays
        network = arrays.network_by_age
        order = arrays.oldest_first(np.arange(network.nodes))
        cites = np.diff(network.references_at)
        return cls(arrays.keys_of(order.tolist()), arrays.dates[order], cites, network.citing, network.references)

    def passed_on(self, amounts: NDArray[Any], share: float) -> NDArray[Any]:
        """What arrives at each paper when every paper passes a share of its amount on to those that it cites."""
        parts = share * amounts / np.maximum(self.cites, 1)
        return np.bincount(self.cited, weights=parts[self.citing], minlength=len(self.keys))


def _when(dates: NDArray[Any]) -> NDArray[Any]:
    """Dates as numbers of years; the middle of a year or month if that is all that is known.

    >>> _when(np.array([20180000, 20180700, 20180701])).round(2).tolist()
    [2018.5, 2018.54, 2018.5]
    """
    year, month, day = dates // 10_000, dates // 100 % 100, dates % 100
    in_month = np.where(day > 0, (day - 0.5) / 31, 0.5)
    when: NDArray[Any] = year + np.where(month > 0, (month - 1 + in_month) / 12, 0.5)
    return when
