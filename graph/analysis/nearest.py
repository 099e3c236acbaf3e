"""The papers of a store that are nearest to some others: by a random walk, not only by hops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..index.citation_index import Index
from ..index.extract import Extract, extract
from ..index.kernels.ranks import nearness
from ..index.store import Store
from ..model.lineage import Lineage
from .neighbourhood import ListNeighbourhood, NearbyPapers

RESTART = 0.15
PRECISION = 1e-8
"""How much probability may wait at a paper, for each of its citations, before it is passed on."""
QUICK = 1e-6
"""The precision where a person waits for the answer."""
AROUND_LIST = 300
"""How many papers the neighbourhood of the reading list has beyond the list."""


def nearest(
    index: Index, seeds: Sequence[int], *, depth: int, top: int, precision: float = PRECISION
) -> dict[int, int]:
    """Find the papers nearest to some others, the nearest first, with the number of hops to each.

    A walk starts at one of the papers and steps, by a coin, to a paper that the last one cites or to one that cites it;
    with probability 0.15 it starts again. The papers are those where it is most often: near ones before far ones, and
    of equally near ones those that many near papers are linked with. PageRank that starts again at the seeds, by pushes
    from paper to paper: time and memory depend on `precision` (at most 1 / (0.15 precision) citations are looked at),
    not on the size of the graph.

    The `seeds`, which are vertices, come first and count among the `top`. Over at most `depth` hops, citations are
    followed in both directions; `precision` is that of the probabilities.

    References
    ----------
    R. Andersen, F. Chung and K. Lang, Local graph partitioning using PageRank vectors, FOCS 2006,
    doi:10.1109/FOCS.2006.44.
    """
    chosen = np.unique(np.asarray(seeds, np.int32))
    vertices, hops, probability = index.run(nearness, *index.arcs, chosen, depth, RESTART, precision)
    within = hops <= depth
    vertices, probability, hops = vertices[within], probability[within], hops[within]
    order = np.lexsort((vertices, -probability, hops > 0))[: max(top, len(chosen))]
    return dict(zip(vertices[order].tolist(), hops[order].tolist(), strict=True))


def neighbourhood(store: Store, seeds: Sequence[int], *, depth: int, top: int) -> Extract:
    """Take the papers nearest to some others out of a store.

    Its corpus stands alone: its coverage says how much of each paper's references it holds itself.
    """
    return extract(store, nearest(store.index, seeds, depth=depth, top=top), standalone=True)


def nearby_in_store(store: Store, vertex: int, *, depth: int, top: int) -> tuple[Lineage, NearbyPapers]:
    """Find the papers around one; how many there are is counted for one hop alone."""
    index = store.index
    hops = nearest(index, [vertex], depth=depth, top=top, precision=QUICK)
    part = extract(store, hops)
    by_hops = {part.keys[each]: count for each, count in sorted(hops.items(), key=lambda item: item[1])}
    total = None
    if depth == 1:
        total = len(np.union1d(index.references_of(vertex), index.citers_of(vertex))) + 1
    return part.lineage, NearbyPapers(part.keys[vertex], depth, by_hops, total)


def list_neighbourhood_in_store(store: Store) -> tuple[Lineage, ListNeighbourhood]:
    """Find the papers nearest to the reading list."""
    count = len(store.list_numbers)
    hops = nearest(store.index, store.list_numbers, depth=2, top=count + AROUND_LIST, precision=QUICK)
    part = extract(store, hops)
    keys = tuple(sorted((part.keys[vertex] for vertex in hops), key=part.lineage.age))
    return part.lineage, ListNeighbourhood(
        keys=keys,
        title="the reading list and the papers nearest to it",
        description=f"With the {len(hops) - count:,} papers nearest to the list",
    )
