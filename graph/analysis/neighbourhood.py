"""Which papers a view shows: the list alone, the list with what surrounds it, or what surrounds one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from ..model.lineage import ANCESTOR, BRIDGE, LIST, Lineage

ANCESTORS = 40


@dataclass(frozen=True, slots=True)
class NearbyPapers:
    """The papers around one.

    Attributes
    ----------
    key : str
    depth : int
        The hops, whichever way citations point, as far as which papers were looked for.
    hops : mapping of str to int
        The papers that were kept, itself included, with the hops to each; the nearest first.
    total : int or None
        How many there are within the depth, itself included; None: they were not counted.
    """

    key: str
    depth: int
    hops: Mapping[str, int]
    total: int | None


@dataclass(frozen=True, slots=True)
class ListNeighbourhood:
    """The reading list with the papers around it: their keys, oldest first, and in words which papers these are."""

    keys: tuple[str, ...]
    title: str
    description: str


def shared_ancestors(lineage: Lineage, *, most: int = ANCESTORS) -> list[tuple[str, int]]:
    """Papers before the list that the list leans on most, and that are no bridges.

    Parameters
    ----------
    lineage : Lineage
    most : int
        How many at the most.

    Returns
    -------
    list of (str, int)
        Keys with the number of list papers that cite them, at least two; equals are ordered by
        how many papers of the corpus cite them, then by age.
    """
    listed = set(lineage.list_keys)
    leaning = {
        key: sum(citing in listed for citing in lineage.graph.successors(key))
        for key, data in lineage.graph.nodes(data=True)
        if data["role"] == ANCESTOR
    }
    shared = [key for key, count in leaning.items() if count > 1]
    shared.sort(key=lambda key: (-leaning[key], -lineage.graph.out_degree(key), lineage.age(key)))
    return [(key, leaning[key]) for key in shared[:most]]


def neighbourhood(lineage: Lineage, *, ancestors: int = ANCESTORS) -> list[str]:
    """The list, its bridges, and the ancestors that most of it shares, oldest first."""
    shared = [key for key, _ in shared_ancestors(lineage, most=ancestors)]
    return sorted([*lineage.list_keys, *lineage.bridges, *shared], key=lineage.age)


def around(lineage: Lineage, key: str, *, depth: int = 1, top: int = 200) -> NearbyPapers:
    """The papers within some hops of one, before it, after it and beside it.

    Parameters
    ----------
    lineage : Lineage
        Arcs are followed both ways: to what a paper cites, and to what cites it.
    key : str
    depth : int
        How many hops at the most.
    top : int
        How many papers to keep: the nearest, among these the list's, then its bridges, then those that
        most papers of the corpus cite.

    Returns
    -------
    NearbyPapers

    Examples
    --------
    >>> from graph import load
    >>> near = around(load(), "devlin2018", top=3)
    >>> list(near.hops), near.total
    (['devlin2018', 'vaswani2017', 'radford2018'], 115)

    Notes
    -----
    Linear in the papers and citations within the depth, beside sorting them.
    """
    away = nx.single_source_shortest_path_length(lineage.graph.to_undirected(as_view=True), key, depth)
    roles, citers = lineage.graph.nodes, lineage.graph.out_degree
    rank = {LIST: 0, BRIDGE: 1}
    order = sorted(away, key=lambda k: (away[k], rank.get(roles[k]["role"], 2), -citers(k), lineage.age(k)))
    return NearbyPapers(key, depth, {each: away[each] for each in order[:top]}, len(away))
