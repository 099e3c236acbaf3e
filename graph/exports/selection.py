"""What is to be exported: some papers of a lineage and citations among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from ..analysis.ancestry import find_relatives
from ..analysis.flow import flow
from ..analysis.main_path import Scope, main_path, papers_within
from ..analysis.measures.affordable import Measured, measured
from ..analysis.neighbourhood import neighbourhood
from ..analysis.path_options import PathOptions
from ..analysis.paths import find_paths
from ..analysis.query import has_to, parse_query, parse_theme
from ..analysis.resolve import resolve
from ..errors import InputError, NameNotFound
from ..model.lineage import Lineage
from .contents import Arc, ExportedCitation, ExportedPaper, PlacedPaper, contents_of, placed
from .layout import Layout, timeline
from .parse_selection import KEYWORDS, SelectionRequest, parse_selection
from .provenance import provenance_line


@dataclass(frozen=True)
class Selection:
    """A part of a lineage.

    Attributes
    ----------
    lineage : Lineage
    title : str
        For people: "the reading list", "BERT → InstructGPT".
    keys : tuple of str
        The papers, oldest first; empty when there is no such path.
    arcs : frozenset of (str, str)
        The citations among them that belong to it, cited -> citing.
    paths : tuple of tuple of str
        The papers of each path in turn, when the selection is an answer about paths.
    counts : mapping of (str, str) to int
        How many paths run through an arc, when the selection is a flow or a main path.
    """

    lineage: Lineage
    title: str
    keys: tuple[str, ...]
    arcs: frozenset[Arc]
    paths: tuple[tuple[str, ...], ...] = ()
    counts: Mapping[Arc, int] = field(default_factory=dict)

    @cached_property
    def _contents(self) -> tuple[list[ExportedPaper], list[ExportedCitation]]:
        return contents_of(self.lineage, self.keys, self.arcs)

    @property
    def papers(self) -> list[ExportedPaper]:
        """The papers, oldest first; they count the citations of the selection alone."""
        return self._contents[0]

    @property
    def citations(self) -> list[ExportedCitation]:
        """The citations, ordered by the cited paper and then by the citing one."""
        return self._contents[1]

    @property
    def placed_papers(self) -> list[PlacedPaper]:
        """The papers with their places in the layout."""
        return placed(self.layout, self.papers)

    @cached_property
    def layout(self) -> Layout:
        """The picture of the papers: time to the right, one lane for each theme."""
        return timeline(self.lineage, self.keys)

    @cached_property
    def measured(self) -> Measured:
        """The measures of papers, over the whole corpus."""
        return measured(self.lineage)

    @property
    def provenance(self) -> str:
        """One line that says where a file comes from."""
        return provenance_line(self.lineage, self.title)


def select(lineage: Lineage, text: str = "list", *, top: int = 10) -> Selection:
    """Select what is to be exported.

    Parameters
    ----------
    lineage : Lineage
    text : str
        One of `graph.exports.registry.SELECTIONS`: "list", "neighbourhood", "theme alignment", "BERT → InstructGPT",
        "flow BERT → InstructGPT", "main-path", a paper by any of its names.
    top : int
        How many paths, when the text is a question about paths.

    Returns
    -------
    Selection
        Without papers when there is no such path.

    Raises
    ------
    InputError
        When the text has no meaning here, or the list has no such theme.
    NameNotFound, AmbiguousName
        When a name of a paper cannot be resolved.

    Examples
    --------
    >>> from graph.api import load
    >>> chosen = select(load(), "BERT → InstructGPT", top=1)
    >>> chosen.paths, sorted(chosen.arcs)
    ((('devlin2018', 'rae2021', 'ouyang2022'),), [('devlin2018', 'rae2021'), ('rae2021', 'ouyang2022')])
    """
    request = parse_selection(text)
    if request.kind in _WHOLE:
        title, keys = _WHOLE[request.kind]
        return _among(lineage, title, keys(lineage))
    if request.kind == "theme":
        return _theme(lineage, request.theme)
    if request.kind == "flow":
        return _flow(lineage, request.names)
    if request.kind == "main-path":
        return _main_path(lineage, request)
    if request.kind == "paths":
        return _paths(lineage, request.names, top)
    return _paper(lineage, request.names, top)


_WHOLE: Mapping[str, tuple[str, Callable[[Lineage], Iterable[str]]]] = {
    "list": ("the reading list", lambda lineage: lineage.list_keys),
    "neighbourhood": ("the reading list and its neighbourhood", neighbourhood),
    "corpus": ("the whole corpus", lambda lineage: lineage.graph),
}
"""Title and papers of the selections that depend on no name."""


def _among(lineage: Lineage, title: str, keys: Iterable[str]) -> Selection:
    """Papers with all citations among them."""
    ordered, chosen = sorted(set(keys), key=lineage.age), set(keys)
    arcs = frozenset(
        (cited, citing) for cited in ordered for citing in lineage.graph.successors(cited) if citing in chosen
    )
    return Selection(lineage, title, tuple(ordered), arcs)


def _along(lineage: Lineage, title: str, arcs: Iterable[Arc], **more: Any) -> Selection:
    """The papers at the ends of some citations, with these citations alone."""
    chosen = frozenset(arcs)
    keys = sorted({key for arc in chosen for key in arc}, key=lineage.age)
    return Selection(lineage, title, tuple(keys), chosen, **more)


def _theme(lineage: Lineage, name: str) -> Selection:
    theme = parse_theme(lineage, name)
    assert theme is not None
    papers = papers_within(lineage, Scope("neighbourhood", theme))
    return _among(lineage, f"the theme {lineage.reading_list.theme(theme).name}", papers)


def _flow(lineage: Lineage, names: str) -> Selection:
    start, end = _two_papers(lineage, names, example="flow BERT → InstructGPT")
    found = flow(lineage, start, end)
    title = f"all paths from {lineage.paper(start).name} to {lineage.paper(end).name}"
    return Selection(lineage, title, found.papers, frozenset(found.arcs), counts=found.arcs)


def _main_path(lineage: Lineage, request: SelectionRequest) -> Selection:
    title, scope = "the main path of the corpus", Scope()
    if request.theme:
        title, scope = f"the main path of the theme {request.theme}", Scope(theme=parse_theme(lineage, request.theme))
    elif request.names:
        ends = _two_papers(lineage, request.names, example="main-path BERT → InstructGPT")
        start, end = (lineage.paper(key).name for key in ends)
        title, scope = f"the main path from {start} to {end}", Scope(between=ends)
    found = main_path(lineage, scope, robustness=False)
    return _along(lineage, title, found.found.arcs, counts={arc: found.counts.arcs[arc] for arc in found.found.arcs})


def _two_papers(lineage: Lineage, names: str, *, example: str) -> Arc:
    query = parse_query(lineage, [names]) if names else None
    if query is None or query.kind != "path" or len(query.papers) != 2:
        raise InputError(f"{names!r} does not name two papers", remedy=f"name two, as in --of '{example}'")
    start, end = query.papers
    return start, end


def _paths(lineage: Lineage, question: str, top: int) -> Selection:
    query = parse_query(lineage, [question])
    if query.kind in ("ancestry", "descent"):
        return _relatives(lineage, query.papers[0], query.kind)
    start, *waypoints, end = query.papers
    names = [lineage.paper(key).name for key in query.papers]
    options = PathOptions(waypoints=tuple(waypoints), top=top)
    answer = find_paths(lineage, start, end, wish=options)
    if query.kind == "either" and not answer.found:
        answer, names = find_paths(lineage, end, start, wish=options), names[::-1]
    paths = tuple(path.keys for path in answer.paths)
    return _along(lineage, " → ".join(names), (arc for path in paths for arc in pairwise(path)), paths=paths)


def _relatives(lineage: Lineage, key: str, kind: Literal["ancestry", "descent"]) -> Selection:
    relatives = (each for generation in find_relatives(lineage, key, kind).generations for each in generation)
    side = "led to it" if kind == "ancestry" else "it led to"
    return _among(lineage, f"{lineage.paper(key).name} and all that {side}", [key, *relatives])


def _paper(lineage: Lineage, text: str, top: int) -> Selection:
    """One paper, or "BERT to InstructGPT": a name is tried first, because titles may hold the word "to"."""
    try:
        key = resolve(lineage, text)
    except NameNotFound:
        if has_to(text):
            return _paths(lineage, text, top)
        near = get_close_matches(text.casefold(), KEYWORDS, n=1)
        if near or not text:
            suggestion = f"did you mean {near[0]!r}? " if near else ""
            remedy = f"{suggestion}'lineage export --help' lists what can be exported"
            raise InputError(f"nothing here is called {text!r}", remedy=remedy) from None
        raise
    return Selection(lineage, lineage.paper(key).name, (key,), frozenset())
