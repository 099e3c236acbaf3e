"""The functions for notebooks: load, ask, show, and any answer as text, as HTML and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .algorithms.main_path_search import GLOBAL, Search, SearchName
from .analysis.ancestry import Relatives
from .analysis.audit import Audit
from .analysis.flow import Flow
from .analysis.grouped_paths import GroupedPaths
from .analysis.hop_evidence import HopEvidence
from .analysis.main_path import MainPath, Scope
from .analysis.paper_summary import PaperSummary
from .analysis.passages import Passages
from .analysis.path_answer import PathAnswer
from .analysis.path_options import PathOptions, given_options
from .analysis.reading_order import NoReadingOrder, ReadingOrder
from .analysis.recommendations import Recommendations
from .analysis.similar import SimilarPapers
from .analysis.snowball import Snowball
from .analysis.suggestions import Suggestions
from .analysis.witnesses import Witnesses
from .errors import InputError
from .interfaces.answer import Answer
from .interfaces.corpus_backend import CorpusBackend
from .interfaces.loading import load as load  # noqa: PLC0414  # it is one of the functions for notebooks
from .interfaces.path_questions import with_keys
from .interfaces.questions import (
    AuditQuestion,
    FlowQuestion,
    MainPathQuestion,
    PaperQuestion,
    PathQuestion,
    ReadingQuestion,
    SuggestionsQuestion,
    on_condition,
)
from .interfaces.source_questions import HopQuestion, SimilarQuestion, SnowballQuestion, WayName, WitnessesQuestion
from .model.lineage import Lineage
from .model.marks import MarkKind

if TYPE_CHECKING:
    from .algorithms.traversal_weights import Weight
    from .analysis.acyclic import Cycles
    from .analysis.news import News
    from .sources.semantic_scholar.client import SemanticScholar


def ask(
    lineage: Lineage,
    question: str,
    options: PathOptions | None = None,
    *,
    intent: str | None = None,
    about: str | None = None,
    wish: PathOptions | None = None,
) -> Answer[PathAnswer | Relatives | GroupedPaths]:
    """Ask for paths, as on the command line.

    Raises `InputError`, `NameNotFound` or `AmbiguousName` when the question cannot be understood.

    Parameters
    ----------
    question : str
        "BERT → InstructGPT", "A → B → C", "A ↔ B", ``"* → A"``, ``"A → *"``, "BERT to GPT".
    options : PathOptions, optional
        Which paths, and in which order. Papers and themes may be named as in a question.
    intent, about : str, optional
        A condition on the reasons of hops, by which paths are grouped: see
        `graph.analysis.reason_condition.ReasonCondition`.
    wish : PathOptions, optional
        The old name of `options`.

    Examples
    --------
    >>> from graph import PathOptions
    >>> answer = ask(load(), "BERT → InstructGPT", PathOptions(list_only=True))
    >>> answer.value.total, answer.value.paths[0].keys
    (3, ('devlin2018', 'rae2021', 'ouyang2022'))
    """
    backend = CorpusBackend(lineage)
    chosen = with_keys(backend, given_options(options, wish))
    asked = PathQuestion(PathQuestion.parse(backend, [question]).query, chosen)
    return backend.answer(on_condition(asked, intent=intent, about=about))


def show(lineage: Lineage, name: str) -> Answer[PaperSummary]:
    """Describe one paper, by any of its names.

    >>> show(load(), "BERT").value.paper.key
    'devlin2018'
    """
    backend = CorpusBackend(lineage)
    return backend.answer(PaperQuestion(backend.key_of(name)))


def flow_of(
    lineage: Lineage,
    question: str,
    *,
    list_only: bool = False,
    cycles: Cycles = "date",
    without_self_citations: bool = False,
) -> Answer[Flow]:
    """All paths from one paper to another, counted; the options are those of `graph.analysis.flow.flow`.

    With `without_self_citations=True` citations by the papers' own authors are left out.

    >>> print(flow_of(load(), "BERT → InstructGPT").text.split(",")[0])
    BERT → InstructGPT: 760 paths
    """
    backend = CorpusBackend(lineage)
    asked = FlowQuestion.parse(
        backend,
        [question],
        list_only=list_only,
        cycles=cycles,
        without_self_citations=without_self_citations,
    )
    return backend.answer(asked)


def main_path_of(
    lineage: Lineage,
    question: str | None = None,
    *,
    scope: Scope | None = None,
    weight: Weight = "SPC",
    by: Search | SearchName = GLOBAL,
    cycles: Cycles = "date",
    robustness: bool = True,
    without_self_citations: bool = False,
) -> Answer[MainPath]:
    """The main path of the corpus, or of what lies between two papers.

    The options are those of `graph.analysis.main_path.main_path`, and `without_self_citations`. A question is itself a
    scope: `InputError` when both are given.

    >>> main_path_of(load(), "BERT → InstructGPT").value.found.papers[0]
    'devlin2018'
    """
    backend = CorpusBackend(lineage)
    if question is not None:
        if scope is not None:
            raise InputError("a question and a scope are given", remedy="give one of the two")
        scope = MainPathQuestion.parse(backend, [question]).scope
    search = by if isinstance(by, Search) else Search(by)  # its name is enough
    asked = MainPathQuestion(
        Scope() if scope is None else scope, weight, search, cycles, robustness, without_self_citations
    )
    return backend.answer(asked)


def read(
    lineage: Lineage,
    question: str,
    *,
    budget: int = 5,
    list_only: bool = False,
    cycles: Cycles = "date",
    leave_out: tuple[MarkKind, ...] = (),
) -> Answer[ReadingOrder]:
    """What to read between two papers, in order.

    The options are those of `graph.analysis.reading_order.reading_order`. Raises `InputError` when there is no path
    from the one to the other.

    >>> len(read(load(), "BERT → InstructGPT", budget=3).value.steps)
    5
    """
    backend = CorpusBackend(lineage)
    asked = ReadingQuestion.parse(
        backend, [question], budget=budget, list_only=list_only, cycles=cycles, leave_out=leave_out
    )
    answer = backend.answer(asked)
    if isinstance(answer.value, NoReadingOrder):
        raise InputError(answer.text.strip(), remedy="ask for a path, which says why")
    return Answer(answer.value, lineage)


def suggest(lineage: Lineage, *, top: int = 10) -> Answer[Suggestions]:
    """What the list may be missing; see `graph.analysis.suggestions.suggestions`.

    >>> len(suggest(load(), top=3).value.frequently_cited)
    3
    """
    return CorpusBackend(lineage).answer(SuggestionsQuestion(top))


def recommendations_of(
    lineage: Lineage, scholar: SemanticScholar, *like: str, unlike: Sequence[str] = (), top: int = 10
) -> Answer[Recommendations]:
    """What Semantic Scholar suggests to read beside some papers, by default those of the list: no citations.

    `scholar` is an open client, `graph.sources.semantic_scholar.client.SemanticScholar`. See
    `graph.interfaces.scholar.recommend`, which also says what is raised.
    """
    from .interfaces.scholar import recommend

    return recommend(CorpusBackend(lineage), scholar, like, unlike=unlike, top=top)


def passages_of(lineage: Lineage, scholar: SemanticScholar, about: str, *names: str, top: int = 10) -> Answer[Passages]:
    """Passages of the full texts of papers, by default those of the list, that speak of something.

    `scholar` is an open client; see `graph.interfaces.scholar.passages`.
    """
    from .interfaces.scholar import passages

    backend = CorpusBackend(lineage)
    keys = [backend.key_of(name) for name in names] or list(lineage.list_keys)
    return passages(lineage, scholar, about, keys, top=top)


def similar_to(lineage: Lineage, name: str, *, top: int = 10, uncited: bool = False) -> Answer[SimilarPapers]:
    """The papers nearest to one in content, where vectors were fetched; see `graph.analysis.similar.similar_papers`."""
    backend = CorpusBackend(lineage)
    return backend.answer(SimilarQuestion(backend.key_of(name), top, uncited))


def audit_of(lineage: Lineage) -> Answer[Audit]:
    """What can be relied on, and what cannot; see `graph.analysis.audit.audit`.

    >>> audit_of(load()).value.isolated
    ('schmidhuber1992',)
    """
    return CorpusBackend(lineage).answer(AuditQuestion())


def witnesses_of(lineage: Lineage, *names: str, every: bool = False) -> Answer[Witnesses]:
    """Who lists the references of papers, by default of those of the list; see `graph.analysis.witnesses.witnesses`.

    >>> [each.rows for each in witnesses_of(load(), "BERT").value.papers[0].witnesses]
    [56, 56]
    """
    backend = CorpusBackend(lineage)
    return backend.answer(WitnessesQuestion.parse(backend, names, every=every))


def hop_of(lineage: Lineage, question: str) -> Answer[HopEvidence]:
    """Everything that is known about one citation, the cited paper first; see `graph.analysis.hop_evidence`.

    >>> hop_of(load(), "GPT → BERT").value.origins
    ('printed_bibliography',)
    """
    backend = CorpusBackend(lineage)
    return backend.answer(HopQuestion.parse(backend, [question]))


def snowball_of(lineage: Lineage, *seeds: str, way: WayName = "both", rounds: int = 1) -> Answer[Snowball]:
    """What following citations from seeds finds, by default from the papers of the list; `way` and `rounds` as typed.

    >>> snowball_of(load(), "BERT", way="backward").value.to_screen
    93
    """
    backend = CorpusBackend(lineage)
    return backend.answer(SnowballQuestion.parse(backend, seeds, way=way, rounds=rounds))


def news_since(lineage: Lineage, former: Lineage) -> Answer[News]:
    """What is new in a lineage since a former one of the same list; see `graph.analysis.news.news`.

    >>> lineage = load()
    >>> news_since(lineage, lineage).value.is_empty
    True
    """
    from .analysis.news import news

    return Answer(news(former, lineage), lineage)
