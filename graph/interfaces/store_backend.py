"""A store behind pages and tools: it answers what `graph.interfaces.backend.Backend` asks, a part of it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from ..algorithms.main_path_search import Search
from ..algorithms.traversal_weights import Weight
from ..analysis.acyclic import Cycles
from ..analysis.ancestry import Relatives
from ..analysis.audit import Audit
from ..analysis.flow import Flow
from ..analysis.main_path import MainPath, Scope
from ..analysis.nearest import nearest_hops
from ..analysis.neighbourhood import NearbyPapers
from ..analysis.paper_summary import PaperSummary
from ..analysis.path_options import PathOptions
from ..analysis.paths import PathAnswer
from ..analysis.search import SearchResult
from ..analysis.store_ask import answer_to, main_path_of, refuse_choices, two_vertices
from ..analysis.store_flow import LargeFlow, flow_answer
from ..analysis.store_paths import StoreQuestion
from ..analysis.store_summary import portrait_answer
from ..errors import InputError
from ..exports.selection import Selection
from ..exports.store_selection import selection
from ..exports.text.store_text import flow_form, flow_text, main_path_form, main_path_text
from ..index.contexts import NO_SENTENCES
from ..index.extract import coverage_state, extract
from ..index.store import Store
from ..model.corpus import State
from ..model.lineage import Lineage, build_lineage
from ..model.reading_list import ReadingList
from .summary import LargeAnswer

PRECISION = 1e-6
"""How exactly papers are ranked by their nearness: a person waits."""
SURROUNDING = 300
"""How many papers the picture of the list and what surrounds it has."""
SHOWN = 40
"""How many papers and citations a summary shows."""


class StoreBackend:
    """A store that is asked. Any number of threads may ask it.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reading_list = _listing(store)  # before the first thread: opens the names, the records and the list

    @property
    def size(self) -> tuple[int, int]:
        """How many papers and citations there are in all."""
        return self.store.index.papers, self.store.index.citations

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        return self.store.key(self.store.names.resolve(name))

    def search(self, text: str, top: int) -> tuple[Lineage, SearchResult]:
        """The papers that a text names, and those that hold every word of it."""
        vertices, total = self.store.names.search(text, top)
        part = extract(self.store, vertices)
        return part.lineage, SearchResult(tuple(part.keys[vertex] for vertex in vertices), total)

    def portrait(self, key: str) -> tuple[Lineage, PaperSummary]:
        """One paper."""
        return portrait_answer(self.store, self.store.names.resolve(key))

    def around(self, key: str, depth: int, top: int) -> tuple[Lineage, NearbyPapers]:
        """The papers around one, by `nearest`; how many there are is counted for one hop alone."""
        vertex, index = self.store.names.resolve(key), self.store.index
        near = nearest_hops(index, [vertex], depth=depth, top=top, precision=PRECISION)
        part = extract(self.store, near)
        hops = {part.keys[each]: away for each, away in sorted(near.items(), key=lambda each: each[1])}
        total = None
        if depth == 1:
            cites = index.references[index.references_at[vertex] : index.references_at[vertex + 1]]
            citers = index.citers[index.citers_at[vertex] : index.citers_at[vertex + 1]]
            total = len(np.union1d(cites, citers)) + 1
        return part.lineage, NearbyPapers(part.keys[vertex], depth, hops, total)

    def surroundings(self) -> tuple[Lineage, Sequence[str], str]:
        """The reading list with the papers nearest to it."""
        listed = self.store.listed
        near = nearest_hops(self.store.index, listed, depth=2, top=len(listed) + SURROUNDING, precision=PRECISION)
        part = extract(self.store, near)
        keys = sorted((part.keys[vertex] for vertex in near), key=part.lineage.age)
        return _narrowed(part.lineage), keys, f"With the {len(near) - len(listed):,} papers nearest to the list"

    def answer(self, question: str, wish: PathOptions) -> tuple[Lineage, PathAnswer | Relatives, Sequence[str]]:
        """The ways from one paper to another, or all that is before or after one; and what was left out."""
        resolve = self.store.names.resolve
        asked = StoreQuestion(
            (),
            via=tuple(map(resolve, wish.via)),
            avoid=tuple(map(resolve, wish.avoid)),
            theme=wish.theme,
            wish=replace(wish, via=(), avoid=(), theme=None),
        )
        remarks: list[str] = []
        lineage, answer = answer_to(self.store, [question], asked, remarks.append)
        if isinstance(answer, PathAnswer) and answer.paths and self.store.sentences is None:
            remarks.append(NO_SENTENCES)
        return lineage, answer, remarks

    def flow(self, question: str, *, list_only: bool, cycles: Cycles) -> tuple[Lineage, Flow | LargeAnswer]:
        """All ways from one paper to another, counted; a summary where too many papers take part."""
        ends = two_vertices(self.store, [question])
        make = partial(extract, self.store)
        lineage, found = flow_answer(make, self.store.index, *ends, list_only=list_only, cycles=cycles)
        if not isinstance(found, LargeFlow):
            return lineage, found
        return lineage, LargeAnswer(flow_text(lineage, found, top=SHOWN), flow_form(lineage, found))

    def main_path(
        self, question: str | None, scope: Scope, *, weight: Weight, by: Search, cycles: Cycles
    ) -> tuple[Lineage, MainPath | LargeAnswer]:
        """The main path between two papers, of the list, or of the whole store."""
        ends = two_vertices(self.store, [question]) if question else None
        wished: dict[str, object] = {
            "within": scope.within,
            "theme": scope.theme,
            "weight": weight,
            "cycles": cycles,
            "search": by.name,
        }
        wished |= {"routes": by.routes, "tolerance": float(by.tolerance), "every_end": by.every_end}
        refuse = partial(refuse_choices, wished)
        lineage, found = main_path_of(self.store, ends, scope, refuse, weight=weight, by=by, cycles=cycles)
        if isinstance(found, MainPath):
            return lineage, found
        return lineage, LargeAnswer(main_path_text(lineage, found, top=SHOWN), main_path_form(lineage, found))

    def audit(self) -> tuple[Lineage, Audit]:
        """Refuse: what it looks for is in a corpus with several sources."""
        raise InputError("a store has no audit", remedy="take a part out with 'lineage --store STORE neighbourhood'")

    def selection(self, of: str, top: int) -> Selection:
        """What is to be exported: of the list, of the ways between papers, or one paper."""
        return selection(self.store, of, top, self.surroundings)

    def known(self, text: str) -> State | None:
        """How far the references of the paper with this key are known; None for what is no key."""
        vertex = self.store.names.vertex_of_key(text)
        return None if vertex is None else coverage_state(self.store, vertex)


def _listing(store: Store) -> Lineage:
    """The papers of the reading list that the store has."""
    return _narrowed(extract(store, ()).lineage)


def _narrowed(lineage: Lineage) -> Lineage:
    """Without the entries that the store lacks: nothing can be asked about them."""
    absent = {entry.number for key in lineage.absent for entry in lineage.entries[key]}
    if not absent:
        return lineage
    listed = lineage.reading_list
    entries = tuple(entry for entry in listed.entries if entry.number not in absent)
    known = {key: paper for key, paper in lineage.corpus.papers.items() if key not in set(lineage.absent)}
    title = listed.title if entries else "The whole store"
    narrowed: ReadingList = replace(listed, title=title, entries=entries)
    return build_lineage(replace(lineage.corpus, papers=known), narrowed)
