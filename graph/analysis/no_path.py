"""Why there is no path: how two papers are related without one, and which papers could hide one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import Ints
from ..model.citation_graph import CitationGraph
from ..model.lineage import Lineage
from .papers_between import PapersBetween


@dataclass(frozen=True, slots=True)
class NoPath:
    """How two papers are related when no path leads from the one to the other.

    Attributes
    ----------
    reverse : int or None
        How many paths lead in the other direction; None when there are too many to count.
    ancestors, descendants : tuple of str
        The nearest papers from which paths lead to both, and to which paths lead from both.
    undirected : tuple of str
        The shortest chain of citations in any direction. It is a relation and no lineage.
    hidden_by : tuple of str
        Papers whose references are not fully known, so that one of them could hide a path: the later of
        the two papers first, then the others by their place in the list and their age.
    """

    reverse: int | None
    ancestors: tuple[str, ...]
    descendants: tuple[str, ...]
    undirected: tuple[str, ...]
    hidden_by: tuple[str, ...]


def explain_no_path(
    lineage: Lineage, graph: CitationGraph, start: str, end: str, max_hops: int | None = None
) -> NoPath:
    """Find out how two papers are related that no path of a graph joins, and which papers could hide a path.

    Parameters
    ----------
    lineage : Lineage
    graph : CitationGraph
        The part of the lineage in which no path was found; arcs cited -> citing.
    start, end : str
    max_hops : int or None
        The greatest length of the paths that were looked for. Papers that could only hide a longer one do not count.

    Notes
    -----
    Linear in papers and citations, except for the count of paths in the other direction.
    """
    reverse, _ = PapersBetween(graph, Itinerary(end, start)).survey()
    return NoPath(
        reverse=reverse,
        ancestors=_nearest_common(lineage, graph, start, end, back=True),
        descendants=_nearest_common(lineage, graph, start, end, back=False),
        undirected=_undirected(lineage, graph, start, end),
        hidden_by=_hidden_by(lineage, graph, start, end, max_hops),
    )


def _nearest_common(lineage: Lineage, graph: CitationGraph, start: str, end: str, *, back: bool) -> tuple[str, ...]:
    """The papers to which paths lead from both, with the fewest hops of the two paths together."""
    one, other = (graph.hops(key, back=back) for key in (start, end))
    both = (one >= 0) & (other >= 0)
    if start == end or not both.any():
        return ()
    hops = one + other
    fewest = hops[both].min()
    return tuple(sorted(graph.keys_of(np.flatnonzero(both & (hops == fewest))), key=lineage.place))


def _undirected(lineage: Lineage, graph: CitationGraph, start: str, end: str) -> tuple[str, ...]:
    """The first of the shortest chains."""
    return shortest_chain(lineage, graph, start, graph.hops(end, either=True))


def shortest_chain(lineage: Lineage, graph: CitationGraph, start: str, hops: Ints) -> tuple[str, ...]:
    """A shortest chain of citations in any direction, from a paper to the nearest goal.

    Of several shortest chains it is the first: at each step it takes the neighbour that comes first by `Lineage.place`.

    Parameters
    ----------
    lineage : Lineage
    graph : CitationGraph
        The part of the lineage that the chain may use.
    start : str
    hops : array of int
        How far each paper is from the nearest goal, by its number: 0 for a goal, -1 where no chain leads to one.

    Returns
    -------
    tuple of str
        From `start` to the goal; empty when no chain leads to a goal.
    """
    away = hops[lineage.number(start)]
    if away < 0:
        return ()
    chain = [start]
    while away > 0:
        away -= 1
        neighbours = {*graph.predecessors(chain[-1]), *graph.successors(chain[-1])}
        nearer = (key for key in neighbours if hops[lineage.number(key)] == away)
        chain.append(min(nearer, key=lineage.place))
    return tuple(chain)


def _hidden_by(lineage: Lineage, graph: CitationGraph, start: str, end: str, max_hops: int | None) -> tuple[str, ...]:
    """`end` and the papers that lead to it whose references are not fully known, without those older than `start`.

    Only through a citation by one of these can a path exist that the corpus does not show. This citation is one hop,
    and the known hops from that paper to `end` follow it.
    """
    most = None if max_hops is None else max_hops - 1
    near = graph.keys_of(np.flatnonzero(graph.hops(end, most, back=True) >= 0))
    oldest = lineage.paper(start).year or 0
    hiding = [
        key
        for key in near
        if key != start
        and lineage.corpus.coverage_of(key) != "complete"
        and (lineage.paper(key).year or 9999) >= oldest
    ]
    return tuple(sorted(hiding, key=lambda key: (key != end, lineage.place(key))))
