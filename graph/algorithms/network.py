"""A directed graph as arrays in both directions: what questions about a whole corpus run on.

Nodes are numbers. Arcs run from the cited paper to the citing one, so the *citers* of a paper are its successors
and its *references* its predecessors. Every search goes level by level, so that numpy does the work: a search
through a million citations takes some hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .digraph import Digraph
from .rows import between_two, distinct, longer, positions, rows_of

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Masks = NDArray[np.uint64]

WORD = 64
"""Bits of a mask: so many searches go through the graph at once."""


@dataclass(frozen=True, eq=False)
class Network:
    """A citation network.

    The other direction is made when it is first asked for. 8 bytes an arc and 16 a node.

    >>> network = Network.of(3, [1, 2, 2], [0, 0, 1])  # 1 cites 0, 2 cites 0 and 1
    >>> network.citers_of(0).tolist(), network.references_of(2).tolist(), network.arcs
    ([1, 2], [0, 1], 3)
    """

    references_at: Longs
    """Where the references of each node begin, and where the last ones end."""
    references: Ints
    """What each node cites, ascending."""

    @classmethod
    def of_both(cls, references_at: Longs, references: Ints, citers_at: Longs, citers: Ints) -> Network:
        """A network of which both directions are known."""
        made = cls(references_at, references)
        made.__dict__["_citer_rows"] = citers_at, citers
        return made

    @cached_property
    def _citer_rows(self) -> tuple[Longs, Ints]:
        return rows_of(self.nodes, self.references, self.citing)

    @property
    def citers_at(self) -> Longs:
        """Where the citers of each node begin in `citers`."""
        return self._citer_rows[0]

    @property
    def citers(self) -> Ints:
        """What cites each node, ascending."""
        return self._citer_rows[1]

    @classmethod
    def of(cls, nodes: int, citing: Sequence[int] | NDArray[Any], cited: Sequence[int] | NDArray[Any]) -> Network:
        """Make a network from its arcs, each once and in any order; arcs from a node to itself are left out."""
        one, other = np.asarray(citing, np.int32), np.asarray(cited, np.int32)
        return cls(*rows_of(nodes, *between_two(one, other)))

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.references_at) - 1

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.references)

    @property
    def citing(self) -> Ints:
        """The citing node of every arc, in the order of `references`."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.references_at))

    @property
    def cited(self) -> Ints:
        """The cited node of every arc, in the order of `citers`."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.citers_at))

    def with_nodes(self, nodes: int) -> Network:
        """The same arcs among so many nodes: the new ones stand behind the others and have none."""
        if nodes == self.nodes:
            return self
        references_at, citers_at = (longer(at, nodes + 1) for at in (self.references_at, self.citers_at))
        return Network.of_both(references_at, self.references, citers_at, self.citers)

    def reversed(self) -> Network:
        """The same nodes with every arc turned round; shares its arrays with this network."""
        return Network.of_both(self.citers_at, self.citers, self.references_at, self.references)

    def references_of(self, node: int) -> Ints:
        """What a node cites."""
        return self.references[self.references_at[node] : self.references_at[node + 1]]

    def citers_of(self, node: int) -> Ints:
        """What cites a node."""
        return self.citers[self.citers_at[node] : self.citers_at[node + 1]]

    def hops(
        self,
        starts: Iterable[int],
        *,
        back: bool = False,
        either: bool = False,
        among: Flags | None = None,
        most: int | None = None,
        last: int | None = None,
    ) -> Ints:
        """How many arcs away every node is from the nearest of some nodes.

        Linear in the nodes, and in the arcs of what is reached. Arcs are followed from the cited paper to the citing
        one: with `back` the other way, with `either` both ways. Only nodes of `among` are entered, none further away
        than `most`, and `last` is not left again. The number is -1 where a node cannot be reached.
        """
        hops = np.full(self.nodes, -1, np.int32)
        for away in self.spread(hops, starts, back=back, either=either, among=among, last=last):
            if away == most:
                break
        return hops

    def spread(
        self,
        hops: Ints,
        starts: Iterable[int],
        *,
        back: bool = False,
        either: bool = False,
        among: Flags | None = None,
        last: int | None = None,
    ) -> Iterator[int]:
        """The search of `hops`, a step at a time: fills in `hops`, and yields how many arcs away it has come.

        `hops` is -1 for every node at the beginning. The first step are the starts themselves.
        """
        front = distinct(np.fromiter(starts, np.int64))
        hops[front] = 0
        for away in count(1):
            yield away - 1
            if last is not None:
                front = front[front != last]
            if not len(front):
                return
            found = self._next(front, back=back, either=either)
            found = found[hops[found] < 0]
            if among is not None:
                found = found[among[found]]
            hops[found] = away
            # to look through all nodes is quicker than to sort many
            front = np.flatnonzero(hops == away) if len(found) * 8 > self.nodes else distinct(found)

    def _next(self, front: Longs, *, back: bool, either: bool) -> Ints:
        if either:
            return np.concatenate(
                [self._next(front, back=False, either=False), self._next(front, back=True, either=False)]
            )
        at, to = (self.references_at, self.references) if back else (self.citers_at, self.citers)
        return to[positions(at, front)]

    def between(self, start: int, end: int, *, among: Flags | None = None) -> Ints:
        """The nodes on walks from one node to another that neither come back to the first nor leave the second.

        They ascend, both ends included; empty when there is no walk, and when both ends are one.

        >>> Network.of(4, [1, 2, 3], [0, 1, 1]).between(0, 2).tolist()
        [0, 1, 2]
        """
        after = self.hops([start], among=among, last=end) >= 0
        if start == end or not after[end]:
            return np.empty(0, np.int32)
        return np.flatnonzero(after & (self.hops([end], back=True, among=after, last=start) >= 0)).astype(np.int32)

    def within(self, start: int, end: int, most: int, *, among: Flags | None = None) -> Ints:
        """The nodes on walks of at most so many arcs from one node to another.

        >>> Network.of(3, [1, 2, 2], [0, 0, 1]).within(0, 2, 1).tolist()
        [0, 2]
        """
        forth = self.hops([start], among=among, most=most)
        if forth[end] < 0:
            return np.empty(0, np.int32)
        back = self.hops([end], back=True, among=forth >= 0, most=most)
        return np.flatnonzero((forth >= 0) & (back >= 0) & (forth + back <= most)).astype(np.int32)

    def leading(self, starts: Sequence[int], *, back: bool = False) -> Masks:
        """Which of up to 64 nodes lead to every node, as the bits of a number; a node leads to itself.

        >>> Network.of(3, [1, 2], [0, 1]).leading([0, 1]).tolist()
        [1, 3, 3]
        """
        assert len(starts) <= WORD
        masks: Masks = np.zeros(self.nodes, np.uint64)
        at, to = (self.references_at, self.references) if back else (self.citers_at, self.citers)
        for bit, start in enumerate(starts):
            masks[start] |= np.uint64(1 << bit)
        front = distinct(np.asarray(starts, np.int64))
        while len(front):
            found = to[positions(at, front)]
            brought = np.repeat(masks[front], at[front + 1] - at[front])
            new = (brought & ~masks[found]) != 0
            found, brought = found[new], brought[new]
            np.bitwise_or.at(masks, found, brought)
            front = distinct(found)
        return masks

    def part(self, members: Iterable[int]) -> Digraph[int]:
        """The graph of some nodes and the arcs between them, cited -> citing, nodes ascending."""
        chosen = distinct(np.fromiter(members, np.int64))
        citing, cited = self.arcs_among(chosen)
        return Digraph(chosen.tolist(), zip(cited.tolist(), citing.tolist(), strict=True))

    def induced(self, members: NDArray[Any]) -> Network:
        """Some nodes, in ascending order, with the arcs between them; they are numbered by their places here."""
        inside = np.zeros(self.nodes, np.bool_)
        inside[members] = True
        number, citing = np.cumsum(inside, dtype=np.int32) - 1, self.citing
        kept = inside[citing] & inside[self.references]  # in the order of references, which need not be sorted then
        return Network.of(len(members), number[citing[kept]], number[self.references[kept]])

    def places_among(self, members: NDArray[Any]) -> tuple[Ints, Ints]:
        """The same as `arcs_among`, but nodes are named by their places among these."""
        place = np.zeros(self.nodes, np.int32)
        place[members] = np.arange(len(members), dtype=np.int32)
        citing, cited = self.arcs_among(members)
        return place[citing], place[cited]

    def arcs_among(self, members: NDArray[Any]) -> tuple[Ints, Ints]:
        """The citing and the cited node of every arc among some nodes, by the cited node, then by the citing one."""
        inside = np.zeros(self.nodes, np.bool_)
        inside[members] = True
        citing = self.citers[positions(self.citers_at, members)]
        cited = np.repeat(members, self.citers_at[members + 1] - self.citers_at[members]).astype(np.int32)
        kept = inside[citing]
        return citing[kept], cited[kept]
