"""What lies between two papers of an index: shortest paths, all of them, and the part that holds a kind of path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .citation_index import INFLUENTIAL, METHODOLOGY, RESULT, Index, Ints
from .kernels.search import ball, cost_ball, shortest_arcs, trace
from .kernels.shape import common
from .kernels.tables import table_of

MANY = 2_000_000
"""How many papers a search may touch before it is said that they are too many."""
_ALL = np.empty(0, np.int32)
_NOWHERE = -1
_ANYWHERE = 0, 2**31 - 1


def shortest_path(index: Index, start: int, end: int) -> tuple[int, ...]:
    """One shortest path from a paper to one that builds on it.

    Parameters
    ----------
    index : Index
    start, end : int
        Vertices, the older and the newer one.

    Returns
    -------
    tuple of int
        Vertices from `start` to `end`, each cited by the next; empty when there is no path. Always
        the same one.

    Notes
    -----
    Searches from both sides, one level at a time, on whichever has fewer citations to look at, and only
    among the numbers that can lie between the two: none at all where the start comes behind the end.
    Time and memory are linear in what is touched, not in the graph.
    """
    return tuple(trace(*index.arcs, np.int32(start), np.int32(end), *index.span(start, end)).tolist())


@dataclass(frozen=True, eq=False)
class ShortestPaths:
    """All shortest paths between two vertices as one set of arcs cited -> citing; `hops` -1: none."""

    start: int
    end: int
    hops: int
    arcs: tuple[tuple[int, int], ...]

    @cached_property
    def _after(self) -> dict[int, list[int]]:
        after: dict[int, list[int]] = {}
        for cited, citing in self.arcs:
            after.setdefault(cited, []).append(citing)
        return after

    @cached_property
    def count(self) -> int:
        """How many there are, exactly."""
        if self.hops <= 0:
            return self.hops + 1
        paths, layer = {self.start: 1}, [self.start]
        for _ in range(self.hops):
            following: dict[int, int] = {}
            for vertex in layer:
                for citing in self._after.get(vertex, ()):
                    following[citing] = following.get(citing, 0) + paths[vertex]
            paths, layer = following, list(following)
        return paths[self.end]

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Each path, lazily, in the order of their vertices."""
        if self.hops == 0:
            yield (self.start,)
        waiting: list[tuple[int, ...]] = [(self.start,)] if self.hops > 0 else []
        while waiting:
            trail = waiting.pop()
            if trail[-1] == self.end:
                yield trail
                continue
            waiting += [(*trail, citing) for citing in sorted(self._after[trail[-1]], reverse=True)]


def shortest_paths(index: Index, start: int, end: int) -> ShortestPaths:
    """All shortest paths from a paper to one that builds on it.

    Notes
    -----
    As `shortest_path`, but the last level is searched to its end.
    """
    cited, citing, hops = shortest_arcs(*index.arcs, np.int32(start), np.int32(end), *index.span(start, end))
    return ShortestPaths(start, end, int(hops), tuple(zip(cited.tolist(), citing.tolist(), strict=True)))


@dataclass(frozen=True, eq=False)
class Reached:
    """The papers near some others: vertices and hops, nearest first, and whether these are all."""

    vertices: Ints
    hops: Ints
    whole: bool


def reach(index: Index, vertices: Sequence[int], kind: str, *, depth: int = -1, most: int = MANY) -> Reached:
    """The ancestors or the descendants of papers to so many generations; -1 for all.

    Parameters
    ----------
    index : Index
    vertices : sequence of int
    kind : str
        "ancestry": what they cite, directly or through others; "descent": what cites them.
    depth : int
    most : int
        Where to stop: then `whole` is False.
    """
    at, to = _side(index, kind)
    return Reached(*ball(at, to, np.asarray(vertices, np.int32), depth, most, _ALL, _NOWHERE, *_ANYWHERE))


def _side(index: Index, kind: str) -> tuple[Ints, Ints]:
    citers_at, citers, references_at, references = index.arcs
    return (references_at, references) if kind == "ancestry" else (citers_at, citers)  # type: ignore[return-value]


def papers_between(index: Index, start: int, end: int, *, most: int = MANY) -> Ints | None:
    """The vertices on walks from `start` to `end` that neither come back to the one nor leave the other.

    Returns
    -------
    array of int32 or None
        Ascending, with both ends; empty when there is no path; None when more than `most` would
        have to be looked at.

    Notes
    -----
    What follows `start` and what precedes `end` are searched in turns, each time twice as far, until
    one of the two is whole; the other is then only searched inside it.
    """
    descent, ancestry = _side(index, "descent"), _side(index, "ancestry")
    span = index.span(start, end)
    if not span[0] <= end <= span[1]:
        return np.empty(0, np.int32)
    budget = 1024
    while True:
        budget = min(budget * 4, most)
        for (side, origin), (other, goal) in (
            ((descent, start), (ancestry, end)),
            ((ancestry, end), (descent, start)),
        ):
            seen, _, whole = ball(*side, np.array([origin], np.int32), -1, budget, _ALL, goal, *span)
            if whole:
                inside, _ = table_of(seen)
                if goal not in seen:
                    return np.empty(0, np.int32)
                back, _, _ = ball(*other, np.array([goal], np.int32), -1, len(seen) + 1, inside, origin, *span)
                return np.sort(back)
        if budget >= most:
            return None


def papers_between_within(index: Index, start: int, end: int, hops: int, *, most: int = MANY) -> Ints | None:
    """The vertices on walks of at most so many hops; None when more than `most` would have to be looked at."""
    near, far = _halves(index, start, end, hops, most)
    if near is None or far is None:
        return None
    inside, _ = table_of(np.union1d(near, far).astype(np.int32))
    rest, span = (hops, MANY * 4, inside), index.span(start, end)
    after, forth, _ = ball(*_side(index, "descent"), np.array([start], np.int32), *rest, end, *span)
    before, back, _ = ball(*_side(index, "ancestry"), np.array([end], np.int32), *rest, start, *span)
    return _cheap_enough(after, forth, before, back, hops)


def _halves(index: Index, start: int, end: int, hops: int, most: int) -> tuple[Ints | None, Ints | None]:
    """What is near the one end and the other, as many hops in all, always going on where it costs less."""
    sides = {kind: _side(index, kind) for kind in ("descent", "ancestry")}
    seeds = {"descent": start, "ancestry": end}
    depth = dict.fromkeys(sides, 0)
    found = {kind: np.array([seed], np.int32) for kind, seed in seeds.items()}
    span = index.span(start, end)
    work = {kind: int(sides[kind][0][seed + 1] - sides[kind][0][seed]) for kind, seed in seeds.items()}
    for _ in range(hops):
        kind = min(sides, key=lambda each: work[each])
        at, to = sides[kind]
        depth[kind] += 1
        seed = np.array([seeds[kind]], np.int32)
        found[kind], level, whole = ball(at, to, seed, depth[kind], most, _ALL, _NOWHERE, *span)
        if not whole:
            return None, None
        edge = found[kind][level == depth[kind]]
        work[kind] = int((at[edge + 1] - at[edge]).sum()) if len(edge) else 0
    return found["descent"], found["ancestry"]


def _cheap_enough(after: Ints, forth: Ints, before: Ints, back: Ints, limit: float) -> Ints:
    """The vertices that stand on both sides, with no more than `limit` of both together."""
    both = common(after, before)
    one, other = np.argsort(after), np.argsort(before)
    spent = forth[one][np.searchsorted(after[one], both)] + back[other][np.searchsorted(before[other], both)]
    kept: Ints = both[spent <= limit]
    return kept


def prices() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What an arc costs by its evidence byte: the less, the stronger it is, as `graph.analysis.evidence` has it.

    A citation that one release asserts has a doubt of 1/2, half of that when it is influential, and
    three quarters of what is left when it is cited for a method or a result. Citing sentences do not
    count here: the index holds none.

    >>> import math
    >>> round(math.exp(-prices()[0]), 3), round(math.exp(-prices()[INFLUENTIAL | METHODOLOGY]), 4)
    (0.5, 0.8125)
    """
    said = np.arange(256)  # whatever a byte may hold, so that no look-up leaves the table
    doubt = 0.5 * np.where(said & INFLUENTIAL, 0.5, 1.0) * np.where(said & (METHODOLOGY | RESULT), 0.75, 1.0)
    return -np.log(1 - doubt)


def papers_between_by_cost(index: Index, start: int, end: int, limit: float, *, most: int = MANY) -> Ints | None:
    """The vertices on paths whose evidence costs at most `limit`; None when too many would have to be looked at."""
    forward, backward = _side(index, "descent"), _side(index, "ancestry")
    rest, span = (index.references_at, index.references, index.evidence, prices()), index.span(start, end)
    # Of a path that costs no more, every paper is in the cheaper half of one end or the other.
    near, _, all_near = cost_ball(*forward, *rest, np.int32(start), limit / 2 + 1e-9, most, _ALL, False, *span)
    far, _, all_far = cost_ball(*backward, *rest, np.int32(end), limit / 2 + 1e-9, most, _ALL, True, *span)
    if not (all_near and all_far):
        return None
    inside, _ = table_of(np.union1d(near, far).astype(np.int32))
    after, forth, _ = cost_ball(*forward, *rest, np.int32(start), limit + 1e-9, MANY * 4, inside, False, *span)
    before, back, _ = cost_ball(*backward, *rest, np.int32(end), limit + 1e-9, MANY * 4, inside, True, *span)
    return _cheap_enough(after, forth, before, back, limit + 1e-9)
