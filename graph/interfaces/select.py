"""From what a person types to what is exported: the part is parsed, its question is asked, the answer is selected."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from ..algorithms.main_path_search import GLOBAL
from ..analysis.ancestry import Relatives
from ..analysis.main_path import Scope
from ..analysis.query import has_to, parse_theme, two_papers
from ..errors import InputError, NameNotFound
from ..exports.registry import SELECTIONS
from ..exports.selection import (
    Selection,
    select_flow,
    select_main_path,
    select_papers,
    select_paths,
    select_relatives,
    select_theme,
)
from ..exports.selection_request import KEYWORDS, SelectionRequest, parse_selection
from .backend import TAKE_A_PART, Backend
from .questions import (
    FlowQuestion,
    ListNeighbourhoodQuestion,
    MainPathQuestion,
    PathQuestion,
    ReadingListQuestion,
)


def select(backend: Backend, text: str = "list", *, top: int = 10) -> Selection:
    """Choose what is exported; nothing is in the selection when there is no such path.

    The text is one of `graph.exports.registry.SELECTIONS`: "list", "neighbourhood", "theme alignment", "BERT →
    InstructGPT", "flow BERT → InstructGPT", "main-path", a paper by any of its names. `top` is how many paths, where
    paths are asked for. Raises `InputError` when the text cannot be understood, the list has no such theme, or there
    are too many papers; `NameNotFound` or `AmbiguousName` when a name does not mean one paper.

    >>> from graph import load
    >>> from graph.interfaces.corpus_backend import CorpusBackend
    >>> selection = select(CorpusBackend(load()), "BERT → InstructGPT", top=1)
    >>> selection.paths, sorted(selection.arcs)
    ((('devlin2018', 'rae2021', 'ouyang2022'),), [('devlin2018', 'rae2021'), ('rae2021', 'ouyang2022')])
    """
    part = parse_selection(text)
    if part.kind == "flow":
        return _flow(backend, part.names)
    if part.kind == "main-path":
        return _main_path(backend, part)
    if part.kind == "paths":
        return _paths(backend, part.names, top)
    return _paper(backend, part.names, top) if part.kind == "paper" else _papers(backend, part)


def _papers(backend: Backend, part: SelectionRequest) -> Selection:
    """The list, a theme, what is around the list, or everything: with every citation among the papers."""
    if part.kind == "list":
        lineage = backend.answer(ReadingListQuestion()).lineage
        return select_papers(lineage, "the reading list", lineage.list_keys)
    if part.kind == "corpus":
        lineage = backend.whole()
        return select_papers(lineage, "the whole corpus", lineage.corpus.papers)
    theme = parse_theme(backend.listed, part.theme) if part.kind == "theme" else None
    around = backend.answer(ListNeighbourhoodQuestion())
    if theme is not None:
        return select_theme(around.lineage, theme)
    return select_papers(around.lineage, around.value.title, around.value.keys)


def _flow(backend: Backend, names: str) -> Selection:
    ends = two_papers(backend.key_of, [names], example="flow BERT → InstructGPT")
    answer = backend.answer(FlowQuestion(*ends))
    if answer.value.counted:
        papers = answer.value.papers_between
        raise InputError(f"{papers:,} papers lie between the two, too many to be exported", remedy=TAKE_A_PART)
    return replace(select_flow(answer.lineage, answer.value), remarks=answer.remarks)


def _main_path(backend: Backend, part: SelectionRequest) -> Selection:
    example = "main-path BERT → InstructGPT"
    if not (backend.in_memory or part.names):
        raise InputError("the main path of a store needs two papers", remedy=f"ask for '{example}'")
    title, scope = "the main path of the corpus", Scope()
    if part.theme:
        title, scope = f"the main path of the theme {part.theme}", Scope(theme=parse_theme(backend.listed, part.theme))
    elif part.names:
        scope = Scope(between=two_papers(backend.key_of, [part.names], example=example))
    answer = backend.answer(MainPathQuestion(scope, "SPC", GLOBAL, robustness=False))
    if answer.value.counted:
        raise InputError("too many papers lie between the two for an export", remedy=TAKE_A_PART)
    if scope.between:
        start, end = (answer.lineage.paper(key).name for key in scope.between)
        title = f"the main path from {start} to {end}"
    return replace(select_main_path(answer.lineage, title, answer.value), remarks=answer.remarks)


def _paths(backend: Backend, text: str, top: int) -> Selection:
    from ..index.contexts import NO_SENTENCES

    answer = backend.answer(PathQuestion.parse(backend, [text], top=top))
    if isinstance(answer.value, Relatives):
        return select_relatives(answer.lineage, answer.value)
    remarks = tuple(each for each in answer.remarks if each != NO_SENTENCES)  # most files have no place for them
    return replace(select_paths(answer.lineage, answer.value), remarks=remarks)


def _paper(backend: Backend, text: str, top: int) -> Selection:
    """One paper alone, or "BERT to InstructGPT": titles hold the word "to", so a paper comes first."""
    try:
        key = backend.key_of(text)
    except NameNotFound:
        if has_to(text):
            return _paths(backend, text, top)
        near = get_close_matches(text.casefold(), KEYWORDS, n=1)
        if near or not text:
            meant = f"did you mean {near[0]!r}? " if near else ""
            if text.casefold() == "theme":
                meant = "name a theme behind it; "
            remedy = f"{meant}export one of: {', '.join(SELECTIONS)}"
            raise InputError(f"nothing here is called {text!r}", remedy=remedy) from None
        raise
    lineage = backend.part([key])
    return Selection(lineage, lineage.paper(key).name, (key,), frozenset())
