"""How many search paths run through a citation: SPC, SPLC, SPNP and NPPC, exactly.

Everything here works on any directed graph without circles whose arcs run cited -> citing. Counts
are Python integers: the number of paths grows exponentially and passes 64 bits in real networks.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, get_args

import numpy as np

from ..errors import InputError
from .dag import Counts, Dag
from .digraph import Graph
from .levels import Levels
from .long_counts import LongCounts
from .network import Network
from .products import Products

if TYPE_CHECKING:
    import pandas as pd

N = TypeVar("N", bound=Hashable)
Arc = tuple[str, str]
Weight = Literal["SPC", "SPLC", "SPNP", "NPPC"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


@dataclass(frozen=True)
class Traversal(Generic[N]):
    """The traversal counts of a network."""

    weight: Weight
    arcs: Counts[tuple[N, N]]
    """The count of every arc cited -> citing, in topological order."""
    papers: Counts[N]
    """The count of every paper, in topological order."""
    flow: int
    """How many paths lead from a source to a sink, whatever the weight."""
    sources: tuple[N, ...]
    sinks: tuple[N, ...]
    """Papers that cite nothing in the network, and papers that nothing in it cites."""
    alone: tuple[N, ...]
    """Papers without any citation in the network, which are source and sink at once. They have no count, and no path
    runs through them."""

    def to_frame(self) -> pd.DataFrame:
        """The arcs as a pandas table, the heaviest first: cited, citing, and the exact count."""
        import pandas as pd

        rows = sorted(((*arc, count) for arc, count in self.arcs.items()), key=lambda row: (-row[2], row))
        # object: pandas would turn counts past 64 bits into floats or refuse them
        return pd.DataFrame(rows, columns=["cited", "citing", self.weight]).astype({self.weight: object})


def traversal(graph: Graph[N], weight: Weight = "SPC") -> Traversal[N]:
    """Count how many of the search paths through a network traverse each citation.

    Let f(v) be the number of paths from any source to v, b(v) that from v to any sink, fa(v) that from any paper to v,
    and ba(v) that from v to any paper (fa and ba include the path of no arc). Then SPC(u, v) = f(u) b(v), SPLC(u, v) =
    fa(u) b(v), SPNP(u, v) = fa(u) ba(v), and NPPC(u, v) = (papers that lead to u, and u) times (papers that v leads to,
    and v). Raises `InputError` when the graph has a circle, or there is no such weight.

    Parameters
    ----------
    graph : Dag, Digraph or networkx.DiGraph
        Without circles, arcs cited -> citing.
    weight : str
        "SPC" (search path count), "SPLC" (search path link count), "SPNP" (search path node
        pair) or "NPPC" (node pair projection count).

    Examples
    --------
    >>> import networkx as nx
    >>> diamond = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")])
    >>> traversal(diamond).arcs["d", "e"], traversal(diamond, "SPLC").arcs["d", "e"]
    (2, 5)
    >>> traversal(diamond, "SPNP").arcs["a", "b"], traversal(diamond, "NPPC").arcs["d", "e"]
    (3, 4)

    Notes
    -----
    One pass in each direction, linear in papers and citations (the integers grow with the
    logarithm of the count). NPPC counts sets, not paths: it takes one machine word's work for every
    citation and 64 papers, in blocks of papers, so that memory stays linear.

    SPNP >= SPLC >= SPC >= 1, and SPNP >= NPPC. SPC is a flow: as much comes into a paper as leaves it.

    References
    ----------
    N. P. Hummon and P. Doreian, Connectivity in a citation network: the development of DNA theory,
    Social Networks 11, 1989, doi:10.1016/0378-8733(89)90017-8.
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    """
    if weight not in WEIGHTS:
        raise InputError(f"there is no weight {weight!r}", remedy=f"use one of {', '.join(WEIGHTS)}")
    dag = Dag.of(graph)
    into, out_of = _factors(dag, weight)
    before, after = np.diff(dag.network.references_at), np.diff(dag.network.citers_at)
    joined = np.flatnonzero(before + after)
    sinks = joined[after[joined] == 0]
    place = np.cumsum(before + after > 0) - 1

    def place_of(label: N) -> int | None:
        node = dag.place.get(label)
        return int(place[node]) if node is not None and before[node] + after[node] else None

    return Traversal(
        weight=weight,
        arcs=dag.arc_counts(Products(into, out_of, *dag.ends)),
        papers=Counts(Products(into, out_of, joined, joined), lambda n: dag.nodes[joined[n]], place_of),
        flow=int(dag.forward.from_first.take(sinks).sum()),
        sources=tuple(dag.labels(joined[before[joined] == 0])),
        sinks=tuple(dag.labels(sinks)),
        alone=tuple(dag.labels(np.flatnonzero(before + after == 0))),
    )


def _factors(dag: Dag[N], weight: Weight) -> tuple[LongCounts, LongCounts]:
    """The two factors of a count: what the cited paper of a citation contributes, and what the citing one does."""
    if weight == "NPPC":
        return _leading(dag.network), _leading(dag.network.reversed())
    return (
        dag.forward.from_first if weight == "SPC" else dag.forward.from_all,
        dag.backward.from_all if weight == "SPNP" else dag.backward.from_first,
    )


def _leading(network: Network) -> LongCounts:
    return LongCounts(Levels.of(network).count_leading()[:, np.newaxis])
