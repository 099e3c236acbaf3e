"""Answers from a corpus in memory. Each function loads what computes its answer, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..model.lineage import Lineage
from ..utils.arguments import refuse_other
from .answer import Answer
from .backend import Backend, only_from_a_store
from .question import Question

if TYPE_CHECKING:
    from ..analysis.search import PaperSearch
    from ..model.corpus import Corpus, State
    from . import questions as q
    from . import source_questions as s

T = TypeVar("T")


class CorpusBackend(Backend):
    """Answers from a lineage.

    >>> from graph import load
    >>> backend = CorpusBackend(load())
    >>> backend.size, backend.key_of("BERT")
    ((4841, 7809), 'devlin2018')
    """

    in_memory = True

    def __init__(self, lineage: Lineage) -> None:
        refuse_other("the first argument", lineage, Lineage, "'load()' gives one")
        self.lineage = lineage

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of papers and of citations."""
        return len(self.lineage.corpus.papers), len(self.lineage.corpus.citations)

    @property
    def listed(self) -> Lineage:
        """The whole lineage."""
        return self.lineage

    @cached_property
    def _search(self) -> PaperSearch:
        from ..analysis.search import PaperSearch

        return PaperSearch(self.lineage)

    def _answer(self, question: Question[T]) -> Answer[T]:
        asked: Any = question
        name = type(question).__name__
        if name == "SearchQuestion":  # the texts of the papers are prepared once
            value: Any = self._search.find(asked.text, top=asked.top)
        else:
            answer = _ANSWERS[name]
            value = _computed(self.lineage, answer, asked) if isinstance(answer, str) else answer(self.lineage, asked)
        return value if isinstance(value, Answer) else Answer(value, self.lineage)

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        from ..analysis.resolve import resolve

        return resolve(self.lineage, name)

    def coverage_of(self, text: str) -> State | None:
        """How completely the references of the paper with this key are known; None when the text is no key."""
        corpus = self.lineage.corpus
        return corpus.coverage_of(text) if text in corpus.papers else None

    def part(self, keys: Iterable[str]) -> Lineage:
        """The whole lineage."""
        return self.lineage

    def whole(self) -> Lineage:
        """The whole lineage."""
        return self.lineage

    def extract(self, keys: Iterable[str], *, depth: int, top: int) -> Corpus:
        """Refuse: the corpus is there as a whole."""
        raise only_from_a_store()


def _paths(lineage: Lineage, question: q.PathQuestion) -> Answer[Any]:
    from ..analysis.ask import answer_query

    remarks: list[str] = []
    considered, found = answer_query(lineage, question.query, question.options, remarks.append)
    return Answer(found, considered, tuple(dict.fromkeys(remarks)))


def _grouped_paths(lineage: Lineage, question: q.GroupedPathsQuestion) -> Answer[Any]:
    from ..analysis.grouped_paths import GroupedPaths, grouped_paths
    from ..analysis.self_citations import considered

    query, options = question.paths.query, question.paths.options
    start, *waypoints, end = query.papers
    found = grouped_paths(lineage, start, end, options.through(tuple(waypoints)), question.condition)
    if query.kind == "either" and not isinstance(found, GroupedPaths):
        other_direction = grouped_paths(lineage, end, start, options, question.condition)
        found = other_direction if isinstance(other_direction, GroupedPaths) else found
    part = considered(
        lineage,
        others_alone=options.without_self_citations,
        ends=(found.start, found.end),
        keys=lineage.list_keys if options.list_only else None,
    )
    return Answer(found, lineage, part.remarks)


def _flow(lineage: Lineage, question: q.FlowQuestion) -> Answer[Any]:
    from ..analysis.flow import flow
    from ..analysis.self_citations import considered

    alone = question.without_self_citations
    found = flow(
        lineage,
        question.start,
        question.end,
        list_only=question.list_only,
        cycles=question.cycles,
        without_self_citations=alone,
    )
    keys = lineage.list_keys if question.list_only else None
    part = considered(lineage, others_alone=alone, ends=(question.start, question.end), keys=keys)
    return Answer(found, part.lineage, part.remarks)


def _main_path(lineage: Lineage, question: q.MainPathQuestion) -> Answer[Any]:
    from ..analysis.main_path import main_path, scope_keys
    from ..analysis.self_citations import considered

    alone, scope = question.without_self_citations, question.scope
    found = main_path(
        lineage,
        scope,
        weight=question.weight,
        by=question.by,
        cycles=question.cycles,
        robustness=question.robustness,
        without_self_citations=alone,
    )
    keys = scope_keys(lineage, scope) if alone else None
    part = considered(lineage, others_alone=alone, ends=scope.between, keys=keys)
    return Answer(found, part.lineage, part.remarks)


def _reading_order(lineage: Lineage, question: q.ReadingQuestion) -> object:
    from ..analysis.reading_order import NoReadingOrder, reading_order

    found = reading_order(
        lineage,
        question.start,
        question.end,
        budget=question.budget,
        list_only=question.list_only,
        cycles=question.cycles,
        known=lineage.marks.any_of(question.leave_out),
    )
    return found or NoReadingOrder(question.start, question.end)


def _measures(lineage: Lineage, question: q.MeasuresQuestion) -> object:
    from ..analysis.measures.values import MeasureResults

    results = ((measure, measure.function(lineage, **parameters)) for measure, parameters in question.measures)
    return MeasureResults(tuple(results), question.paper)


def _themes(lineage: Lineage, question: q.ThemesQuestion) -> object:
    from ..analysis.neighbourhood import neighbourhood
    from ..analysis.theme_flow import ThemeReport, carriers, communities, theme_flow

    keys = lineage.list_keys if question.part == "list" else neighbourhood(lineage)
    bridges = carriers(lineage)
    groups = communities(lineage, [each.key for each in bridges], seed=question.seed)
    return ThemeReport(theme_flow(lineage, keys), tuple(bridges), groups)


def _suggestions(lineage: Lineage, question: q.SuggestionsQuestion) -> object:
    from ..analysis.suggestions import suggestions

    return suggestions(lineage, top=question.top, known=lineage.marks.any_of(question.leave_out))


def _witnesses(lineage: Lineage, question: s.WitnessesQuestion) -> object:
    from ..analysis.witnesses import compared_papers, witnesses

    return witnesses(lineage, compared_papers(lineage) if question.every else question.keys or None)


def _snowball(lineage: Lineage, question: s.SnowballQuestion) -> object:
    from ..analysis.snowball import snowball

    return snowball(lineage, question.seeds or None, ways=question.ways, rounds=question.rounds)


def _list_neighbourhood(lineage: Lineage, _: q.ListNeighbourhoodQuestion) -> object:
    from ..analysis.neighbourhood import ListNeighbourhood, neighbourhood

    return ListNeighbourhood(
        keys=tuple(neighbourhood(lineage)),
        title="the reading list and its neighbourhood",
        description="With the papers that bridge the list and the ancestors that it shares",
    )


def _reading_list(lineage: Lineage, _: q.ReadingListQuestion) -> object:
    return lineage.reading_list


_ANSWERS: Mapping[str, str | Callable[[Lineage, Any], object]] = {
    "PathQuestion": _paths,
    "GroupedPathsQuestion": _grouped_paths,
    "FlowQuestion": _flow,
    "MainPathQuestion": _main_path,
    "ReadingQuestion": _reading_order,
    "MeasuresQuestion": _measures,
    "ThemesQuestion": _themes,
    "SuggestionsQuestion": _suggestions,
    "AuditQuestion": "audit:audit",
    "WitnessesQuestion": _witnesses,
    "HopQuestion": "hop_evidence:hop_evidence",
    "SnowballQuestion": _snowball,
    "PaperQuestion": "paper_summary:summarize_paper",
    "AuthorQuestion": "people:papers_by_author",
    "VenueQuestion": "people:papers_of_venue",
    "SimilarQuestion": "similar:similar_papers",
    "NearbyQuestion": "neighbourhood:around",
    "ListNeighbourhoodQuestion": _list_neighbourhood,
    "ReadingListQuestion": _reading_list,
}
"""What answers a question, by the name of its class: only the class of the question asked is loaded.

It is a function below `graph.analysis` whose parameters are the fields of the question. Where it takes more than that,
it is a function that returns the value, or an `Answer` with it where there is more to say, or another lineage to say it
of.
"""


def _computed(lineage: Lineage, function: str, question: object) -> object:
    from pkgutil import resolve_name

    return resolve_name(f"graph.analysis.{function}")(lineage, **vars(question))
