"""Ranks: how often readers who follow references arrive at a paper."""

from __future__ import annotations

from math import exp, fsum

from ...model.lineage import Lineage
from .values import Number, Result, oldest_first, refusals, require, unreferenced

_ENOUGH = 1e-15
_MOST, _LEAST = 0.99, 0.01  # beyond these it takes many thousands of rounds, and rounding decides the answer


def pagerank(lineage: Lineage, *, damping: float = 0.85) -> Result:
    """PageRank: how much time a reader spends at a paper who follows random references and sometimes starts anew.

    A reader at paper j goes on with probability `damping` to one of the k(j) papers that j cites,
    all equally likely. Otherwise, or when j cites nothing, the reader opens any of the n papers::

        p(i) = (1 - d) / n  +  d * (sum of p(j) / k(j) over j citing i  +  sum of p(j) / n over j citing nothing)

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

    Raises
    ------
    InputError
        When `damping` is out of its range.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> {key: round(share, 3) for key, share in pagerank(example()).values.items()}
    {'a': 0.504, 'b': 0.206, 'c': 0.145, 'd': 0.145}

    Notes
    -----
    Power iteration until the shares together change by less than 1e-15, or, if rounding keeps them
    changing, for as many rounds as `damping` needs to get there. Each round is linear in citations. It is
    plain Python, because networkx's function needs scipy, which is far heavier than these rounds.

    A paper whose references are unknown counts as one that cites nothing; a note says how many there are.

    References
    ----------
    Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X.
    """
    require(0 < damping <= _MOST, f"damping must be above 0 and at most {_MOST}", damping)
    keys, cites = _numbered(lineage)
    count = len(keys)
    shares = [1 / count] * count if count else []
    dangling = [i for i, cited in enumerate(cites) if not cited]
    left = 2.0  # no two distributions are further apart; each round multiplies the distance by `damping`
    while left > _ENOUGH:
        opened = (1 - damping + damping * fsum(shares[i] for i in dangling)) / count if count else 0.0
        new_shares = [opened + each for each in _passed_on(cites, shares, damping)]
        change = fsum(abs(a - b) for a, b in zip(new_shares, shares, strict=True))
        shares, left = new_shares, min(left * damping, change)
    unknown = len(unreferenced(lineage))
    notes = (f"{unknown:,} papers whose references are unknown count as citing nothing",) if unknown else ()
    return Result("pagerank", dict(zip(keys, shares, strict=True)), (), notes, {"damping": damping})


def citerank(lineage: Lineage, *, stop: float = 0.5, years: float = 2.6) -> Result:
    """CiteRank: how many readers arrive at a paper when they begin with recent papers and follow references.

    A reader opens a first paper with a probability that falls with its age, then follows random
    references, and stops after each paper with probability `stop`::

        start(i) ~ exp(-age(i) / years)
        T = start + (1 - stop) W start + (1 - stop)^2 W^2 start + ...      W(i, j) = 1 / k(j) where j cites i

    PageRank favours old papers, because citations only lead back; CiteRank measures which papers readers of
    today arrive at.

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

    Raises
    ------
    InputError
        When a parameter is out of its range.

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
    keys, cites = _numbered(lineage)
    dates = {key: _when(date) for key in keys if (date := lineage.paper(key).date)}
    newest = max(dates.values(), default=0.0)
    weights = [exp((dates[key] - newest) / years) if key in dates else 0.0 for key in keys]
    total = fsum(weights)
    front = [weight / total for weight in weights] if total else weights
    traffic = list(front)
    while fsum(front) > _ENOUGH:
        front = _passed_on(cites, front, 1 - stop)
        traffic = [a + b for a, b in zip(traffic, front, strict=True)]
    values: dict[str, Number | None] = {k: t if k in dates else None for k, t in zip(keys, traffic, strict=True)}
    reasons = {key: "its date is not known" for key in keys if key not in dates}
    unknown = len(unreferenced(lineage))
    notes = (f"readers stop at the {unknown:,} papers whose references are unknown",) if unknown else ()
    return Result("citerank", values, refusals(reasons), notes, {"stop": stop, "years": years})


def _numbered(lineage: Lineage) -> tuple[list[str], list[list[int]]]:
    """The papers, oldest first, and for each the numbers of those that it cites."""
    keys = oldest_first(lineage)
    number = {key: i for i, key in enumerate(keys)}
    return keys, [sorted(number[cited] for cited in lineage.cites(key)) for key in keys]


def _passed_on(cites: list[list[int]], amounts: list[float], share: float) -> list[float]:
    """What arrives at each paper when every paper passes a share of its amount on to the papers that it cites."""
    arriving = [0.0] * len(cites)
    for citing, cited in enumerate(cites):
        if cited and amounts[citing]:
            part = share * amounts[citing] / len(cited)
            for each in cited:
                arriving[each] += part
    return arriving


def _when(date: str) -> float:
    """A date as a number of years; the middle of a year or month if that is all that is known.

    >>> _when("2018"), _when("2018-07"), round(_when("2018-07-01"), 2)
    (2018.5, 2018.5416666666667, 2018.5)
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    return parts[0] + (parts[1] - 1 + (0.5 if len(parts) == 2 else (parts[2] - 0.5) / 31)) / 12
