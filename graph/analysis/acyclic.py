"""Remove the circles of a lineage, in one of three ways.

Search path counts need a graph without circles, and citation data has circles. Every way to remove them changes
the answer, so each has a name, and the result says which citations it dropped or merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, get_args

import networkx as nx
import numpy as np

from ..algorithms.between import between
from ..algorithms.components import circles
from ..algorithms.digraph import Graph, arcs_of
from ..algorithms.traversal_weights import Arc
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes

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


@keep_old_attributes(behind="citations")
@dataclass(frozen=True)
class Acyclic:
    """A graph without circles, and what was changed to remove them.

    Attributes
    ----------
    graph : networkx.DiGraph
        Arcs cited -> citing. Nodes are in topological order; where this leaves a choice, the oldest
        comes first. The arc attribute ``citations`` holds the arcs of the lineage that an arc stands for;
        it is empty for the arc from a preprint to its paper.
    cycles : str
        How circles were removed: "date", "families" or "preprints".
    dropped : tuple of Dropped
        Citations that the graph leaves out ("date").
    merged : tuple of (str, str)
        Citations inside a family, which became one node ("families"), or citations that now
        begin at a preprint ("preprints").
    families : mapping of str to tuple of str
        The papers that a node stands for if there are several, oldest first; the node has the key of
        the oldest one ("families").
    preprints : mapping of str to str
        The paper of a node that stands for its preprint ("preprints").
    """

    graph: nx.DiGraph[str]
    cycles: Cycles
    dropped: tuple[Dropped, ...] = ()
    merged: tuple[Arc, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preprints: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether any citation was dropped or merged."""
        return bool(self.dropped or self.merged)

    def papers(self, node: str) -> tuple[str, ...]:
        """The papers that a node stands for."""
        return self.families.get(node) or (self.preprints.get(node, node),)

    def citations(self, cited: str, citing: str) -> tuple[Arc, ...]:
        """The arcs of the lineage that the arc cited -> citing stands for."""
        found: tuple[Arc, ...] = self.graph.edges[cited, citing]["citations"]
        return found

    def between(self, start: str, end: str) -> Acyclic:
        """The part that lies between two nodes; `dropped` and `merged` stay as they are."""
        kept = set(between(self.graph, start, end))
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(node for node in self.graph if node in kept)
        graph.add_edges_from((u, v, data) for u, v, data in self.graph.edges(data=True) if u in kept and v in kept)
        return Acyclic(
            graph,
            self.cycles,
            self.dropped,
            self.merged,
            {node: papers for node, papers in self.families.items() if node in kept},
            {node: paper for node, paper in self.preprints.items() if node in kept},
        )


def acyclic(lineage: Lineage, part: Graph[str] | None = None, *, cycles: Cycles = "date") -> Acyclic:
    """Remove the circles of a lineage graph, or of a part of it.

    "date" drops every citation of a later paper, as far as both dates are known. In circles that are left (through
    equal, imprecise or unknown dates) the order of papers decides: what is known of their dates, then their arXiv
    identifiers, then their keys. "families" makes each strongly connected component one node. "preprints" gives
    each paper of such a component a preprint. The other papers of the component then cite the preprint, and so does
    the paper itself.

    Parameters
    ----------
    lineage : Lineage
    part : Digraph or networkx.DiGraph, optional
        A part of the lineage, arcs cited -> citing; without it the whole graph.
    cycles : str
        "date", "families" or "preprints".

    Returns
    -------
    Acyclic

    Raises
    ------
    InputError
        When `cycles` is none of these.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> two = acyclic(whole, whole.among(["bahdanau2014", "sutskever2014"]))
    >>> list(two.graph.edges), two.dropped
    ([('bahdanau2014', 'sutskever2014')], (Dropped(cited='sutskever2014', citing='bahdanau2014', why='tied'),))

    Notes
    -----
    Linear in papers and citations, except for sorting. "date" drops every citation of a later paper,
    also one in no circle: ideas only travel forward in time in the graph that is left.

    Batagelj describes the preprints by one rule: papers of a component cite preprints. It leaves open what happens
    to the citations of papers outside the component. Here the preprint cites these, and the paper is reached through
    its preprint. So each citation keeps exactly one arc, and an idea from outside still reaches every paper of the
    component that it reached through one citation there. Longer paths inside the component are lost.

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    """
    remove = {"date": _by_date, "families": _families, "preprints": _preprints}.get(cycles)
    if remove is None:
        raise InputError(f"circles cannot be removed by {cycles!r}", remedy=f"use one of {', '.join(CYCLES)}")
    return remove(lineage, lineage.plain_graph() if part is None else part)


def acyclic_between(lineage: Lineage, part: Graph[str], start: str, end: str, *, cycles: Cycles = "date") -> Acyclic:
    """What lies between two papers, without circles.

    Parameters
    ----------
    lineage : Lineage
    part : Digraph or networkx.DiGraph
        The part of the lineage that paths may use, arcs cited -> citing.
    start, end : str
    cycles : str
        How to remove circles: see `acyclic`.

    Returns
    -------
    Acyclic
        Empty when no path leads from `start` to `end`, or none is left without circles.

    Raises
    ------
    InputError
        When `cycles` is none of the three.
    """
    return acyclic(lineage, between(part, start, end), cycles=cycles).between(start, end)


def _order_of_age(lineage: Lineage, key: str) -> tuple[str, ...]:
    """A sorting key by date, then by arXiv identifier (their numbers follow the days of a month), then by key.

    What is not known of a date counts as the last that it can be. So a date that is known to come before another
    always sorts before it.
    """
    paper = lineage.paper(key)
    date = paper.date or ""
    arxiv = min((each.value for each in paper.identifiers if each.scheme == "arxiv"), default="~")
    return date + "9999-99-99"[len(date) :], arxiv, key


def _by_date(lineage: Lineage, part: Graph[str]) -> Acyclic:
    age = partial(_order_of_age, lineage)
    later = _backwards(lineage, part)
    forward: nx.DiGraph[str] = nx.DiGraph()
    forward.add_nodes_from(part)
    forward.add_edges_from(arcs_of(part))
    forward.remove_edges_from(later)
    circle_of = _circle_of(forward)
    tied = [(u, v) for u, v in forward.edges if u in circle_of and v in circle_of[u] and age(u) > age(v)]
    forward.remove_edges_from(tied)
    dropped = [*(Dropped(u, v, "later") for u, v in later), *(Dropped(u, v, "tied") for u, v in tied)]
    dropped.sort(key=lambda drop: (age(drop.cited), age(drop.citing)))
    return Acyclic(_in_order(forward, {arc: [arc] for arc in forward.edges}, age), "date", tuple(dropped))


def _backwards(lineage: Lineage, part: Graph[str]) -> list[Arc]:
    """The arcs of a part whose cited paper is dated after the citing one."""
    arcs = list(arcs_of(part))
    cited, citing = (lineage.numbers_of(keys) for keys in (zip(*arcs, strict=True) if arcs else ((), ())))
    later = lineage.corpus.arrays.backwards(np.array(cited, np.int64), np.array(citing, np.int64)).tolist()
    return [arc for arc, is_later in zip(arcs, later, strict=True) if is_later]


def _families(lineage: Lineage, part: Graph[str]) -> Acyclic:
    age = partial(_order_of_age, lineage)
    circle_of = _circle_of(part)
    oldest = {key: min(circle_of[key], key=age) if key in circle_of else key for key in part}
    citations: dict[Arc, list[Arc]] = {}
    merged = []
    for u, v in arcs_of(part):
        if oldest[u] == oldest[v]:
            merged.append((u, v))
        else:
            citations.setdefault((oldest[u], oldest[v]), []).append((u, v))
    whole: nx.DiGraph[str] = nx.DiGraph(list(citations))
    whole.add_nodes_from(oldest.values())
    families = {min(circle, key=age): tuple(sorted(circle, key=age)) for circle in circle_of.values()}
    families = dict(sorted(families.items(), key=lambda item: age(item[0])))
    return Acyclic(_in_order(whole, citations, age), "families", merged=_sorted_arcs(merged, age), families=families)


def _preprints(lineage: Lineage, part: Graph[str]) -> Acyclic:
    age = partial(_order_of_age, lineage)
    circle_of = _circle_of(part)
    citations: dict[Arc, list[Arc]] = {}
    merged = []
    for u, v in arcs_of(part):
        if u in circle_of and v in circle_of[u]:
            merged.append((u, v))
            citations[u + PREPRINT, v] = [(u, v)]
        else:  # an idea from outside reaches a paper of a circle through its preprint
            citations[u, v + PREPRINT if v in circle_of else v] = [(u, v)]
    citations |= {(key + PREPRINT, key): [] for key in circle_of}
    whole: nx.DiGraph[str] = nx.DiGraph(list(citations))
    whole.add_nodes_from(part)
    preprints = {key + PREPRINT: key for key in sorted(circle_of, key=age)}

    def age_of_version(node: str) -> tuple[str, ...]:
        return (*age(preprints.get(node, node)), node)

    graph = _in_order(whole, citations, age_of_version)
    return Acyclic(graph, "preprints", merged=_sorted_arcs(merged, age), preprints=preprints)


def _circle_of(graph: Graph[str]) -> dict[str, set[str]]:
    """For every paper that is in a circle, all papers of its strongly connected component."""
    return {key: circle for circle in circles(graph) for key in circle}


Age = Callable[[str], tuple[str, ...]]


def _sorted_arcs(arcs: Iterable[Arc], age: Age) -> tuple[Arc, ...]:
    return tuple(sorted(arcs, key=lambda arc: (age(arc[0]), age(arc[1]))))


def _in_order(graph: nx.DiGraph[str], citations: Mapping[Arc, list[Arc]], age: Age) -> nx.DiGraph[str]:
    """The same graph in one order, so that nothing that is computed from it depends on the hashes of keys."""
    order = list(nx.lexicographical_topological_sort(graph, key=age))
    position = {node: n for n, node in enumerate(order)}
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_nodes_from(order)
    for u in order:
        for v in sorted(graph.successors(u), key=position.__getitem__):
            ordered.add_edge(u, v, citations=tuple(sorted(citations[u, v])))
    return ordered
