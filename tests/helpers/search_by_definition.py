"""Main path searches by their definitions, path by path."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import networkx as nx

from graph.algorithms.main_path_search import Search

from .small_graphs import Arc, through_paths


def heaviest(arcs: list[Arc], weights: dict[Arc, int], tolerance: Fraction) -> list[Arc]:
    most = max((weights[arc] for arc in arcs), default=0)
    return [arc for arc in arcs if weights[arc] >= most * (1 - tolerance)]


def forward(graph: nx.DiGraph, weights: dict[Arc, int], node: str, tolerance: Fraction) -> set[Arc]:
    """A local search from a node on, by its definition, one path after the other."""
    chosen = heaviest(list(graph.out_edges(node)), weights, tolerance)
    return {*chosen, *(arc for _, v in chosen for arc in forward(graph, weights, v, tolerance))}


def turned(arcs: set[Arc]) -> set[Arc]:
    return {(v, u) for u, v in arcs}


def by_definition(graph: nx.DiGraph, weights: dict[Arc, int], by: Search) -> set[Arc]:
    """What a search finds, by enumeration."""
    back, back_weights = graph.reverse(), {(v, u): weight for (u, v), weight in weights.items()}
    if by.name == "local-backward":
        return turned(by_definition(back, back_weights, Search("local-forward", 1, by.tolerance, by.every_end)))
    if by.name == "local-forward":
        leaving = [(u, v) for u, v in graph.edges if not graph.pred[u]]
        if by.every_end:
            return {arc for u, _ in leaving for arc in forward(graph, weights, u, by.tolerance)}
        first = heaviest(leaving, weights, by.tolerance)
        return {*first, *(arc for _, v in first for arc in forward(graph, weights, v, by.tolerance))}
    whole = through_paths(graph)
    sums = {path: sum(weights[arc] for arc in pairwise(path)) for path in whole}
    if by.name == "global":
        return {arc for path in whole if sums[path] == max(sums.values()) for arc in pairwise(path)}
    threshold = sorted(weights.values(), reverse=True)[: by.routes]
    found: set[Arc] = set()
    for key in (arc for arc in weights if weights[arc] >= min(threshold)):
        if by.name == "key-route-local":
            found |= {key, *forward(graph, weights, key[1], by.tolerance)}
            found |= turned(forward(back, back_weights, key[0], by.tolerance))
        else:
            using = [path for path in whole if key in pairwise(path)]
            most = max(sums[path] for path in using)
            found |= {arc for path in using if sums[path] == most for arc in pairwise(path)}
    return found
