"""Paths from several nodes are counted in one sweep, against enumeration, also through circles and past 53 bits."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.digraph import Digraph
from graph.algorithms.network import Network
from graph.algorithms.ordered_part import OrderedPart, ordered_part
from graph.algorithms.path_counts import Walked, walk_inside
from graph.algorithms.walks import NodeFunction

NODE = st.integers(0, 7)
ARCS = st.lists(st.tuples(NODE, NODE).filter(lambda arc: arc[0] != arc[1]), unique=True, max_size=20)
Arcs = list[tuple[int, int]]


def part_of(nodes: int, arcs: Arcs) -> OrderedPart:
    """All nodes of a graph, arcs cited -> citing."""
    return ordered_part(Network.of(nodes, [b for _, b in arcs], [a for a, _ in arcs]), np.arange(nodes))


@given(ARCS, st.lists(NODE, min_size=1, max_size=4))
def test_counts_and_lengths_from_several_nodes_are_those_of_enumeration(arcs: Arcs, starts: list[int]) -> None:
    part = part_of(8, arcs)
    graph: nx.DiGraph[int] = nx.DiGraph(arcs)
    graph.add_nodes_from(range(8))
    counted = part.sweep().counts([part.number(start) for start in starts])
    for column, start in enumerate(starts):
        longest = part.sweep().longest(part.number(start))
        for end in range(8):
            paths = list(nx.all_simple_paths(graph, start, end)) if start != end else [[start]]
            assert counted.of(part.number(end), column) == len(paths)
            assert max(int(longest[part.number(end)]), -1) == max(map(len, paths), default=0) - 1


@given(ARCS, st.integers(1, 12))
def test_a_count_is_known_where_the_walks_inside_each_circle_take_few_enough_steps(arcs: Arcs, most: int) -> None:
    """However many starts are counted together, each is counted or given up as if it were alone."""
    part = part_of(8, arcs)
    together = part.sweep(most).counts(range(8))
    everything = part.sweep().counts(range(8))
    for start in range(8):
        alone = part.sweep(most).counts([start])
        for end in range(8):
            found = together.of(end, start)
            assert found == alone.of(end, 0)
            assert found is None or found == everything.of(end, start)


def test_a_tangled_circle_hides_counts_behind_it_and_no_others() -> None:
    clique = list(permutations(range(2, 8), 2))
    part = part_of(10, [(0, 1), (0, 2), (1, 9), (7, 8), (8, 9), *clique])
    counted = part.sweep(100).counts([part.number(0), part.number(8)])
    assert [counted.of(part.number(end), 0) for end in (0, 1, 2, 8, 9)] == [1, 1, None, None, None]
    assert [counted.of(part.number(end), 1) for end in (0, 2, 8, 9)] == [0, 0, 1, 1]


@pytest.mark.parametrize("rungs", [52, 53, 54, 200, 1100])
def test_counts_are_exact_below_and_past_what_a_float_holds(rungs: int) -> None:
    """A ladder of n rungs has 2^n paths; by a circle of two at its end 2^n lead to one side, and 2^n to the other."""
    last = 3 * rungs
    arcs = [(3 * n + a, 3 * n + b) for n in range(rungs) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3))]
    circle = [(last, last + 1), (last, last + 2), (last + 1, last + 2), (last + 2, last + 1)]
    part = part_of(last + 5, [*arcs, *circle, (last + 1, last + 3), (0, last + 3), (last + 4, last + 3)])
    starts = [part.number(node) for node in (0, last - 3, last + 4)]
    counted = part.sweep().counts(starts)
    end = part.number(last + 3)
    assert [counted.of(end, column) for column in range(3)] == [2 ** (rungs + 1) + 1, 4, 1]


def test_pairs_that_cite_each_other_are_counted_without_walking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through each of n pairs in a row lead two paths: straight on, or by way of the other of the pair."""
    monkeypatch.setattr("graph.algorithms.circle.walk_inside", lambda *_: pytest.fail("a pair was walked"))
    arcs = []
    for at in range(0, 120, 3):
        one, other, behind = at + 1, at + 2, at + 3
        arcs += [(at, one), (one, other), (other, one), (one, behind), (other, behind)]
    part = part_of(121, arcs)
    start, end = part.number(0), part.number(120)
    assert part.sweep().counts([start]).of(end, 0) == 2**40
    assert part.sweep().longest(start)[end] == 3 * 40


@pytest.mark.parametrize(("nodes", "most_cited"), [(400, 3), (400, 400), (3000, 2)])
def test_counts_of_hundreds_of_digits_are_those_of_python_integers(nodes: int, most_cited: int) -> None:
    """Papers that cite many or few of those just before them, from three starts at once."""
    chance = np.random.default_rng(nodes + most_cited)
    cited = [chance.choice(node, min(node, most_cited), replace=False).tolist() for node in range(nodes)]
    cited = [[*{*before, max(0, node - 1)} - {node}] for node, before in enumerate(cited)]
    part = part_of(nodes, [(before, node) for node, each in enumerate(cited) for before in each])
    starts = [0, 1, nodes // 2]
    counted = part.sweep().counts([part.number(start) for start in starts])
    for column, start in enumerate(starts):
        paths: list[int] = []
        for node, before in enumerate(cited):
            paths.append((node == start) + sum(paths[each] for each in before))
        assert [counted.of(part.number(node), column) for node in range(nodes)] == paths


def test_a_tangled_circle_is_given_up_after_walks_from_some_of_its_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty papers that cite the ten before them, and one citation that runs the other way: all are one circle."""
    entries: list[int] = []

    def counted(inside: Digraph[int], entry: int, most: int, paper: NodeFunction) -> Walked | None:
        entries.append(entry)
        return walk_inside(inside, entry, most, paper)

    monkeypatch.setattr("graph.algorithms.circle.walk_inside", counted)
    part = part_of(40, [(a, b) for b in range(40) for a in range(max(0, b - 10), b)] + [(39, 0)])
    found = part.sweep(1_000).counts([part.number(start) for start in range(40)])
    assert {found.of(end, column) for end in range(40) for column in range(40)} == {None}
    assert len(entries) == 8
