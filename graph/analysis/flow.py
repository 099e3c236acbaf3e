"""The flow from one paper to another: all paths between the two, counted and not listed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

from ..algorithms.dag import Counts
from ..algorithms.dominators import implied_arcs
from ..algorithms.extreme_paths import longest_paths, shortest_arcs
from ..algorithms.levels import affords_sets
from ..algorithms.main_path_search import MainArcs, search_arcs, sum_along
from ..algorithms.traversal_weights import Arc, traversal
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .acyclic import Acyclic, Cycles, acyclic
from .self_citations import considered

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger(__name__)

SHOWN = 5
"""How many of the paths that tie are kept as examples."""


@keep_old_attributes(ways="path_count")
@dataclass(frozen=True, slots=True)
class TiedPaths:
    """The shortest, the longest or the heaviest paths."""

    hops: int
    """Their length; for the heaviest, the length of the first."""
    path_count: int | None
    """How many paths tie; None where they were not counted."""
    papers: tuple[str, ...] | None
    """All nodes on any of them; None where they were not collected."""
    examples: tuple[tuple[str, ...], ...]
    """The first of them."""
    weight: int | None = None
    """For the heaviest, the greatest sum of path counts."""
    with_circles: bool = False
    """Whether they are those of the lineage with its circles."""


@dataclass(frozen=True)
class Flow:
    """All paths from one paper to a later one.

    Between two papers of a store there may be too many others to keep. Then the counts are those of the papers and
    citations on the most paths, and what was not computed is None.
    """

    start: str
    end: str
    """Keys."""
    list_only: bool
    """Whether only papers of the reading list may lie between the two."""
    total: int | None
    """How many paths the lineage has, with its circles, of which none visits a paper twice; None when circles make them
    too many to count."""
    papers: tuple[str, ...] | None
    """The papers between the two, with both ends, oldest first; None when they are too many. A paper of a circle is
    among them when walks lead to it and from it, even if every such walk visits some paper twice."""
    unavoidable: tuple[str, ...] | None
    """The papers between the two that no path of the lineage avoids, in the order of the paths."""
    acyclic: Acyclic
    """What lies between `start` and `end`, without circles. Everything below belongs to this network."""
    arcs: Counts[Arc]
    """How many paths run through each arc cited -> citing."""
    through: Counts[str]
    """How many paths run through each node."""
    paths: int
    """How many paths there are."""
    implied: frozenset[Arc] | None
    """The arcs that a longer chain implies; without them the same papers lead to each other. None when there are too
    many papers."""
    shortest: TiedPaths | None
    longest: TiedPaths | None
    heaviest: TiedPaths | None
    """None when there is no path, and when they were not looked for."""
    counted: tuple[int, int] | None = None
    """Of too many papers, how many there are between the two, and how many citations."""
    without_self_citations: bool = False
    """Whether citations by the papers' own authors were left out of the lineage before."""

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return self.papers is None or bool(self.papers)

    @property
    def papers_between(self) -> int:
        """How many papers there are between the two."""
        return self.counted[0] if self.papers is None and self.counted else max(0, len(self.papers or ()) - 2)

    @property
    def inner(self) -> int:
        """Of how many papers between the two the paths are counted."""
        return len(self.through) - sum(end in self.through for end in {self.start, self.end})

    @property
    def unavoidable_nodes(self) -> tuple[str, ...]:
        """The nodes that no path of the network without circles avoids: the unavoidable papers, and perhaps others."""
        ends = (self.start, self.end)
        return tuple(node for node, paths in self.through.greatest() if paths == self.paths and node not in ends)

    def most_travelled(self, most: int) -> list[tuple[str, int]]:
        """The nodes between the two on the most paths, with the number of paths through each."""
        ends = (self.start, self.end)
        return [(node, paths) for node, paths in self.through.top(most + 2) if node not in ends][:most]

    def to_frame(self) -> pd.DataFrame:
        """The arcs as a pandas table, those on most paths first: cited, citing, exact count, whether implied."""
        import pandas as pd

        rows = [
            (*arc, paths, None if self.implied is None else arc in self.implied) for arc, paths in self.arcs.items()
        ]
        rows.sort(key=lambda row: -row[2])
        return pd.DataFrame(rows, columns=["cited", "citing", "paths", "implied"]).astype({"paths": object})


def flow(
    lineage: Lineage,
    start: str,
    end: str,
    *,
    list_only: bool = False,
    cycles: Cycles = "date",
    without_self_citations: bool = False,
) -> Flow:
    """Count all paths from one paper to another, and the paths through each paper and citation.

    The search path count of an arc u -> v is the number of paths from `start` to `end` that use it: (paths from start
    to u) times (paths from v to end). Raises `InputError` when `cycles` is not one of the three. Linear in papers and
    citations, with two exceptions. The count of the paths of the lineage follows them one by one inside circles, up to
    a bound. The implied arcs take one machine word's work for every citation and 64 papers, and are not looked for
    between more than some 100,000 papers.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing.
    start, end : str
        Keys of the older and the newer paper.
    list_only : bool
        Only papers of the reading list.
    cycles : str
        How to remove circles: see `graph.analysis.acyclic.acyclic`.
    without_self_citations : bool
        Leave out citations by the papers' own authors: see `graph.analysis.self_citations`.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> answer = flow(whole, "devlin2018", "ouyang2022", list_only=True)
    >>> answer.total, answer.arcs["stiennon2020", "ouyang2022"]
    (3, 1)

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    J. R. Clough, J. Gollings, T. V. Loach and T. S. Evans, Transitive reduction of citation
    networks, Journal of Complex Networks 3, 2015, doi:10.1093/comnet/cnu039.
    """
    began = perf_counter()
    lineage = considered(lineage, others_alone=without_self_citations).lineage
    among = lineage.flagged([*lineage.list_keys, start, end]) if list_only else None
    part = lineage.citation_graph(among).ordered(start, end)
    ends = lineage.number(start), lineage.number(end)
    survey = part.survey(*ends)
    network = acyclic(lineage, part, cycles=cycles).between(start, end)
    dag = network.dag.in_levels()
    counts = traversal(dag)
    found = Flow(
        start=start,
        end=end,
        list_only=list_only,
        total=survey if survey is None else survey.paths,
        papers=lineage.oldest_first(part.members),
        unavoidable=tuple(lineage.keys_of(part.unavoidable(*ends))),
        acyclic=network,
        arcs=counts.arcs,
        through=counts.papers,
        paths=counts.flow,
        implied=implied_arcs(dag) if affords_sets(dag.network) else None,
        shortest=_tied(shortest_arcs(network.dag, start, end)),
        longest=_tied(longest_paths(dag)),
        heaviest=_tied(search_arcs(dag, counts.arcs.numbers), counts.arcs),
        without_self_citations=without_self_citations,
    )
    log.info("%s -> %s: flow through %d papers in %.3f s", start, end, len(part.members), perf_counter() - began)
    return found


def _tied(found: MainArcs[str], weights: Mapping[Arc, int] | None = None) -> TiedPaths | None:
    if not found.arcs:
        return None
    examples = tuple(islice(found.paths(), SHOWN))
    weight = sum_along(examples[0], weights) if weights is not None else None
    return TiedPaths(len(examples[0]) - 1, found.path_count, found.papers, examples, weight)
