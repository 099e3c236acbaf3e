"""How many paths use a citation of those between two papers that run forward in time, in arrays.

It is what `graph.analysis.flow` counts, without names: a path of ten papers needs no names of a million.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..algorithms.long_counts import LongCounts
from ..algorithms.network import Flags, Ints, Longs
from ..algorithms.ordered_part import OrderedPart
from ..algorithms.part_between import part_between, without_arcs
from ..model.lineage import Lineage

Floats = NDArray[np.float64]


def ages(lineage: Lineage, members: Longs) -> Longs:
    """The rank of papers by date, then by arXiv identifier (their numbers follow the days of a month), then by key.

    What is not known of a date counts as the last that it can be. So a date that is known to come before another always
    sorts before it.
    """
    arrays = lineage.corpus.arrays
    dates = arrays.dates[members]
    latest = dates + np.where(dates % 10_000 == 0, 9_999, np.where(dates % 100 == 0, 99, 0))
    arxiv = lineage.corpus.arxiv_identifiers(members.tolist())
    rank_of = {identifier: rank for rank, identifier in enumerate(sorted(set(arxiv)))}
    ranks = np.fromiter(map(rank_of.__getitem__, arxiv), np.int64, len(members))
    rank = np.empty(len(members), np.int64)
    rank[np.lexsort((arrays.key_ranks[members], ranks, latest))] = np.arange(len(members))
    return rank


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Which citations of a part do not run forward, by the numbers of its nodes."""

    lineage: Lineage
    part: OrderedPart
    circle: Longs | None
    """The number of the circle of every node once citations of later papers are left out; None where none is left."""
    age: Longs
    """The rank of the nodes of these circles: see `ages`."""

    @classmethod
    def of(cls, lineage: Lineage, part: OrderedPart) -> LeftOut:
        """Find the circles that are left where citations of later papers are left out."""
        age = np.zeros(len(part.members), np.int64)
        found = cls(lineage, part, None, age)
        if not part.circles:
            return found
        forward = without_arcs(part, found.later(part.network.references, part.network.citing))
        if not forward.circles:
            return found
        place = _places(lineage, part)
        circle = np.empty(len(part.members), np.int64)
        circle[place[forward.members]] = forward.groups
        tangled = np.concatenate([place[forward.members[first:behind]] for first, behind in forward.circles])
        age[tangled] = ages(lineage, part.members[tangled])
        return cls(lineage, part, circle, age)

    def later(self, cited: Ints, citing: Ints) -> Flags:
        """Whether the cited papers are dated after those that cite them."""
        members = self.part.members
        flags: Flags = self.lineage.corpus.arrays.backwards(members[cited], members[citing])
        return flags

    def __call__(self, cited: Ints, citing: Ints) -> Flags:
        """Whether citations are left out: those of later papers, and in circles that are left those of younger ones."""
        later = self.later(cited, citing)
        if self.circle is None:
            return later
        younger: Flags = (self.circle[cited] == self.circle[citing]) & (self.age[cited] > self.age[citing])
        return later | younger


@dataclass(frozen=True, eq=False)
class ForwardCounts:
    """The search path counts of what lies between two papers, by the numbers of papers in the corpus."""

    left_out: LeftOut
    forward: OrderedPart
    """What lies between the two without the citations that are left out."""
    into: LongCounts
    out_of: LongCounts
    """How many forward paths lead to each of its nodes, and from each, which are numbered from the last one."""
    total: int
    longest: int
    """How many forward paths there are, and at least as many as the longest of them has hops."""

    @cached_property
    def _place(self) -> Ints:
        return _places(self.left_out.lineage, self.left_out.part)

    @cached_property
    def _forward_place(self) -> Ints:
        return _places(self.left_out.lineage, self.forward)

    def is_left_out(self, cited: Longs, citing: Longs) -> Flags:
        """Whether citations do not run forward."""
        return self.left_out(self._place[cited], self._place[citing])

    def of(self, cited: Longs, citing: Longs) -> list[int]:
        """How many forward paths use each of some citations that are not left out, exactly."""
        counts = [0] * len(cited)
        one, other, on_paths = self._on_paths(cited, citing)
        if len(on_paths):
            into = self.into.take(one)[:, 0]
            out_of = self.out_of.take(len(self.forward.members) - 1 - other)[:, 0]
            for place, count in zip(on_paths.tolist(), (into * out_of).tolist(), strict=True):
                counts[place] = count
        return counts

    def shares(self, cited: Longs, citing: Longs) -> Floats:
        """The share of the forward paths that uses each of some citations that are not left out, as floats."""
        shares = np.zeros(len(cited))
        one, other, on_paths = self._on_paths(cited, citing)
        if len(on_paths):
            into, up = (each[one] for each in self.into.scaled(0))
            out_of, further = (each[::-1][other] for each in self.out_of.scaled(0))
            shift = max(self.total.bit_length() - 64, 0)
            shares[on_paths] = np.ldexp(into / (self.total >> shift) * out_of, up + further - shift)
        return shares

    def _on_paths(self, cited: Longs, citing: Longs) -> tuple[Longs, Longs, Longs]:
        """The nodes that citations between papers on forward paths lead from and to, and the places of these."""
        one, other = self._forward_place[cited].astype(np.int64), self._forward_place[citing].astype(np.int64)
        places = np.flatnonzero((one >= 0) & (other >= 0))
        return one[places], other[places], places


def _places(lineage: Lineage, part: OrderedPart) -> Ints:
    """The number in a part of every paper of the corpus; -1 where the part does not have it."""
    place = np.full(lineage.network.nodes, -1, np.int32)
    place[part.members] = np.arange(len(part.members), dtype=np.int32)
    return place


def forward_counts(lineage: Lineage, part: OrderedPart, start: int, end: int) -> ForwardCounts:
    """Count the forward paths between two papers.

    `part` is what lies between the two: see `graph.algorithms.part_between.part_between`. Linear in papers and
    citations, times the length of the counts.
    """
    left_out = LeftOut.of(lineage, part)
    dropped = left_out(part.network.references, part.network.citing)
    forward = part_between(without_arcs(part, dropped) if dropped.any() else part, start, end)
    if not len(forward.members):
        none = LongCounts(np.empty((0, 1)))
        return ForwardCounts(left_out, forward, none, none, 0, 0)
    into = forward.sweep().counts([0]).paths  # the first node is the start, and the last one the end
    out_of = forward.turned.sweep().counts([0]).paths
    total = into.of(len(forward.members) - 1, 0)
    return ForwardCounts(left_out, forward, into, out_of, total, int(forward.levels[-1] - forward.levels[0]))
