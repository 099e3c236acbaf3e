"""Flow and main path where too many papers take part for the ordinary engine: counted by kernels, a part is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..errors import InputError
from ..index.between import ShortestPaths, papers_between, shortest_paths
from ..index.citation_index import Index, Ints
from ..index.extract import Extract
from ..index.path_weights import PathWeights, ScaledCount, acyclic_index, acyclic_part, search_path_counts
from ..model.lineage import Lineage
from .acyclic import Cycles
from .flow import Flow, flow
from .store_paths import PAPERS

SHOWN = 100
"""So many of the papers and citations that most paths run through are kept."""
ArcOfKeys = tuple[str, str]


@dataclass(frozen=True)
class LargeFlow:
    """All paths from one paper to a later one, too many papers for the ordinary answer.

    Attributes
    ----------
    start, end : str or None
        Keys; None for all sources and all sinks.
    papers, citations : int
        How many lie between, with both ends.
    dropped : (int, int)
        Citations of later papers, and others in circles, that were left out.
    paths : ScaledCount
        How many paths there are in the network without circles.
    through : mapping of str to ScaledCount
        The papers that most paths run through, most first.
    arcs : mapping of (str, str) to ScaledCount
        The citations that most paths run through, most first.
    shortest : int
        The hops of the shortest paths, and
    ties : int
        how many of them there are; also with all circles. Both 0 where there are no two ends.
    heaviest : tuple of str
        The path with the greatest sum of counts.
    greatest : ScaledCount
        That sum.
    sources, sinks : int
        How many papers have no kept reference inside, and how many nothing cites.
    """

    start: str | None
    end: str | None
    papers: int
    citations: int
    dropped: tuple[int, int]
    paths: ScaledCount
    through: dict[str, ScaledCount]
    arcs: dict[ArcOfKeys, ScaledCount]
    shortest: int
    ties: int
    heaviest: tuple[str, ...]
    greatest: ScaledCount
    sources: int
    sinks: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to be left out, so that the paths are all there are."""
        return not any(self.dropped)

    @property
    def found(self) -> bool:
        """Whether a path is left."""
        return bool(self.heaviest)


def flow_answer(
    store_of: Callable[[Iterable[int]], Extract],
    index: Index,
    start: int,
    end: int,
    *,
    list_only: bool = False,
    cycles: Cycles = "date",
    papers: int = PAPERS,
) -> tuple[Lineage, Flow | LargeFlow]:
    """Count all paths from one paper of a store to another.

    Returns
    -------
    (Lineage, Flow or LargeFlow)
        The ordinary answer as long as at most `papers` papers lie between.

    Raises
    ------
    InputError
        When more lie between, and circles are not to be opened by date.

    Notes
    -----
    Linear in all that follows the start or precedes the end, whichever is less, and in what lies between.
    """
    between = np.empty(0, np.int32) if list_only else papers_between(index, start, end, max_papers=index.papers)
    assert between is not None
    if len(between) <= papers:
        part = store_of([*between.tolist(), start, end])
        ends = part.keys[start], part.keys[end]
        return part.lineage, flow(part.lineage, *ends, list_only=list_only, cycles=cycles)
    if cycles != "date":
        raise InputError(
            f"{len(between):,} papers lie between the two, too many for --cycles {cycles}",
            remedy="leave it out: circles are opened by date",
        )
    return _large(store_of, index, between, (start, end))


def main_answer(
    store_of: Callable[[Iterable[int]], Extract],
    index: Index,
    ends: tuple[int, int] | None,
    before_large: Callable[[], None] = lambda: None,
    *,
    papers: int = PAPERS,
) -> tuple[Lineage, LargeFlow] | Ints:
    """The main path between two papers, or of the whole store; few vertices between are handed back as they are.

    `before_large` may refuse, by raising, what only the ordinary engine can do.
    """
    if ends is None and index.papers <= papers:
        return np.arange(index.papers, dtype=np.int32)
    if ends is None:
        before_large()
        return _large(store_of, index, None, None)
    between = papers_between(index, *ends, max_papers=index.papers)
    assert between is not None
    if len(between) <= papers:
        return between
    before_large()
    return _large(store_of, index, between, ends)


def _large(
    store_of: Callable[[Iterable[int]], Extract], index: Index, members: Ints | None, ends: tuple[int, int] | None
) -> tuple[Lineage, LargeFlow]:
    first, last = -1, -1
    short = ShortestPaths(0, 0, 0, ())
    if members is None or ends is None:
        graph, number = acyclic_index(index), np.arange(index.papers, dtype=np.int32)
    else:
        graph, number = acyclic_part(index, members, *ends)
        first, last = (int(np.flatnonzero(number == vertex)[0]) for vertex in ends)
        short = shortest_paths(index, *ends)
    with index.sequential_access():
        searched = search_path_counts(graph, first, last)
        path, greatest = searched.heaviest()
    papers, arcs = _most(searched, path, whole=members is None)
    shown = {*path, *papers, *(vertex for arc in arcs for vertex in arc)}
    part = store_of([*(int(number[vertex]) for vertex in shown), *(ends or ())])
    keys = {vertex: part.keys[int(number[vertex])] for vertex in shown}
    return part.lineage, LargeFlow(
        start=part.keys[ends[0]] if ends else None,
        end=part.keys[ends[1]] if ends else None,
        papers=graph.papers,
        citations=graph.citations,
        dropped=graph.dropped,
        paths=searched.total,
        through={keys[vertex]: count for vertex, count in papers.items() if vertex not in (first, last)},
        arcs={(keys[one], keys[other]): count for (one, other), count in arcs.items()},
        shortest=max(short.hops, 0),
        ties=short.count if ends else 0,
        heaviest=tuple(keys[vertex] for vertex in path),
        greatest=greatest,
        sources=len(searched.sources),
        sinks=len(searched.sinks),
    )


def _most(
    searched: PathWeights, path: tuple[int, ...], *, whole: bool
) -> tuple[dict[int, ScaledCount], dict[tuple[int, int], ScaledCount]]:
    """The papers and the citations with the greatest counts; of a whole store only those of the main path matter."""
    if whole or not searched.total_pair[0]:
        return (
            {vertex: searched.paper(vertex) for vertex in path},
            {arc: searched.arc(*arc) for arc in pairwise(path)},
        )
    graph = searched.graph
    weight = searched.log2_of_papers()
    best = np.argsort(-weight, kind="stable")[: SHOWN + 2]
    papers = {int(vertex): searched.paper(int(vertex)) for vertex in best if np.isfinite(weight[vertex])}
    shares = searched.shares()
    ranked = np.argsort(-shares, kind="stable")[:SHOWN]
    citing = np.searchsorted(graph.references_at, ranked, side="right") - 1
    pairs = [(int(graph.references[arc]), int(v)) for arc, v in zip(ranked, citing, strict=True) if shares[arc] > 0]
    return papers, {pair: searched.arc(*pair) for pair in pairs}
