"""Ranks: how often readers who follow references come by a paper."""

from __future__ import annotations

from math import exp, fsum

from ...model.lineage import Lineage
from .values import Number, Result, oldest_first, refusals, require, unreferenced

_ENOUGH = 1e-15
_MOST, _LEAST = 0.99, 0.01  # beyond, rounds run to many thousands, and the answer hangs on the last digits


def pagerank(lineage: Lineage, *, damping: float = 0.85) -> Result:
    """PageRank: where a reader is found who follows references at random and now and then starts anew.

    A reader at paper j goes on with probability `damping` to one of the k(j) papers that j cites,
    each alike; otherwise, or when j cites nothing, any of the n papers is opened::

        p(i) = (1 - d) / n  +  d * (sum of p(j) / k(j) over j citing i  +  sum of p(j) / n over j citing nothing)

    Parameters
    ----------
    lineage : Lineage
        Rank runs against the arcs, citing -> cited: a citation is a vote for the older paper.
    damping : float
        The probability d of going on, above 0 and at most 0.99.

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
    Power iteration until the shares move by less than 1e-15 in all, or, where rounding keeps them
    moving, as often as damping needs for it: linear in citations for each round. Plain Python,
    because networkx's function needs scipy, which is far heavier than these rounds.

    A paper whose references are unknown counts as one that cites nothing; a note says how many.

    References
    ----------
    Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X.
    """
    require(0 < damping <= _MOST, f"damping is a number above 0 and at most {_MOST}", damping)
    keys, cites = _numbered(lineage)
    count = len(keys)
    shares = [1 / count] * count if count else []
    dangling = [i for i, cited in enumerate(cites) if not cited]
    left = 2.0  # no two distributions are further apart; each round brings them nearer by `damping`
    while left > _ENOUGH:
        anew = (1 - damping + damping * fsum(shares[i] for i in dangling)) / count if count else 0.0
        moved = _passed_on(cites, shares, damping)
        moved = [anew + each for each in moved]
        change = fsum(abs(a - b) for a, b in zip(moved, shares, strict=True))
        shares, left = moved, min(left * damping, change)
    unknown = len(unreferenced(lineage))
    notes = (f"{unknown:,} papers whose references are unknown count as citing nothing",) if unknown else ()
    return Result("pagerank", dict(zip(keys, shares, strict=True)), (), notes, {"damping": damping})


def citerank(lineage: Lineage, *, stop: float = 0.5, years: float = 2.6) -> Result:
    """CiteRank: the traffic at a paper when readers begin with recent papers and follow references.

    Readers open a first paper with a probability that falls with its age, follow one of its
    references at random, and stop after each paper with probability `stop`::

        start(i) ~ exp(-age(i) / years)
        T = start + (1 - stop) W start + (1 - stop)^2 W^2 start + ...      W(i, j) = 1 / k(j) where j cites i

    PageRank favours what is old, because citations only lead back; this asks what readers of
    today come by.

    Parameters
    ----------
    lineage : Lineage
        Readers run against the arcs, citing -> cited.
    stop : float
        The probability of stopping after a paper, from 0.01 to 1.
    years : float
        The age at which a first paper is e times less likely than a new one, above 0.

    Returns
    -------
    Result
        Visits per reader. None for a paper without a date: nobody can say how many begin there.

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
    Linear in citations for each round; the rounds are those after which less than 1e-15 readers
    go on. The age counts from any day alike: shares of an exponential do not change. A partial
    date stands for its middle (2018 for July 2018). Papers without a date begin nobody's reading,
    but pass on those who come by.

    References
    ----------
    Walker, Xie, Yan & Maslov (2007), doi:10.1088/1742-5468/2007/06/P06010.
    """
    require(_LEAST <= stop <= 1, f"stop is a number from {_LEAST} to 1", stop)
    require(years > 0, "years is a number above 0", years)
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
    """What arrives when every paper passes a share of its amount on to the papers that it cites."""
    arriving = [0.0] * len(cites)
    for citing, cited in enumerate(cites):
        if cited and amounts[citing]:
            part = share * amounts[citing] / len(cited)
            for each in cited:
                arriving[each] += part
    return arriving


def _when(date: str) -> float:
    """A date as years, in the middle of what it leaves open.

    >>> _when("2018"), _when("2018-07"), round(_when("2018-07-01"), 2)
    (2018.5, 2018.5416666666667, 2018.5)
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    return parts[0] + (parts[1] - 1 + (0.5 if len(parts) == 2 else (parts[2] - 0.5) / 31)) / 12
