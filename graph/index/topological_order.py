"""The order of lineage: papers from old to new, each behind what it cites, circles side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from .citation_index import Bytes, Ints, Longs
from .kernels.order import KNOWN, by_age, in_order, renumbered
from .prefetch import ahead

_NONE = np.empty(0, np.int32)
BLOCK = 1 << 24
"""Citations that are renumbered at a time."""


@dataclass(frozen=True, eq=False)
class LineageOrder:
    """How the vertices of a citation graph are to be numbered.

    Attributes
    ----------
    order : array of int32
        The vertices as they were numbered before: vertex v becomes n where ``order[n]`` is v.
    bounds : array of int32
        Where each circle begins and ends in the order.
    tied : array of int32
        For each vertex, as numbered before, the circle of arcs forward in time that it is in, -1 for
        none; empty when there are no such circles.
    """

    order: Ints
    bounds: Ints
    tied: Ints

    @cached_property
    def number(self) -> Ints:
        """What each vertex becomes."""
        number = np.empty_like(self.order)
        number[self.order] = np.arange(len(self.order), dtype=np.int32)
        return number

    def rows(
        self, at: Longs, to: Ints, said: Bytes, dates: Ints, ids: Longs, *, block: int = BLOCK
    ) -> Iterator[tuple[Ints, Bytes]]:
        """The references by their new numbers, each vertex's ascending, and their evidence, some vertices at a time.

        The evidence says also which arcs are left out where circles are opened.
        """
        ends = np.cumsum(np.diff(at)[self.order])
        known = np.empty(len(dates), KNOWN)
        known["number"], known["date"] = self.number, dates
        cuts = [0]
        while cuts[-1] < len(ends):
            begin = int(ends[cuts[-1] - 1]) if cuts[-1] else 0
            cuts.append(max(int(np.searchsorted(ends, begin + block, side="right")), cuts[-1] + 1))
        given = (at, to, said, self.order, known, dates, ids, self.tied)
        return ahead(lambda part: renumbered(*given, *part), pairwise(cuts))


def lineage_order(at: Longs, to: Ints, dates: Ints, ids: Longs) -> LineageOrder:
    """Find the order of lineage of a citation graph.

    A paper comes behind all that it cites, and else where its date puts it. Papers that lead to each
    other, and are in a circle for that, stand side by side, in an order that fits the arcs that stay
    when circles are opened as `graph.analysis.acyclic.acyclic` does it by date: an arc is left out when the date
    of the cited paper is later; of what is then left of a circle when the cited paper is not the older,
    by what is known of its date and then by corpus id (where a lineage has arXiv identifiers and keys).

    Parameters
    ----------
    at, to : arrays
        ``to[at[v] : at[v + 1]]`` are the vertices that v cites.
    dates, ids : arrays
        Of every vertex.

    Notes
    -----
    One pass over papers and citations where there are no circles, and two more over what is in them;
    16 bytes a paper, 8 at the end.

    References
    ----------
    R. E. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1, 1972,
    doi:10.1137/0201010; D. J. Pearce, A space-efficient algorithm for finding strongly connected components,
    Information Processing Letters 116, 2016, doi:10.1016/j.ipl.2015.08.010.

    Examples
    --------
    >>> at, to = np.array([0, 1, 2, 3]), np.array([1, 0, 0], np.int32)
    >>> found = arrange(at, to, np.array([20190000, 20180000, 20170000], np.int32), np.array([5, 6, 7]))
    >>> found.order.tolist(), found.bounds.tolist()
    ([1, 0, 2], [0, 2])
    """
    order, bounds = in_order(at, to, by_age(dates), False, dates, ids, _NONE)
    if not len(bounds):
        return LineageOrder(order, bounds, _NONE)
    steps = np.zeros(len(order) + 1, np.int8)
    steps[bounds[::2]] += 1
    steps[bounds[1::2]] -= 1  # where one circle ends the next may begin
    where = np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)
    members = order[where]
    ahead, ties = in_order(at, to, members, True, dates, ids, _NONE)
    tied = _NONE
    if len(ties):
        tied = np.full(len(order), -1, np.int32)
        for number, (first, last) in enumerate(ties.reshape(-1, 2).tolist()):
            tied[ahead[first:last]] = number
    order[where], _ = in_order(at, to, members, True, dates, ids, tied)
    return LineageOrder(order, bounds, tied)
