"""One paper in its lineage: what it builds on, what builds on it, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..model.corpus import Coverage, Paper
from ..model.lineage import BRIDGE, LIST, Lineage
from ..model.themes import Shares


@dataclass(frozen=True, slots=True)
class RelatedPapers:
    """Some papers that are related to one: keys of those of the list and of bridges, and the number of others.

    `list` and `bridges` are in order of age.
    """

    list: tuple[str, ...]
    bridges: tuple[str, ...]
    others: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.list) + len(self.bridges) + self.others


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """What the corpus knows of a paper.

    `cites` and `cited_by` are the papers that it cites and that cite it, `ancestors` and `descendants` all
    papers from which a path leads to it, and to which one leads from it. A person chose `themes`; where
    there are none, `shares` are inferred.
    """

    paper: Paper
    role: str
    numbers: tuple[int, ...]
    themes: tuple[str, ...]
    shares: Shares
    references: tuple[Coverage, ...]
    cites: RelatedPapers
    cited_by: RelatedPapers
    ancestors: RelatedPapers
    descendants: RelatedPapers


def summarize_paper(lineage: Lineage, key: str) -> PaperSummary:
    """Describe one paper of a lineage.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing: predecessors are what the paper cites.
    key : str

    Returns
    -------
    PaperSummary
    """
    graph = lineage.citation_graph()
    before, after = (graph.keys_of(np.flatnonzero(graph.hops(key, back=back) > 0)) for back in (True, False))
    return PaperSummary(
        paper=lineage.paper(key),
        role=lineage.role(key),
        numbers=lineage.entry_numbers(key),
        themes=lineage.themes(key),
        shares=lineage.shares(key),
        references=tuple(lineage.corpus.coverage_rows(key)),
        cites=_related(lineage, graph.predecessors(key)),
        cited_by=_related(lineage, graph.successors(key)),
        ancestors=_related(lineage, before),
        descendants=_related(lineage, after),
    )


def _related(lineage: Lineage, keys: Iterable[str]) -> RelatedPapers:
    ordered = sorted(keys, key=lineage.age)
    listed = tuple(key for key in ordered if lineage.role(key) == LIST)
    bridges = tuple(key for key in ordered if lineage.role(key) == BRIDGE)
    return RelatedPapers(listed, bridges, len(ordered) - len(listed) - len(bridges))
