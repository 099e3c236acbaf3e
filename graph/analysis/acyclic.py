"""A lineage without circles: what to do about papers that cite each other, by a named choice.

Counting paths needs a graph without circles, and citation data has them. There is no neutral way
out, so the choice has a name, and the answer says which citations it dropped or merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import networkx as nx

from ..algorithms.simple_paths import between
from ..errors import InputError
from ..model.corpus import Paper
from ..model.lineage import Lineage

Arc = tuple[str, str]
Cycles = Literal["date", "families", "preprints"]
CYCLES: tuple[str, ...] = get_args(Cycles)

PREPRINT = "'"
"""What marks the preprint of a paper among the nodes; no key holds it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An arc cited -> citing that was left out.

    `why` is "later" when the cited paper is the later one by its date, and "tied" when dates do
    not tell and identifiers had to break a circle.
    """

    cited: str
    citing: str
    why: Literal["later", "tied"]


@dataclass(frozen=True)
class Acyclic:
    """A graph without circles, and what was done to make it one.

    Attributes
    ----------
    graph : networkx.DiGraph
        Arcs cited -> citing, nodes in topological order, the oldest first among those that are
        free. The arc attribute ``behind`` holds the arcs of the lineage that it stands for; it is
        empty for the arc from a preprint to its paper.
    cycles : str
        The choice: "date", "families" or "preprints".
    dropped : tuple of Dropped
        Citations that have no arc any more ("date").
    merged : tuple of (str, str)
        Citations inside a family, which became one node ("families"), or citations that now
        start at a preprint ("preprints").
    families : mapping of str to tuple of str
        The papers behind a node that stands for several, oldest first; the node is called like
        the oldest one ("families").
    preprints : mapping of str to str
        The paper behind a node that stands for its preprint ("preprints").
    """

    graph: nx.DiGraph[str]
    cycles: Cycles
    dropped: tuple[Dropped, ...] = ()
    merged: tuple[Arc, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preprints: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether anything had to be done."""
        return bool(self.dropped or self.merged)

    def papers(self, node: str) -> tuple[str, ...]:
        """The papers that a node stands for."""
        return self.families.get(node) or (self.preprints.get(node, node),)

    def behind(self, cited: str, citing: str) -> tuple[Arc, ...]:
        """The arcs of the lineage that the arc cited -> citing stands for."""
        found: tuple[Arc, ...] = self.graph.edges[cited, citing]["behind"]
        return found

    def part(self, nodes: Iterable[str]) -> Acyclic:
        """The same, kept to some of its nodes; everything that was dropped or merged is still told."""
        kept = set(nodes)
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


def acyclic(lineage: Lineage, part: nx.DiGraph[str] | None = None, *, cycles: Cycles = "date") -> Acyclic:
    """Make a lineage graph, or a part of it, free of circles.

    "date" keeps an arc only when it runs to a paper with a later or the same date, as far as both
    dates are known; where circles are left (equal, imprecise or unknown dates), ties are broken
    inside them: by what is known of the date, then by arXiv identifier, then by key. "families" makes every strongly
    connected component one node. "preprints" gives every paper of such a component a preprint:
    who cites the paper from inside the component cites the preprint, and so does the paper itself.

    Parameters
    ----------
    lineage : Lineage
    part : networkx.DiGraph, optional
        A subgraph of `lineage.graph`, arcs cited -> citing; without it the whole graph.
    cycles : str
        "date", "families" or "preprints".

    Returns
    -------
    Acyclic

    Raises
    ------
    InputError
        When there is no such choice.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> two = acyclic(whole, whole.among(["bahdanau2014", "sutskever2014"]))
    >>> list(two.graph.edges), two.dropped
    ([('bahdanau2014', 'sutskever2014')], (Dropped(cited='sutskever2014', citing='bahdanau2014', why='tied'),))

    Notes
    -----
    Linear in papers and citations, but for sorting. "date" drops every citation of a later paper,
    also one in no circle: the graph is then one in which ideas only travel forward in time.

    Batagelj describes the preprints by one rule, that papers of a component cite preprints. What
    a paper cites outside its component is cited by its preprint here, and reaches the paper
    through it: each citation keeps exactly one arc, and what an idea from outside reached inside
    the component by one citation it still reaches. Longer ways inside the component are gone.

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    """
    choice = {"date": _by_date, "families": _families, "preprints": _preprints}.get(cycles)
    if choice is None:
        raise InputError(f"there is no choice {cycles!r} for circles", remedy=f"use one of {', '.join(CYCLES)}")
    return choice(lineage.graph if part is None else part, lambda key: _age(lineage.paper(key)))


def ways_between(part: nx.DiGraph[str], start: str, end: str) -> nx.DiGraph[str]:
    """The papers and citations that lie on ways from one paper to another; empty when there are none.

    No path enters the paper where it begins or leaves the one where it ends, so citations that do
    are put aside, and with them many circles.

    >>> import networkx as nx
    >>> ways = ways_between(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "x"), ("x", "b")]), "a", "c")
    >>> sorted(ways.edges)
    [('a', 'b'), ('b', 'c')]
    """
    if start == end:
        return nx.DiGraph()
    ways = nx.DiGraph(between(part, start, end))
    if start in ways:
        ways.remove_edges_from([*ways.in_edges(start), *ways.out_edges(end)])
    return between(ways, start, end)


def acyclic_between(
    lineage: Lineage, part: nx.DiGraph[str], start: str, end: str, *, cycles: Cycles = "date"
) -> Acyclic:
    """What lies on the ways from one paper to another, without circles.

    Parameters
    ----------
    lineage : Lineage
    part : networkx.DiGraph
        The part of the lineage that the ways may use, arcs cited -> citing.
    start, end : str
    cycles : str

    Returns
    -------
    Acyclic
        Empty when no way leads from `start` to `end`, or none is left without circles.

    Raises
    ------
    InputError
        When there is no such choice.
    """
    network = acyclic(lineage, ways_between(part, start, end), cycles=cycles)
    return network.part(between(network.graph, start, end))


Age = Callable[[str], tuple[str, ...]]


def _age(paper: Paper) -> tuple[str, ...]:
    """A sorting key by date, then by arXiv identifier, whose numbers run on within a month, then by key.

    What is not known of a date counts as the last that it can be, so that a date that is known to
    come before another one always sorts before it.
    """
    arxiv = min((each.value for each in paper.identifiers if each.scheme == "arxiv"), default="~")
    return f"{paper.date or ''}{'9999-99-99'[len(paper.date or '') :]}", arxiv, paper.key


def _by_date(part: nx.DiGraph[str], age: Age) -> Acyclic:
    later = [Dropped(u, v, "later") for u, v, data in part.edges(data=True) if data["backwards"]]
    forward: nx.DiGraph[str] = nx.DiGraph()
    forward.add_nodes_from(part)
    forward.add_edges_from((u, v) for u, v, data in part.edges(data=True) if not data["backwards"])
    component = _component_of(forward)
    tied = [Dropped(u, v, "tied") for u, v in forward.edges if u in component and v in component[u] and age(u) > age(v)]
    forward.remove_edges_from([(drop.cited, drop.citing) for drop in tied])
    dropped = sorted([*later, *tied], key=lambda drop: (age(drop.cited), age(drop.citing)))
    return Acyclic(_ordered(forward, {arc: [arc] for arc in forward.edges}, age), "date", tuple(dropped))


def _families(part: nx.DiGraph[str], age: Age) -> Acyclic:
    component = _component_of(part)
    oldest = {key: min(component[key], key=age) if key in component else key for key in part}
    behind: dict[Arc, list[Arc]] = {}
    merged = []
    for u, v in part.edges:
        if oldest[u] == oldest[v]:
            merged.append((u, v))
        else:
            behind.setdefault((oldest[u], oldest[v]), []).append((u, v))
    whole: nx.DiGraph[str] = nx.DiGraph(list(behind))
    whole.add_nodes_from(oldest.values())
    families = {min(group, key=age): tuple(sorted(group, key=age)) for group in component.values()}
    families = dict(sorted(families.items(), key=lambda item: age(item[0])))
    return Acyclic(_ordered(whole, behind, age), "families", merged=_sorted_arcs(merged, age), families=families)


def _preprints(part: nx.DiGraph[str], age: Age) -> Acyclic:
    component = _component_of(part)
    behind: dict[Arc, list[Arc]] = {}
    merged = []
    for u, v in part.edges:
        if u in component and v in component[u]:
            merged.append((u, v))
            behind[u + PREPRINT, v] = [(u, v)]
        else:  # an idea from outside reaches a paper of a component through its preprint
            behind[u, v + PREPRINT if v in component else v] = [(u, v)]
    behind |= {(key + PREPRINT, key): [] for key in component}
    whole: nx.DiGraph[str] = nx.DiGraph(list(behind))
    whole.add_nodes_from(part)
    preprints = {key + PREPRINT: key for key in sorted(component, key=age)}

    def age_of_version(node: str) -> tuple[str, ...]:
        return (*age(preprints.get(node, node)), node)

    graph = _ordered(whole, behind, age_of_version)
    return Acyclic(graph, "preprints", merged=_sorted_arcs(merged, age), preprints=preprints)


def _component_of(graph: nx.DiGraph[str]) -> dict[str, set[str]]:
    """For every paper that is in a circle, all papers of its strongly connected component."""
    groups = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    return {key: group for group in groups for key in group}


def _sorted_arcs(arcs: Iterable[Arc], age: Age) -> tuple[Arc, ...]:
    return tuple(sorted(arcs, key=lambda arc: (age(arc[0]), age(arc[1]))))


def _ordered(graph: nx.DiGraph[str], behind: Mapping[Arc, list[Arc]], age: Callable[[str], Any]) -> nx.DiGraph[str]:
    """The same graph in one order, so that nothing that is computed from it depends on hashes."""
    order = list(nx.lexicographical_topological_sort(graph, key=age))
    position = {node: n for n, node in enumerate(order)}
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_nodes_from(order)
    for u in order:
        for v in sorted(graph.successors(u), key=position.__getitem__):
            ordered.add_edge(u, v, behind=tuple(sorted(behind[u, v])))
    return ordered
