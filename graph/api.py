"""The functions for notebooks: load, ask, show, and any answer as text, as HTML and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .algorithms.main_path_search import GLOBAL, Search
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
from .interfaces.source_questions import HopQuestion, SimilarQuestion, SnowballQuestion, WitnessesQuestion
from .model.lineage import Lineage
from .model.load_lineage import load_lineage
from .model.shipped_data import reading_list_path, snapshot_path
from .utils.arguments import refuse_other

if TYPE_CHECKING:
    from .analysis.news import News
    from .sources.semantic_scholar.client import SemanticScholar


def load(
    reading_list: str | Path | None = None,
    corpus: str | Path | None = None,
    *,
    read: Sequence[str | Path] = (),
    own: Sequence[str | Path] = (),
) -> Lineage:
    """Load a lineage: by default the shipped list and corpus.

    Parameters
    ----------
    reading_list : str or Path, optional
        A TOML file.
    corpus : str or Path, optional
        The folder of a corpus.
    read, own : sequence of str or Path
        Files of papers that you have read, or own: see `graph.sources.library.read_library`.

    Raises `InputError` when one of them cannot be used.

    Examples
    --------
    >>> len(load().list_keys)
    23
    """
    for name, path in (("reading_list", reading_list), ("corpus", corpus)):
        refuse_other(name, path, str | Path | None, "name a file or a folder by its path")
        if path == "":
            raise InputError(f"{name} is empty", remedy="name a file or a folder by its path, or leave it out")
    for name, paths in (("read", read), ("own", own)):
        refuse_other(name, paths, Sequence[str | Path], "give a list of the paths of files")
    lineage = load_lineage(
        Path(reading_list) if reading_list else reading_list_path(), Path(corpus) if corpus else snapshot_path()
    )
    if not (read or own):
        return lineage
    from .sources.library import with_marks

    return with_marks(lineage, read=map(Path, read), own=map(Path, own))


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

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the question cannot be understood.

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


def flow_of(lineage: Lineage, question: str, **options: Any) -> Answer[Flow]:
    """All paths from one paper to another, counted; the options are those of `graph.analysis.flow.flow`.

    With `without_self_citations=True` citations by the papers' own authors are left out.

    >>> print(flow_of(load(), "BERT → InstructGPT").text.split(",")[0])
    BERT → InstructGPT: 760 paths
    """
    backend = CorpusBackend(lineage)
    return backend.answer(FlowQuestion.parse(backend, [question], **options))


def main_path_of(lineage: Lineage, question: str | None = None, **options: Any) -> Answer[MainPath]:
    """The main path of the corpus, or of what lies between two papers.

    The options are those of `graph.analysis.main_path.main_path`, and `without_self_citations`.

    >>> main_path_of(load(), "BERT → InstructGPT").value.found.papers[0]
    'devlin2018'
    """
    backend = CorpusBackend(lineage)
    scope = options.pop("scope", Scope()) if question is None else MainPathQuestion.parse(backend, [question]).scope
    weight, by = options.pop("weight", "SPC"), options.pop("by", GLOBAL)
    by = by if isinstance(by, Search) else Search(by)  # its name is enough
    return cast("Answer[MainPath]", backend.answer(MainPathQuestion(scope, weight, by, **options)))


def read(lineage: Lineage, question: str, **options: Any) -> Answer[ReadingOrder]:
    """What to read between two papers, in order.

    The options are those of `graph.analysis.reading_order.reading_order`.

    Raises
    ------
    InputError
        When there is no path from the one to the other.

    Examples
    --------
    >>> len(read(load(), "BERT → InstructGPT", budget=3).value.steps)
    5
    """
    backend = CorpusBackend(lineage)
    answer = backend.answer(ReadingQuestion.parse(backend, [question], **options))
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


def snowball_of(lineage: Lineage, *seeds: str, **options: Any) -> Answer[Snowball]:
    """What following citations from seeds finds, by default from the papers of the list; `way` and `rounds` as typed.

    >>> snowball_of(load(), "BERT", way="backward").value.to_screen
    93
    """
    backend = CorpusBackend(lineage)
    return backend.answer(SnowballQuestion.parse(backend, seeds, **options))


def news_since(lineage: Lineage, former: Lineage) -> Answer[News]:
    """What is new in a lineage since a former one of the same list; see `graph.analysis.news.news`.

    >>> lineage = load()
    >>> news_since(lineage, lineage).value.is_empty
    True
    """
    from .analysis.news import news

    return Answer(news(former, lineage), lineage)
