"""One paper of a store: the ordinary summary, with counts over the whole store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..index.between import reachable
from ..index.citation_index import Ints, Longs
from ..index.extract import Extract, extract
from ..index.store import Store
from ..model.lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, Lineage
from .paper_summary import PaperSummary, RelatedPapers, summarize_paper


def summarize_store_paper(store: Store, vertex: int) -> tuple[Lineage, PaperSummary]:
    """Describe one paper of a store.

    Parameters
    ----------
    store : Store
    vertex : int

    Returns
    -------
    (Lineage, PaperSummary)
        `cites`, `cited_by`, `ancestors` and `descendants` count all papers of the store and name those
        of the reading list; bridges are counted with the others.

    Notes
    -----
    Linear in all that leads to the paper and all that it leads to; two bytes for every paper of the store.
    """
    index = store.index
    part = extract(store, [vertex])
    summary = summarize_paper(part.lineage, part.keys[vertex])
    before, after = reachable(index, vertex, "ancestry"), reachable(index, vertex, "descent")
    older = [other for other in store.listed if before[other] and other != vertex]
    newer = [other for other in store.listed if after[other] and other != vertex]
    cited = _listed_among(store, index.references_at, index.references, vertex)
    citing = _listed_among(store, index.citers_at, index.citers, vertex)
    return part.lineage, replace(
        summary,
        role=_role(summary.role, older, newer),
        cites=_related(part, cited, index.reference_count(vertex)),
        cited_by=_related(part, citing, index.citation_count(vertex)),
        ancestors=_related(part, older, int(before.sum()) - 1),
        descendants=_related(part, newer, int(after.sum()) - 1),
    )


def _role(role: str, older: list[int], newer: list[int]) -> str:
    """The role of a paper in the whole store, by the papers of the list before it and after it."""
    if role == LIST:
        return LIST
    if older and newer:
        return BRIDGE if len({*older, *newer}) > 1 else ANCESTOR
    return ANCESTOR if newer else DESCENDANT if older else OTHER


def _listed_among(store: Store, at: Longs, to: Ints, vertex: int) -> list[int]:
    """The papers of the list among the neighbours of a vertex on one side."""
    neighbours = set(to[at[vertex] : at[vertex + 1]].tolist())
    return [other for other in store.listed if other in neighbours]


def _related(part: Extract, listed: Iterable[int], total: int) -> RelatedPapers:
    keys = tuple(sorted((part.keys[vertex] for vertex in listed), key=part.lineage.age))
    return RelatedPapers(keys, (), total - len(keys))
