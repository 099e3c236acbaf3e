"""The nearness of papers is personalised PageRank by networkx, and stays within its depth."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.index.kernels.ranks import nearness

from ..helpers.networks import NODES, graphs, nodes
from ..helpers.scale_world import index_of, nodes_of, vertex_of

RESTART = 0.15


def walk_of(graph: nx.DiGraph) -> nx.DiGraph:
    """The graph of the walk: from each node half of the weight goes to each side that has neighbours."""
    walk = nx.DiGraph()
    walk.add_nodes_from(graph)
    for node in graph:
        sides = [near for near in (list(graph.successors(node)), list(graph.predecessors(node))) if near]
        for near in sides:
            for other in near:
                weight = walk.get_edge_data(node, other, {"weight": 0})["weight"]
                walk.add_edge(node, other, weight=weight + 1 / len(near) / len(sides))
        if not sides:
            walk.add_edge(node, node, weight=1)
    return walk


@given(graphs, st.sets(nodes, min_size=1, max_size=3))
def test_nearness_is_personalised_page_rank(graph, seeds):
    expected = nx.pagerank(
        walk_of(graph), alpha=1 - RESTART, personalization=dict.fromkeys(seeds, 1.0), tol=1e-14, max_iter=2000
    )
    index = index_of(graph)
    chosen = np.array([vertex_of(index, node) for node in seeds], np.int32)
    vertices, hops, likely = nearness(*index.arcs, chosen, NODES, RESTART, 1e-12)
    found = dict(zip(nodes_of(index, vertices), likely.tolist(), strict=True))
    assert found == pytest.approx({node: expected[node] for node in found}, abs=1e-9)
    assert all(expected[node] < 1e-12 for node in graph.nodes - found.keys())
    away = {}
    for seed in seeds:
        for node, distance in nx.single_source_shortest_path_length(graph.to_undirected(), seed).items():
            away[node] = min(distance, away.get(node, distance))
    assert dict(zip(nodes_of(index, vertices), hops.tolist(), strict=True)) == away


def test_nearness_stays_within_its_depth_and_falls_with_the_distance():
    index = index_of(nx.path_graph(10, create_using=nx.DiGraph))
    vertices, hops, likely = nearness(*index.arcs, np.array([5], np.int32), 2, RESTART, 1e-9)
    assert dict(zip(vertices.tolist(), hops.tolist(), strict=True)) == {5: 0, 4: 1, 6: 1, 3: 2, 7: 2}
    by_hops = [likely[hops == n].sum() for n in range(3)]
    assert all(near > far for near, far in pairwise(by_hops))
