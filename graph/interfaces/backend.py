"""What stands behind pages and tools: a corpus that answers, however large it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ..algorithms.main_path_search import Search
from ..algorithms.traversal_weights import Weight
from ..analysis.acyclic import Cycles
from ..analysis.ancestry import Relatives
from ..analysis.ask import answer_question, parse_two_papers
from ..analysis.audit import Audit, audit
from ..analysis.flow import Flow, flow
from ..analysis.main_path import MainPath, Scope, main_path
from ..analysis.neighbourhood import NearbyPapers, around, neighbourhood
from ..analysis.paper_summary import PaperSummary, summarize_paper
from ..analysis.path_options import PathOptions
from ..analysis.paths import PathAnswer
from ..analysis.resolve import resolve
from ..analysis.search import PaperSearch, SearchResult
from ..model.corpus import State
from ..model.lineage import Lineage
from .summary import LargeAnswer

if TYPE_CHECKING:
    from ..exports.selection import Selection


class Backend(Protocol):
    """What the server and the agents' tools ask a corpus.

    Every answer comes with a lineage that holds at least the papers that it names and the citations
    among them: of a corpus in memory all of it, of a larger one the part that is needed.

    A name is anything that a person would type; each method raises `InputError`, `NameNotFound` or
    `AmbiguousName` for what it cannot understand.
    """

    @property
    def size(self) -> tuple[int, int]:
        """How many papers and citations there are in all."""

    @property
    def reading_list(self) -> Lineage:
        """A lineage with the papers of the reading list, or with none where there is no list."""

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""

    def search(self, text: str, top: int) -> tuple[Lineage, SearchResult]:
        """The papers that hold every word of a text, while it is typed."""

    def portrait(self, key: str) -> tuple[Lineage, PaperSummary]:
        """One paper."""

    def around(self, key: str, depth: int, top: int) -> tuple[Lineage, NearbyPapers]:
        """The papers around one, the nearest first."""

    def surroundings(self) -> tuple[Lineage, Sequence[str], str]:
        """The reading list and what surrounds it, oldest first, with a line that says what that is."""

    def answer(self, question: str, wish: PathOptions) -> tuple[Lineage, PathAnswer | Relatives, Sequence[str]]:
        """The ways from one paper to another, or all that is before or after one; and what was left out."""

    def flow(self, question: str, *, list_only: bool, cycles: Cycles) -> tuple[Lineage, Flow | LargeAnswer]:
        """All ways from one paper to another, counted; a summary where too many papers take part."""

    def main_path(
        self, question: str | None, scope: Scope, *, weight: Weight, by: Search, cycles: Cycles
    ) -> tuple[Lineage, MainPath | LargeAnswer]:
        """The main path between two papers, or of all that the scope says."""

    def audit(self) -> tuple[Lineage, Audit]:
        """What can be relied on."""

    def selection(self, of: str, top: int) -> Selection:
        """What is to be exported, by one of `graph.exports.registry.SELECTIONS`."""

    def known(self, text: str) -> State | None:
        """How far the references of the paper with this key are known; None for what is no key."""


class CorpusBackend:
    """A lineage that is in memory as a whole.

    Parameters
    ----------
    lineage : Lineage

    Examples
    --------
    >>> from graph import load
    >>> behind = InMemory(load())
    >>> behind.size, behind.key_of("BERT")
    ((4821, 7725), 'devlin2018')
    """

    def __init__(self, lineage: Lineage) -> None:
        self._lineage = lineage

    @cached_property
    def _finder(self) -> PaperSearch:
        return PaperSearch(self._lineage)

    @property
    def size(self) -> tuple[int, int]:
        """How many papers and citations there are in all."""
        return len(self._lineage.corpus.papers), len(self._lineage.corpus.citations)

    @property
    def reading_list(self) -> Lineage:
        """The whole lineage."""
        return self._lineage

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        return resolve(self._lineage, name)

    def search(self, text: str, top: int) -> tuple[Lineage, SearchResult]:
        """The papers that hold every word of a text."""
        return self._lineage, self._finder.find(text, top=top)

    def portrait(self, key: str) -> tuple[Lineage, PaperSummary]:
        """One paper."""
        return self._lineage, summarize_paper(self._lineage, key)

    def around(self, key: str, depth: int, top: int) -> tuple[Lineage, NearbyPapers]:
        """The papers around one, the nearest first."""
        return self._lineage, around(self._lineage, key, depth=depth, top=top)

    def surroundings(self) -> tuple[Lineage, Sequence[str], str]:
        """The reading list, its bridges and the ancestors that it shares."""
        told = "With the papers that bridge the list and the ancestors that it shares"
        return self._lineage, neighbourhood(self._lineage), told

    def answer(self, question: str, wish: PathOptions) -> tuple[Lineage, PathAnswer | Relatives, Sequence[str]]:
        """The ways from one paper to another, or all that is before or after one."""
        return self._lineage, answer_question(self._lineage, [question], wish), ()

    def flow(self, question: str, *, list_only: bool, cycles: Cycles) -> tuple[Lineage, Flow]:
        """All ways from one paper to another, counted."""
        ends = parse_two_papers(self._lineage, [question])
        return self._lineage, flow(self._lineage, *ends, list_only=list_only, cycles=cycles)

    def main_path(
        self, question: str | None, scope: Scope, *, weight: Weight, by: Search, cycles: Cycles
    ) -> tuple[Lineage, MainPath | LargeAnswer]:
        """The main path between two papers, or of all that the scope says."""
        ends = parse_two_papers(self._lineage, [question]) if question else None
        found = main_path(self._lineage, replace(scope, between=ends), weight=weight, by=by, cycles=cycles)
        return self._lineage, found

    def audit(self) -> tuple[Lineage, Audit]:
        """What can be relied on."""
        return self._lineage, audit(self._lineage)

    def selection(self, of: str, top: int) -> Selection:
        """What is to be exported."""
        from ..exports.selection import select

        return select(self._lineage, of, top=top)

    def known(self, text: str) -> State | None:
        """How far the references of the paper with this key are known; None for what is no key."""
        corpus = self._lineage.corpus
        return corpus.coverage_of(text) if text in corpus.papers else None
