"""All papers before a paper, or after it."""

from __future__ import annotations

from itertools import groupby

import networkx as nx
import pytest

from graph.analysis.ancestry import Relatives, find_relatives
from graph.model.lineage import Lineage

from ..helpers.made_lineages import lineage_of


@pytest.mark.parametrize("key", ["devlin2018", "ouyang2022", "wei2021flan"])
@pytest.mark.parametrize(("kind", "list_only", "max_hops"), [
    ("ancestry", False, None), ("descent", False, None), ("ancestry", True, None), ("descent", True, 2),
    ("ancestry", False, 1),
])  # fmt: skip
def test_relatives_are_those_of_brute_force_by_their_shortest_paths(
    lineage: Lineage, key: str, kind: str, list_only: bool, max_hops: int | None
):
    graph = lineage.among([*lineage.list_keys, key]) if list_only else lineage.graph
    hops = nx.single_source_shortest_path_length(graph.reverse() if kind == "ancestry" else graph, key)
    expected = sorted(
        (key for key, n in hops.items() if 0 < n <= (max_hops or n)), key=lambda key: (hops[key], lineage.place(key))
    )
    found = find_relatives(lineage, key, kind, list_only=list_only, max_hops=max_hops)
    assert found.generations == tuple(tuple(group) for _, group in groupby(expected, hops.__getitem__))
    assert (found.key, found.kind, found.total) == (key, kind, len(expected))


def test_a_generation_has_papers_of_the_list_first_and_then_the_oldest():
    citations = [("x", paper) for paper in ("young", "old", "second", "first")]
    dates = {"young": "2002", "old": "2001", "second": "1990", "first": "2010"}
    world = lineage_of(citations, {"first": "t", "second": "t"}, dates)
    assert find_relatives(world, "x", "ancestry").generations == (("first", "second", "old", "young"),)


def test_a_paper_outside_the_list_has_relatives_in_the_list_along_paths_that_keep_to_it():
    world = lineage_of([("x", "a"), ("a", "b"), ("x", "y"), ("y", "c")], {"a": "t", "b": "t", "c": "t"})
    assert find_relatives(world, "x", "ancestry", list_only=True).generations == (("a",), ("b",))


def test_a_paper_without_relatives_has_none_and_a_circle_does_not_make_it_its_own():
    world = lineage_of([("a", "b"), ("b", "a")], {"a": "t"})
    assert find_relatives(world, "a", "descent") == Relatives("a", "descent", (("b",),))
    empty = find_relatives(lineage_of([], {"a": "t"}), "a", "ancestry")
    assert (empty.generations, empty.total) == ((), 0)


def test_relatives_become_a_table_with_their_hops():
    frame = find_relatives(lineage_of([("c", "b"), ("b", "a")], {"c": "t"}), "c", "ancestry").to_frame()
    assert frame.to_dict("list") == {"key": ["b", "a"], "hops": [1, 2]}
