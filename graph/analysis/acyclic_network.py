"""A network without circles, and what was changed so that it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

import numpy as np
from numpy.typing import NDArray

from ..algorithms.dag import Dag
from ..algorithms.network import Network
from ..algorithms.traversal_weights import Arc
from ..utils.old_names import keep_old_attributes

if TYPE_CHECKING:
    import networkx as nx

Cycles = Literal["date", "families", "preprints"]
CYCLES: tuple[str, ...] = get_args(Cycles)

PREPRINT = "'"
"""What the name of a preprint's node ends with; no key of a paper contains it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A citation, cited -> citing, that the graph leaves out.

    `why` is "later" when the cited paper is the later one by its date, and "tied" when the dates
    leave it open and identifiers had to break a circle.
    """

    cited: str
    citing: str
    why: Literal["later", "tied"]


class DroppedCitations(Sequence[Dropped]):
    """Dropped citations, each made when somebody asks for it: of a million papers there may be as many.

    `keys` are those of papers, by whose places `cited` and `citing` are; `later` tells which cited papers are later.

    >>> two = DroppedCitations(["a", "b"], np.array([1, 0]), np.array([0, 1]), np.array([True, False]))
    >>> two[1], two.counts
    (Dropped(cited='a', citing='b', why='tied'), (1, 1))
    """

    def __init__(self, keys: Sequence[str], cited: NDArray[Any], citing: NDArray[Any], later: NDArray[Any]) -> None:
        self._keys, self._cited, self._citing, self._later = keys, cited, citing, later

    def __len__(self) -> int:
        return len(self._later)

    @overload
    def __getitem__(self, place: int) -> Dropped: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Dropped, ...]: ...
    def __getitem__(self, place: int | slice) -> Dropped | tuple[Dropped, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        cited, citing = self._keys[self._cited[place]], self._keys[self._citing[place]]
        return Dropped(cited, citing, "later" if self._later[place] else "tied")

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    @property
    def counts(self) -> tuple[int, int]:
        """How many there are: of later papers, and others."""
        later = int(np.count_nonzero(self._later))
        return later, len(self) - later


NONE_DROPPED = DroppedCitations([], *(np.empty(0, np.int64) for _ in range(3)))


@keep_old_attributes(behind="citations")
@dataclass(frozen=True)
class Acyclic:
    """A graph without circles, and what was changed to remove them."""

    dag: Dag[str]
    """Arcs cited -> citing. Nodes are in topological order; where this leaves a choice, the oldest comes first."""
    cycles: Cycles
    """How circles were removed: "date", "families" or "preprints"."""
    dropped: DroppedCitations = NONE_DROPPED
    """Citations that the graph leaves out ("date")."""
    merged: tuple[Arc, ...] = ()
    """Citations inside a family, which became one node ("families"), or citations that now begin at a preprint
    ("preprints")."""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The papers that a node stands for if there are several, oldest first; the node has the key of the oldest one
    ("families")."""
    preprints: Mapping[str, str] = field(default_factory=dict)
    """The paper of a node that stands for its preprint ("preprints")."""
    bundles: Mapping[Arc, tuple[Arc, ...]] = field(default_factory=dict)
    """The arcs of the lineage that an arc from or to a family stands for ("families")."""
    counted: tuple[int, int] | None = None
    """Of a network too large to be kept, how many citations it leaves out: of later papers, and others. Its `dag` has
    no nodes."""

    @classmethod
    def too_large(cls, dropped: tuple[int, int]) -> Acyclic:
        """What is known of a network that is too large to be kept."""
        return cls(Dag([], Network.of(0, [], [])), "date", counted=dropped)

    @property
    def dropped_counts(self) -> tuple[int, int]:
        """How many citations the graph leaves out: those of later papers, and others."""
        return self.counted or self.dropped.counts

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The graph for networkx; the arc attribute ``citations`` has the arcs of the lineage behind each arc."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.dag)
        graph.add_edges_from((*arc, {"citations": self.citations(*arc)}) for arc in self.dag.edges)
        return graph

    @property
    def changed(self) -> bool:
        """Whether any citation was dropped or merged."""
        return bool(self.merged) or any(self.dropped_counts)

    def papers(self, node: str) -> tuple[str, ...]:
        """The papers that a node stands for."""
        return self.families.get(node) or (self.preprints.get(node, node),)

    def citations(self, cited: str, citing: str) -> tuple[Arc, ...]:
        """The arcs of the lineage behind the arc cited -> citing; none from a preprint to its paper."""
        arc = self.preprints.get(cited, cited), self.preprints.get(citing, citing)
        return () if arc[0] == arc[1] else self.bundles.get(arc, (arc,))

    def between(self, start: str, end: str) -> Acyclic:
        """The part that lies between two nodes; `dropped` and `merged` stay as they are."""
        dag = self.dag.between(start, end)
        families = {node: papers for node, papers in self.families.items() if node in dag}
        preprints = {node: paper for node, paper in self.preprints.items() if node in dag}
        return replace(self, dag=dag, families=families, preprints=preprints)
