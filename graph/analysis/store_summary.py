"""One paper of a store: the ordinary portrait, its numbers from the whole literature."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..index.between import reachable
from ..index.extract import Extract, extract
from ..index.store import Store
from ..model.lineage import BRIDGE, LIST, Lineage
from .paper_summary import PaperSummary, RelatedPapers, summarize_paper


def portrait_answer(store: Store, vertex: int) -> tuple[Lineage, PaperSummary]:
    """Describe one paper of a store.

    Parameters
    ----------
    store : Store
    vertex : int

    Returns
    -------
    (Lineage, PaperSummary)
        `cites`, `cited_by`, `ancestors` and `descendants` count all papers of the store and name those
        of the reading list; bridges are not told apart from others.

    Notes
    -----
    Linear in all that leads to the paper and all that it leads to; two bytes for every paper of the store.
    """
    index = store.index
    part = extract(store, [vertex])
    lineage, key = part.lineage, part.keys[vertex]
    direct = summarize_paper(lineage, key)
    before = reachable(index, vertex, "ancestry")
    after = reachable(index, vertex, "descent")
    older = [other for other in store.listed if before[other] and other != vertex]
    newer = [other for other in store.listed if after[other] and other != vertex]
    return lineage, PaperSummary(
        paper=direct.paper,
        role=_role(direct.role, older, newer),
        numbers=direct.numbers,
        themes=direct.themes,
        shares=direct.shares,
        references=direct.references,
        cites=_kin(part, _among(store, index.references_at, index.references, vertex), index.reference_count(vertex)),
        cited_by=_kin(part, _among(store, index.citers_at, index.citers, vertex), index.citation_count(vertex)),
        ancestors=_kin(part, older, int(before.sum()) - 1),
        descendants=_kin(part, newer, int(after.sum()) - 1),
    )


def _role(role: str, older: list[int], newer: list[int]) -> str:
    """Where a paper stands to the reading list, in the whole store."""
    if role == LIST:
        return LIST
    if older and newer:
        return BRIDGE if len({*older, *newer}) > 1 else "ancestor"
    return "ancestor" if newer else "descendant" if older else "other"


def _among(store: Store, at: np.ndarray, to: np.ndarray, vertex: int) -> list[int]:
    near = set(to[at[vertex] : at[vertex + 1]].tolist())
    return [other for other in store.listed if other in near]


def _kin(part: Extract, listed: Iterable[int], total: int) -> RelatedPapers:
    keys = tuple(sorted((part.keys[vertex] for vertex in listed), key=part.lineage.age))
    return RelatedPapers(keys, (), total - len(keys))
