"""Programs that know a documented name of version 0.1 still run, and are told the new one."""

from __future__ import annotations

from importlib import import_module

import networkx as nx
import pytest


@pytest.mark.parametrize(
    ("old", "name", "home", "new_name"),
    [
        ("graph.algorithms.counting", "count_paths", "graph.algorithms.graph_paths", "count_paths"),
        ("graph.algorithms.counting", "survey_paths", "graph.algorithms.graph_paths", "survey_paths"),
        ("graph.algorithms.counting", "Count", "graph.algorithms.path_counts", "PathCount"),
        ("graph.algorithms.enumeration", "shortest_paths", "graph.algorithms.graph_paths", "shortest_paths"),
        ("graph.algorithms.enumeration", "paths_of_length", "graph.algorithms.graph_paths", "paths_of_length"),
        ("graph.algorithms.enumeration", "cheapest_paths", "graph.algorithms.simple_paths", "cheapest_paths"),
        ("graph.algorithms.searches", "Found", "graph.algorithms.main_path_search", "MainArcs"),
        ("graph.comparison", "Correction", "graph.model.diff", "Corrected"),
        ("graph.reading", "Stop", "graph.analysis.reading_order", "ReadingStep"),
        ("graph.paths", "PathAnswer", "graph.analysis.paths", "PathAnswer"),
    ],
)
@pytest.mark.filterwarnings("ignore:graph.* is now graph.*:DeprecationWarning")
def test_a_documented_name_is_what_took_its_place(old: str, name: str, home: str, new_name: str) -> None:
    assert getattr(import_module(old), name) is getattr(import_module(home), new_name)


@pytest.mark.filterwarnings("ignore:graph.* is now graph.*:DeprecationWarning")
def test_paths_of_any_graph_are_counted_and_listed_by_the_old_names() -> None:
    counting, enumeration = import_module("graph.algorithms.counting"), import_module("graph.algorithms.enumeration")
    ladder = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c"), ("c", "b"), ("d", "a")])
    expected = sorted(map(tuple, nx.all_simple_paths(ladder, "a", "d")), key=lambda path: (len(path), path))
    assert counting.count_paths(ladder, "a", "d") == len(expected)
    assert list(enumeration.shortest_paths(ladder, "a", "d")) == expected
    assert list(enumeration.shortest_paths(ladder, "a", "d", most_hops=2)) == expected[:2]
    for length in (1, 2, 3, 4):
        assert list(enumeration.paths_of_length(ladder, "a", "d", length)) == [
            path for path in expected if len(path) == length + 1
        ]
    assert counting.count_paths(ladder, "a", "a") == 0
    assert counting.count_paths(ladder, "a", "d", circle_steps=1) is None
