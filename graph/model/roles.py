"""The role of every paper beside a reading list, from the citations alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Flags, Network

LIST, BRIDGE, ANCESTOR, DESCENDANT, OTHER = "list", "bridge", "ancestor", "descendant", "other"
"""The roles of a paper: in the list; on a path between two papers of it; before one; after one; none of these."""
ROLES = (OTHER, DESCENDANT, ANCESTOR, BRIDGE, LIST)
"""By number, as `roles_of` gives them."""


def role_between(entries: Collection[Any], before: Collection[Any], after: Collection[Any]) -> str:
    """The role of one paper, by the entries that name it and the papers of the list before it and after it.

    >>> role_between((), {"a"}, {"b"}), role_between((), {"a"}, {"a"}), role_between((6,), (), ())
    ('bridge', 'ancestor', 'list')
    """
    if entries:
        return LIST
    if before and after:
        return BRIDGE if len({*before, *after}) > 1 else ANCESTOR
    return ANCESTOR if after else DESCENDANT if before else OTHER


def roles_of(network: Network, listed: Sequence[int]) -> NDArray[np.int8]:
    """The role of every paper, as its place in `ROLES`; `listed` are the papers of the reading list.

    Two searches through all citations, and one more for every paper of the list that is in a circle.

    >>> [ROLES[role] for role in roles_of(Network.of(4, [1, 2, 3], [0, 1, 2]), [0, 2])]
    ['list', 'bridge', 'list', 'descendant']
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
