"""Shares of themes: any small graph by the definition, for all papers and for some alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made import made_lineage
from graph.algorithms.network import Network
from graph.analysis.path_answer import PathAnswer
from graph.analysis.paths import find_paths
from graph.exports.json_forms import path_form
from graph.exports.text.path_text import path_text
from graph.model.in_themes import MOST_SEARCHES
from graph.model.lineage import Lineage
from graph.model.themes import shares_of

THEMES = ["nlp", "rl", "vision"]
ARCS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda arc: arc[0] != arc[1]), max_size=24, unique=True
)
CHOSEN = st.dictionaries(st.integers(0, 9), st.lists(st.sampled_from(THEMES), unique=True), max_size=4)


def by_definition(arcs: list[tuple[int, int]], chosen: Mapping[int, list[str]]) -> dict[int, list[float]]:
    """The shares of every paper that has any: a mean over the citations that lead one nearer to the list."""
    near = nx.MultiGraph(arcs)  # two papers that cite each other vote twice
    near.add_nodes_from(range(10))
    listed = {
        paper: [1 / len(given) if theme in given else 0.0 for theme in THEMES]
        for paper, given in chosen.items()
        if given
    }
    away = nx.multi_source_dijkstra_path_length(near, set(listed), weight=None) if listed else {}
    shares: dict[int, list[float]] = dict(listed)
    for paper in sorted(away.keys() - listed.keys(), key=away.__getitem__):
        votes = [shares[other] for _, other in near.edges(paper) if away[other] == away[paper] - 1]
        shares[paper] = [sum(column) / len(votes) for column in zip(*votes, strict=True)]
    return shares


@given(ARCS, CHOSEN, st.sets(st.integers(0, 9), min_size=1))
def test_shares_are_those_of_the_definition_for_all_papers_and_for_some(
    arcs: list[tuple[int, int]], chosen: dict[int, list[str]], wanted: set[int]
):
    network = Network.of(10, [citing for _, citing in arcs], [cited for cited, _ in arcs])
    expected = by_definition(arcs, chosen)
    shares, known = shares_of(network, chosen, THEMES)
    assert set(np.flatnonzero(known).tolist()) == expected.keys()
    for paper, row in expected.items():
        assert shares[paper].tolist() == pytest.approx(row)
    some, known_of_some = shares_of(network, chosen, THEMES, np.array(sorted(wanted)))
    for paper in wanted:
        assert known_of_some[paper] == known[paper]
        assert some[paper].tolist() == shares[paper].tolist()  # to the last bit


def test_for_a_paper_beside_the_list_the_search_does_not_go_through_the_network(monkeypatch: pytest.MonkeyPatch):
    """A chain of a thousand papers, each citing the one before: 0 is in the list, and 2 is asked for."""
    network = Network.of(1000, range(1, 1000), range(999))
    looked_at: list[int] = []
    real = Network._next

    def counted(self: Network, front: np.ndarray, **options: bool) -> np.ndarray:
        looked_at.extend(front.tolist())
        return real(self, front, **options)

    monkeypatch.setattr(Network, "_next", counted)
    shares, known = shares_of(network, {0: ["rl"]}, THEMES, np.array([2]))
    assert shares[2].tolist() == [0, 1, 0]
    assert known[2]
    assert set(looked_at) == {0}


def test_who_asks_for_one_paper_after_the_other_does_not_search_for_each(monkeypatch: pytest.MonkeyPatch):
    searches: list[object] = []

    def counted(*arguments: object) -> object:
        searches.append(arguments)
        return shares_of(*arguments)

    monkeypatch.setattr("graph.model.in_themes.shares_of", counted)
    made = made_lineage(1500)
    shares = [made.shares(key) for key in made.corpus.papers]
    assert len(searches) <= MOST_SEARCHES + 1
    searches.clear()
    again = made_lineage(1500)
    assert [data["shares"] for _, data in again.graph.nodes(data=True)] == shares
    assert len(searches) == 1


@pytest.mark.parametrize("written", [path_text, path_form])
def test_who_shows_paths_searches_for_the_themes_of_all_their_papers_at_once(
    monkeypatch: pytest.MonkeyPatch, written: Callable[[Lineage, PathAnswer], object]
):
    searches: list[object] = []

    def counted(*arguments: object) -> object:
        searches.append(arguments)
        return shares_of(*arguments)

    monkeypatch.setattr("graph.model.in_themes.shares_of", counted)
    made = made_lineage(1500)
    answer = find_paths(made, made.list_keys[0], made.list_keys[-1])
    written(made, answer)
    assert len({key for path in answer.paths for key in path.keys}) > 10
    assert len(searches) == 1
