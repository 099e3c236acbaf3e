"""The flow and the main path in a store: the full answer for few papers, counts by compiled kernels for many."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from ..algorithms.main_path_search import Search
from ..algorithms.traversal_weights import Weight
from ..errors import InputError
from ..index.between import ShortestPaths, papers_between, shortest_paths
from ..index.citation_index import Ints
from ..index.extract import extract
from ..index.path_weights import PathWeights, ScaledCount, acyclic_index, acyclic_part, search_path_counts
from ..index.store import Store
from ..model.lineage import Lineage
from .acyclic import Cycles
from .flow import Flow, flow
from .large_network import LargeFlow, LargeMainPath
from .main_path import MainPath, Scope, main_path

MOST_PAPERS = 5_000
"""The most papers for which the full answer is computed."""
KEPT = 100
"""How many papers and citations a large answer keeps: those on the most paths."""
_TOO_MANY = "ask between two papers that are nearer, or take a part out with 'neighbourhood'"


def store_flow(
    store: Store, start: int, end: int, *, list_only: bool, cycles: Cycles, most_papers: int = MOST_PAPERS
) -> tuple[Lineage, Flow | LargeFlow]:
    """Count all paths from one paper of a store to another.

    Parameters
    ----------
    store : Store
    start, end : int
        Vertices of the older and the newer paper.
    list_only : bool
        Keep to the papers of the reading list.
    cycles : str
        What to do about circles: see `graph.analysis.acyclic.acyclic`.
    most_papers : int
        The most papers between the two for which the full answer is computed.

    Returns
    -------
    (Lineage, Flow or LargeFlow)
        The part of the store with the papers that the answer names, and the answer.

    Raises
    ------
    InputError
        When more papers lie between, and circles are not to be opened by date.

    Notes
    -----
    Linear in all that follows the start or precedes the end, whichever is less, and in what lies between.
    """
    members = np.empty(0, np.int32) if list_only else _between(store, start, end)
    if len(members) > most_papers:
        if cycles != "date":
            raise InputError(
                f"{len(members):,} papers lie between the two, too many for --cycles {cycles}",
                remedy="leave it out: circles are opened by date",
            )
        lineage, fields = _large_network(store, members, (start, end))
        return lineage, LargeFlow(**fields)
    part = extract(store, [*members.tolist(), start, end])
    return part.lineage, flow(part.lineage, part.keys[start], part.keys[end], list_only=list_only, cycles=cycles)


def store_main_path(
    store: Store,
    ends: tuple[int, int] | None,
    scope: Scope,
    *,
    weight: Weight,
    by: Search,
    cycles: Cycles,
    robustness: bool = True,
    most_papers: int = MOST_PAPERS,
) -> tuple[Lineage, MainPath | LargeMainPath]:
    """The main path between two papers of a store, of its reading list, or of all of it.

    Parameters
    ----------
    store : Store
    ends : (int, int), optional
        Vertices of the older and the newer paper.
    scope : Scope
        Its `between` is not read.
    weight, by, cycles, robustness
        See `graph.analysis.main_path.main_path`.
    most_papers : int
        The most papers for which the full answer is computed.

    Returns
    -------
    (Lineage, MainPath or LargeMainPath)
        The part of the store with the papers that the answer names, and the answer.

    Raises
    ------
    InputError
        For the neighbourhood of the list, which a store does not have, and for options that are not
        available for so many papers.
    """
    if scope.within == "neighbourhood":
        raise InputError("a store has no neighbourhood of the list", remedy="make it with 'lineage ... neighbourhood'")
    whole = scope.within == "corpus" and ends is None
    members = _between(store, *ends) if scope.within == "corpus" and ends else np.empty(0, np.int32)
    if (store.index.papers if whole else len(members)) > most_papers:
        _require_defaults(scope, weight, by, cycles)
        lineage, fields = _large_network(store, None if whole else members, ends)
        return lineage, LargeMainPath(**fields)
    part = extract(store, [*(range(store.index.papers) if whole else members.tolist()), *(ends or ())])
    between = (part.keys[ends[0]], part.keys[ends[1]]) if ends else None
    scope = replace(scope, between=between)
    return part.lineage, main_path(part.lineage, scope, weight=weight, by=by, cycles=cycles, robustness=robustness)


def _require_defaults(scope: Scope, weight: Weight, by: Search, cycles: Cycles) -> None:
    """Refuse, by the name of its option, what is not available for too many papers."""
    options = {
        "theme": (scope.theme, None),
        "weight": (weight, "SPC"),
        "search": (by.name, "global"),  # a global search has no options of its own
        "cycles": (cycles, "date"),
    }
    for name, (value, default) in options.items():
        if value != default:
            raise InputError(f"--{name} is not available for so many papers", remedy=_TOO_MANY)


def _between(store: Store, start: int, end: int) -> Ints:
    members = papers_between(store.index, start, end, max_papers=store.index.papers)
    assert members is not None, "no search touches more papers than there are"
    return members


def _large_network(store: Store, members: Ints | None, ends: tuple[int, int] | None) -> tuple[Lineage, dict[str, Any]]:
    """The fields of a `LargeNetwork`: of the papers between two ends, or of the whole store."""
    index = store.index
    first, last = -1, -1
    short = ShortestPaths(0, 0, 0, ())
    if members is None or ends is None:
        graph, vertex_of = acyclic_index(index), np.arange(index.papers, dtype=np.int32)
    else:
        graph, vertex_of = acyclic_part(index, members, *ends)
        first, last = (int(np.flatnonzero(vertex_of == end)[0]) for end in ends)
        short = shortest_paths(index, *ends)
    with index.sequential_access():
        weights = search_path_counts(graph, first, last)
        path, greatest = weights.heaviest()
    papers, arcs = _most_travelled(weights, path, whole=members is None)
    shown = {*path, *papers, *(number for arc in arcs for number in arc)}
    part = extract(store, [*(int(vertex_of[number]) for number in shown), *(ends or ())])
    keys = {number: part.keys[int(vertex_of[number])] for number in shown}
    return part.lineage, {
        "start": part.keys[ends[0]] if ends else None,
        "end": part.keys[ends[1]] if ends else None,
        "papers": graph.papers,
        "citations": graph.citations,
        "dropped": graph.dropped,
        "paths": weights.total,
        "through": {keys[number]: count for number, count in papers.items() if number not in (first, last)},
        "arcs": {(keys[cited], keys[citing]): count for (cited, citing), count in arcs.items()},
        "shortest": max(short.hops, 0),
        "ties": short.count if ends else 0,
        "heaviest": tuple(keys[number] for number in path),
        "greatest": greatest,
        "sources": len(weights.sources),
        "sinks": len(weights.sinks),
    }


def _most_travelled(
    weights: PathWeights, path: tuple[int, ...], *, whole: bool
) -> tuple[dict[int, ScaledCount], dict[tuple[int, int], ScaledCount]]:
    """The papers and the citations with the greatest counts; of a whole store only those of the main path."""
    if whole or not weights.total_pair[0]:
        return (
            {number: weights.paper(number) for number in path},
            {arc: weights.arc(*arc) for arc in pairwise(path)},
        )
    graph = weights.graph
    log2 = weights.log2_of_papers()
    best = np.argsort(-log2, kind="stable")[: KEPT + 2]  # the two ends are among them
    papers = {int(number): weights.paper(int(number)) for number in best if np.isfinite(log2[number])}
    shares = weights.shares()
    ranked = np.argsort(-shares, kind="stable")[:KEPT]
    citing = np.searchsorted(graph.references_at, ranked, side="right") - 1
    arcs = [(int(graph.references[arc]), int(v)) for arc, v in zip(ranked, citing, strict=True) if shares[arc] > 0]
    return papers, {arc: weights.arc(*arc) for arc in arcs}
