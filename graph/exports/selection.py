"""What is exported: some papers of a lineage, the citations among them, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ..analysis.ancestry import Relatives
from ..analysis.flow import Flow
from ..analysis.main_path import MainPath, Scope, papers_within
from ..analysis.measures.affordable import Measured, measured
from ..analysis.paths import PathAnswer
from ..model.lineage import Lineage
from .columns import CitationInView, PaperInView, view_of
from .layout import Layout, timeline
from .provenance import provenance_line

Arc = tuple[str, str]


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
    def _view(self) -> tuple[list[PaperInView], list[CitationInView]]:
        return view_of(self.lineage, self.keys, self.arcs)

    @property
    def papers(self) -> list[PaperInView]:
        """The papers, oldest first; they count the citations of the selection alone."""
        return self._view[0]

    @property
    def citations(self) -> list[CitationInView]:
        """The citations, by the cited paper and then by the citing one."""
        return self._view[1]

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


def select_papers(lineage: Lineage, title: str, keys: Iterable[str]) -> Selection:
    """Papers with every citation among them."""
    ordered = sorted(set(keys), key=lineage.age)
    members = set(ordered)
    arcs = frozenset(
        (cited, citing) for cited in ordered for citing in lineage.graph.successors(cited) if citing in members
    )
    return Selection(lineage, title, tuple(ordered), arcs)


def select_theme(lineage: Lineage, theme: str) -> Selection:
    """The papers of a theme, by its id, in the neighbourhood of the list."""
    title = f"the theme {lineage.reading_list.theme(theme).name}"
    return select_papers(lineage, title, papers_within(lineage, Scope("neighbourhood", theme)))


def select_flow(lineage: Lineage, found: Flow) -> Selection:
    """The papers and citations of a flow."""
    title = f"all ways from {lineage.paper(found.start).name} to {lineage.paper(found.end).name}"
    return Selection(lineage, title, found.papers, frozenset(found.arcs), counts=found.arcs)


def select_main_path(lineage: Lineage, title: str, found: MainPath) -> Selection:
    """The papers and citations of a main path."""
    arcs = frozenset(found.found.arcs)
    keys = sorted({key for arc in arcs for key in arc}, key=lineage.age)
    return Selection(lineage, title, tuple(keys), arcs, counts={arc: found.counts.arcs[arc] for arc in arcs})


def select_paths(lineage: Lineage, found: PathAnswer) -> Selection:
    """The papers and citations of the paths that an answer shows."""
    title = " → ".join(lineage.paper(key).name for key in (found.start, *found.wish.waypoints, found.end))
    paths = tuple(path.keys for path in found.paths)
    keys = sorted({key for path in paths for key in path}, key=lineage.age)
    arcs = frozenset(arc for path in paths for arc in pairwise(path))
    return Selection(lineage, title, tuple(keys), arcs, paths=paths)


def select_relatives(lineage: Lineage, found: Relatives) -> Selection:
    """A paper with all papers before or after it."""
    side = "led to it" if found.kind == "ancestry" else "it led to"
    relatives = (key for generation in found.generations for key in generation)
    return select_papers(lineage, f"{lineage.paper(found.key).name} and all that {side}", [found.key, *relatives])
