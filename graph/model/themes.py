"""The themes of papers outside the reading list, inferred from the entries nearest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Flags, Longs, Network, distinct, positions

Shares = Mapping[str, float]


def shares_of(
    network: Network, chosen: Mapping[int, Sequence[str]], themes: Sequence[str]
) -> tuple[NDArray[np.float64], Flags]:
    """Infer how much each paper belongs to each theme from the entries of the reading list near it.

    A paper with chosen themes belongs to each of them equally. Any other paper takes the mean of its neighbours that
    are one citation nearer to the list, whether they cite it or it cites them. So a paper that is cited by two entries,
    one of each theme, belongs half to each.

    `chosen` has the themes that a person gave to papers, `themes` all themes, sorted: the columns of the result.
    Returns the shares by paper and theme, which sum to 1 for every paper that is connected with the list at all, and
    which papers are. The others have no shares: unknown, not zero. One search, breadth first: linear in papers and
    citations.

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
    places = np.empty(network.nodes, np.int64)  # of papers in the front
    front: Longs = np.flatnonzero(known)
    while len(front):
        voters, reached = _neighbours(network, front)
        new = ~known[reached]
        voters, reached = voters[new], reached[new]
        front = distinct(reached)
        places[front] = np.arange(len(front))
        place = places[reached]
        votes = np.bincount(place, minlength=len(front))
        for at in range(
            len(themes)
        ):  # sums are taken in the order of the voters, so that they are the same in every run
            shares[front, at] = np.bincount(place, weights=shares[voters, at], minlength=len(front)) / np.maximum(
                votes, 1
            )
        known[front] = True
    return shares, known


def _neighbours(network: Network, front: Longs) -> tuple[Longs, NDArray[Any]]:
    """Every paper of a front with each paper that it cites or that cites it, by the papers of the front."""
    pairs = []
    for at, to in ((network.references_at, network.references), (network.citers_at, network.citers)):
        pairs.append((np.repeat(front, at[front + 1] - at[front]), to[positions(at, front)]))
    voters, reached = (np.concatenate(each) for each in zip(*pairs, strict=True))
    order = np.argsort(voters, kind="stable")
    return voters[order], reached[order]


def main_theme(shares: Shares, order: Sequence[str]) -> str | None:
    """The theme with the largest share; among equal ones the first in the list's order; None without shares.

    >>> main_theme({"nlp": 0.5, "rl": 0.5}, ["rl", "nlp"])
    'rl'
    """
    return max(order, key=lambda theme: shares.get(theme, 0.0)) if shares else None
