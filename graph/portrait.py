"""One paper in its lineage: where it comes from, where it leads, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from .corpus import Coverage, Paper
from .lineage import BRIDGE, LIST, Lineage
from .themes import Shares


@dataclass(frozen=True, slots=True)
class Kin:
    """The papers on one side of a paper, by key.

    `list` and `bridges` are in order of age, `others` is how many more there are.
    """

    list: tuple[str, ...]
    bridges: tuple[str, ...]
    others: int

    @property
    def total(self) -> int:
        """How many in all."""
        return len(self.list) + len(self.bridges) + self.others


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the corpus knows of a paper.

    `cites` and `cited_by` are its direct references and citers, `ancestors` and `descendants` all
    papers from which a path leads to it, or to which one leads from it. `themes` were chosen by a
    person; where there are none, `shares` is inferred.
    """

    paper: Paper
    role: str
    numbers: tuple[int, ...]
    themes: tuple[str, ...]
    shares: Shares
    references: tuple[Coverage, ...]
    cites: Kin
    cited_by: Kin
    ancestors: Kin
    descendants: Kin


def portrait(lineage: Lineage, key: str) -> Portrait:
    """Describe one paper of a lineage.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing: predecessors are what the paper cites.
    key : str

    Returns
    -------
    Portrait
    """
    graph, data = lineage.graph, lineage.graph.nodes[key]
    return Portrait(
        paper=lineage.paper(key),
        role=data["role"],
        numbers=data["numbers"],
        themes=data["themes"],
        shares=data["shares"],
        references=tuple(lineage.corpus.coverage_rows(key)),
        cites=_kin(lineage, graph.predecessors(key)),
        cited_by=_kin(lineage, graph.successors(key)),
        ancestors=_kin(lineage, nx.ancestors(graph, key)),
        descendants=_kin(lineage, nx.descendants(graph, key)),
    )


def _kin(lineage: Lineage, keys: Iterable[str]) -> Kin:
    roles = lineage.graph.nodes
    ordered = sorted(keys, key=lineage.age)
    listed = tuple(key for key in ordered if roles[key]["role"] == LIST)
    bridges = tuple(key for key in ordered if roles[key]["role"] == BRIDGE)
    return Kin(listed, bridges, len(ordered) - len(listed) - len(bridges))
