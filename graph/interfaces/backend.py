"""What the command line, the server, the agents' tools and the notebook ask: one protocol, whatever holds the papers.

`graph.interfaces.corpus_backend` answers it from a corpus in memory, `graph.interfaces.store_backend` from a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ..errors import InputError

if TYPE_CHECKING:
    from ..analysis.ancestry import Relatives
    from ..analysis.audit import Audit
    from ..analysis.flow import Flow
    from ..analysis.large_network import LargeFlow, LargeMainPath
    from ..analysis.main_path import MainPath
    from ..analysis.measures.values import MeasureResults
    from ..analysis.neighbourhood import ListNeighbourhood, NearbyPapers
    from ..analysis.paper_summary import PaperSummary
    from ..analysis.paths import PathAnswer
    from ..analysis.reading_order import NoReadingOrder, ReadingOrder
    from ..analysis.search import SearchResult
    from ..analysis.suggestions import Suggestions
    from ..analysis.theme_flow import ThemeReport
    from ..exports.selection import Selection
    from ..model.corpus import Corpus, State
    from ..model.lineage import Lineage
    from ..model.reading_list import ReadingList
    from .answer import Answer
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

STORE_COMMANDS = ("path", "show", "flow", "main-path", "neighbourhood", "export", "serve", "mcp")
"""The commands that a store can answer."""


class Backend(Protocol):
    """Answers questions about papers and citations, whether a corpus or a store holds them.

    Every method raises `InputError` for what cannot be answered here. `key_of` also raises `NameNotFound` and
    `AmbiguousName`. Any number of threads may ask.
    """

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of papers and of citations."""

    @property
    def listed(self) -> Lineage:
        """A lineage with the papers of the reading list that are here; without entries when none is."""

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know before asking."""

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""

    def coverage_of(self, text: str) -> State | None:
        """How completely the references of the paper with this key are known; None when the text is no key."""

    def search(self, question: SearchQuestion) -> Answer[SearchResult]:
        """Find papers while a person types."""

    def reading_list(self) -> Answer[ReadingList]:
        """The reading list as it was given, entries included whose papers are not here."""

    def paper(self, key: str) -> Answer[PaperSummary]:
        """Describe one paper."""

    def nearby(self, question: NearbyQuestion) -> Answer[NearbyPapers]:
        """Find the papers around one."""

    def list_neighbourhood(self) -> Answer[ListNeighbourhood]:
        """Find the papers around the reading list."""

    def paths(self, question: PathQuestion) -> Answer[PathAnswer | Relatives]:
        """Find the paths from one paper to another, or all papers before or after one."""

    def flow(self, question: FlowQuestion) -> Answer[Flow | LargeFlow]:
        """Count all paths from one paper to another."""

    def main_path(self, question: MainPathQuestion) -> Answer[MainPath | LargeMainPath]:
        """Find the main path."""

    def reading_order(self, question: ReadingQuestion) -> Answer[ReadingOrder | NoReadingOrder]:
        """Choose what to read between two papers."""

    def themes(self, question: ThemesQuestion) -> Answer[ThemeReport]:
        """Say how ideas pass between themes."""

    def suggestions(self, question: SuggestionsQuestion) -> Answer[Suggestions]:
        """Say what the reading list may be missing."""

    def measures(self, question: MeasuresQuestion) -> Answer[MeasureResults]:
        """Compute measures."""

    def audit(self) -> Answer[Audit]:
        """Say what can be relied on."""

    def part(self, keys: Iterable[str]) -> Lineage:
        """A lineage that holds these papers."""

    def whole(self) -> Lineage:
        """A lineage that holds every paper."""

    def selection(self, text: str, top: int) -> Selection:
        """Choose what to export, by one of `graph.exports.registry.WORDS`; `top` is how many paths."""

    def extract(self, question: ExtractQuestion) -> Corpus:
        """Take the papers nearest to some others as a corpus of their own."""


def not_on_a_store(what: str) -> InputError:
    """The fault for what a store cannot answer, such as "'lineage audit'"."""
    return InputError(
        f"{what} does not work on a store",
        remedy=f"on a store there are {', '.join(STORE_COMMANDS)}; "
        "'neighbourhood' makes a corpus, and --corpus takes it",
    )


def only_from_a_store() -> InputError:
    """The fault for a corpus from which a neighbourhood is to be taken."""
    return InputError("a neighbourhood is taken out of a store", remedy="lineage --store STORE neighbourhood ...")
