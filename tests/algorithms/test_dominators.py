"""What paths can avoid and what they cannot, by definition and as published."""

from __future__ import annotations

import networkx as nx
from hypothesis import given

from graph.algorithms.dominators import implied_arcs, unavoidable
from graph.model.lineage import Lineage

from ..helpers.circles import dated_arcs, key_of
from ..helpers.small_graphs import NETWORKS, dag


@given(dated_arcs())
def test_no_path_avoids_the_unavoidable_papers_and_one_avoids_each_other_paper(world: Lineage):
    start, end = key_of(0), key_of(1)
    found = unavoidable(world.graph, start, end)
    ends = world.number(start), world.number(end)
    part = world.citation_graph(None).ordered(start, end)
    assert tuple(world.keys_of(part.unavoidable(*ends))) == found  # as a part in order finds them, by its arrays
    paths = [tuple(path) for path in nx.all_simple_paths(world.graph, start, end)]
    for path in paths:
        assert [paper for paper in path if paper in found] == list(found)
    for paper in set(world.graph) - {start, end}:
        without = nx.DiGraph(world.graph.subgraph(set(world.graph) - {paper}))
        avoidable = nx.has_path(without, start, end)
        assert (paper in found) == (bool(paths) and not avoidable)


@given(NETWORKS)
def test_implied_citations_are_what_a_transitive_reduction_leaves_out(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    assert implied_arcs(graph) == set(graph.edges) - set(nx.transitive_reduction(graph).edges)
