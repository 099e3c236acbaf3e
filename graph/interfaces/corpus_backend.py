"""Answers from a corpus in memory. Each method loads what computes its answer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ..model.lineage import Lineage
from .answer import Answer
from .backend import only_from_a_store
from .logs import logged

if TYPE_CHECKING:
    from ..analysis.ancestry import Relatives
    from ..analysis.audit import Audit
    from ..analysis.flow import Flow
    from ..analysis.main_path import MainPath
    from ..analysis.measures.values import MeasureResults
    from ..analysis.neighbourhood import ListNeighbourhood, NearbyPapers
    from ..analysis.paper_summary import PaperSummary
    from ..analysis.paths import PathAnswer
    from ..analysis.reading_order import NoReadingOrder, ReadingOrder
    from ..analysis.search import PaperSearch, SearchResult
    from ..analysis.suggestions import Suggestions
    from ..analysis.theme_flow import ThemeReport
    from ..exports.selection import Selection
    from ..model.corpus import Corpus, State
    from ..model.reading_list import ReadingList
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

T = TypeVar("T")


class CorpusBackend:
    """Answers from a lineage; implements `graph.interfaces.backend.Backend`.

    Parameters
    ----------
    lineage : Lineage

    Examples
    --------
    >>> from graph import load
    >>> backend = CorpusBackend(load())
    >>> backend.size, backend.key_of("BERT")
    ((4821, 7725), 'devlin2018')
    """

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage

    def _answer(self, value: T) -> Answer[T]:
        return Answer(value, self.lineage)

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of papers and of citations."""
        return len(self.lineage.corpus.papers), len(self.lineage.corpus.citations)

    @property
    def listed(self) -> Lineage:
        """The whole lineage."""
        return self.lineage

    @property
    def notes(self) -> Sequence[str]:
        """Nothing: every entry of the list has a paper here."""
        return ()

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        from ..analysis.resolve import resolve

        return resolve(self.lineage, name)

    def coverage_of(self, text: str) -> State | None:
        """How completely the references of the paper with this key are known; None when the text is no key."""
        corpus = self.lineage.corpus
        return corpus.coverage_of(text) if text in corpus.papers else None

    @cached_property
    def _search(self) -> PaperSearch:
        from ..analysis.search import PaperSearch

        return PaperSearch(self.lineage)

    @logged
    def search(self, question: SearchQuestion) -> Answer[SearchResult]:
        """Find papers while a person types."""
        return self._answer(self._search.find(question.text, top=question.top))

    def reading_list(self) -> Answer[ReadingList]:
        """The reading list."""
        return self._answer(self.lineage.reading_list)

    @logged
    def paper(self, key: str) -> Answer[PaperSummary]:
        """Describe one paper."""
        from ..analysis.paper_summary import summarize_paper

        return self._answer(summarize_paper(self.lineage, key))

    @logged
    def nearby(self, question: NearbyQuestion) -> Answer[NearbyPapers]:
        """Find the papers around one."""
        from ..analysis.neighbourhood import around

        return self._answer(around(self.lineage, question.key, depth=question.depth, top=question.top))

    @logged
    def list_neighbourhood(self) -> Answer[ListNeighbourhood]:
        """Find the list's bridges and the ancestors that it shares."""
        from ..analysis.neighbourhood import ListNeighbourhood, neighbourhood

        found = ListNeighbourhood(
            keys=tuple(neighbourhood(self.lineage)),
            title="the reading list and its neighbourhood",
            description="With the papers that bridge the list and the ancestors that it shares",
        )
        return self._answer(found)

    @logged
    def paths(self, question: PathQuestion) -> Answer[PathAnswer | Relatives]:
        """Find the paths from one paper to another, or all papers before or after one."""
        from ..analysis.ask import answer_query

        return self._answer(answer_query(self.lineage, question.query, question.options))

    @logged
    def flow(self, question: FlowQuestion) -> Answer[Flow]:
        """Count all paths from one paper to another."""
        from ..analysis.flow import flow

        start, end = question.start, question.end
        return self._answer(flow(self.lineage, start, end, list_only=question.list_only, cycles=question.cycles))

    @logged
    def main_path(self, question: MainPathQuestion) -> Answer[MainPath]:
        """Find the main path."""
        from ..analysis.main_path import main_path

        found = main_path(
            self.lineage,
            question.scope,
            weight=question.weight,
            by=question.by,
            cycles=question.cycles,
            robustness=question.robustness,
        )
        return self._answer(found)

    @logged
    def reading_order(self, question: ReadingQuestion) -> Answer[ReadingOrder | NoReadingOrder]:
        """Choose what to read between two papers."""
        from ..analysis.reading_order import NoReadingOrder, reading_order

        found = reading_order(
            self.lineage,
            question.start,
            question.end,
            budget=question.budget,
            list_only=question.list_only,
            cycles=question.cycles,
        )
        return self._answer(found or NoReadingOrder(question.start, question.end))

    @logged
    def themes(self, question: ThemesQuestion) -> Answer[ThemeReport]:
        """Say how ideas pass between themes."""
        from ..analysis.neighbourhood import neighbourhood
        from ..analysis.theme_flow import ThemeReport, carriers, communities, theme_flow

        lineage = self.lineage
        keys = lineage.list_keys if question.part == "list" else neighbourhood(lineage)
        groups = communities(lineage, seed=question.seed)
        return self._answer(ThemeReport(theme_flow(lineage, keys), tuple(carriers(lineage)), groups))

    @logged
    def suggestions(self, question: SuggestionsQuestion) -> Answer[Suggestions]:
        """Say what the reading list may be missing."""
        from ..analysis.suggestions import suggestions

        return self._answer(suggestions(self.lineage, top=question.top))

    @logged
    def measures(self, question: MeasuresQuestion) -> Answer[MeasureResults]:
        """Compute measures."""
        from ..analysis.measures.values import MeasureResults

        results = tuple((each, each.function(self.lineage, **settings)) for each, settings in question.measures)
        return self._answer(MeasureResults(results, question.paper))

    @logged
    def audit(self) -> Answer[Audit]:
        """Say what can be relied on."""
        from ..analysis.audit import audit

        return self._answer(audit(self.lineage))

    def part(self, keys: Iterable[str]) -> Lineage:
        """The whole lineage."""
        return self.lineage

    def whole(self) -> Lineage:
        """The whole lineage."""
        return self.lineage

    def selection(self, text: str, top: int) -> Selection:
        """Choose what to export."""
        from .select import select

        return select(self, text, top=top)

    def extract(self, question: ExtractQuestion) -> Corpus:
        """Refuse: a corpus in memory is there as a whole."""
        raise only_from_a_store()
