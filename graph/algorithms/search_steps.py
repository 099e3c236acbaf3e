"""The steps that a search for main paths may take, and how it chooses among them. It keeps all ties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import add
from typing import TypeVar

import numpy as np

from .dag import Dag, N

T = TypeVar("T")


@dataclass(frozen=True)
class Steps:
    """The steps that a search in one direction may take, by the places of nodes."""

    order: range
    """Every node, each before those to which it leads."""
    nodes: list[list[int]]
    weights: Sequence[Sequence[int]]
    arcs: Sequence[Sequence[int]]
    """To which nodes each leads, how heavy the arcs are, and their places."""
    reached: list[list[int]]
    """From where an arc leads to each node."""

    def followed(
        self, starts: Iterable[int], score: Callable[[int], Sequence[int]], tolerance: Fraction = Fraction(0)
    ) -> set[int]:
        """The arcs that a search takes which begins at some nodes and always follows the arcs of the highest score."""
        arcs: set[int] = set()
        stack = list(starts)
        seen = set(stack)
        while stack:
            node = stack.pop()
            for other, arc in best(list(zip(self.nodes[node], self.arcs[node], strict=True)), score(node), tolerance):
                arcs.add(arc)
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return arcs

    def followed_locally(self, starts: Iterable[int], tolerance: Fraction) -> set[int]:
        """The arcs that a search takes which always follows the heaviest arcs."""
        return self.followed(starts, self.weights.__getitem__, tolerance)

    def followed_globally(self, starts: Iterable[int], sums: Sequence[int]) -> set[int]:
        """The arcs on all paths of the greatest sum that begin at some nodes."""
        return self.followed(starts, lambda node: self._sums_after(node, sums))

    def best_sums(self) -> list[int]:
        """The greatest sum of weights on a path from each node to the end."""
        sums = [0] * len(self.order)
        for node in reversed(self.order):
            sums[node] = max(self._sums_after(node, sums), default=0)
        return sums

    def _sums_after(self, node: int, sums: Sequence[int]) -> list[int]:
        return list(map(add, self.weights[node], map(sums.__getitem__, self.nodes[node])))


def onward(dag: Dag[N], weights: Sequence[int]) -> Steps:
    """The steps along the arcs."""
    arcs = [range(first, behind) for first, behind in pairwise(dag.network.citers_at.tolist())]
    weights_of = [weights[each.start : each.stop] for each in arcs]
    return Steps(range(len(dag)), dag.after, weights_of, arcs, dag.before)


def backward(dag: Dag[N], weights: Sequence[int]) -> Steps:
    """The steps against the arcs."""
    arc_of_reference = iter(np.argsort(dag.ends[1], kind="stable").tolist())
    arcs = [[next(arc_of_reference) for _ in before] for before in dag.before]
    weights_of = [[weights[arc] for arc in each] for each in arcs]
    return Steps(range(len(dag))[::-1], dag.before, weights_of, arcs, dag.after)


def best(items: Collection[T], scores: Sequence[int], tolerance: Fraction) -> list[T]:
    """The items whose score is within the tolerance of the highest; in integers, since counts exceed floats."""
    if not items:
        return []
    least = max(scores) * (tolerance.denominator - tolerance.numerator)
    return [item for item, each in zip(items, scores, strict=True) if each * tolerance.denominator >= least]
