"""The flow and the main path in a store: the full answer for few papers, counts by compiled kernels for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ..algorithms.dag import Counts
from ..algorithms.main_path_search import GLOBAL, MainArcs, Search
from ..algorithms.traversal_weights import Traversal, Weight
from ..errors import InputError
from ..index.between import papers_between, shortest_paths
from ..index.citation_index import Ints
from ..index.extract import extract
from ..index.path_weights import PathWeights, acyclic_index, acyclic_part, search_path_counts
from ..index.store import Store
from ..model.lineage import Lineage
from .acyclic import Acyclic, Cycles
from .flow import Flow, TiedPaths, flow
from .main_path import MainPath, NetworkSize, Scope, main_path, scope_keys
from .no_path import Report, silent
from .self_citations import considered

MOST_PAPERS = 5_000
"""The most papers for which the full answer is computed."""
KEPT = 100
"""How many papers and citations a large answer keeps: those on the most paths."""
_AUTHORS_OF_MANY = ", too many to look up the authors of each for --without-self-citations"
_TOO_MANY = "ask between two papers that are nearer, or take a part out with 'neighbourhood'"


def store_flow(
    store: Store,
    start: int,
    end: int,
    *,
    list_only: bool,
    cycles: Cycles,
    others_alone: bool = False,
    most_papers: int = MOST_PAPERS,
    report: Report = silent,
) -> tuple[Lineage, Flow]:
    """Count all paths from one paper of a store to another.

    Raises `InputError` when more papers lie between, and circles are not to be opened by date or citations are to be
    left out.

    `start` and `end` are vertices of the older and the newer paper. `list_only` keeps to the papers of the reading
    list, `cycles` is what to do about circles (`graph.analysis.acyclic.acyclic`), and `others_alone` leaves out
    citations by the papers' own authors. The full answer is computed for at most `most_papers` between the two;
    `report` takes a remark on what the answer leaves out. The lineage is the part of the store with the papers that the
    answer names.

    Linear in all that follows the start or precedes the end, whichever is less, and in what lies between.
    """
    members = np.empty(0, np.int32) if list_only else _between(store, start, end)
    if len(members) > most_papers:
        if cycles != "date":
            what = f"{_lie_between(members)}, too many for --cycles {cycles}"
            raise InputError(what, remedy="leave it out: circles are opened by date")
        if others_alone:
            raise InputError(f"{_lie_between(members)}{_AUTHORS_OF_MANY}", remedy=_TOO_MANY)
        return _large_flow(store, members, (start, end))
    taken = extract(store, [*members.tolist(), start, end])
    ends = taken.keys[start], taken.keys[end]
    keys = taken.lineage.list_keys if list_only else None
    part = considered(taken.lineage, others_alone=others_alone, ends=ends, keys=keys).told(report)
    found = flow(taken.lineage, *ends, list_only=list_only, cycles=cycles, without_self_citations=others_alone)
    return part, found


def _lie_between(members: Ints) -> str:
    """How many papers lie between the two ends, which are among the members and do not count."""
    return f"{len(members) - 2:,} papers lie between the two"


def store_main_path(
    store: Store,
    ends: tuple[int, int] | None,
    scope: Scope,
    *,
    weight: Weight,
    by: Search,
    cycles: Cycles,
    robustness: bool = True,
    others_alone: bool = False,
    most_papers: int = MOST_PAPERS,
    report: Report = silent,
) -> tuple[Lineage, MainPath]:
    """The main path between two papers of a store, of its reading list, or of all of it.

    Raises `InputError` for the neighbourhood of the list, which a store does not have, and for options that are not
    available for so many papers.

    `ends` are vertices of the older and the newer paper; of `scope` its `between` is not read. `weight`, `by`, `cycles`
    and `robustness` are as `graph.analysis.main_path.main_path` takes them, and the rest as `store_flow` does. The
    lineage is the part of the store with the papers that the answer names.
    """
    if scope.within == "neighbourhood":
        raise InputError("a store has no neighbourhood of the list", remedy="make it with 'lineage ... neighbourhood'")
    members = _members(store, ends, scope)
    count = store.index.papers if members is None else len(members)
    if count > most_papers:
        _require_defaults(scope, weight, by, cycles)
        if others_alone:
            there_are = f"there are {count:,} papers" if members is None else _lie_between(members)
            raise InputError(f"{there_are}{_AUTHORS_OF_MANY}", remedy=_TOO_MANY)
        return _large_main_path(store, members, ends, scope)
    papers = range(count) if members is None else members.tolist()
    taken = extract(store, [*papers, *(ends or ())])
    between = (taken.keys[ends[0]], taken.keys[ends[1]]) if ends else None
    scope = replace(scope, between=between)
    keys = scope_keys(taken.lineage, scope) if others_alone else None
    part = considered(taken.lineage, others_alone=others_alone, ends=between, keys=keys).told(report)
    found = main_path(
        taken.lineage,
        scope,
        weight=weight,
        by=by,
        cycles=cycles,
        robustness=robustness,
        without_self_citations=others_alone,
    )
    return part, found


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


def _members(store: Store, ends: tuple[int, int] | None, scope: Scope) -> Ints | None:
    """The papers of a scope: None for the whole store; none for the list, whose papers every part of a store has."""
    if scope.within == "list":
        return np.empty(0, np.int32)
    return None if ends is None else _between(store, *ends)


def _between(store: Store, start: int, end: int) -> Ints:
    members = papers_between(store.index, start, end, max_papers=store.index.papers)
    assert members is not None, "no search touches more papers than there are"
    return members


@dataclass(frozen=True, eq=False)
class _Counted:
    """The paths of too many papers, counted by kernels."""

    store: Store
    weights: PathWeights
    vertex_of: Ints
    """The vertex of every paper of the network."""
    ends: tuple[int, int]
    """The two papers between which it lies, by their numbers in it; -1 for the whole store."""
    path: tuple[int, ...]
    """The path with the greatest sum of counts."""
    greatest: int
    """That sum."""

    @classmethod
    def of(cls, store: Store, members: Ints | None, ends: tuple[int, int] | None) -> _Counted:
        """Count the paths between two papers, or in the whole store."""
        index, numbers = store.index, (-1, -1)
        if members is None or ends is None:
            graph, vertex_of = acyclic_index(index), np.arange(index.papers, dtype=np.int32)
        else:
            graph, vertex_of = acyclic_part(index, members, *ends)
            numbers = int(np.flatnonzero(vertex_of == ends[0])[0]), int(np.flatnonzero(vertex_of == ends[1])[0])
        with index.sequential_access():
            weights = search_path_counts(graph, *numbers)
            path, greatest = weights.heaviest()
        return cls(store, weights, vertex_of, numbers, path, greatest.number)

    def extract(self, shown: Iterable[int], more: Iterable[int] = ()) -> tuple[Lineage, Callable[[int], str]]:
        """Take some papers out of the store, and more by their vertices; and what gives the key of a number."""
        part = extract(self.store, [*(int(self.vertex_of[number]) for number in shown), *more])
        return part.lineage, lambda number: part.keys[int(self.vertex_of[number])]

    def most_travelled(self) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
        """The papers and the citations with the greatest counts."""
        weights, graph = self.weights, self.weights.graph
        if not weights.total_pair[0]:
            return {}, {}
        log2 = weights.log2_of_papers()
        best = np.argsort(-log2, kind="stable")[: KEPT + 2]  # the two ends are among them
        papers = [int(number) for number in best if np.isfinite(log2[number]) and number not in self.ends]
        shares = weights.shares()
        ranked = np.argsort(-shares, kind="stable")[:KEPT]
        citing = np.searchsorted(graph.references_at, ranked, side="right") - 1
        arcs = [(int(graph.references[arc]), int(v)) for arc, v in zip(ranked, citing, strict=True) if shares[arc] > 0]
        return (
            {number: weights.paper(number).number for number in papers},
            {arc: weights.arc(*arc).number for arc in arcs},
        )


def _large_flow(store: Store, members: Ints, ends: tuple[int, int]) -> tuple[Lineage, Flow]:
    """The flow through too many papers: what most paths run through, and the heaviest path."""
    found = _Counted.of(store, members, ends)
    papers, arcs = found.most_travelled()
    short = shortest_paths(store.index, *ends)
    example = next(iter(short))
    shown = {*found.path, *papers, *(number for arc in arcs for number in arc)}
    lineage, key = found.extract(shown, (*ends, *example))
    graph, paths = found.weights.graph, found.weights.total.number
    nearest = tuple(store.key(vertex) for vertex in example)
    heaviest = tuple(map(key, found.path))
    return lineage, Flow(
        start=store.key(ends[0]),
        end=store.key(ends[1]),
        list_only=False,
        total=None if any(graph.dropped) else paths,
        papers=None,
        unavoidable=None,
        acyclic=Acyclic.too_large(graph.dropped),
        arcs=Counts.of({(key(cited), key(citing)): count for (cited, citing), count in arcs.items()}),
        through=Counts.of({key(number): count for number, count in papers.items()}),
        paths=paths,
        implied=None,
        shortest=TiedPaths(short.hops, short.count, None, (nearest,), with_circles=True),
        longest=None,
        heaviest=TiedPaths(len(heaviest) - 1, None, None, (heaviest,), found.greatest) if heaviest else None,
        counted=(graph.papers - 2, graph.citations),
    )


def _large_main_path(
    store: Store, members: Ints | None, ends: tuple[int, int] | None, scope: Scope
) -> tuple[Lineage, MainPath]:
    """The heaviest path through too many papers."""
    found = _Counted.of(store, members, ends)
    lineage, key = found.extract(found.path, ends or ())
    weights, graph = found.weights, found.weights.graph
    papers = tuple(map(key, found.path))
    arcs = {(key(one), key(two)): weights.arc(one, two).number for one, two in pairwise(found.path)}
    counts: Traversal[str] = Traversal("SPC", Counts.of(arcs), Counts.of({}), weights.total.number, (), (), ())
    return lineage, MainPath(
        replace(scope, between=(store.key(ends[0]), store.key(ends[1])) if ends else None),
        GLOBAL,
        Acyclic.too_large(graph.dropped),
        counts,
        MainArcs(tuple(arcs), papers, None),
        found.greatest,
        counted=NetworkSize(graph.papers, graph.citations, len(weights.sources), len(weights.sinks)),
    )
