"""The graph, or a part of it, without circles: path counts, the main path, PageRank."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .citation_index import Bytes, Index, Ints, Longs
from .kernels import counts, ranks
from .kernels.order import LATER, TIED
from .kernels.shape import induced
from .topological_order import lineage_order
from .write_index import offsets

Floats = NDArray[np.float64]
Counted = NDArray[np.void]


@dataclass(frozen=True, order=True)
class ScaledCount:
    """A count of paths: an exact integer as long as a float holds it, else mantissa and exponent.

    >>> Count.of(3.0, 0), Count.of(1.5, 2).log10 > 150
    (ScaledCount(log10=0.477121254719662..., exactly=3), True)
    """

    log10: float
    exactly: int | None = None

    @classmethod
    def of(cls, mantissa: float, exponent: int) -> ScaledCount:
        """From a kernel's pair: mantissa * 2**(256 * exponent)."""
        if mantissa == 0:
            return cls(-math.inf, 0)
        log = math.log10(mantissa) + counts.STEP * exponent * math.log10(2)
        return cls(log, int(mantissa) if exponent == 0 and mantissa < 2**53 else None)

    @property
    def number(self) -> int:
        """As an integer: exact, or its first twelve digits and zeros."""
        if self.exactly is not None:
            return self.exactly
        whole = math.floor(self.log10)
        digits: int = round(10 ** (self.log10 - whole + 12))
        return digits * int(10 ** (whole - 12)) if whole >= 12 else digits // int(10 ** (12 - whole))


@dataclass(frozen=True, eq=False)
class AcyclicIndex:
    """A graph in the order of lineage: every arc that stays when circles are opened runs to a higher number.

    Attributes
    ----------
    at, references, evidence : arrays
        What each vertex cites, and of each citation whether it is left out: see `graph.index.citation_index`.
    dropped : (int, int)
        How many citations of later papers are left out, and how many more to open circles.
    """

    at: Longs
    references: Ints
    evidence: Bytes
    dropped: tuple[int, int]

    @property
    def papers(self) -> int:
        """How many vertices there are."""
        return len(self.at) - 1

    @property
    def citations(self) -> int:
        """How many arcs there are, with those that are left out."""
        return len(self.references)

    @property
    def arrays(self) -> tuple[Longs, Ints, Bytes]:
        """As the kernels take it."""
        return self.at, self.references, self.evidence


def forward(index: Index) -> AcyclicIndex:
    """All papers and citations of an index, which is in that order."""
    return AcyclicIndex(index.references_at, index.references, index.evidence, index.left_out)


def forward_part(index: Index, members: Ints, start: int = -1, end: int = -1) -> tuple[AcyclicIndex, Ints]:
    """Some papers and the citations between them; circles are opened that are circles there.

    Parameters
    ----------
    index : Index
    members : array of int32
        Vertices, ascending.
    start, end : int
        Two of them: nothing leads into the one, nor out of the other.

    Returns
    -------
    (AcyclicIndex, array of int32)
        The part, and the vertex of the index that each of its vertices is.

    Notes
    -----
    Linear in the papers and what they cite.
    """
    at, to, said = induced(index.references_at, index.references, index.evidence, members)
    if start >= 0 or end >= 0:
        first, last = np.searchsorted(members, (start, end))
        citing = np.repeat(np.arange(len(members), dtype=np.int32), np.diff(at))
        kept = (citing != first) & (to != last)
        to, said = to[kept], said[kept]
        at = offsets(np.bincount(citing[kept], minlength=len(members)))
    said &= np.uint8(255 - counts.LEFT_OUT)  # fewer may have to be left out here
    dates, ids = index.dates[members], index.ids[index.places[members]]
    found = lineage_order(at, to, dates, ids)
    to, said = (np.concatenate(each) for each in zip(*found.rows(at, to, said, dates, ids), strict=True))
    dropped = int(np.count_nonzero(said & LATER)), int(np.count_nonzero(said & TIED))
    return AcyclicIndex(offsets(np.diff(at)[found.order]), to, said, dropped), members[found.order]


@dataclass(frozen=True, eq=False)
class PathWeights:
    """The search path counts of a graph in order.

    Attributes
    ----------
    forward : AcyclicIndex
    into, out_of : structured arrays
        Paths that lead to each vertex from where they begin, and from it to where they end: mantissas "m"
        and exponents "e" to the base 2**256. The count of an arc u -> v is into u times out of v.
    total : ScaledCount
        All paths.
    sources, sinks : array
    """

    forward: AcyclicIndex
    into: Counted
    out_of: Counted
    total: ScaledCount
    sources: Ints
    sinks: Ints
    total_pair: tuple[float, int]

    def arc(self, cited: int, citing: int) -> ScaledCount:
        """How many paths run through an arc cited -> citing."""
        return _product(self.into, cited, self.out_of, citing)

    def paper(self, vertex: int) -> ScaledCount:
        """How many paths run through a vertex."""
        return _product(self.into, vertex, self.out_of, vertex)

    def shares(self) -> Floats:
        """The part of all paths that runs through each citation, in the order of the references."""
        shares: Floats = counts.arc_shares(*self.forward.arrays, self.into, self.out_of, *self.total_pair)
        return shares

    def heaviest(self) -> tuple[tuple[int, ...], ScaledCount]:
        """The path with the greatest sum of counts, from old to new, and that sum."""
        path, sum_of_shares = counts.heaviest_path(*self.forward.arrays, self.into, self.out_of, *self.total_pair)
        if self.total.exactly is not None:
            exact = sum(self.arc(one, other).number for one, other in pairwise(path.tolist()))
            return tuple(path.tolist()), ScaledCount.of(float(exact), 0)
        return tuple(path.tolist()), ScaledCount(self.total.log10 + math.log10(sum_of_shares))


def _product(one: Counted, vertex: int, other: Counted, near: int) -> ScaledCount:
    (m, e, _), (other_m, other_e, _) = one[vertex].tolist(), other[near].tolist()
    mantissa, exponent = m * other_m, e + other_e
    if math.isinf(mantissa):  # both below 2**256 make less than 2**512: never
        raise OverflowError
    return ScaledCount.of(mantissa, exponent)


def search_path_counts(forward: AcyclicIndex, start: int = -1, end: int = -1) -> PathWeights:
    """Count the paths through every vertex and arc: from all sources to all sinks, or from one vertex to another.

    Parameters
    ----------
    forward : AcyclicIndex
    start, end : int
        Vertices; -1 for all sources, and all sinks.

    Notes
    -----
    One sweep in each direction; 32 bytes a paper. Relative error below 1e-12 for paths of a thousand hops.

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    """
    into, sources = counts.counts_into(*forward.arrays, start)
    out_of, sinks = counts.counts_out_of(*forward.arrays, end)
    total = counts.total_of(into, np.array([end], np.int32) if end >= 0 else sinks)
    return PathWeights(forward, into, out_of, ScaledCount.of(*total), sources, sinks, total)


def page_rank(index: Index, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 200) -> Floats:
    """How likely a reader who follows references at random is to be at each paper.

    Parameters
    ----------
    index : Index
    damping : float
        The probability of following a reference rather than opening any paper.
    tolerance : float
        Stop when the ranks of all papers together move by less.
    rounds : int
        Stop anyway.

    Returns
    -------
    array of float64
        They sum to 1. A paper that cites nothing hands its rank to all, which is the same for every paper.

    Notes
    -----
    A paper's rank is made of those of its citers, which come behind it: one sweep from the newest to
    the oldest is exact where there are no circles, and where there are each further one carries on
    what has gone round. Linear in the citations; 16 bytes a paper.

    References
    ----------
    S. Brin and L. Page, The anatomy of a large-scale hypertextual web search engine, Computer Networks
    30, 1998, doi:10.1016/S0169-7552(98)00110-X.
    """
    rank, share = np.zeros(index.papers), np.zeros(index.papers)
    total = 1.0
    with index.read_through():
        for _ in range(rounds):
            moved, total = ranks.rank_sweep(index.citers_at, index.citers, index.references_at, rank, share, damping)
            if not len(index.circles) or moved < tolerance * total:
                break
    return rank / total
