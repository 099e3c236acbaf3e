"""The order of lineage: papers from old to new, each after what it cites; the papers of a cycle stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from .citation_index import Bytes, Ints, Longs
from .jit import read_only
from .kernels.order import NUMBER_AND_DATE, components_in_order, oldest_first, renumber_references
from .prefetch import map_ahead

_NONE = np.empty(0, np.int32)
BLOCK = 1 << 24
"""How many citations are renumbered at a time."""


@dataclass(frozen=True, eq=False)
class LineageOrder:
    """New numbers for the vertices of a citation graph."""

    order: Ints
    """The old numbers in the new order: vertex v becomes n where ``order[n]`` is v."""
    cycle_bounds: Ints
    """Where each cycle begins in the order, and where it ends."""
    tied_cycle: Ints
    """For each vertex, by its old number, the cycle of arcs forward in time that it is in, -1 for none. Empty when
    there are no such cycles."""

    @cached_property
    def number(self) -> Ints:
        """The new number of each vertex."""
        number = np.empty_like(self.order)
        number[self.order] = np.arange(len(self.order), dtype=np.int32)
        return number

    def renumbered(
        self, references_at: Longs, references: Ints, evidence: Bytes, dates: Ints, ids: Longs, *, block: int = BLOCK
    ) -> Iterator[tuple[Ints, Bytes]]:
        """The references by their new numbers, each vertex's ascending, and their evidence, a block at a time.

        The evidence also says which arcs are left out where cycles are broken.
        """
        ends = np.cumsum(np.diff(references_at)[self.order])
        numbers = np.empty(len(dates), NUMBER_AND_DATE)
        numbers["number"], numbers["date"] = self.number, dates
        cuts = [0]
        while cuts[-1] < len(ends):
            begin = int(ends[cuts[-1] - 1]) if cuts[-1] else 0
            cuts.append(max(int(np.searchsorted(ends, begin + block, side="right")), cuts[-1] + 1))
        graph = references_at, read_only(references), read_only(evidence)
        order = self.order, numbers, dates, ids, self.tied_cycle
        return map_ahead(lambda part: renumber_references(*graph, *order, *part), pairwise(cuts))


def lineage_order(references_at: Longs, references: Ints, dates: Ints, ids: Longs) -> LineageOrder:
    """Find the order of lineage of a citation graph.

    A paper follows all papers that it cites, and otherwise stands where its date puts it. The papers of a cycle stand
    side by side, in an order that fits the arcs that stay when cycles are broken by date, as
    `graph.analysis.acyclic.acyclic` does it. First every arc is left out whose cited paper has a later date. Of the
    cycles that remain, every arc is left out whose cited paper is not the older one, by date and then by corpus id
    (where a lineage has arXiv identifiers and keys). One pass over papers and citations where there are no cycles, and
    two more over what is in cycles; 16 bytes a paper, 8 at the end.
    ``references[references_at[v] : references_at[v + 1]]`` are the vertices that v cites.

    References
    ----------
    R. E. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1, 1972,
    doi:10.1137/0201010; D. J. Pearce, A space-efficient algorithm for finding strongly connected components,
    Information Processing Letters 116, 2016, doi:10.1016/j.ipl.2015.08.010.

    Examples
    --------
    >>> references_at, references = np.array([0, 1, 2, 3]), np.array([1, 0, 0], np.int32)
    >>> dates = np.array([20190000, 20180000, 20170000], np.int32)
    >>> found = lineage_order(references_at, references, dates, np.array([5, 6, 7]))
    >>> found.order.tolist(), found.cycle_bounds.tolist()
    ([1, 0, 2], [0, 2])
    """
    graph = references_at, read_only(references)
    order, cycle_bounds = components_in_order(*graph, oldest_first(dates), False, dates, ids, _NONE)
    if not len(cycle_bounds):
        return LineageOrder(order, cycle_bounds, _NONE)
    steps = np.zeros(len(order) + 1, np.int8)
    steps[cycle_bounds[::2]] += 1
    steps[cycle_bounds[1::2]] -= 1  # where one cycle ends the next may begin
    in_cycles = np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)
    members = order[in_cycles]
    forward_order, tied_bounds = components_in_order(*graph, members, True, dates, ids, _NONE)
    tied_cycle = _NONE
    if len(tied_bounds):
        tied_cycle = np.full(len(order), -1, np.int32)
        for number, (first, last) in enumerate(tied_bounds.reshape(-1, 2).tolist()):
            tied_cycle[forward_order[first:last]] = number
    order[in_cycles], _ = components_in_order(*graph, members, True, dates, ids, tied_cycle)
    return LineageOrder(order, cycle_bounds, tied_cycle)
