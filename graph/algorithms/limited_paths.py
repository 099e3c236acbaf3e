"""Paths of limited length: a graph whose nodes are nodes at a number of hops, so that no longer path is left."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from .network import Ints, Network
from .rows import distinct, positions

MOST_ARCS = 4_000_000
"""How many arcs such a graph may have: some hundred megabytes."""


def limited(network: Network, start: int, end: int, most: int) -> tuple[Network, Ints]:
    """The graph of the walks of at most so many hops from one node to another.

    Raises `InputError` when there are more than `MOST_ARCS` arcs. Linear in the arcs of the graph, which are at most
    `most` times those of the network. The second value is the node of `network` for each node of the graph. The first
    node is the start. The last is the end, which is one node however many hops lead to it; every other node comes once
    for each number of hops.

    >>> square = Network.of(4, [1, 2, 3, 3, 2], [0, 0, 1, 2, 1])  # 0 -> 1 -> 3, 0 -> 2 -> 3, 1 -> 2
    >>> limited(square, 0, 3, 2)[1].tolist(), limited(square, 0, 3, 3)[1].tolist(), limited(square, 0, 3, 1)[1].tolist()
    ([0, 1, 2, 3], [0, 1, 2, 2, 3], [0, 3])
    """
    left = network.hops([end], back=True, last=start)
    left[left < 0] = most + 1
    levels = [np.array([start], np.int64)]
    arcs: list[tuple[Ints, Ints]] = []  # of every level: the places in it where arcs begin, and the nodes they lead to
    begins, total = [0], 0
    to_end: list[Ints] = []
    for hops in range(1, most + 1):
        level = levels[-1]
        if start == end or not len(level):  # no path leads from a paper to itself
            break
        cited = np.repeat(np.arange(len(level)), network.citers_at[level + 1] - network.citers_at[level])
        citing = network.citers[positions(network.citers_at, level)]
        to_end.append((begins[-1] + cited[citing == end]).astype(np.int32))
        kept = (citing != end) & (citing != start) & (hops + left[citing] <= most)
        cited, citing = cited[kept], citing[kept]
        levels.append(distinct(citing))
        begins.append(begins[-1] + len(level))
        arcs.append(
            (
                (begins[-2] + cited).astype(np.int32),
                (begins[-1] + np.searchsorted(levels[-1], citing)).astype(np.int32),
            )
        )
        total += len(citing) + len(to_end[-1])
        if total > MOST_ARCS:
            raise InputError(
                f"there are too many ways of at most {most:,} hops to search",
                remedy="set a lower --max-hops, or leave it out",
            )
    nodes = np.concatenate([*levels, [end]]).astype(np.int32)
    last = len(nodes) - 1
    ends = np.concatenate(to_end) if to_end else np.empty(0, np.int32)
    one = np.concatenate([*(cited for cited, _ in arcs), ends]) if arcs else ends
    other = np.concatenate([*(citing for _, citing in arcs), np.full(len(ends), last, np.int32)])
    return Network.of(len(nodes), other, one), nodes
