"""Every question as one frozen value, and the one parser that makes it of what a person typed.

The command line, the local server, the agents' tools and the notebook all parse here, and hand the value to a
`graph.interfaces.backend.Backend`. In a question every paper is named by its key and every theme by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..analysis.path_options import PathOptions
from ..analysis.query import Query, parse_theme, parse_words, parse_years, two_papers
from ..errors import InputError

if TYPE_CHECKING:
    from ..algorithms.main_path_search import Search, SearchName
    from ..algorithms.traversal_weights import Weight
    from ..analysis.acyclic import Cycles
    from ..analysis.main_path import Scope, Within
    from ..analysis.measures.values import Detail, Measure
    from .backend import Backend


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """Asks how one paper led to another, or for all papers before or after one."""

    query: Query
    options: PathOptions = PathOptions()  # noqa: RUF009  # frozen


@dataclass(frozen=True, slots=True)
class FlowQuestion:
    """Asks what all paths from one paper to another run through; see `graph.analysis.flow.flow`."""

    start: str
    end: str
    list_only: bool = False
    cycles: Cycles = "date"


@dataclass(frozen=True, slots=True)
class MainPathQuestion:
    """Asks which citations most of all search runs through; see `graph.analysis.main_path.main_path`."""

    scope: Scope
    weight: Weight
    by: Search
    cycles: Cycles = "date"
    robustness: bool = True


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """Asks what to read between two papers; see `graph.analysis.reading_order.reading_order`."""

    start: str
    end: str
    budget: int = 5
    list_only: bool = False
    cycles: Cycles = "date"


@dataclass(frozen=True, slots=True)
class ThemesQuestion:
    """Asks which theme's ideas reach which; citations are counted among the papers of `part`."""

    part: Literal["list", "neighbourhood"] = "list"
    seed: int = 1


@dataclass(frozen=True, slots=True)
class SuggestionsQuestion:
    """Asks what the reading list may be missing; `top` is how many papers to suggest."""

    top: int = 10


@dataclass(frozen=True, slots=True)
class MeasuresQuestion:
    """Asks for the values of some measures, each with its parameters: of one paper, or of all."""

    measures: tuple[tuple[Measure, Mapping[str, Detail]], ...]
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """Asks for the papers that have every word of a text; its last word may be unfinished."""

    text: str
    top: int


@dataclass(frozen=True, slots=True)
class NearbyQuestion:
    """Asks for the papers around one, the nearest first."""

    key: str
    depth: int = 1
    top: int = 50


@dataclass(frozen=True, slots=True)
class ExtractQuestion:
    """Asks for the papers nearest to some others, as a corpus."""

    keys: tuple[str, ...]
    depth: int
    top: int


# The parser: text and options become a question


def path_question(
    backend: Backend,
    words: Sequence[str],
    *,
    via: Iterable[str] = (),
    avoid: Iterable[str] = (),
    theme: str | None = None,
    between: str | None = None,
    **options: Any,
) -> PathQuestion:
    """Parse a question about paths.

    Parameters
    ----------
    backend : Backend
        Where names and themes are looked up.
    words : sequence of str
        "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *", "BERT to GPT", as one text or as
        the words that a shell made of it.
    via, avoid : iterable of str
        Names of papers.
    theme, between : str, optional
        A theme by its id or a part of its name; a span of years such as "2018..2022".
    **options
        The other fields of `graph.analysis.path_options.PathOptions`.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When something cannot be understood.
    """
    chosen = PathOptions(
        via=tuple(map(backend.key_of, via)),
        avoid=tuple(map(backend.key_of, avoid)),
        theme=None if theme is None else parse_theme(backend.listed, theme),
        years=parse_years(between),
        **options,
    )
    return PathQuestion(parse_words(backend.key_of, words), chosen)


def flow_question(backend: Backend, words: Sequence[str], *, command: str = "", **options: Any) -> FlowQuestion:
    """Parse a question about all paths between two papers.

    Parameters
    ----------
    backend : Backend
    words : sequence of str
        "BERT → InstructGPT", "BERT to InstructGPT", as one text or as the words that a shell made of it.
    command : str
        What stands before the words in the example that a fault shows.
    **options
        The other fields of `FlowQuestion`.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the words do not name two papers in one direction.
    """
    return FlowQuestion(*_two_papers(backend, words, command), **options)


def reading_question(backend: Backend, words: Sequence[str], *, command: str = "", **options: Any) -> ReadingQuestion:
    """Parse a question about what to read between two papers; the options are fields of `ReadingQuestion`."""
    return ReadingQuestion(*_two_papers(backend, words, command), **options)


def main_path_question(
    backend: Backend,
    words: Sequence[str],
    *,
    command: str = "",
    within: Within = "corpus",
    theme: str | None = None,
    weight: Weight = "SPC",
    search: SearchName = "global",
    routes: int = 1,
    tolerance: float = 0.0,
    every_end: bool = False,
    cycles: Cycles = "date",
) -> MainPathQuestion:
    """Parse a question about the main path: between two papers, or without words of what `within` and `theme` say."""
    from fractions import Fraction

    from ..algorithms.main_path_search import Search
    from ..analysis.main_path import Scope

    ends = _two_papers(backend, words, command) if words else None
    by = Search(search, routes, Fraction(str(tolerance)), every_end)
    return MainPathQuestion(Scope(within, theme, ends), weight, by, cycles)


def _two_papers(backend: Backend, words: Sequence[str], command: str) -> tuple[str, str]:
    example = "BERT → InstructGPT"
    return two_papers(parse_words(backend.key_of, words), example=f"{command} '{example}'" if command else example)


def measures_question(
    backend: Backend, names: Sequence[str], *, paper: str | None = None, settings: Sequence[str] = ()
) -> MeasuresQuestion:
    """Parse a question about measures.

    Parameters
    ----------
    backend : Backend
    names : sequence of str
        Measures; when there are none, all measures of papers.
    paper : str, optional
        The name of the paper that it is about.
    settings : sequence of str
        Parameters of measures, each as "name=value".

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When something cannot be understood, or a setting fits no measure.
    """
    from ..analysis.measures import MEASURES, find_measure

    measures = [find_measure(name) for name in dict.fromkeys(names)]
    measures = measures or [each for each in MEASURES if each.about == "paper"]
    values = measure_settings(settings, measures)
    for each in measures:
        if each.about == "partner" and paper is None:
            raise InputError(f"{each.id} is about one paper and its partners", remedy="name the paper with --of")
        if each.about == "year" and paper is not None:
            raise InputError(f"{each.id} is about the corpus, not about one paper", remedy="leave out --of")
    key = None if paper is None else backend.key_of(paper)
    return MeasuresQuestion(tuple((each, _parameters(each, values, key)) for each in measures), key)


def measure_settings(settings: Sequence[str], measures: Iterable[Measure]) -> Mapping[str, str]:
    """The values of settings such as "damping=0.5", by name.

    Raises
    ------
    InputError
        For one without a value, and for one that no measure has: a mistyped one would silently change nothing.
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
