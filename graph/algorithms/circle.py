"""A circle of citations, through which paths are followed one by one, from each node at which any path comes in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .digraph import Digraph
from .network import Flags, Ints
from .path_counts import Walked, walk_inside
from .walks import NodeFunction

_TANGLED = 8
"""Where paths from so many nodes of a circle were too many to follow, they are followed from no other node of it."""
NO_PATH = -(2**30)
"""The length of a path that there is not: with all hops that follow it is still less than zero."""


class Circle:
    """A circle, with the walks from the nodes at which paths have come in."""

    def __init__(self, first: int, behind: int, inside: Digraph[int], paper: NodeFunction, most_steps: int) -> None:
        self.first, self.behind = first, behind
        self._inside, self._paper, self._most_steps = inside, paper, most_steps
        self._walks: dict[int, Walked] = {}
        self._too_far: dict[int, int] = {}
        self._given_up = 0

    def _walked(self, entry: int, most: int) -> Walked | None:
        """The walks from a node; None when they take more than so many steps."""
        if entry not in self._walks and most > self._too_far.get(entry, -1) and self._given_up < _TANGLED:
            walked = walk_inside(self._inside, self.first + entry, most, self._paper)
            if walked is None:
                self._too_far[entry] = most
                self._given_up += most == self._most_steps
            else:
                self._walks[entry] = walked
        found = self._walks.get(entry)
        return None if found is None or found.steps > most else found

    def counts(self, arrived: NDArray[Any], unknown: Flags) -> tuple[NDArray[Any], Flags]:
        """The paths that come to each node, for each start, by those that come in; and for which starts it is unknown.

        `unknown` says for each start whether it is unknown how many come in.
        """
        paths, lost = np.zeros_like(arrived), unknown.copy()
        left = np.full(len(lost), self._most_steps)
        came = (arrived > 0).astype(np.bool_)
        for entry in np.flatnonzero(came.any(axis=1)).tolist():
            here = came[entry] & ~lost
            if not here.any():
                continue
            walked = self._walked(entry, int(left[here].max()))
            if walked is None:
                lost |= here
                continue
            left[here] -= walked.steps
            lost |= left < 0
            for node, found in walked.found.items():
                paths[node - self.first] += found.paths * arrived[entry]
        return paths, lost

    def longest(self, arrived: Ints) -> Ints:
        """The hops of the longest path to each node, by those of the paths that come in."""
        hops = np.full_like(arrived, NO_PATH)
        for entry in np.flatnonzero(arrived >= 0).tolist():
            walked = self._walked(entry, self._most_steps)
            for node, found in walked.found.items() if walked else ():
                hops[node - self.first] = max(int(hops[node - self.first]), int(arrived[entry]) + found.longest)
        return hops
