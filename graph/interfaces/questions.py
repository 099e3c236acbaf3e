"""Every question as one frozen value, and the one parser that makes it of what a person typed.

The command line, the local server, the agents' tools and the notebook all parse here, and hand the value to
`graph.interfaces.backend.Backend.answer`. In a question every paper is named by its key and every theme by its id.
"""
# ruff: noqa: F401  # types of answers stand in strings, which the linter does not read

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..analysis.query import parse_theme, two_papers
from ..errors import InputError
from ..model.marks import MarkKind
from .path_questions import GroupedPathsQuestion, PathQuestion, on_condition, paths_question, refuse_unmarked
from .question import Question

if TYPE_CHECKING:
    from ..algorithms.main_path_search import Search, SearchName
    from ..algorithms.traversal_weights import Weight
    from ..analysis.acyclic import Cycles
    from ..analysis.audit import Audit
    from ..analysis.flow import Flow
    from ..analysis.main_path import MainPath, Scope, Within
    from ..analysis.measures.values import Detail, Measure, MeasureResults
    from ..analysis.neighbourhood import ListNeighbourhood, NearbyPapers
    from ..analysis.paper_summary import PaperSummary
    from ..analysis.reading_order import NoReadingOrder, ReadingOrder
    from ..analysis.search import SearchResult
    from ..analysis.suggestions import Suggestions
    from ..analysis.theme_flow import ThemeReport
    from ..model.reading_list import ReadingList
    from .backend import Backend

__all__ = [
    "AuditQuestion",
    "FlowQuestion",
    "GroupedPathsQuestion",
    "ListNeighbourhoodQuestion",
    "MainPathQuestion",
    "MeasuresQuestion",
    "NearbyQuestion",
    "PaperQuestion",
    "PathQuestion",
    "ReadingListQuestion",
    "ReadingQuestion",
    "SearchQuestion",
    "SuggestionsQuestion",
    "ThemesQuestion",
    "on_condition",
    "parse_settings",
    "paths_question",
]


@dataclass(frozen=True)
class FlowQuestion(Question["Flow"]):
    """Asks what all paths from one paper to another run through; see `graph.analysis.flow.flow`."""

    command = "flow"
    start: str
    end: str
    list_only: bool = False
    cycles: Cycles = "date"
    without_self_citations: bool = False

    @classmethod
    def parse(cls, backend: Backend, words: Sequence[str], *, example: str = "", **options: Any) -> FlowQuestion:
        """Parse the names of two papers; a fault shows how to name them, as the command `example` does."""
        return cls(*_two_papers(backend, words, example), **options)


@dataclass(frozen=True)
class MainPathQuestion(Question["MainPath"]):
    """Asks for the main path; see `graph.analysis.main_path.main_path`."""

    command = "main-path"
    scope: Scope
    weight: Weight
    by: Search
    cycles: Cycles = "date"
    robustness: bool = True
    without_self_citations: bool = False

    @classmethod
    def parse(
        cls,
        backend: Backend,
        words: Sequence[str],
        *,
        example: str = "",
        within: Within = "corpus",
        theme: str | None = None,
        weight: Weight = "SPC",
        search: SearchName = "global",
        routes: int = 1,
        tolerance: float = 0.0,
        every_end: bool = False,
        cycles: Cycles = "date",
        without_self_citations: bool = False,
    ) -> MainPathQuestion:
        """Parse the names of two papers, or take what `within` and `theme`, by id or name, say when there are none."""
        from fractions import Fraction

        from ..algorithms.main_path_search import Search
        from ..analysis.main_path import Scope

        ends = _two_papers(backend, words, example) if words else None
        try:
            share = Fraction(str(tolerance))
        except ValueError:  # no number, such as nan
            raise InputError(
                f"tolerance must be from 0 to below 1, not {tolerance}", remedy="use 0.2, for example"
            ) from None
        by = Search(search, routes, share, every_end)
        scope = Scope(within, parse_theme(backend.listed, theme), ends)
        return cls(scope, weight, by, cycles, without_self_citations=without_self_citations)


@dataclass(frozen=True)
class ReadingQuestion(Question["ReadingOrder | NoReadingOrder"]):
    """Asks what to read between two papers; see `graph.analysis.reading_order.reading_order`."""

    command = "read"
    start: str
    end: str
    budget: int = 5
    list_only: bool = False
    cycles: Cycles = "date"
    leave_out: tuple[MarkKind, ...] = ()

    @classmethod
    def parse(cls, backend: Backend, words: Sequence[str], *, example: str = "", **options: Any) -> ReadingQuestion:
        """Parse the names of two papers; see `FlowQuestion.parse`."""
        asked = cls(*_two_papers(backend, words, example), **options)
        refuse_unmarked(backend, asked.leave_out)
        return asked


def _two_papers(backend: Backend, words: Sequence[str], command: str) -> tuple[str, str]:
    example = f"{command} 'BERT → InstructGPT'" if command else "BERT → InstructGPT"
    return two_papers(
        backend.key_of, words, example=example, one_named=f"{command} BERT InstructGPT" if command else None
    )


@dataclass(frozen=True)
class MeasuresQuestion(Question["MeasureResults"]):
    """Asks for the values of some measures, each with its parameters: of one paper, by its key, or of all."""

    command = "measures"
    measures: tuple[tuple[Measure, Mapping[str, Detail]], ...]
    paper: str | None = None

    @classmethod
    def parse(
        cls, backend: Backend, names: Sequence[str], *, paper: str | None = None, settings: Sequence[str] = ()
    ) -> MeasuresQuestion:
        """Parse a question about measures, or all measures of papers when none is named.

        `paper` is the name of the paper that it is about, and `settings` are parameters of measures, each as
        "name=value". Raises `InputError`, `NameNotFound` or `AmbiguousName` when something cannot be understood, or a
        setting fits no measure.
        """
        from ..analysis.measures import MEASURES, find_measure

        measures = [find_measure(name) for name in dict.fromkeys(names)]
        measures = measures or [each for each in MEASURES if each.about == "paper"]
        values = parse_settings(settings, measures)
        for each in measures:
            if each.about == "partner" and paper is None:
                raise InputError(f"{each.id} is about one paper and its partners", remedy="name the paper with --of")
            if each.about == "year" and paper is not None:
                raise InputError(f"{each.id} is about the corpus, not about one paper", remedy="leave out --of")
        key = None if paper is None else backend.key_of(paper)
        return cls(tuple((each, _parameters(each, values, key)) for each in measures), key)


def parse_settings(settings: Sequence[str], measures: Iterable[Measure]) -> Mapping[str, str]:
    """The values of settings such as "damping=0.5", by name.

    Raises `InputError` for one without a value, and for one that no measure has: a mistyped one would silently change
    nothing.
    """
    known = [each.name for measure in measures for each in measure.parameters if each.name != "paper"]
    values = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise InputError(f"--set {setting} gives no value", remedy=f"write it as --set {setting}=VALUE")
        if name not in known:
            takes = ", ".join(dict.fromkeys(known)) or "none of these takes any"
            raise InputError(f"--set {name}: no measure here has that parameter", remedy=f"there are: {takes}")
        values[name] = text
    return values


def _parameters(measure: Measure, values: Mapping[str, str], key: str | None) -> Mapping[str, Detail]:
    """The parameters of a measure that were set, and its paper."""
    return {
        each.name: key if each.name == "paper" else each.read(values[each.name])
        for each in measure.parameters
        if each.name == "paper" or each.name in values
    }


@dataclass(frozen=True)
class ThemesQuestion(Question["ThemeReport"]):
    """Asks which theme's ideas reach which; citations are counted among the papers of `part`."""

    command = "themes"
    part: Literal["list", "neighbourhood"] = "list"
    seed: int = 1


@dataclass(frozen=True)
class SuggestionsQuestion(Question["Suggestions"]):
    """Asks what the reading list may be missing; `top` is how many papers to suggest, `leave_out` which are known."""

    command = "suggest"
    top: int = 10
    leave_out: tuple[MarkKind, ...] = ()

    @classmethod
    def parse(cls, backend: Backend, **options: Any) -> SuggestionsQuestion:
        """Refuse to leave out papers of a mark that no paper has."""
        asked = cls(**options)
        refuse_unmarked(backend, asked.leave_out)
        return asked


@dataclass(frozen=True)
class AuditQuestion(Question["Audit"]):
    """Asks what can be relied on, and what cannot."""

    command = "audit"


@dataclass(frozen=True)
class PaperQuestion(Question["PaperSummary"]):
    """Asks for everything about one paper."""

    command = "show"
    key: str


@dataclass(frozen=True)
class ReadingListQuestion(Question["ReadingList"]):
    """Asks for the reading list as it was given, entries included whose papers are not here."""

    command = "show"


@dataclass(frozen=True)
class SearchQuestion(Question["SearchResult"]):
    """Asks for the papers that have every word of a text; its last word may be unfinished."""

    text: str
    top: int


@dataclass(frozen=True)
class NearbyQuestion(Question["NearbyPapers"]):
    """Asks for the papers around one, the nearest first."""

    key: str
    depth: int = 1
    top: int = 50


@dataclass(frozen=True)
class ListNeighbourhoodQuestion(Question["ListNeighbourhood"]):
    """Asks for the papers around the reading list."""
