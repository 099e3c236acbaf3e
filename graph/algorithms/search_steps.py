"""The steps that a search for main paths may take, and how it chooses among them. It keeps all ties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .dag import Dag, N
from .level_sweep import Floats, LevelSweep
from .network import Longs
from .products import ROUNDED, about, numbers_at

Step = tuple[int, int]
"""A node, and the arc that leads to it."""
_ADDED = 2.0**-53
"""By what part of itself a sum of two floats is rounded at the most."""


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps that a search in one direction may take, by the places of nodes."""

    against: LevelSweep
    """The sweep against the steps: in its network each node cites those to which they lead."""
    arcs: Longs
    """The place of the arc of every step."""
    weights: Sequence[int]
    """How heavy the arcs are."""

    def of(self, node: int) -> list[Step]:
        """The steps from a node."""
        row = self._row(node)
        return list(zip(self.against.network.references[row].tolist(), self.arcs[row].tolist(), strict=True))

    def _row(self, node: int) -> slice:
        at = self.against.network.references_at
        return slice(int(at[node]), int(at[node + 1]))

    @property
    def sources(self) -> list[int]:
        """The nodes to which no step leads, and from which some do."""
        network = self.against.network
        return np.flatnonzero((np.diff(network.citers_at) == 0) & (np.diff(network.references_at) > 0)).tolist()

    def heaviest(self, steps: Collection[Step], tolerance: Fraction) -> list[Step]:
        """Those of some steps whose arcs weigh the most."""
        return best(steps, numbers_at(self.weights, [arc for _, arc in steps]), tolerance)

    def followed_locally(self, starts: Iterable[int], tolerance: Fraction) -> set[int]:
        """The arcs that a search takes which begins at some nodes and always follows the heaviest arcs."""
        return _followed(starts, lambda node: self.heaviest(self.of(node), tolerance))

    def followed_globally(self, starts: Iterable[int] | None = None) -> set[int]:
        """The arcs on all paths of the greatest sum from each of some nodes; without these, of the greatest of all.

        Sums of floats say which paths may have it; of these alone the sums are exact.
        """
        begins = list(self._near_best() if starts is None else starts)
        near = self._near(begins)
        arcs = [arc for steps in near.values() for _, arc in steps]
        weight = dict(zip(arcs, numbers_at(self.weights, arcs), strict=True))
        sums: dict[int, int] = {}
        for node in sorted(near, key=self.against.levels.__getitem__):
            sums[node] = max((weight[arc] + sums[other] for other, arc in near[node]), default=0)
        if starts is None:
            greatest = max(map(sums.__getitem__, begins))
            begins = [node for node in begins if sums[node] == greatest]
        return _followed(
            begins, lambda node: [step for step in near[node] if weight[step[1]] + sums[step[0]] == sums[node]]
        )

    def _near_best(self) -> list[int]:
        """The nodes from which a path may have the greatest sum of all."""
        found: list[int] = np.flatnonzero(self._sums >= self._at_least(self._sums.max())).tolist()
        return found

    def _near(self, starts: Iterable[int]) -> dict[int, list[Step]]:
        """The steps on paths from some nodes that may have the greatest sum, by the node that they leave."""
        near: dict[int, list[Step]] = {}
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if node not in near:
                row = self._row(node)
                sums = self._about[row] + self._sums[self.against.network.references[row]]
                kept = (sums >= self._at_least(self._sums[node])).tolist()
                near[node] = [step for step, is_kept in zip(self.of(node), kept, strict=True) if is_kept]
                waiting.extend(other for other, _ in near[node])
        return near

    def _at_least(self, greatest: Any) -> Any:
        """What a sum of floats is at least that is exactly as great as one of them, or greater."""
        hops = len(self.against.bounds)
        return greatest * (1 - 4 * (ROUNDED + hops * _ADDED)) - hops * np.finfo(np.float64).tiny

    @cached_property
    def _about(self) -> Floats:
        """The weight of every step, about."""
        return about(self.weights)[self.arcs]

    @cached_property
    def _sums(self) -> Floats:
        """The greatest sum of weights on a path from each node, about."""
        return self.against.greatest_sums(self._about)


def onward(dag: Dag[N], weights: Sequence[int]) -> Steps:
    """The steps along the arcs."""
    return Steps(dag.backward, np.arange(dag.network.arcs), weights)


def backward(dag: Dag[N], weights: Sequence[int]) -> Steps:
    """The steps against the arcs."""
    return Steps(dag.forward, np.argsort(dag.ends[1], kind="stable"), weights)


def best(steps: Collection[Step], scores: Sequence[int], tolerance: Fraction) -> list[Step]:
    """The steps whose score is within the tolerance of the highest; in integers, since counts exceed floats."""
    if not steps:
        return []
    least = max(scores) * (tolerance.denominator - tolerance.numerator)
    return [step for step, score in zip(steps, scores, strict=True) if score * tolerance.denominator >= least]


def _followed(starts: Iterable[int], steps_from: Callable[[int], Iterable[Step]]) -> set[int]:
    """The arcs of all steps that are taken from some nodes on."""
    arcs: set[int] = set()
    stack = list(starts)
    seen = set(stack)
    while stack:
        for other, arc in steps_from(stack.pop()):
            arcs.add(arc)
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return arcs
