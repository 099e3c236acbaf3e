"""What a corpus knows of some papers that these alone do not show, against brute force."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import outside as module
from graph.analysis.outside import outside_of
from graph.model.lineage import Lineage

from ..helpers.made_lineages import any_citations, corpus_lineage


def simple_paths(graph: nx.DiGraph, start: str, end: str) -> int:
    return sum(1 for _ in nx.all_simple_paths(graph, start, end))


@given(any_citations, st.sets(st.sampled_from([f"n{i}" for i in range(8)]), min_size=1))
def test_paths_through_papers_outside_are_counted_and_all_others_run_inside(
    pairs: set[tuple[str, str]], inside: set[str]
) -> None:
    lineage = corpus_lineage(pairs, more=[f"n{i}" for i in range(8)])
    found = outside_of(lineage, sorted(inside))
    assert found.papers == 8 - len(inside)
    within = lineage.graph.subgraph(inside)
    for start in inside:
        for end in inside - {start}:
            total, here = simple_paths(lineage.graph, start, end), simple_paths(within, start, end)
            assert found.totals.get((start, end), here) == total


@given(any_citations, st.sets(st.sampled_from([f"n{i}" for i in range(8)])), st.integers(0, 7))
def test_papers_outside_with_unknown_references_are_counted_by_year(
    pairs: set[tuple[str, str]], complete: set[str], end: int
) -> None:
    dates = {f"n{i}": f"{2000 + i // 2}" for i in range(6)}  # n6 and n7 have no date
    lineage = corpus_lineage(pairs, dates=dates, complete=complete, more=[f"n{i}" for i in range(8)])
    inside = {f"n{end}", "n0"}
    expected: dict[int | None, int] = {}
    for key in nx.ancestors(lineage.graph, f"n{end}") - inside - complete:
        year = lineage.paper(key).year
        expected[year] = expected.get(year, 0) + 1
    assert outside_of(lineage, sorted(inside)).hiding[f"n{end}"] == expected


def long_list(papers: int) -> Lineage:
    """Papers that each cite the one before, and every second of them by way of a further paper too."""
    pairs = [(f"p{n:03d}", f"p{n - 1:03d}") for n in range(1, papers)]
    pairs += [(f"p{n:03d}", f"x{n:03d}") for n in range(1, papers, 2)]
    return corpus_lineage([*pairs, *((f"x{n:03d}", f"p{n - 1:03d}") for n in range(1, papers, 2))])


def test_more_papers_than_a_word_has_bits_are_looked_at() -> None:
    lineage = long_list(100)
    found = outside_of(lineage, [f"p{n:03d}" for n in range(100)])
    assert found.totals["p000", "p099"] == 2**50
    assert found.totals["p070", "p072"] == 2
    assert len(found.counted) == 100


def test_of_too_many_papers_those_that_matter_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ENDS", 3)
    lineage = long_list(20)
    keys = [f"p{n:03d}" for n in range(20)]
    assert outside_of(lineage, keys, first=["p010", "p012"]).counted >= {"p010", "p012"}
    monkeypatch.setattr(module, "MOST_STEPS", 0)
    found = outside_of(lineage, keys, first=["p010", "p012"])
    assert (found.counted, found.totals) == (frozenset(), {})
    assert len(found.hiding) == 3


def test_a_circle_that_is_too_tangled_makes_a_count_unknown_and_not_zero() -> None:
    circle = [f"c{n:02d}" for n in range(12)]
    pairs = [(one, other) for one in circle for other in circle if one != other]
    lineage = corpus_lineage([*pairs, ("c00", "a"), ("b", "c11"), ("b", "a")])
    assert outside_of(lineage, ["a", "b"]).totals == {("a", "b"): None}


def test_nothing_lies_outside_all_papers() -> None:
    lineage = corpus_lineage([("b", "a")])
    assert outside_of(lineage, ["a", "b"]).papers == 0
