"""The longest paths of a part without circles, one after the other, of which most parts have few nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from .budget import Budget
from .network import Ints, Network
from .ordered_part import OrderedPart
from .part_between import cut_out
from .path_sweep import Sweep
from .simple_paths import best_paths


def longest_first(
    part: OrderedPart, start: int, end: int, rank: Callable[[int], Any], most: int, budget: Budget | None = None
) -> Iterator[tuple[int, ...]]:
    """Some of the longest paths from one node of a network to another, the longest first, then by `rank`.

    Parameters
    ----------
    part : OrderedPart
        What lies between the two: see `graph.algorithms.part_between.part_between`. It must have no circles.
    start, end : int
        Nodes of the network.
    rank : callable
        The sorting key of a node of the network.
    most : int
        How many paths will be asked for: further ones may be missing.
    budget : Budget, optional
        Its steps are spent; the paths end where it ends.

    Yields
    ------
    tuple of int
        Nodes of the network.

    Examples
    --------
    >>> import numpy as np
    >>> from graph.algorithms.ordered_part import ordered_part
    >>> kite = Network.of(4, [1, 2, 3, 2, 3], [0, 1, 2, 0, 0])  # 0 -> 1 -> 2 -> 3, 0 -> 2, 0 -> 3
    >>> list(longest_first(ordered_part(kite, np.arange(4)), 0, 3, int, 3))
    [(0, 1, 2, 3), (0, 2, 3), (0, 3)]

    Notes
    -----
    Two sweeps say how long the longest path through each node is. Paths of at least some length run through nodes with
    such paths alone: first these are searched, then, while they have too few paths, those of paths shorter by 1, 3, 7.
    """
    if not len(part.members):
        return
    begin, finish = part.number(start), part.number(end)
    through = part.sweep().longest(begin) + _longest_to(part, finish)
    longest, shorter = int(through[finish]), 0
    while True:
        near = through >= longest - shorter
        narrow = part if near.all() else cut_out(part, near)
        tried = budget.anew() if budget else Budget()
        found, hops = 0, -1
        for path in islice(best_paths(narrow, start, end, _hop, rank, most=most, budget=tried), most):
            found, hops = found + 1, len(path) - 1
        enough = found == most or tried.spent
        if narrow is part or (enough and hops >= longest - shorter):
            yield from best_paths(narrow, start, end, _hop, rank, most=most, budget=budget)
            return
        shorter = 2 * shorter + 1


def _hop(cited: int, citing: int) -> int:
    """The cost of every citation, where long paths cost least."""
    return -1


def _longest_to(part: OrderedPart, finish: int) -> Ints:
    """The hops of the longest path from every node to the last: a sweep with all arcs turned round."""
    last = len(part.members) - 1
    turned = Network.of(last + 1, last - part.network.references, last - part.network.citing)
    return Sweep(turned, part.levels[-1] - part.levels[::-1], ()).longest(last - finish)[::-1]
