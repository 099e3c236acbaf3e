"""Made citation networks as networkx graphs of nodes 0, 1, ... with arcs cited -> citing."""

from __future__ import annotations

import random
from dataclasses import dataclass

import networkx as nx
from hypothesis import strategies as st

NODES = 12
"""How many nodes the drawn graphs have."""
nodes = st.integers(0, NODES - 1)
pairs = st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1])
dates = st.dictionaries(nodes, st.sampled_from([20170000, 20180000, 20180300, 20180400, 20190101]))


def graph_of(arcs) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(arcs)
    return graph


graphs = st.sets(pairs, max_size=40).map(graph_of)
dags = st.sets(pairs, max_size=40).map(lambda arcs: graph_of({(min(pair), max(pair)) for pair in arcs}))


def large_dag(papers: int, seed: int, *, references: int = 8) -> nx.DiGraph:
    """A larger citation network: papers cite older ones, and some older ones much more often than others."""
    chance = random.Random(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(papers))
    for paper in range(1, papers):
        for _ in range(chance.randint(0, references)):
            graph.add_edge(int(paper * chance.random() ** chance.choice((0.2, 3))), paper)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def between(graph: nx.DiGraph, start: int, end: int) -> nx.DiGraph:
    """The part of a graph on walks from one node to another; empty without one."""
    after, before = nx.descendants(graph, start) | {start}, nx.ancestors(graph, end) | {end}
    return graph.subgraph(after & before) if end in after else nx.DiGraph()


def count_paths(dag: nx.DiGraph, start: int | None = None, end: int | None = None) -> PathCounts:
    """Count the paths through every node and arc with Python's integers.

    They run from all nodes that have arcs out of them only to all that have arcs into them only, or from one node to
    another.
    """
    order = list(nx.topological_sort(dag))
    sources = [v for v in order if dag.out_degree(v) and not dag.in_degree(v)] if start is None else [start]
    sinks = [v for v in order if dag.in_degree(v) and not dag.out_degree(v)] if end is None else [end]
    into = dict.fromkeys(order, 0)
    for v in order:
        into[v] = 1 if v in sources else sum(into[u] for u in dag.predecessors(v))
    out_of = dict.fromkeys(order, 0)
    for v in reversed(order):
        out_of[v] = 1 if v in sinks else sum(out_of[w] for w in dag.successors(v))
    return PathCounts(
        total=sum(into[v] for v in sinks),
        papers={v: into[v] * out_of[v] for v in order},
        arcs={(u, v): into[u] * out_of[v] for u, v in dag.edges},
        into=into,
        sources=sources,
        sinks=sinks,
    )


@dataclass(frozen=True)
class PathCounts:
    """The result of `count_paths`."""

    total: int
    papers: dict[int, int]
    arcs: dict[tuple[int, int], int]
    into: dict[int, int]
    sources: list[int]
    sinks: list[int]
