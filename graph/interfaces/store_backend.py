"""Answers from a store: each takes the part of the store that the question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ..analysis.ask import answer_query
from ..analysis.citing_sentences import with_contexts
from ..analysis.nearest import list_neighbourhood_in_store, nearby_in_store, neighbourhood
from ..analysis.paper_summary import summary_in
from ..analysis.path_answer import PathAnswer
from ..analysis.people import papers_by_author_in_store
from ..analysis.search import SearchResult
from ..analysis.store_flow import store_flow, store_main_path
from ..errors import InputError
from ..index.contexts import NO_SENTENCES
from ..index.extract import coverage_state, extract
from ..index.store import Store
from ..model.corpus import Corpus, State
from ..model.lineage import Lineage, build_lineage
from ..utils.person_names import is_author_id
from . import questions as q
from .answer import Answer
from .backend import TAKE_A_PART, Backend
from .question import Question
from .source_questions import AuthorQuestion

T = TypeVar("T")
Found = tuple[Lineage, object]


class StoreBackend(Backend):
    """Answers from a store."""

    in_memory = False

    def __init__(self, store: Store) -> None:
        self.store = store
        self._listed = _without_absent(extract(store, ()).lineage)  # opens the store's files: no thread may do that

    def _answer(self, question: Question[T]) -> Answer[T]:
        answer = _ANSWERS.get(type(question))
        if answer is None:
            what = f"a store does not answer {question.command!r}"
            remedy = "take a part out with 'lineage --store STORE neighbourhood', and ask that with --corpus"
            raise InputError(what, remedy=remedy)
        remarks: list[str] = []
        value: Any  # of the type that the question names
        lineage, value = answer(self, question, remarks.append)
        return Answer(value, lineage, tuple(dict.fromkeys(remarks)))

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

    def part(self, keys: Iterable[str]) -> Lineage:
        """These papers, and those of the reading list."""
        return extract(self.store, map(self.store.number, keys)).lineage

    def whole(self) -> Lineage:
        """Refuse: no lineage holds so many papers."""
        raise InputError("a store is too large to be exported as a whole", remedy=TAKE_A_PART)

    def extract(self, keys: Iterable[str], *, depth: int, top: int) -> Corpus:
        """Take the papers nearest to some others as a corpus of their own."""
        return neighbourhood(self.store, list(map(self.store.number, keys)), depth=depth, top=top).corpus


def _without_absent(lineage: Lineage) -> Lineage:
    """The lineage without the entries that the store lacks, about which no question can be answered."""
    absent = {entry.number for key in lineage.absent for entry in lineage.entries[key]}
    if not absent:
        return lineage
    reading_list = lineage.reading_list
    entries = tuple(entry for entry in reading_list.entries if entry.number not in absent)
    papers = {key: paper for key, paper in lineage.corpus.papers.items() if key not in lineage.absent}
    title = reading_list.title if entries else "The whole store"
    return build_lineage(replace(lineage.corpus, papers=papers), replace(reading_list, title=title, entries=entries))


def _paths(backend: StoreBackend, question: q.PathQuestion, report: Callable[[str], None]) -> Found:
    if question.options.without_self_citations:
        _need_author_ids(backend.store)
    lineage, found = answer_query(backend.store, question.query, question.options, report)
    if not isinstance(found, PathAnswer):
        return lineage, found
    if found.found and backend.store.sentences is None:
        report(NO_SENTENCES)
    return with_contexts(backend.store, lineage, found)


def _need_author_ids(store: Store, what_for: str = "by which self-citations are known") -> None:
    """Raise `InputError` where the store has no ids of authors."""
    if not store.has_author_ids:
        raise InputError(
            f"this store has no ids of authors, {what_for}",
            where=str(store.folder),
            remedy="make it again with 'lineage bulk ingest' and 'lineage bulk index', which keep them",
        )


def _flow(backend: StoreBackend, question: q.FlowQuestion, report: Callable[[str], None]) -> Found:
    if question.without_self_citations:
        _need_author_ids(backend.store)
    return store_flow(
        backend.store,
        backend.store.number(question.start),
        backend.store.number(question.end),
        list_only=question.list_only,
        cycles=question.cycles,
        others_alone=question.without_self_citations,
        most_papers=backend.store.most_papers,
        report=report,
    )


def _main_path(backend: StoreBackend, question: q.MainPathQuestion, report: Callable[[str], None]) -> Found:
    if question.without_self_citations:
        _need_author_ids(backend.store)
    between = question.scope.between
    return store_main_path(
        backend.store,
        (backend.store.number(between[0]), backend.store.number(between[1])) if between else None,
        question.scope,
        weight=question.weight,
        by=question.by,
        cycles=question.cycles,
        robustness=question.robustness,
        others_alone=question.without_self_citations,
        most_papers=backend.store.most_papers,
        report=report,
    )


def _paper(backend: StoreBackend, question: q.PaperQuestion, _: object) -> Found:
    return summary_in(backend.store, question.key)


def _nearby(backend: StoreBackend, question: q.NearbyQuestion, _: object) -> Found:
    return nearby_in_store(backend.store, backend.store.number(question.key), depth=question.depth, top=question.top)


def _list_neighbourhood(backend: StoreBackend, _: q.ListNeighbourhoodQuestion, __: object) -> Found:
    lineage, found = list_neighbourhood_in_store(backend.store)
    return _without_absent(lineage), found


def _reading_list(backend: StoreBackend, _: q.ReadingListQuestion, __: object) -> Found:
    return extract(backend.store, ()).lineage, backend.store.reading_list


def _author(backend: StoreBackend, question: AuthorQuestion, report: Callable[[str], None]) -> Found:
    if is_author_id(question.author.strip()):
        _need_author_ids(backend.store, "by which an author is found")
    return papers_by_author_in_store(backend.store, question.author, report)


def _search(backend: StoreBackend, question: q.SearchQuestion, _: object) -> Found:
    vertices, total = backend.store.names.search(question.text, question.top)
    part = extract(backend.store, vertices)
    return part.lineage, SearchResult(tuple(part.keys[vertex] for vertex in vertices), total)


_ANSWERS: Mapping[type[Question[Any]], Callable[[StoreBackend, Any, Callable[[str], None]], Found]] = {
    q.PathQuestion: _paths,
    q.FlowQuestion: _flow,
    q.MainPathQuestion: _main_path,
    q.PaperQuestion: _paper,
    q.NearbyQuestion: _nearby,
    q.ListNeighbourhoodQuestion: _list_neighbourhood,
    q.ReadingListQuestion: _reading_list,
    q.SearchQuestion: _search,
    AuthorQuestion: _author,
}
"""For each type of question that a store answers the function that does; it reports what its answer leaves out."""
