"""Answers from a store: each takes the part of the store that the question is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..analysis.ancestry import Relatives
from ..analysis.audit import Audit
from ..analysis.flow import Flow
from ..analysis.large_network import LargeFlow, LargeMainPath
from ..analysis.main_path import MainPath
from ..analysis.measures.values import MeasureResults
from ..analysis.nearest import list_neighbourhood_in_store, nearby_in_store, neighbourhood
from ..analysis.neighbourhood import ListNeighbourhood, NearbyPapers
from ..analysis.paper_summary import PaperSummary
from ..analysis.paths import PathAnswer
from ..analysis.reading_order import NoReadingOrder, ReadingOrder
from ..analysis.search import SearchResult
from ..analysis.store_flow import store_flow, store_main_path
from ..analysis.store_paths import MOST_PAPERS, StoreQuestion, answer_store_question
from ..analysis.store_summary import summarize_store_paper
from ..analysis.suggestions import Suggestions
from ..analysis.theme_flow import ThemeReport
from ..errors import InputError, NameNotFound
from ..exports.parse_selection import parse_selection
from ..exports.selection import Selection
from ..index.contexts import NO_SENTENCES
from ..index.extract import coverage_state, extract
from ..index.store import Store
from ..model.corpus import Corpus, State
from ..model.lineage import Lineage, build_lineage
from ..model.reading_list import ReadingList
from .answer import Answer
from .backend import not_on_a_store
from .logs import logged
from .questions import (
    ExtractQuestion,
    FlowQuestion,
    MainPathQuestion,
    MeasuresQuestion,
    NearbyQuestion,
    PathQuestion,
    ReadingQuestion,
    SearchQuestion,
    SuggestionsQuestion,
    ThemesQuestion,
)
from .select import TAKE_A_PART, select


class StoreBackend:
    """Answers from a store; implements `graph.interfaces.backend.Backend`.

    Parameters
    ----------
    store : Store
    most_papers : int
        The most papers for which the full answer about paths, a flow or a main path is computed.
    """

    def __init__(self, store: Store, *, most_papers: int = MOST_PAPERS) -> None:
        self.store, self._most_papers = store, most_papers
        self._listed = _without_absent(extract(store, ()).lineage)  # opens the store's files: no thread may do that

    def _vertex(self, key: str) -> int:
        vertex = self.store.names.vertex_of_key(key)
        if vertex is None:
            raise NameNotFound(key, ())
        return vertex

    def _vertices(self, keys: Iterable[str]) -> tuple[int, ...]:
        return tuple(map(self._vertex, keys))

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of papers and of citations."""
        return self.store.index.papers, self.store.index.citations

    @property
    def listed(self) -> Lineage:
        """The papers of the reading list that the store has."""
        return self._listed

    @property
    def notes(self) -> Sequence[str]:
        """How much of the reading list the store has."""
        entries = self.store.reading_list.entries
        here = sum(self.store.names.vertex_of_entry(entry) is not None for entry in entries)
        return (f"{here:,} of the {len(entries):,} entries of the reading list are in this store",)

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        return self.store.key(self.store.names.resolve(name))

    def coverage_of(self, text: str) -> State | None:
        """How completely the references of the paper with this key are known; None when the text is no key."""
        vertex = self.store.names.vertex_of_key(text)
        return None if vertex is None else coverage_state(self.store, vertex)

    @logged
    def search(self, question: SearchQuestion) -> Answer[SearchResult]:
        """Find the papers that a text names, and those that hold every word of it."""
        vertices, total = self.store.names.search(question.text, question.top)
        part = extract(self.store, vertices)
        return Answer(SearchResult(tuple(part.keys[vertex] for vertex in vertices), total), part.lineage)

    def reading_list(self) -> Answer[ReadingList]:
        """The reading list as it was given, entries included that the store lacks."""
        return Answer(self.store.reading_list, extract(self.store, ()).lineage)

    @logged
    def paper(self, key: str) -> Answer[PaperSummary]:
        """Describe one paper."""
        lineage, summary = summarize_store_paper(self.store, self._vertex(key))
        return Answer(summary, lineage)

    @logged
    def nearby(self, question: NearbyQuestion) -> Answer[NearbyPapers]:
        """Find the papers around one."""
        vertex = self._vertex(question.key)
        lineage, found = nearby_in_store(self.store, vertex, depth=question.depth, top=question.top)
        return Answer(found, lineage)

    @logged
    def list_neighbourhood(self) -> Answer[ListNeighbourhood]:
        """Find the papers nearest to the reading list."""
        lineage, found = list_neighbourhood_in_store(self.store)
        return Answer(found, _without_absent(lineage))

    @logged
    def paths(self, question: PathQuestion) -> Answer[PathAnswer | Relatives]:
        """Find the paths from one paper to another, or all papers before or after one."""
        query, options = question.query, question.options
        in_store = StoreQuestion(
            query.kind,
            self._vertices(query.papers),
            via=self._vertices(options.via),
            avoid=self._vertices(options.avoid),
            options=replace(options, via=(), avoid=()),
        )
        remarks: list[str] = []
        lineage, found = answer_store_question(self.store, in_store, remarks.append, most_papers=self._most_papers)
        if isinstance(found, PathAnswer) and found.found and self.store.sentences is None:
            remarks.append(NO_SENTENCES)
        return Answer(found, lineage, tuple(remarks))

    @logged
    def flow(self, question: FlowQuestion) -> Answer[Flow | LargeFlow]:
        """Count all paths from one paper to another."""
        lineage, found = store_flow(
            self.store,
            self._vertex(question.start),
            self._vertex(question.end),
            list_only=question.list_only,
            cycles=question.cycles,
            most_papers=self._most_papers,
        )
        return Answer(found, lineage)

    @logged
    def main_path(self, question: MainPathQuestion) -> Answer[MainPath | LargeMainPath]:
        """Find the main path."""
        ends = question.scope.between
        lineage, found = store_main_path(
            self.store,
            (self._vertex(ends[0]), self._vertex(ends[1])) if ends else None,
            question.scope,
            weight=question.weight,
            by=question.by,
            cycles=question.cycles,
            robustness=question.robustness,
            most_papers=self._most_papers,
        )
        return Answer(found, lineage)

    def reading_order(self, question: ReadingQuestion) -> Answer[ReadingOrder | NoReadingOrder]:
        """Refuse."""
        raise not_on_a_store("'lineage read'")

    def themes(self, question: ThemesQuestion) -> Answer[ThemeReport]:
        """Refuse."""
        raise not_on_a_store("'lineage themes'")

    def suggestions(self, question: SuggestionsQuestion) -> Answer[Suggestions]:
        """Refuse."""
        raise not_on_a_store("'lineage suggest'")

    def measures(self, question: MeasuresQuestion) -> Answer[MeasureResults]:
        """Refuse."""
        raise not_on_a_store("'lineage measures'")

    def audit(self) -> Answer[Audit]:
        """Refuse."""
        raise not_on_a_store("'lineage audit'")

    def part(self, keys: Iterable[str]) -> Lineage:
        """These papers, and those of the reading list."""
        return extract(self.store, self._vertices(keys)).lineage

    def whole(self) -> Lineage:
        """Refuse: no lineage holds so many papers."""
        raise InputError("a store is too large to be exported as a whole", remedy=TAKE_A_PART)

    def selection(self, text: str, top: int) -> Selection:
        """Choose what to export."""
        part = parse_selection(text)
        if part.kind == "main-path" and not part.names:
            raise InputError(
                "the main path of a store needs two papers", remedy="ask for 'main-path BERT → InstructGPT'"
            )
        return select(self, text, top=top)

    @logged
    def extract(self, question: ExtractQuestion) -> Corpus:
        """Take the papers nearest to some others as a corpus of their own."""
        seeds = self._vertices(question.keys)
        return neighbourhood(self.store, seeds, depth=question.depth, top=question.top).corpus


def _without_absent(lineage: Lineage) -> Lineage:
    """The lineage without the entries that the store lacks, about which nothing can be asked."""
    absent = {entry.number for key in lineage.absent for entry in lineage.entries[key]}
    if not absent:
        return lineage
    reading_list = lineage.reading_list
    entries = tuple(entry for entry in reading_list.entries if entry.number not in absent)
    papers = {key: paper for key, paper in lineage.corpus.papers.items() if key not in lineage.absent}
    title = reading_list.title if entries else "The whole store"
    return build_lineage(replace(lineage.corpus, papers=papers), replace(reading_list, title=title, entries=entries))
