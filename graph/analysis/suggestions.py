"""What a reading list may be missing: papers it leans on, and papers that would join lone entries."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from ..model.lineage import Lineage


@dataclass(frozen=True, slots=True)
class FrequentlyCited:
    """A paper outside the list, and the papers of the list that cite it and that it cites."""

    key: str
    cited_by: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """An entry without a citation in the list, and what would join it.

    `chain` is the shortest chain of citations, whichever way they point, from the entry to
    another paper of the list; the papers between the two are what to add. Empty when the corpus
    has no such chain.
    """

    key: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to look at next."""

    leaned_on: tuple[FrequentlyCited, ...]
    joining: tuple[Connection, ...]


def suggestions(lineage: Lineage, *, top: int = 10) -> Suggestions:
    """Find papers that the list leans on without naming them, and what would join its lone entries.

    Parameters
    ----------
    lineage : Lineage
    top : int
        How many papers the list leans on.

    Returns
    -------
    Suggestions
        Papers outside the list by how many of the list cite them, then by how many they cite.

    Notes
    -----
    Linear in papers and citations for the first part and for every lone entry.
    """
    graph, listed = lineage.graph, set(lineage.list_keys)
    found = [
        FrequentlyCited(key, _listed(lineage, graph.successors(key)), _listed(lineage, graph.predecessors(key)))
        for key in graph
        if key not in listed and not listed.isdisjoint(graph.successors(key))
    ]
    found.sort(key=lambda each: (-len(each.cited_by), -len(each.cites), lineage.age(each.key)))
    among = lineage.among(lineage.list_keys)
    lone = [key for key in among if among.degree(key) == 0]
    return Suggestions(tuple(found[:top]), tuple(Connection(key, _chain(lineage, key)) for key in lone))


def _listed(lineage: Lineage, keys: object) -> tuple[str, ...]:
    return tuple(sorted((key for key in keys if key in lineage.entries), key=lineage.place))  # type: ignore[attr-defined]


def _chain(lineage: Lineage, start: str) -> tuple[str, ...]:
    """The first, in the lineage's order, of the shortest chains to another paper of the list."""
    either = lineage.graph.to_undirected(as_view=True)
    others = [key for key in lineage.list_keys if key != start]
    if not others:
        return ()
    away = nx.multi_source_dijkstra_path_length(either, set(others), weight=None)
    if start not in away:
        return ()
    chain = [start]
    while away[chain[-1]] > 0:
        nearer = [key for key in either[chain[-1]] if away[key] < away[chain[-1]]]
        chain.append(min(nearer, key=lineage.place))
    return tuple(chain)
