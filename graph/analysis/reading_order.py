"""A reading order: the few papers to read between two others, in order, and how many paths each of them is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from ..algorithms.path_counts import counts_to_each
from ..algorithms.traversal_weights import topological
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .acyclic import Acyclic, Cycles, acyclic

if TYPE_CHECKING:
    import pandas as pd


@keep_old_attributes(ways="paths", gained="new_paths")
@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One paper to read.

    Attributes
    ----------
    key : str
        The key of the paper; of a family of papers that of the oldest.
    paths : int
        How many paths from the first paper to the last run through it.
    new_paths : int
        How many of these run through no paper that was chosen before it.
    builds_on : tuple of str
        The papers of the order that it cites.
    """

    key: str
    paths: int
    new_paths: int
    builds_on: tuple[str, ...]


@keep_old_attributes(stops="steps")
@dataclass(frozen=True)
class ReadingOrder:
    """What to read from one paper to another, oldest first, the two included.

    Attributes
    ----------
    steps : tuple of ReadingStep
    total : int
        How many paths lead from the first paper to the last in `network`.
    covered : int
        How many of them run through at least one of the papers between.
    network : Acyclic
        What lies between the two papers, without circles.
    """

    steps: tuple[ReadingStep, ...]
    total: int
    covered: int
    network: Acyclic

    def to_frame(self) -> pd.DataFrame:
        """The order as a pandas table: key, paths (`ways`) and new paths (`gained`), both exact, what it builds on."""
        import pandas as pd

        rows = [(step.key, step.paths, step.new_paths, " ".join(step.builds_on)) for step in self.steps]
        columns = ["key", "ways", "gained", "builds_on"]
        return pd.DataFrame(rows, columns=columns).astype({"ways": object, "gained": object})


@dataclass(frozen=True, slots=True)
class NoReadingOrder:
    """No path leads from the first paper to the second."""

    start: str
    end: str


def reading_order(
    lineage: Lineage, start: str, end: str, *, budget: int = 5, list_only: bool = False, cycles: Cycles = "date"
) -> ReadingOrder | None:
    """Choose the few papers between two that most paths between the two run through.

    The choice is greedy. Each time it takes the paper on most of the paths that run through no paper chosen so far;
    of equal ones one of the list, then the older. This covers at least 1 - 1/e of the paths that the best choice of
    as many papers covers, because a paper gains less the later it is chosen.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    budget : int
        How many papers to read between them at most.
    list_only : bool
        Only papers of the reading list.
    cycles : str
        How to remove circles: see `graph.analysis.acyclic.acyclic`.

    Returns
    -------
    ReadingOrder or None
        None when no path leads from `start` to `end`.

    Raises
    ------
    InputError
        When `cycles` is not one of the three.

    Notes
    -----
    `budget` passes over the papers and citations between the two.

    References
    ----------
    Nemhauser, Wolsey & Fisher (1978), "An analysis of approximations for maximizing submodular
    set functions", https://doi.org/10.1007/BF01588971.
    """
    among = lineage.flagged([*lineage.list_keys, start, end]) if list_only else None
    part = lineage.citation_graph(among).within(start, end)
    network = acyclic(lineage, part, cycles=cycles).between(start, end)
    graph = network.graph
    if start not in graph:
        return None
    paper_of = {node: network.preprints.get(node, node) for node in topological(graph)}
    all_paths = _paths_through(graph, paper_of, start, end)
    new_paths: dict[str, int] = {}  # of the chosen papers
    while len(new_paths) < budget:
        left = graph.subgraph(node for node, paper in paper_of.items() if paper not in new_paths)
        paths = _paths_through(left, paper_of, start, end)
        inner = [key for key, count in paths.items() if count and key not in (start, end)]
        if not inner:
            break
        best = min(inner, key=lambda key: (-paths[key], lineage.place(key)))
        new_paths[best] = paths[best]
    order = [key for key in dict.fromkeys(paper_of.values()) if key in new_paths or key in (start, end)]
    citations = {citation for arc in graph.edges for citation in network.citations(*arc)}
    steps = tuple(
        ReadingStep(key, all_paths[key], new_paths.get(key, 0), tuple(k for k in order if (k, key) in citations))
        for key in order
    )
    return ReadingOrder(steps, all_paths[end], sum(new_paths.values()), network)


def _paths_through(graph: nx.DiGraph[str], paper_of: Mapping[str, str], start: str, end: str) -> dict[str, int]:
    """For every paper, how many paths from `start` to `end` run through it: those to it times those from it."""
    order = topological(graph)
    paths_to = counts_to_each(order, graph.pred, lambda node: node == start)
    paths_from = counts_to_each(order[::-1], graph.succ, lambda node: node == end)
    paths: dict[str, int] = {}
    for node in order:
        paper = paper_of[node]
        paths[paper] = paths.get(paper, 0) + paths_to[node] * paths_from[node]
        if graph.has_edge(node, paper):  # from the preprint of a paper to the paper: these paths were counted twice
            paths[paper] -= paths_to[node] * paths_from[paper]
    return paths
