"""What is to be exported: some papers of a lineage and citations among them, as a person types it and as a value.

A person types "list", "theme alignment", "flow BERT → InstructGPT" or "main-path". Every format that has a place for
it says which program made the file, and from what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Literal

from ..analysis.ancestry import Relatives
from ..analysis.flow import Flow
from ..analysis.main_path import MainPath, Scope, papers_within
from ..analysis.measures.affordable import Measured, left_out, measured
from ..analysis.path_answer import PathAnswer
from ..analysis.query import has_arrow
from ..model.lineage import Lineage
from ..utils.text import for_xml
from .contents import Arc, ExportedCitation, ExportedPaper, PlacedPaper, contents_of, placed
from .layout import Layout, timeline
from .wording import counted


@cache
def made_by() -> str:
    """Name and version of this program: "citation-lineage 0.1.0"."""
    return f"citation-lineage {version('citation-lineage')}"


def provenance_line(lineage: Lineage, title: str) -> str:
    """One line on where a file comes from: program, selection, reading list, corpus, latest observation."""
    corpus = lineage.corpus
    until = f", observed until {corpus.observed_until}" if corpus.observed_until else ""
    line = (
        f"{made_by()}: {title}. Reading list “{lineage.reading_list.title}”; corpus of "
        f"{counted(len(corpus.papers), 'paper')}, {counted(len(corpus.citations), 'citation')} and "
        f"{counted(len(corpus.sources), 'source')}{until}"
    )
    return " ".join(for_xml(line).split())


Kind = Literal["list", "neighbourhood", "corpus", "theme", "flow", "main-path", "paths", "paper"]
KEYWORDS: tuple[Kind, ...] = ("list", "neighbourhood", "corpus", "theme", "flow", "main-path")
"""The kinds that begin with a word of their own; an arrow means paths, and anything else is the name of a paper."""


@dataclass(frozen=True, slots=True)
class SelectionRequest:
    """A part of a lineage or of a store, before its names are looked up.

    The kind "paper" may also mean "BERT to InstructGPT": titles hold the word "to", so only a look-up can decide.
    `names` is the text that names papers: both ends of a flow or of a main path, a question about paths, or one paper.
    `theme` is the name of the theme that a selection or a main path keeps to.
    """

    kind: Kind
    names: str = ""
    theme: str = ""


def parse_selection(text: str) -> SelectionRequest:
    """Parse what a person wants to export, one of `graph.exports.registry.SELECTIONS`.

    Whether there is such a paper or theme is not checked here.

    >>> parse_selection("the reading list").kind, parse_selection("theme rlhf").theme, parse_selection("BERT").names
    ('list', 'rlhf', 'BERT')
    >>> parse_selection("main path BERT → InstructGPT")
    SelectionRequest(kind='main-path', names='BERT → InstructGPT', theme='')
    """
    text = " ".join(text.split())
    synonym = _SYNONYMS.get(text.casefold())
    if synonym:
        return SelectionRequest(synonym)
    word, _, rest = text.partition(" ")
    word = word.casefold()
    if word == "theme" and rest:
        return SelectionRequest("theme", theme=rest)
    if word == "flow":
        return SelectionRequest("flow", rest)
    if word in ("main-path", "main"):
        return _main_path(re.sub(r"\Apath\b\s*", "", rest, flags=re.IGNORECASE))
    return SelectionRequest("paths" if has_arrow(text) else "paper", text)


def _main_path(rest: str) -> SelectionRequest:
    word, _, theme = rest.partition(" ")
    if word.casefold() == "theme" and theme:
        return SelectionRequest("main-path", theme=theme)
    return SelectionRequest("main-path", rest)


_SYNONYMS: dict[str, Kind] = {
    "list": "list",
    "the list": "list",
    "reading list": "list",
    "the reading list": "list",
    "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood",
    "corpus": "corpus",
    "all": "corpus",
    "everything": "corpus",
}


@dataclass(frozen=True)
class Selection:
    """A part of a lineage: its papers, oldest first, and the citations among them that belong to it, cited -> citing.

    `title` is for people: "the reading list", "BERT → InstructGPT". There are no `keys` when there is no such path. Of
    an answer about paths `paths` has the papers of each path in turn; of a flow or a main path `counts` says how many
    paths run through an arc. `remarks` say what the answer left out that this is a part of.
    """

    lineage: Lineage
    title: str
    keys: tuple[str, ...]
    arcs: frozenset[Arc]
    paths: tuple[tuple[str, ...], ...] = ()
    counts: Mapping[Arc, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

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

    @property
    def provenance_of_measures(self) -> str:
        """The same for a file with measures: it also says which of these are estimated or left out."""
        return " ".join(filter(None, (self.provenance, left_out(self.lineage))))


def select_papers(lineage: Lineage, title: str, keys: Iterable[str]) -> Selection:
    """Papers with all citations among them."""
    ordered = lineage.by_age(keys)
    arcs = frozenset(lineage.arcs_among(ordered))
    return Selection(lineage, title, tuple(ordered), arcs)


def _along(lineage: Lineage, title: str, arcs: Iterable[Arc], **more: Any) -> Selection:
    """The papers at the ends of some citations, with these citations alone."""
    chosen = frozenset(arcs)
    keys = lineage.by_age(key for arc in chosen for key in arc)
    return Selection(lineage, title, tuple(keys), chosen, **more)


def select_theme(lineage: Lineage, theme: str) -> Selection:
    """The papers of a theme, by its id, in the neighbourhood of the list."""
    title = f"the theme {lineage.reading_list.theme(theme).name}"
    return select_papers(lineage, title, papers_within(lineage, Scope("neighbourhood", theme)))


def select_flow(lineage: Lineage, found: Flow) -> Selection:
    """The papers and citations of a flow."""
    title = f"all paths from {lineage.paper(found.start).name} to {lineage.paper(found.end).name}"
    return Selection(lineage, title, found.papers or (), frozenset(found.arcs), counts=found.arcs)


def select_main_path(lineage: Lineage, title: str, found: MainPath) -> Selection:
    """The papers and citations of a main path."""
    return _along(lineage, title, found.found.arcs, counts={arc: found.counts.arcs[arc] for arc in found.found.arcs})


def select_paths(lineage: Lineage, found: PathAnswer) -> Selection:
    """The papers and citations of the paths that an answer shows."""
    title = " → ".join(lineage.paper(key).name for key in (found.start, *found.options.waypoints, found.end))
    paths = tuple(path.keys for path in found.paths)
    return _along(lineage, title, (arc for path in paths for arc in pairwise(path)), paths=paths)


def select_relatives(lineage: Lineage, found: Relatives) -> Selection:
    """A paper with all papers before or after it."""
    side = "led to it" if found.kind == "ancestry" else "it led to"
    relatives = (key for generation in found.generations for key in generation)
    return select_papers(lineage, f"{lineage.paper(found.key).name} and all that {side}", [found.key, *relatives])
