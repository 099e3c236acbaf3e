"""The door for notebooks: load, ask, show, and any answer as text, as HTML and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .analysis.ancestry import Relatives
from .analysis.ask import answer_question, parse_two_papers
from .analysis.audit import Audit, audit
from .analysis.flow import Flow, flow
from .analysis.main_path import MainPath, Scope, main_path
from .analysis.paper_summary import PaperSummary, summarize_paper
from .analysis.path_options import PathOptions, given_options
from .analysis.paths import PathAnswer
from .analysis.reading_order import ReadingOrder, reading_order
from .analysis.resolve import resolve
from .analysis.suggestions import Suggestions, suggestions
from .errors import InputError
from .exports.text.themes_text import reading_text
from .interfaces.notebook import Answer, Page, answered, text_of
from .model.lineage import Lineage, build_lineage
from .model.reading_list import load_reading_list
from .model.reprs import html_of
from .model.shipped_data import reading_list_path, snapshot_path
from .model.storage import load_corpus

__all__ = [
    "Answer",
    "Page",
    "answered",
    "ask",
    "audit_of",
    "export",
    "flow_of",
    "load",
    "main_path_of",
    "page",
    "read",
    "show",
    "suggest",
    "text_of",
]


def load(reading_list: str | Path | None = None, corpus: str | Path | None = None) -> Lineage:
    """Load a lineage: by default the shipped list and corpus.

    Parameters
    ----------
    reading_list : str or Path, optional
        A TOML file.
    corpus : str or Path, optional
        The folder of a corpus.

    Raises
    ------
    InputError
        When one of them cannot be used.

    Examples
    --------
    >>> len(load().list_keys)
    23
    """
    listed = load_reading_list(Path(reading_list) if reading_list else reading_list_path())
    return build_lineage(load_corpus(Path(corpus) if corpus else snapshot_path()), listed)


def ask(
    lineage: Lineage, question: str, options: PathOptions | None = None, *, wish: PathOptions | None = None
) -> Answer[PathAnswer | Relatives]:
    """Ask for paths, as on the command line.

    Parameters
    ----------
    lineage : Lineage
    question : str
        "BERT → InstructGPT", "A → B → C", "A ↔ B", ``"* → A"``, ``"A → *"``, "BERT to GPT".
    options : PathOptions, optional
        Which paths, and in which order.
    wish : PathOptions, optional
        The earlier name of `options`.

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
    return answered(lineage, answer_question(lineage, [question], given_options(options, wish)))


def show(lineage: Lineage, name: str) -> Answer[PaperSummary]:
    """Describe one paper, by any of its names.

    >>> show(load(), "BERT").value.paper.key
    'devlin2018'
    """
    return answered(lineage, summarize_paper(lineage, resolve(lineage, name)))


def flow_of(lineage: Lineage, question: str, **more: Any) -> Answer[Flow]:
    """All paths from one paper to another, counted; see `graph.analysis.flow.flow` for what else can be said.

    >>> print(flow_of(load(), "BERT → InstructGPT").text.split(",")[0])
    BERT → InstructGPT: 687 paths
    """
    return answered(lineage, flow(lineage, *parse_two_papers(lineage, [question]), **more))


def main_path_of(lineage: Lineage, question: str | None = None, **more: Any) -> Answer[MainPath]:
    """The main path of the corpus, or of what lies between two papers; see `graph.analysis.main_path.main_path`.

    >>> main_path_of(load(), "BERT → InstructGPT").value.found.papers[0]
    'devlin2018'
    """
    scope = more.pop("scope", Scope()) if question is None else Scope(between=parse_two_papers(lineage, [question]))
    return answered(lineage, main_path(lineage, scope, **more))


def read(lineage: Lineage, question: str, **more: Any) -> Answer[ReadingOrder]:
    """What to read between two papers, in order; see `graph.analysis.reading_order.reading_order`.

    Raises
    ------
    InputError
        When no way leads from the one to the other.

    Examples
    --------
    >>> len(read(load(), "BERT → InstructGPT", budget=3).value.steps)
    5
    """
    start, end = parse_two_papers(lineage, [question])
    found = reading_order(lineage, start, end, **more)
    if found is None:
        raise InputError(reading_text(lineage, start, end, None).strip(), remedy="ask for a path, which says why")
    return answered(lineage, found)


def suggest(lineage: Lineage, *, top: int = 10) -> Answer[Suggestions]:
    """What the list may be missing; see `graph.analysis.suggestions.suggestions`.

    >>> len(suggest(load(), top=3).value.frequently_cited)
    3
    """
    return answered(lineage, suggestions(lineage, top=top))


def audit_of(lineage: Lineage) -> Answer[Audit]:
    """What can be relied on, and what cannot; see `graph.analysis.audit.audit`.

    >>> audit_of(load()).value.isolated
    ('schmidhuber1992',)
    """
    return answered(lineage, audit(lineage))


def page(lineage: Lineage, part: str | Sequence[str] | PathAnswer = "list", *, height: int = 640) -> Page:
    """An interactive page to show in a notebook, or to write to a file.

    Parameters
    ----------
    lineage : Lineage
    part : str, sequence of str or PathAnswer
        "list"; "neighbourhood"; keys of papers; or an answer about paths, which the page opens with.
    height : int
        Of the frame in a notebook, in pixels.

    Raises
    ------
    InputError
        When `part` is another word.

    Examples
    --------
    >>> page(load()).title
    'Understanding Large Language Models'
    """
    from .analysis.neighbourhood import neighbourhood
    from .pages.page import render_page
    from .pages.views import path_page

    title = lineage.reading_list.title
    if isinstance(part, PathAnswer):
        names = [lineage.paper(key).name for key in (part.start, part.end)]
        return Page(" → ".join(names), path_page(lineage, part), height)
    if isinstance(part, str) and part not in ("list", "neighbourhood"):
        raise InputError(f"there is no part {part!r}", remedy="say 'list' or 'neighbourhood', or give keys of papers")
    keys = lineage.list_keys if part == "list" else neighbourhood(lineage) if part == "neighbourhood" else part
    return Page(title, render_page(lineage, list(keys), title=title), height)


def export(lineage: Lineage, format_: str, of: str = "list", *, top: int = 10) -> str | bytes:
    """The lineage, or a part of it, in a format for another program, as `lineage export` writes it.

    Parameters
    ----------
    lineage : Lineage
    format_ : str
        "graphml", "bibtex", "svg" and so on: see `graph.exports.registry.FORMATS`.
    of : str
        What: "list", "neighbourhood", "theme rlhf", "BERT → InstructGPT", "main-path" and so on.
    top : int
        How many paths, where paths are asked for.

    Returns
    -------
    str or bytes
        The main file, where a format has several; "parquet" gives bytes.

    Raises
    ------
    InputError
        When there is no such format, nothing of that name, or no such path.

    Examples
    --------
    >>> print(export(load(), "bibtex", "BERT").splitlines()[3])
    @inproceedings{devlin2018,
    """
    from .exports.registry import find_format
    from .exports.selection import select

    chosen, selection = find_format(format_), select(lineage, of, top=top)
    if not selection.keys:
        raise InputError(f"{selection.title}: no path", remedy="ask() says why")
    return chosen.write(selection)[chosen.endings[0]]


@html_of.register(Lineage)
def _lineage_html(lineage: Lineage) -> str:
    return page(lineage)._repr_html_() or ""
