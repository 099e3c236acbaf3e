"""The flow from one paper to another: all paths between them at once, counted and not listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx

from ..algorithms.dominators import implied_arcs, unavoidable
from ..algorithms.main_path_search import GLOBAL, MainArcs, search, sum_along
from ..algorithms.path_counts import count_paths
from ..algorithms.traversal_weights import Arc, traversal
from ..model.lineage import Lineage
from .acyclic import Acyclic, Cycles, acyclic_between, ways_between
from .main_path import longest_paths

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5
"""How many of the paths that tie are kept as examples."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """The shortest, longest or heaviest paths.

    `hops` is their length (for the heaviest, that of the first), `weight` the greatest sum of
    path counts for the heaviest. `ways` says how many paths tie, and `examples` holds the first
    of them; `papers` are all nodes on any of them.
    """

    hops: int
    ways: int
    papers: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    weight: int | None = None


@dataclass(frozen=True)
class Flow:
    """All paths from one paper to a later one.

    Attributes
    ----------
    start, end : str
        Keys.
    list_only : bool
        Whether only papers of the reading list may lie on the way.
    total : int or None
        The paths in the lineage as it is, circles included, none of which visits a paper twice;
        None when circles make them too many to count.
    papers : tuple of str
        The papers on the ways, with both ends, oldest first. A paper of a circle is among them when
        a way leads to it and from it, also where no path runs through it that visits none twice.
    unavoidable : tuple of str
        The papers between the two that no path avoids, in their order; also with all circles.
    acyclic : Acyclic
        The network from `start` to `end` without circles, to which all that follows belongs.
    arcs : mapping of (str, str) to int
        How many paths run through every arc cited -> citing.
    through : mapping of str to int
        How many paths run through every node.
    paths : int
        How many paths the network without circles has.
    implied : frozenset of (str, str)
        The arcs that a longer chain implies; without them the same papers lead to each other.
    shortest, longest, heaviest : Extreme or None
        None when there is no path.
    """

    start: str
    end: str
    list_only: bool
    total: int | None
    papers: tuple[str, ...]
    unavoidable: tuple[str, ...]
    acyclic: Acyclic
    arcs: Mapping[Arc, int]
    through: Mapping[str, int]
    paths: int
    implied: frozenset[Arc]
    shortest: Extreme | None
    longest: Extreme | None
    heaviest: Extreme | None

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.papers)

    @property
    def unavoidable_nodes(self) -> tuple[str, ...]:
        """The nodes that no path of the network without circles avoids: at least the unavoidable papers."""
        ends = (self.start, self.end)
        return tuple(node for node, paths in self.through.items() if paths == self.paths and node not in ends)

    def to_frame(self) -> pd.DataFrame:
        """The arcs as a pandas table, most paths first: cited, citing, exact paths, whether implied."""
        import pandas as pd

        rows = [(*arc, paths, arc in self.implied) for arc, paths in self.arcs.items()]
        rows.sort(key=lambda row: -row[2])
        return pd.DataFrame(rows, columns=["cited", "citing", "paths", "implied"]).astype({"paths": object})


def flow(lineage: Lineage, start: str, end: str, *, list_only: bool = False, cycles: Cycles = "date") -> Flow:
    """Count all paths from one paper to another, and see what they run through.

    Inside the network of all papers that `start` leads to and that lead to `end`, the search path
    count of an arc u -> v is the number of paths from `start` to `end` that use it:
    (paths from start to u) times (paths from v to end).

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing.
    start, end : str
        Keys of the older and the newer paper.
    list_only : bool
        Keep to the papers of the reading list.
    cycles : str
        What to do about circles: see `graph.analysis.acyclic.acyclic`.

    Returns
    -------
    Flow

    Raises
    ------
    InputError
        When there is no such choice for circles.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> answer = flow(whole, "devlin2018", "ouyang2022", list_only=True)
    >>> answer.total, answer.arcs["stiennon2020", "ouyang2022"]
    (3, 1)

    Notes
    -----
    Linear in papers and citations but for two things. Counting the paths of the lineage with its
    circles walks them one by one inside a circle, up to a bound. The implied arcs take one
    machine word's work per citation and 64 papers.

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    J. R. Clough, J. Gollings, T. V. Loach and T. S. Evans, Transitive reduction of citation
    networks, Journal of Complex Networks 3, 2015, doi:10.1093/comnet/cnu039.
    """
    part = lineage.among([*lineage.list_keys, start, end]) if list_only else lineage.graph
    ways = ways_between(part, start, end)
    network = acyclic_between(lineage, part, start, end, cycles=cycles)
    counts = traversal(network.graph)
    return Flow(
        start=start,
        end=end,
        list_only=list_only,
        total=count_paths(part, start, end),
        papers=tuple(sorted(ways, key=lineage.age)),
        unavoidable=unavoidable(ways, start, end),
        acyclic=network,
        arcs=counts.arcs,
        through=counts.papers,
        paths=counts.flow,
        implied=implied_arcs(network.graph),
        shortest=_extreme(shortest_found(network.graph, start, end)),
        longest=_extreme(longest_paths(network.graph)),
        heaviest=_extreme(search(network.graph, counts.arcs, GLOBAL), counts.arcs),
    )


def _extreme(found: MainArcs, weights: Mapping[Arc, int] | None = None) -> Extreme | None:
    if not found.arcs:
        return None
    examples = tuple(islice(found.paths(), SHOWN))
    weight = sum_along(examples[0], weights) if weights is not None else None
    return Extreme(len(examples[0]) - 1, found.ways, found.papers, examples, weight)


def shortest_found(graph: nx.DiGraph[str], start: str, end: str) -> MainArcs:
    """All shortest paths between two papers as one set of arcs.

    Parameters
    ----------
    graph : networkx.DiGraph
    start, end : str

    Returns
    -------
    MainArcs
        Without arcs when there is no path.

    Examples
    --------
    >>> import networkx as nx
    >>> square = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c")])
    >>> found = shortest_found(square, "a", "d")
    >>> found.ways, list(found.paths())
    (2, [('a', 'b', 'd'), ('a', 'c', 'd')])
    """
    if start == end or start not in graph or end not in graph:
        return MainArcs((), (), 0)
    after = nx.single_source_shortest_path_length(graph, start)
    before = nx.single_source_shortest_path_length(graph.reverse(copy=False), end)
    if end not in after:
        return MainArcs((), (), 0)
    hops = after[end]
    on_one = {u for u in graph if u in after and u in before and after[u] + before[u] == hops}
    tight = [(u, v) for u in graph if u in on_one for v in graph.succ[u] if v in on_one and after[v] == after[u] + 1]
    shape: nx.DiGraph[str] = nx.DiGraph(tight)
    return search(shape, dict.fromkeys(tight, 1), GLOBAL)
