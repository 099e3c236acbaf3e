"""What is exported: some papers of a lineage, the citations among them, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, partial
from itertools import pairwise

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
from .parse_selection import KINDS, SelectionRequest, parse_part
from .provenance import provenance_line


@dataclass(frozen=True)
class Selection:
    """A part of a lineage, ready to be written.

    Attributes
    ----------
    lineage : Lineage
    title : str
        What it is, for people: "the reading list", "BERT → InstructGPT".
    keys : tuple of str
        The papers, oldest first; empty when there is no such path.
    arcs : frozenset of (str, str)
        The citations among them that belong to it, cited -> citing.
    paths : tuple of tuple of str
        The papers of each path in turn, where paths were asked for.
    counts : mapping of (str, str) to int
        How many paths run through an arc, where a flow or a main path was asked for.
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
        """Where the papers stand: time to the right, one lane for each theme."""
        return timeline(self.lineage, self.keys)

    @cached_property
    def measured(self) -> Measured:
        """The measures of papers, over the whole corpus."""
        return measured(self.lineage)

    @property
    def provenance(self) -> str:
        """Where a file of it comes from, on one line."""
        return provenance_line(self.lineage, self.title)


def select(lineage: Lineage, query: str = "list", *, top: int = 10) -> Selection:
    """Understand what is to be exported.

    Parameters
    ----------
    lineage : Lineage
    query : str
        One of `graph.exports.registry.WORDS`: "list", "neighbourhood", "theme alignment", "BERT → InstructGPT",
        "flow BERT → InstructGPT", "main-path", a paper by any of its names.
    top : int
        How many paths, where paths are asked for.

    Returns
    -------
    Selection
        Without papers when there is no such path.

    Raises
    ------
    InputError
        When it means nothing here, or the list has no such theme.
    NameNotFound, AmbiguousName
        When a paper cannot be told by its name.

    Examples
    --------
    >>> from graph.api import load
    >>> chosen = select(load(), "BERT → InstructGPT", top=1)
    >>> chosen.paths, sorted(chosen.arcs)
    ((('devlin2018', 'rae2021', 'ouyang2022'),), [('devlin2018', 'rae2021'), ('rae2021', 'ouyang2022')])
    """
    part = parse_part(query)
    if part.kind in _WHOLE:
        title, keys = _WHOLE[part.kind]
        return _among(lineage, title, keys(lineage))
    if part.kind == "theme":
        return _theme(lineage, part.theme)
    if part.kind == "flow":
        return _flow(lineage, part.names)
    if part.kind == "main-path":
        return _main_path(lineage, part)
    return _paths(lineage, part.names, top) if part.kind == "paths" else _named(lineage, part.names, top)


def _among(lineage: Lineage, title: str, keys: Iterable[str]) -> Selection:
    """Papers with every citation among them."""
    wanted = sorted(set(keys), key=lineage.age)
    held = set(wanted)
    arcs = frozenset(
        (cited, citing) for cited in wanted for citing in lineage.graph.successors(cited) if citing in held
    )
    return Selection(lineage, title, tuple(wanted), arcs)


def _theme(lineage: Lineage, name: str) -> Selection:
    id_ = parse_theme(lineage, name)
    assert id_ is not None
    title = f"the theme {lineage.reading_list.theme(id_).name}"
    return _among(lineage, title, papers_within(lineage, Scope("neighbourhood", id_)))


def _flow(lineage: Lineage, names: str) -> Selection:
    start, end = _ends(lineage, names, "flow BERT → InstructGPT")
    found = flow(lineage, start, end)
    title = f"all ways from {lineage.paper(start).name} to {lineage.paper(end).name}"
    return Selection(lineage, title, found.papers, frozenset(found.arcs), counts=found.arcs)


def _main_path(lineage: Lineage, part: SelectionRequest) -> Selection:
    title, scope = "the main path of the corpus", Scope()
    if part.theme:
        title, scope = f"the main path of the theme {part.theme}", Scope(theme=parse_theme(lineage, part.theme))
    elif part.names:
        ends = _ends(lineage, part.names, "main-path BERT → InstructGPT")
        title, scope = f"the main path of what lies between {part.names}", Scope(between=ends)
    found = main_path(lineage, scope, robustness=False)
    arcs = frozenset(found.found.arcs)
    keys = sorted({key for arc in arcs for key in arc}, key=lineage.age)
    return Selection(lineage, title, tuple(keys), arcs, counts={arc: found.counts.arcs[arc] for arc in arcs})


def _ends(lineage: Lineage, names: str, example: str) -> Arc:
    asked = parse_query(lineage, [names]) if names else None
    if asked is None or asked.kind != "path" or len(asked.papers) != 2:
        raise InputError(f"{names!r} does not name two papers", remedy=f"as in --of '{example}'")
    return asked.papers[0], asked.papers[1]


def _paths(lineage: Lineage, text: str, top: int) -> Selection:
    asked = parse_query(lineage, [text])
    names = [lineage.paper(key).name for key in asked.papers]
    if asked.kind in ("ancestry", "descent"):
        kin = find_relatives(lineage, asked.papers[0], asked.kind)
        title = f"{names[0]} and all that {'led to it' if asked.kind == 'ancestry' else 'it led to'}"
        return _among(lineage, title, [*asked.papers, *(key for generation in kin.generations for key in generation)])
    search = partial(find_paths, lineage, wish=PathOptions(waypoints=asked.papers[1:-1], top=top))
    answer = search(asked.papers[0], asked.papers[-1])
    if asked.kind == "either" and not answer.found:
        answer, names = search(asked.papers[-1], asked.papers[0]), names[::-1]
    paths = tuple(path.keys for path in answer.paths)
    keys = sorted({key for path in paths for key in path}, key=lineage.age)
    arcs = frozenset(arc for path in paths for arc in pairwise(path))
    return Selection(lineage, " → ".join(names), tuple(keys), arcs, paths=paths)


def _named(lineage: Lineage, text: str, top: int) -> Selection:
    """One paper alone, or "BERT to InstructGPT": titles hold the word "to", so a paper comes first."""
    try:
        key = resolve(lineage, text)
    except NameNotFound:
        if has_to(text):
            return _paths(lineage, text, top)
        near = get_close_matches(text.casefold(), KINDS, n=1)
        if near or not text:
            meant = f"did you mean {near[0]!r}? " if near else ""
            remedy = f"{meant}'lineage export --help' lists what can be exported"
            raise InputError(f"nothing here is called {text!r}", remedy=remedy) from None
        raise
    return Selection(lineage, lineage.paper(key).name, (key,), frozenset())


_WHOLE: Mapping[str, tuple[str, Callable[[Lineage], Iterable[str]]]] = {
    "list": ("the reading list", lambda lineage: lineage.list_keys),
    "neighbourhood": ("the reading list and its neighbourhood", neighbourhood),
    "corpus": ("the whole corpus", lambda lineage: lineage.graph),
}
