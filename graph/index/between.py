"""What lies between two papers of an index: one shortest path, all of them, and the papers on all paths of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.walks import all_walks
from ..model.in_memory import Reached
from .citation_index import Index, Ints
from .kernels.pages import CheckedArray
from .kernels.reach import evidence_of, reachable_from, within_cost, within_hops
from .kernels.shape import intersection
from .kernels.shortest import one_shortest_path, shortest_arcs
from .kernels.tables import table_of

Costs = NDArray[np.float64]
MAX_SEARCHED = 2_000_000
"""How many papers a search visits before it gives up."""
_ALLOW_ALL = np.empty(0, np.int32)
_NO_STOP = -1
_ALL_VERTICES = 0, 2**31 - 1
_ROUNDING = 1e-9
"""What a sum of costs may be above a limit because of rounding."""
_MAX_SEARCHED_AGAIN = MAX_SEARCHED * 4
"""A bound for searches among papers that were found before; it is never reached."""


def shortest_path(index: Index, start: int, end: int) -> tuple[int, ...]:
    """One shortest path from a paper to one that builds on it.

    Vertices from `start` to `end`, each cited by the next; empty when there is no path. It is always the same one.
    Searches from both sides, one level at a time, on the side that has fewer citations to look at, and only among the
    numbers that can lie between the two. When the start follows the end there are none. Time and memory are linear in
    what is visited, not in the graph.
    """
    path = index.run(one_shortest_path, *index.arcs, np.int32(start), np.int32(end), *index.span(start, end))
    return tuple(path.tolist())


@dataclass(frozen=True, eq=False)
class ShortestPaths:
    """All shortest paths between two vertices as one set of arcs cited -> citing. Without a path `hops` is -1."""

    start: int
    end: int
    hops: int
    arcs: tuple[tuple[int, int], ...]

    @cached_property
    def _citing(self) -> dict[int, list[int]]:
        citing_of: dict[int, list[int]] = {}
        for cited, citing in self.arcs:
            citing_of.setdefault(cited, []).append(citing)
        return citing_of

    @cached_property
    def count(self) -> int:
        """The number of paths, exactly."""
        if self.hops <= 0:
            return self.hops + 1
        paths_to = {self.start: 1}
        for _ in range(self.hops):
            next_paths_to: dict[int, int] = {}
            for vertex, paths in paths_to.items():
                for citing in self._citing.get(vertex, ()):
                    next_paths_to[citing] = next_paths_to.get(citing, 0) + paths
            paths_to = next_paths_to
        return paths_to[self.end]

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Each path, lazily, in the order of their vertices."""
        if self.hops >= 0:
            yield from all_walks([self.start], lambda vertex: sorted(self._citing.get(vertex, ())))


def shortest_paths(index: Index, start: int, end: int) -> ShortestPaths:
    """All shortest paths from a paper to one that builds on it.

    As `shortest_path`, but the last level is searched to its end.
    """
    ends = np.int32(start), np.int32(end)
    cited, citing, hops = index.run(shortest_arcs, *index.arcs, *ends, *index.span(start, end))
    return ShortestPaths(start, end, int(hops), tuple(zip(cited.tolist(), citing.tolist(), strict=True)))


def fewest_hops(index: Index, stops: Sequence[int], via: Iterable[int] = ()) -> int | None:
    """How many hops a path through some papers has at least; None when no walk passes the stops.

    It passes the `stops` in their order, and `via` anywhere between the first and the last.
    """
    along, *around = (_hops(index, each) for each in (stops, *((stops[0], each, stops[-1]) for each in via)))
    return None if along is None else max(along, *(hops or 0 for hops in around), 0)


def _hops(index: Index, stops: Sequence[int]) -> int | None:
    legs = [len(shortest_path(index, *leg)) - 1 for leg in pairwise(stops)]
    return sum(legs) if min(legs) >= 0 else None


def reach(
    index: Index, vertices: Sequence[int], *, back: bool, depth: int = -1, max_papers: int = MAX_SEARCHED
) -> Reached:
    """The descendants of papers, or their ancestors (`back`), nearest first.

    `back` asks for what they cite, directly or through others, instead of what cites them; `depth` is how many
    generations, -1 for all. The search ends when it has found `max_papers` and there are more: then the result is not
    `complete`.
    """
    seeds = np.asarray(vertices, np.int32)
    bounds = depth, max_papers, _ALLOW_ALL, _NO_STOP, *_ALL_VERTICES
    return Reached(*index.run(within_hops, *_arcs_of(index, back), seeds, *bounds))


def reachable(index: Index, vertex: int, *, back: bool) -> NDArray[np.bool_]:
    """For every vertex whether it is a descendant of one, or an ancestor (`back`), or that one.

    Linear in what is reached; a byte for every paper of the index.
    """
    found: NDArray[np.bool_] = index.run(reachable_from, *_arcs_of(index, back), np.int32(vertex))
    return found


def evidence_byte(index: Index, cited: int, citing: int) -> int:
    """The evidence byte of one citation."""
    return int(index.run(evidence_of, *index.references_with_evidence, np.int32(cited), np.int32(citing)))


def _arcs_of(index: Index, back: bool) -> tuple[CheckedArray, CheckedArray]:
    return index.arcs[2:] if back else index.arcs[:2]


def papers_between(index: Index, start: int, end: int, *, max_papers: int = MAX_SEARCHED) -> Ints | None:
    """The vertices on walks from `start` to `end` that neither return to `start` nor go on from `end`.

    They ascend, with both ends; empty when there is no path; None when the search would visit more than `max_papers`.
    What follows `start` and what precedes `end` are searched in turns, each time four times as far, until one of the
    two searches is complete. The other one is then limited to what that one found.
    """
    forward, backward = _arcs_of(index, False), _arcs_of(index, True)
    span = index.span(start, end)
    if not span[0] <= end <= span[1]:
        return np.empty(0, np.int32)
    budget = 1024
    while True:
        budget = min(budget * 4, max_papers)
        for arcs, origin, opposite_arcs, goal in (
            (forward, start, backward, end),
            (backward, end, forward, start),
        ):
            seeds = np.array([origin], np.int32)
            found, _, complete = index.run(within_hops, *arcs, seeds, -1, budget, _ALLOW_ALL, goal, *span)
            if not complete:
                continue
            if goal not in found:
                return np.empty(0, np.int32)
            allowed, _ = table_of(found)
            seeds = np.array([goal], np.int32)
            between, _, _ = index.run(within_hops, *opposite_arcs, seeds, -1, len(found) + 1, allowed, origin, *span)
            return np.sort(between)
        if budget >= max_papers:
            return None


def papers_between_within(
    index: Index, start: int, end: int, hops: int, *, max_papers: int = MAX_SEARCHED
) -> Ints | None:
    """The vertices on walks of at most `hops` hops; None when the search would visit more than `max_papers`."""
    halves = _halves(index, start, end, hops, max_papers)
    if halves is None:
        return None
    allowed, _ = table_of(np.union1d(*halves).astype(np.int32))
    bounds, span = (hops, _MAX_SEARCHED_AGAIN, allowed), index.span(start, end)
    first, last = np.array([start], np.int32), np.array([end], np.int32)
    after, hops_after, _ = index.run(within_hops, *_arcs_of(index, False), first, *bounds, end, *span)
    before, hops_before, _ = index.run(within_hops, *_arcs_of(index, True), last, *bounds, start, *span)
    return _within_limit(after, hops_after, before, hops_before, hops)


def _halves(index: Index, start: int, end: int, hops: int, max_papers: int) -> tuple[Ints, Ints] | None:
    """What is near the start and near the end, `hops` in all; each hop goes to the side where it costs less."""
    arcs = {back: _arcs_of(index, back) for back in (False, True)}
    offsets = {False: index.citers_at, True: index.references_at}
    origins = {False: start, True: end}
    depth = dict.fromkeys(arcs, 0)
    found = {back: np.array([origin], np.int32) for back, origin in origins.items()}
    span = index.span(start, end)
    arcs_ahead = {back: int(offsets[back][origin + 1] - offsets[back][origin]) for back, origin in origins.items()}
    for _ in range(hops):
        back = min(arcs, key=lambda each: arcs_ahead[each])
        depth[back] += 1
        origin = np.array([origins[back]], np.int32)
        found[back], level, complete = index.run(
            within_hops, *arcs[back], origin, depth[back], max_papers, _ALLOW_ALL, _NO_STOP, *span
        )
        if not complete:
            return None
        edge = found[back][level == depth[back]]
        arcs_ahead[back] = int((offsets[back][edge + 1] - offsets[back][edge]).sum()) if len(edge) else 0
    return found[False], found[True]


def _within_limit(after: Ints, spent_after: Any, before: Ints, spent_before: Any, limit: float) -> Ints:
    """The vertices that both searches found, and that spent at most `limit` on both together."""
    both = intersection(after, before)
    after_order, before_order = np.argsort(after), np.argsort(before)
    spent = (
        spent_after[after_order][np.searchsorted(after[after_order], both)]
        + spent_before[before_order][np.searchsorted(before[before_order], both)]
    )
    kept: Ints = both[spent <= limit]
    return kept


def papers_between_by_cost(
    index: Index, start: int, end: int, costs: Costs, max_cost: float, *, max_papers: int = MAX_SEARCHED
) -> Ints | None:
    """The vertices on paths whose evidence costs at most `max_cost`; None when the search visits too many papers.

    `costs` has the cost of an arc for each of the 256 evidence bytes.
    """
    forward, backward = _arcs_of(index, False), _arcs_of(index, True)
    evidence = (*index.references_with_evidence, costs)
    span = index.span(start, end)
    # Every paper of a path that costs at most `max_cost` is within half of that of one end or the other.
    half, whole = max_cost / 2 + _ROUNDING, max_cost + _ROUNDING
    near = half, max_papers, _ALLOW_ALL
    after, _, all_after = index.run(within_cost, *forward, *evidence, np.int32(start), *near, False, *span)
    before, _, all_before = index.run(within_cost, *backward, *evidence, np.int32(end), *near, True, *span)
    if not (all_after and all_before):
        return None
    allowed, _ = table_of(np.union1d(after, before).astype(np.int32))
    again = (whole, _MAX_SEARCHED_AGAIN, allowed)
    after, cost_after, _ = index.run(within_cost, *forward, *evidence, np.int32(start), *again, False, *span)
    before, cost_before, _ = index.run(within_cost, *backward, *evidence, np.int32(end), *again, True, *span)
    return _within_limit(after, cost_after, before, cost_before, whole)
