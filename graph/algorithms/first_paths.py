"""The first paths of a part by any cost, found among few of its nodes.

Most nodes of a part lie on dear paths alone. A sweep over floats says what it costs at least to come to every node; a
search back from the end tells what the last of the wanted paths costs, and a second one which nodes lie on paths that
cost no more. These alone are searched exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush, nsmallest
from itertools import count
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .budget import Budget
from .network import Flags, Longs
from .ordered_part import OrderedPart
from .part_between import cut_out
from .rows import positions
from .simple_paths import best_paths

Floats = NDArray[np.float64]
FEW = 1_000
"""Up to so many arcs it costs less to search them all exactly than to find out where to search."""
_ENTRY = 250
"""About how many bytes an entry of the heap takes."""
_ROUNDING = 2.0**-52
"""The most that a sum of two floats may be rounded, for each 1 of the sum."""


@dataclass(frozen=True, eq=False)
class Costs:
    """What the arcs of a part cost: about, for all of them, and exactly, for some."""

    about: Callable[[], Floats]
    """Gives an array of floats: of every arc, in the order of the references of the part's network."""
    exact: Callable[[Longs, Longs], Sequence[int]]
    """The costs of arcs, by the nodes of the network that they lead from and to: exact integers, in a unit of their
    own. Around a circle the sum must be above 0."""
    error: float = 0.0
    """How far `about` may be from the exact cost, in its own unit."""


def first_paths(
    part: OrderedPart,
    start: int,
    end: int,
    costs: Costs,
    rank: Callable[[int], Any],
    most: int,
    budget: Budget | None = None,
) -> Iterator[tuple[int, ...]]:
    """Some of the cheapest simple paths from one node of a network to another, the cheapest first.

    `part` is what lies between the two (`graph.algorithms.part_between.part_between`); all nodes are those of the
    network. Of equally cheap paths the shorter comes first, then the one that does by `rank`, the sorting key of a
    node. Further paths than the `most` that will be asked for may be missing. The steps of `budget` are spent; the
    paths end where it ends.

    Two sweeps by numpy, linear in nodes and arcs. Then as `graph.algorithms.simple_paths.best_paths` among the nodes on
    paths that are no dearer than the last that is asked for.

    >>> from graph.algorithms.network import Network
    >>> from graph.algorithms.ordered_part import ordered_part
    >>> kite = ordered_part(Network.of(4, [1, 2, 3, 2, 3], [0, 1, 2, 0, 0]), np.arange(4))  # 0 -> 1 -> 2 -> 3, 0 -> 2
    >>> longest_first = Costs(lambda: np.full(5, -1.0), lambda cited, citing: [-1] * len(cited))
    >>> list(first_paths(kite, 0, 3, longest_first, int, 3))
    [(0, 1, 2, 3), (0, 2, 3), (0, 3)]
    """
    if part.network.arcs <= FEW:
        yield from best_paths(part, start, end, costs.exact, rank, most=most, budget=budget)
        return
    begin, finish, about = part.number(start), part.number(end), costs.about()
    least = _least_from(part, begin, about)
    tried = budget.anew() if budget else Budget()
    dearest = _dearest(part, begin, finish, least, about, most, tried)
    near = _near(part, finish, least, about, dearest + 2 * _slack(part, about, costs.error))
    narrow = part if near.all() else cut_out(part, near)
    yield from best_paths(narrow, start, end, costs.exact, rank, most=most, budget=budget)
    if budget is not None and tried.spent:  # what is dearer was not looked for
        budget.spent = True


def _slack(part: OrderedPart, about: Floats, error: float) -> float:
    """How far the sum of costs along any path, added up in whatever order, may be from the exact one."""
    hops = int(part.levels[-1] - part.levels[0]) + int(np.diff(part.circle_bounds).sum())
    return hops * (error + hops * _ROUNDING * float(np.abs(about).max(initial=0)))


def _least_from(part: OrderedPart, begin: int, about: Floats) -> Floats:
    """What it costs at least to come from a node to every node; infinity where no arc leads on."""
    at, cited = part.network.references_at, part.network.references
    least = np.full(len(part.members), inf)
    least[begin] = 0
    for first, behind, is_circular in part.steps:
        nodes = first + np.flatnonzero(np.diff(at[first : behind + 1]))
        arcs = slice(at[first], at[behind])
        changed = len(nodes) > 0
        while changed:
            came = np.minimum.reduceat(least.take(cited[arcs]) + about[arcs], at[nodes] - at[first])
            changed = is_circular and bool((came < least[nodes]).any())
            least[nodes] = np.minimum(least[nodes], came)
    return least


def _dearest(
    part: OrderedPart, begin: int, finish: int, least: Floats, about: Floats, most: int, budget: Budget
) -> float:
    """What the last of so many cheapest paths costs about; infinity where there are fewer.

    A search back from the last node, best first: what it costs at least to come to a node is the bound.
    """
    at, cited = part.network.references_at, part.network.references
    paper = part.papers if part.papers is not None else np.arange(len(part.members))
    has_circles = part.has_circles

    @cache
    def arcs_of(node: int) -> list[tuple[float, int, float]]:
        arcs = slice(at[node], at[node + 1])
        bounds = least[cited[arcs]] + about[arcs]
        kept = np.isfinite(bounds)
        return sorted(zip(*(each[kept].tolist() for each in (bounds, cited[arcs], about[arcs])), strict=True))

    def is_on(one: int, behind: Any) -> bool:
        while behind is not None and behind[0] != one:
            behind = behind[1]
        return behind is not None

    heap: list[tuple[float, int, int, int, float, Any]] = []
    number = count()  # among equals, the first that was found

    def push(node: int, child: int, spent: float, behind: Any) -> None:
        """A path back to a node, which may go on by its arcs from some child on; `behind` are the papers on it."""
        arcs = arcs_of(node)
        while has_circles and child < len(arcs) and is_on(int(paper[arcs[child][1]]), behind):
            child += 1
        if child < len(arcs):
            heappush(heap, (spent + arcs[child][0], next(number), node, child, spent, behind))

    dearest, found = -inf, 0
    push(finish, 0, 0.0, (int(paper[finish]), None) if has_circles else None)
    while heap and found < most and budget.step(len(heap) * _ENTRY):
        total, _, node, child, spent, behind = heappop(heap)
        push(node, child + 1, spent, behind)
        _, reached, cost = arcs_of(node)[child]
        if reached == begin:
            dearest, found = max(dearest, total), found + 1
        else:
            push(reached, 0, spent + cost, (int(paper[reached]), behind) if has_circles else None)
        if not has_circles and len(heap) > 2 * most + 64:
            heap = nsmallest(most, heap)  # every entry has a path of its least cost; ascending, so still a heap
    return dearest if found == most or (budget.spent and found) else inf


def _near(part: OrderedPart, finish: int, least: Floats, about: Floats, dearest: float) -> Flags:
    """The nodes on walks to a node that are no dearer than a cost."""
    at, cited = part.network.references_at, part.network.references
    rest = np.full(len(part.members), inf)
    rest[finish] = 0
    for first, behind, is_circular in reversed(part.steps):
        done = np.full(behind - first, inf)
        while len(nodes := first + np.flatnonzero(rest[first:behind] < done)):
            done[nodes - first] = rest[nodes]
            arcs = positions(at, nodes)
            costs = about[arcs] + np.repeat(rest[nodes], at[nodes + 1] - at[nodes])
            kept = least[cited[arcs]] + costs <= dearest
            np.minimum.at(rest, cited[arcs][kept], costs[kept])
            if not is_circular:
                break
    found: Flags = np.isfinite(rest)
    return found
