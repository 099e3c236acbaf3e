"""What is to be exported, as a value: some papers of a lineage, and citations among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from ..analysis.ancestry import Relatives
from ..analysis.flow import Flow
from ..analysis.main_path import MainPath, Scope, papers_within
from ..analysis.measures.affordable import Measured, left_out, measured
from ..analysis.path_answer import PathAnswer
from ..model.lineage import Lineage
from .contents import Arc, ExportedCitation, ExportedPaper, PlacedPaper, contents_of, placed
from .layout import Layout, timeline
from .provenance import provenance_line


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
