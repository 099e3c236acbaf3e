"""The first paths by a cost, compared with all paths of small graphs, with circles and with papers to pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.budget import Budget
from graph.algorithms.constrained_paths import Itinerary
from graph.algorithms.digraph import Digraph, arcs_of
from graph.algorithms.first_paths import Costs, Floats, first_paths
from graph.algorithms.graph_paths import ordered_graph
from graph.algorithms.network import Longs
from graph.algorithms.ordered_part import OrderedPart

from ..helpers.small_graphs import ARCS, digraph

UNIT = 7.0


@pytest.fixture(autouse=True, scope="module")
def _no_part_is_small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.algorithms.first_paths.FEW", 0)
        yield


PRICES = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(1, 4))
Prices = dict[tuple[int, int], int]


@given(ARCS, PRICES, st.sampled_from([1, 2, 3, 10, 1000]), st.booleans(), st.sampled_from([None, 1, 3, 5]))
def test_they_are_the_first_of_all_simple_paths_by_cost_then_hops_then_papers(
    arcs: set[tuple[int, int]], prices: Prices, most: int, through: bool, max_hops: int | None
):
    graph = digraph(arcs)
    itinerary = Itinerary("0", "1", via=("2",) if through else ())
    stages = itinerary.path_graph(Digraph(graph, arcs_of(graph)))
    part, node, ends = ordered_graph(stages.graph, stages.start, stages.end, stages.paper, most_hops=max_hops)

    def paper(number: int) -> str:
        return stages.paper(node(number))

    def price(cited: str, citing: str) -> int:
        return prices.get((int(cited), int(citing)), 2)

    def order(path: tuple[str, ...]) -> tuple[object, ...]:
        return sum(price(*arc) for arc in pairwise(path)), len(path), path

    expected = [tuple(path) for path in nx.all_simple_paths(graph, "0", "1", max_hops) if not through or "2" in path]
    costs = costs_of(part, lambda cited, citing: price(paper(cited), paper(citing)))
    found = islice(first_paths(part, *ends, costs, paper, most), most)
    assert [tuple(map(paper, path)) for path in found] == sorted(expected, key=order)[:most]


def costs_of(part: OrderedPart, exact: Callable[[int, int], int]) -> Costs:
    """Costs of which floats know too little: each is wrong by as much as it may be."""

    def every(cited: Longs, citing: Longs) -> list[int]:
        return list(map(exact, cited.tolist(), citing.tolist()))

    def about() -> Floats:
        network = part.network
        prices = np.array(every(part.members[network.references], part.members[network.citing]), float)
        return (prices + np.where(np.arange(len(prices)) % 2, 0.4, -0.4)) / UNIT

    return Costs(about, every, 0.4 / UNIT)


def test_exact_costs_are_asked_for_where_cheap_paths_run_alone():
    """Of a hundred steps, each by one of two papers, one of which costs 1 more: 2 ** 100 paths."""
    arcs = [(f"{n}", f"{n + 1}{side}") for n in range(100) for side in "ab"]
    arcs += [(f"{n + 1}{side}", f"{n + 1}") for n in range(100) for side in "ab"]
    part, node, ends = ordered_graph(nx.DiGraph(arcs), "0", "100")
    asked = set()

    def price(cited: int, citing: int) -> int:
        return 2 if node(citing).endswith("b") else 1

    def exact(cited: Longs, citing: Longs) -> list[int]:
        asked.update(zip(cited.tolist(), citing.tolist(), strict=True))
        return list(map(price, cited.tolist(), citing.tolist()))

    network = part.network
    pairs = part.members[network.references].tolist(), part.members[network.citing].tolist()
    costs = Costs(lambda: np.array(list(map(price, *pairs)), float), exact)
    first, *others = islice(first_paths(part, *ends, costs, node, 1), 1)
    assert [node(each) for each in first[1::2]] == [f"{n + 1}a" for n in range(100)]
    assert not others
    assert len(asked) == 200


@pytest.mark.parametrize("steps", [1, 30])
def test_a_search_that_is_stopped_says_so(steps: int):
    everyone = nx.complete_graph(9, nx.DiGraph)
    part, node, ends = ordered_graph(nx.relabel_nodes(everyone, str), "0", "8")
    budget = Budget(steps)
    found = list(first_paths(part, *ends, costs_of(part, lambda *_: 1), node, 10_000, budget))
    assert len(found) < 10_000
    assert budget.spent
