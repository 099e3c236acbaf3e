"""The most relevant part of a store around some papers, as an ordinary corpus."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..index.citation_index import Index
from ..index.extract import Extract, extract
from ..index.kernels.ranks import nearness
from ..index.store import Store

RESTART = 0.15
PRECISION = 1e-8
"""How much probability may wait, for each citation of a paper, before it is handed on."""


def nearest(index: Index, seeds: Sequence[int], *, depth: int, top: int, precision: float = PRECISION) -> list[int]:
    """The papers nearest to some, the nearest first.

    A walk starts at one of the papers and steps, by a coin, to a paper that the last one cites or to
    one that cites it; with probability 0.15 it starts again. The papers are those where it is most
    often: near ones before far ones, and of equally near ones those that many near papers are linked with.

    Parameters
    ----------
    index : Index
    seeds : sequence of int
        Vertices; they come first.
    depth : int
        How many hops away a paper may be, in whichever directions.
    top : int
        How many, with the seeds.
    precision : float
        How exactly the probabilities are known.

    Returns
    -------
    list of int

    Notes
    -----
    PageRank that starts again at the seeds, by pushes from paper to paper: time and memory depend on
    `precision` (at most 1 / (0.15 precision) citations are looked at), not on the size of the graph.

    References
    ----------
    R. Andersen, F. Chung and K. Lang, Local graph partitioning using PageRank vectors, FOCS 2006,
    doi:10.1109/FOCS.2006.44.
    """
    return list(nearest_hops(index, seeds, depth=depth, top=top, precision=precision))


def nearest_hops(
    index: Index, seeds: Sequence[int], *, depth: int, top: int, precision: float = PRECISION
) -> dict[int, int]:
    """The same papers in the same order, with how many hops away each was found."""
    chosen = np.unique(np.asarray(seeds, np.int32))
    vertices, hops, likely = nearness(*index.arcs, chosen, depth, RESTART, precision)
    inside = hops <= depth
    vertices, likely, hops = vertices[inside], likely[inside], hops[inside]
    order = np.lexsort((vertices, -likely, hops > 0))[: max(top, len(chosen))]
    return dict(zip(vertices[order].tolist(), hops[order].tolist(), strict=True))


def neighbourhood(store: Store, seeds: Sequence[int], *, depth: int, top: int) -> Extract:
    """The corpus of the papers nearest to some.

    Returns
    -------
    Extract
        Its corpus stands alone: what it says of coverage is what it has itself.
    """
    return extract(store, nearest(store.index, seeds, depth=depth, top=top), standalone=True)
