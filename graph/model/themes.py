"""The themes of papers outside the reading list, inferred from the entries nearest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Flags, Ints, Longs, Network
from ..algorithms.rows import distinct, positions

Shares = Mapping[str, float]


def shares_of(
    network: Network, chosen: Mapping[int, Sequence[str]], themes: Sequence[str], wanted: NDArray[Any] | None = None
) -> tuple[NDArray[np.float64], Flags]:
    """Infer how much each paper belongs to each theme from the entries of the reading list near it.

    A paper with chosen themes belongs to each of them equally. Any other paper takes the mean of its neighbours that
    are one citation nearer to the list, whether they cite it or it cites them. So a paper that is cited by two entries,
    one of each theme, belongs half to each.

    `chosen` has the themes that a person gave to papers, `themes` all themes, sorted: the columns of the result.
    Returns the shares by paper and theme, which sum to 1 for every paper that is connected with the list at all, and
    which papers are. The others have no shares: unknown, not zero. Where only some papers are `wanted`, only they and
    those that their shares come from are looked at. One search, breadth first: linear in the papers and citations
    that are no further from the list than the wanted ones.

    >>> shares, known = shares_of(Network.of(3, [1, 2], [0, 1]), {0: ["rl"], 2: ["rl", "nlp"]}, ["nlp", "rl"])
    >>> shares[1].tolist(), known.tolist()
    ([0.25, 0.75], [True, True, True])
    """
    column = {theme: at for at, theme in enumerate(themes)}
    shares = np.zeros((network.nodes, len(themes)))
    known = np.zeros(network.nodes, np.bool_)
    for paper, given in chosen.items():
        for theme in given:
            shares[paper, column[theme]] = 1 / len(given)
        known[paper] = bool(given)
    away = _hops_from_list(network, np.flatnonzero(known), wanted)
    for papers in _by_distance(network, away, wanted):
        place, voters = _voters(network, papers, away)
        votes = np.bincount(place, minlength=len(papers))
        for at in range(len(themes)):
            shares[papers, at] = np.bincount(place, weights=shares[voters, at], minlength=len(papers)) / votes
        known[papers] = True
    return shares, known


def _hops_from_list(network: Network, listed: Longs, wanted: NDArray[Any] | None) -> Ints:
    """How many citations away each paper is from the nearest with chosen themes; -1 where it is not found.

    The search ends when it has come to all that are wanted, or beside them: the last step would be the longest.
    """
    away = np.full(network.nodes, -1, np.int32)
    for step in network.spread(away, listed, either=True):
        if wanted is None:
            continue
        place, found = _neighbours(network, wanted)
        is_near = np.bincount(place[away[found] >= 0], minlength=len(wanted)) > 0
        if ((away[wanted] >= 0) | is_near).all():
            away[wanted[away[wanted] < 0]] = step + 1
            break
    return away


def _by_distance(network: Network, away: Ints, wanted: NDArray[Any] | None) -> list[Longs]:
    """The papers that are wanted or that the shares of those come from, at each distance from the list: near first."""
    if wanted is None:
        order = np.argsort(away, kind="stable")
        bounds = np.searchsorted(away[order], np.arange(1, int(away.max(initial=0)) + 2))
        return [order[first:behind] for first, behind in pairwise(bounds.tolist())]
    papers: NDArray[Any] = wanted
    found: list[Longs] = []
    for distance in range(int(away[wanted].max(initial=0)), 0, -1):
        papers = distinct(np.concatenate([papers, wanted]))
        papers = papers[away[papers] == distance]
        found.append(papers)
        papers = _voters(network, papers, away)[1]
    return found[::-1]


def _voters(network: Network, papers: Longs, away: Ints) -> tuple[Longs, Longs]:
    """For each vote the place of the paper that gets it, and the neighbour that gives it: both ascending."""
    place, voters = _neighbours(network, papers)
    nearer = away[voters] == away[papers][place] - 1
    bits = network.nodes.bit_length()
    votes = (place[nearer] << bits) | voters[nearer]
    votes.sort()  # sums are taken in the order of the voters, so that they are the same in every run
    return votes >> bits, votes & ((1 << bits) - 1)


def _neighbours(network: Network, papers: NDArray[Any]) -> tuple[Longs, Ints]:
    """Every neighbour of some papers, which it cites or which cite it, behind the place of its paper."""
    pairs = []
    for at, to in ((network.references_at, network.references), (network.citers_at, network.citers)):
        pairs.append((np.repeat(np.arange(len(papers)), at[papers + 1] - at[papers]), to[positions(at, papers)]))
    place, found = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return place, found


def main_theme(shares: Shares, order: Sequence[str]) -> str | None:
    """The theme with the largest share; among equal ones the first in the list's order; None without shares.

    >>> main_theme({"nlp": 0.5, "rl": 0.5}, ["rl", "nlp"])
    'rl'
    """
    return max(order, key=lambda theme: shares.get(theme, 0.0)) if shares else None
