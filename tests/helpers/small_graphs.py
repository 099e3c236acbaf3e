"""Any small graph, with circles or without, and its paths by enumeration."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import networkx as nx
from hypothesis import strategies as st

ARCS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda arc: arc[0] != arc[1]), max_size=24)


def digraph(arcs: set[tuple[int, int]]) -> nx.DiGraph:
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(map(str, range(7)))
    graph.add_edges_from((str(a), str(b)) for a, b in arcs)
    return graph


Arc = tuple[str, str]


NETWORKS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda arc: arc[0] < arc[1]), max_size=21)


def dag(arcs: set[tuple[int, int]]) -> nx.DiGraph:
    """Papers 0 to 6 under names whose order is not that of their age."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from("dafcbeg")
    graph.add_edges_from(("dafcbeg"[a], "dafcbeg"[b]) for a, b in arcs)
    return graph


def all_paths(graph: nx.DiGraph) -> list[tuple[str, ...]]:
    """Every path of at least one arc."""
    return [tuple(path) for u in graph for v in graph if u != v for path in nx.all_simple_paths(graph, u, v)]


def through_paths(graph: nx.DiGraph) -> list[tuple[str, ...]]:
    """Every path from a source to a sink."""
    return [path for path in all_paths(graph) if not graph.pred[path[0]] and not graph.succ[path[-1]]]


def counted(paths: list[tuple[str, ...]]) -> Counter[Arc]:
    return Counter(arc for path in paths for arc in pairwise(path))
