"""Levels of a directed graph as arrays: how long a chain leads to each node, and which nodes share a circle.

Nodes that no circle leads to are peeled off from the front, those that lead to none from the back, level by level;
only what is left between is searched in depth for its circles.
"""

from __future__ import annotations

import numpy as np

from .digraph import Digraph, components
from .network import Flags, Ints, positions, rows_of


def levels_and_groups(nodes: int, citing: Ints, cited: Ints) -> tuple[Ints, Ints]:
    """For every node the length of the longest chain that leads to it, and a number for its circle.

    Parameters
    ----------
    nodes : int
        How many there are.
    citing, cited : array of int32
        The arcs, cited -> citing; one may be there more than once.

    Returns
    -------
    (array of int32, array of int32)
        All nodes of a circle have the level of the circle and one group; every other node is a group of its own.

    Examples
    --------
    >>> level, group = levels_and_groups(4, np.array([1, 2, 1, 3]), np.array([0, 1, 2, 2]))
    >>> level.tolist(), group.tolist()
    ([0, 1, 1, 2], [0, 1, 1, 3])

    Notes
    -----
    Linear in nodes and arcs.
    """
    level = _levels(nodes, citing, cited)
    group = np.arange(nodes, dtype=np.int32)
    if (level < 0).any():
        group = _groups(nodes, citing, cited, level < 0)
        level = _levels(nodes, group[citing], group[cited])[group]
    return level, group


def _groups(nodes: int, citing: Ints, cited: Ints, tangled: Flags) -> Ints:
    """A number for every node that all nodes of its circle share, and no other: the least of their numbers.

    `tangled` are the nodes that may be in a circle.
    """
    group = np.arange(nodes, dtype=np.int32)
    tangled = tangled & (_levels(nodes, cited, citing) < 0)
    kept = tangled[citing] & tangled[cited]
    core = Digraph(np.flatnonzero(tangled).tolist(), zip(cited[kept].tolist(), citing[kept].tolist(), strict=True))
    for circle in components(core):
        group[circle] = min(circle)
    return group


def _levels(nodes: int, citing: Ints, cited: Ints) -> Ints:
    """The length of the longest chain that leads to every node; -1 for those that are in a circle or behind one."""
    citing, cited = (each[citing != cited] for each in (citing, cited))
    citers_at, citers = rows_of(nodes, cited, citing)
    level = np.full(nodes, -1, np.int32)
    left = np.bincount(citing, minlength=nodes)
    front = np.flatnonzero(left == 0)
    step = 0
    while len(front):
        level[front] = step
        step += 1
        reached, times = np.unique(citers[positions(citers_at, front)], return_counts=True)
        left[reached] -= times
        front = reached[left[reached] == 0]
    return level
