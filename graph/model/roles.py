"""The role of every paper beside a reading list, and its share of themes, from the citations alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Flags, Longs, Network, positions

LIST, BRIDGE, ANCESTOR, DESCENDANT, OTHER = "list", "bridge", "ancestor", "descendant", "other"
"""The roles of a paper: chosen; on a path between two chosen ones; before, after, or beside them."""
ROLES = (OTHER, DESCENDANT, ANCESTOR, BRIDGE, LIST)
"""By number, as `roles_of` gives them."""

Shares = Mapping[str, float]


def roles_of(network: Network, listed: Sequence[int]) -> NDArray[np.int8]:
    """The role of every paper, as its place in `ROLES`.

    Parameters
    ----------
    network : Network
    listed : sequence of int
        The papers of the reading list.

    Examples
    --------
    >>> [ROLES[role] for role in roles_of(Network.of(4, [1, 2, 3], [0, 1, 2]), [0, 2])]
    ['list', 'bridge', 'list', 'descendant']

    Notes
    -----
    Two searches through all citations, and one more for every paper of the list that is in a circle.
    """
    before = network.hops(listed) >= 0
    after = network.hops(listed, back=True) >= 0
    roles = (before.astype(np.int8) * 1) + (after.astype(np.int8) * 2)
    roles[_around_one(network, listed, before & after)] = ROLES.index(ANCESTOR)
    roles[np.asarray(listed, np.int64)] = ROLES.index(LIST)
    return roles


def _around_one(network: Network, listed: Sequence[int], both: Flags) -> Flags:
    """The papers on a circle through one paper of the list, out and back, which no other paper of it leads to or from.

    They lie on no path between two papers of the list.
    """
    found = np.zeros(network.nodes, np.bool_)
    chosen = np.zeros(network.nodes, np.bool_)
    chosen[np.asarray(listed, np.int64)] = True
    for paper in listed:
        if not (both[network.citers_of(paper)].any() and both[network.references_of(paper)].any()):
            continue
        out, back = network.hops([paper], among=both) >= 0, network.hops([paper], back=True, among=both) >= 0
        if (chosen & (out | back)).sum() == 1:
            found |= out & back
    return found


def shares_of(
    network: Network, chosen: Mapping[int, Sequence[str]], themes: Sequence[str]
) -> tuple[NDArray[np.float64], Flags]:
    """How much each paper belongs to each theme, as the reading list's entries around it suggest.

    A paper with chosen themes shares itself evenly among them. Any other paper takes the mean of
    its neighbours that are one citation nearer to the list, in whichever direction they cite; so
    a paper that two entries cite, one of each theme, is half of both.

    Parameters
    ----------
    network : Network
    chosen : mapping of int to sequence of str
        The themes that a person gave to papers.
    themes : sequence of str
        All themes, sorted: the columns of the result.

    Returns
    -------
    (array of float64, array of bool)
        Shares by paper and theme, which sum to 1 for every paper that is connected with the list at all; and which
        papers are. The others have no shares: unknown, not zero.

    Examples
    --------
    >>> shares, known = shares_of(Network.of(3, [1, 2], [0, 1]), {0: ["rl"], 2: ["rl", "nlp"]}, ["nlp", "rl"])
    >>> shares[1].tolist(), known.tolist()
    ([0.25, 0.75], [True, True, True])

    Notes
    -----
    One search, breadth first: linear in papers and citations.
    """
    column = {theme: at for at, theme in enumerate(themes)}
    shares = np.zeros((network.nodes, len(themes)))
    known = np.zeros(network.nodes, np.bool_)
    for paper, given in chosen.items():
        for theme in given:
            shares[paper, column[theme]] = 1 / len(given)
        known[paper] = bool(given)
    front: Longs = np.flatnonzero(known)
    while len(front):
        voters, reached = _neighbours(network, front)
        new = ~known[reached]
        voters, reached = voters[new], reached[new]
        front, place = np.unique(reached, return_inverse=True)
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
