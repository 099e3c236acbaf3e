"""A reading order: the few papers to read between two others, in order, with why each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from ..algorithms.traversal_weights import topological
from ..model.lineage import Lineage
from .acyclic import Acyclic, Cycles, acyclic_between

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One paper to read.

    Attributes
    ----------
    key : str
    ways : int
        The ways from the first paper to the last that run through it.
    gained : int
        Those of them that run through no paper chosen before it.
    builds_on : tuple of str
        The papers of the order that it cites.
    """

    key: str
    ways: int
    gained: int
    builds_on: tuple[str, ...]


@dataclass(frozen=True)
class ReadingOrder:
    """What to read from one paper to another, oldest first, the two included.

    Attributes
    ----------
    stops : tuple of ReadingStep
    total : int
        All ways from the first to the last, circles removed as `network` tells.
    covered : int
        The ways that run through at least one of the papers between.
    network : Acyclic
        What the ways were counted in.
    """

    stops: tuple[ReadingStep, ...]
    total: int
    covered: int
    network: Acyclic

    def to_frame(self) -> pd.DataFrame:
        """The order as a pandas table: key, ways, gained (exact), what it builds on."""
        import pandas as pd

        rows = [(s.key, s.ways, s.gained, " ".join(s.builds_on)) for s in self.stops]
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
    """Choose the few papers between two that most ways between them run through.

    Greedily, each time the paper on most ways that no chosen paper lies on yet; of equals one of
    the list, then the older. This covers at least 1 - 1/e of the ways that the best choice of
    as many papers covers, because every further paper gains less than it would have before.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    budget : int
        How many papers to read between them at the most.
    list_only : bool
        Only papers of the reading list.
    cycles : str
        What to do about circles; see `graph.analysis.acyclic.acyclic`.

    Returns
    -------
    ReadingOrder or None
        None when no way leads from `start` to `end`.

    Raises
    ------
    InputError
        When there is no such choice for circles.

    Notes
    -----
    `budget` passes over the papers and citations between the two.

    References
    ----------
    Nemhauser, Wolsey & Fisher (1978), "An analysis of approximations for maximizing submodular
    set functions", https://doi.org/10.1007/BF01588971.
    """
    keys = [*lineage.list_keys, start, end] if list_only else lineage.graph
    network = acyclic_between(lineage, lineage.graph.subgraph(keys), start, end, cycles=cycles)
    if start not in network.graph:
        return None
    graph = network.graph
    all_ways = _ways_through(graph, start, end)
    total = all_ways[end]
    gained: dict[str, int] = {}
    while len(gained) < budget:
        left = graph.subgraph(set(graph) - set(gained))
        ways = _ways_through(left, start, end)
        inner = [key for key, count in ways.items() if count and key not in (start, end)]
        if not inner:
            break
        best = min(inner, key=lambda key: (-ways[key], lineage.place(key)))
        gained[best] = ways[best]
    order = [key for key in topological(graph) if key in gained or key in (start, end)]
    stops = tuple(
        ReadingStep(key, all_ways[key], gained.get(key, 0), tuple(k for k in order if graph.has_edge(k, key)))
        for key in order
    )
    return ReadingOrder(stops, total, sum(gained.values()), network)


def _ways_through(graph: nx.DiGraph[str], start: str, end: str) -> Mapping[str, int]:
    """For every paper, how many ways from `start` to `end` run through it: those before times those after."""
    order = topological(graph)
    before, after = dict.fromkeys(order, 0), dict.fromkeys(order, 0)
    before[start] = after[end] = 1
    for key in order:
        before[key] += sum(before[older] for older in graph.predecessors(key))
    for key in reversed(order):
        after[key] += sum(after[newer] for newer in graph.successors(key))
    return {key: before[key] * after[key] for key in order}
