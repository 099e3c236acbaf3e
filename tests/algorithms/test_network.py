"""The network of arrays and the parts of it: any small graph with any circles, beside networkx and enumeration."""

from __future__ import annotations

from itertools import islice, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.between import between
from graph.algorithms.digraph import Digraph, components, topological
from graph.algorithms.network import Network
from graph.algorithms.ordered_part import OrderedPart, circles_of, ordered_part
from graph.algorithms.part_between import part_between

ARCS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda arc: arc[0] != arc[1]), max_size=26, unique=True
)
"""Arcs cited -> citing among nine papers."""
NODE = st.integers(0, 8)


def both(arcs: list[tuple[int, int]]) -> tuple[Network, nx.DiGraph[int]]:
    """The same graph as arrays and as networkx has it."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(9))
    graph.add_edges_from(arcs)
    return Network.of(9, [citing for _, citing in arcs], [cited for cited, _ in arcs]), graph


@given(ARCS)
def test_a_network_has_the_arcs_that_it_was_made_of(arcs: list[tuple[int, int]]):
    network, graph = both(arcs)
    for node in range(9):
        assert network.citers_of(node).tolist() == sorted(graph.successors(node))
        assert network.references_of(node).tolist() == sorted(graph.predecessors(node))
    assert sorted(network.part(range(9)).edges) == sorted(arcs)


def test_a_paper_that_cites_itself_is_left_without_that_arc():
    assert Network.of(2, [0, 1], [0, 0]).arcs == 1


@given(ARCS, NODE, st.one_of(st.none(), st.integers(0, 4)), st.sets(NODE))
def test_hops_are_those_of_a_breadth_first_search(
    arcs: list[tuple[int, int]], start: int, most: int | None, among: set[int]
):
    network, graph = both(arcs)
    allowed = np.array([node in among for node in range(9)])
    inside = graph.subgraph(among | {start})
    for back, either, expected in (
        (False, False, graph),
        (True, False, graph.reverse()),
        (False, True, graph.to_undirected()),
    ):
        found = network.hops([start], back=back, either=either, most=most)
        assert {v: int(n) for v, n in enumerate(found) if n >= 0} == nx.single_source_shortest_path_length(
            expected, start, most
        )
    found = network.hops([start], among=allowed, most=most)
    assert {v: int(n) for v, n in enumerate(found) if n >= 0} == nx.single_source_shortest_path_length(
        inside, start, most
    )


@given(ARCS, NODE, NODE)
def test_between_two_papers_lies_what_a_walk_passes(arcs: list[tuple[int, int]], start: int, end: int):
    """A walk that neither comes back to its start nor leaves its end."""
    network, graph = both(arcs)
    once = nx.DiGraph(graph)
    once.remove_edges_from([*graph.in_edges(start), *graph.out_edges(end)])
    expected = (nx.descendants(once, start) | {start}) & (nx.ancestors(once, end) | {end})
    assert set(network.between(start, end).tolist()) == (expected if end in expected and start != end else set())
    small = between(Digraph(range(9), arcs), start, end)
    assert set(small) == set(network.between(start, end).tolist())
    assert set(small.edges) == {arc for arc in once.edges if set(arc) <= set(small)}


@given(ARCS, NODE, NODE, st.integers(0, 5))
def test_within_some_hops_lies_what_a_short_walk_passes(arcs: list[tuple[int, int]], start: int, end: int, most: int):
    network, graph = both(arcs)
    passed = {
        node
        for node in graph
        if nx.has_path(graph, start, node)
        and nx.has_path(graph, node, end)
        and nx.shortest_path_length(graph, start, node) + nx.shortest_path_length(graph, node, end) <= most
    }
    assert set(network.within(start, end, most).tolist()) == passed


@given(ARCS, st.lists(NODE, min_size=1, max_size=5, unique=True), st.booleans())
def test_masks_say_which_papers_lead_to_each(arcs: list[tuple[int, int]], starts: list[int], back: bool):
    network, graph = both(arcs)
    directed = graph.reverse() if back else graph
    for node, mask in enumerate(network.leading(starts, back=back).tolist()):
        assert mask == sum(1 << bit for bit, start in enumerate(starts) if nx.has_path(directed, start, node))


@given(ARCS)
def test_a_part_is_numbered_behind_what_leads_to_it_and_circles_stand_side_by_side(arcs: list[tuple[int, int]]):
    network, graph = both(arcs)
    part = ordered_part(network, np.arange(9))
    circle = {node: bounds for bounds in part.circles for node in range(*bounds)}
    for cited, citing in arcs:
        one, other = part.number(cited), part.number(citing)
        assert one < other or circle.get(one, one) == circle.get(other, other)
    expected = {frozenset(group) for group in nx.strongly_connected_components(graph) if len(group) > 1}
    assert {frozenset(part.members[first:behind].tolist()) for first, behind in part.circles} == expected
    assert {frozenset(group) for group in circles_of(part)} == expected


def ordered_between(network: Network, start: int, end: int) -> OrderedPart:
    return part_between(ordered_part(network, np.arange(network.nodes)), start, end)


@given(ARCS, NODE, NODE)
def test_counts_are_those_of_enumeration_whatever_the_circles(arcs: list[tuple[int, int]], start: int, end: int):
    network, graph = both(arcs)
    paths = list(nx.all_simple_paths(graph, start, end)) if start != end else []
    part = ordered_between(network, start, end)
    found = part.survey(start, end)
    assert found is not None
    assert (found.paths, found.longest) == (len(paths), max(map(len, paths), default=1) - 1)
    expected = sorted(map(tuple, paths), key=lambda path: (len(path), [-node for node in path]))
    longest_first = sorted(expected, key=lambda path: -len(path))
    for searched_whole in (0, 10**6):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("graph.algorithms.ordered_part.SEARCHED_WHOLE", searched_whole)
            assert list(part.paths(start, end, lambda node: -node)) == expected
            assert list(part.paths(start, end, lambda node: -node, longest_first=True)) == longest_first


def test_a_circle_that_is_too_tangled_is_not_counted():
    clique = [(one, other) for one in range(8) for other in range(8) if one != other]
    network, _ = both([*clique, (7, 8)])
    part = ordered_between(network, 0, 8)
    assert part.survey(0, 8, circle_steps=100) is None  # unknown, and not zero
    assert part.survey(0, 8) is not None


def test_counts_past_64_bits_are_exact():
    """A ladder of n rungs has 2^n paths."""
    arcs = [(3 * n + a, 3 * n + b) for n in range(200) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3))]
    network = Network.of(601, [citing for _, citing in arcs], [cited for cited, _ in arcs])
    found = ordered_between(network, 0, 600).survey(0, 600)
    assert found is not None
    assert found.paths == 2**200
    assert len(list(islice(ordered_between(network, 0, 600).paths(0, 600, lambda node: node), 3))) == 3


@given(ARCS)
def test_the_small_graph_has_the_components_of_networkx(arcs: list[tuple[int, int]]):
    _, graph = both(arcs)
    found = components(Digraph(range(9), arcs))
    assert {frozenset(group) for group in found} == set(map(frozenset, nx.strongly_connected_components(graph)))


@given(ARCS)
def test_components_come_before_those_that_they_lead_to(arcs: list[tuple[int, int]]):
    place = {node: n for n, group in enumerate(components(Digraph(range(9), arcs))) for node in group}
    assert all(place[one] <= place[other] for one, other in arcs)


@given(ARCS)
def test_a_topological_order_takes_the_least_of_what_is_free(arcs: list[tuple[int, int]]):
    forward = sorted({(min(arc), max(arc)) for arc in arcs})
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(9))
    graph.add_edges_from(forward)
    small: Digraph[int] = Digraph(range(9), forward)
    assert topological(small, rank=lambda node: -node) == list(
        nx.lexicographical_topological_sort(graph, lambda node: -node)
    )
    place = {node: n for n, node in enumerate(topological(small))}
    assert all(place[one] < place[other] for one, other in forward)


def test_a_circle_has_no_topological_order():
    with pytest.raises(ValueError, match="circle"):
        topological(Digraph("ab", pairwise("aba")))


@given(ARCS, NODE, NODE, st.sets(NODE))
def test_a_part_among_some_nodes_has_those_on_walks_through_them(
    arcs: list[tuple[int, int]], start: int, end: int, kept: set[int]
):
    network, _ = both(arcs)
    among = np.zeros(9, np.bool_)
    among[list(kept)] = True
    part = part_between(ordered_part(network, np.arange(9)), start, end, among)
    assert sorted(part.members.tolist()) == network.between(start, end, among=among).tolist()
