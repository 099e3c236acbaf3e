"""From which nodes of a part walks of some length lead to its end, as far as the paths that are listed need it."""

from __future__ import annotations

import numpy as np

from .network import Flags, Ints, Longs, Network
from .rows import positions


class WalkTable:
    """The nodes from which some walk of exactly n steps leads to a node, for every n up to the length asked for.

    `leads` has at n a mark for each node: whether some walk of exactly n steps leads from it to `end`. `away` are how
    many steps lead to each node from where the walks begin, or fewer than that. The table then leaves out what is
    further away than walks of the length use: of a million papers the shortest paths use a few hundred. A step takes as
    long as the references of the nodes that it begins at, and one mark for each node of the network.

    >>> square = Network.of(5, [1, 2, 3, 3, 4], [0, 0, 1, 2, 2])  # 0 -> 1 -> 3, 0 -> 2 -> 3, 2 -> 4
    >>> table = WalkTable(square, 3)
    >>> table.extend(2)
    >>> [np.flatnonzero(leads).tolist() for leads in table.leads], table.citers_of(1)
    ([[3], [1, 2], [0]], [3])
    """

    def __init__(self, network: Network, end: int, away: Ints | None = None) -> None:
        self._network, self._end, self._away = network, end, away
        self._longest = int(away[end]) if away is not None else network.nodes
        self._reset()

    def _reset(self) -> None:
        self.leads: list[Flags] = [self._marked(self._end)]
        self._part: tuple[Longs, Network] | None = None

    def _marked(self, nodes: Ints | int) -> Flags:
        marks = np.zeros(self._network.nodes, np.bool_)
        marks[nodes] = True
        return marks

    def extend(self, length: int) -> None:
        """Find the nodes for walks of so many steps.

        A table of what shorter walks can use is made anew, for twice as many steps beyond the fewest.
        """
        if length > self._longest and self._away is not None:
            self._longest = 2 * length - 1 - int(self._away[self._end])
            self._reset()
        at, references = self._network.references_at, self._network.references
        for steps in range(len(self.leads), length + 1):
            found = references[positions(at, np.flatnonzero(self.leads[-1]))]
            if self._away is not None:
                found = found[self._away[found] + steps <= self._longest]
            self.leads.append(self._marked(found))
            self._part = None

    def citers_of(self, node: int) -> list[int]:
        """What cites a node of the table; only what is in the table itself where that is smaller than the network."""
        if self._away is None:
            return list(map(int, self._network.citers_of(node)))
        if self._part is None:
            self._part = self._part_in_table()
        nodes, part = self._part
        return list(map(int, nodes[part.citers_of(int(np.searchsorted(nodes, node)))]))

    def _part_in_table(self) -> tuple[Longs, Network]:
        """The nodes of the table in ascending order, and the network of these alone, numbered by their places."""
        nodes = np.flatnonzero(np.logical_or.reduce(self.leads))
        # By references, unlike `Network.induced`: what cites each node of the whole network would have to be found.
        at, references = self._network.references_at, self._network.references
        cited = references[positions(at, nodes)]
        citing = np.repeat(np.arange(len(nodes)), at[nodes + 1] - at[nodes])
        place = np.full(self._network.nodes, -1, np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        kept = place[cited] >= 0
        return nodes, Network.of(len(nodes), citing[kept], place[cited[kept]])
