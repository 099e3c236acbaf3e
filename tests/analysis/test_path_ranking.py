"""The order of paths: shortest, longest, strongest, along the main path, diverse."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import path_ranking
from graph.analysis.acyclic import acyclic_between
from graph.analysis.flow import flow
from graph.analysis.path_options import RANKS, PathOptions
from graph.analysis.paths import find_paths
from graph.exports.json_forms import path_form
from graph.model.lineage import Lineage

from ..helpers.made_lineages import any_citations, corpus_lineage, lineage_of
from ..helpers.witnessed import List, witnessed

BERT, INSTRUCT = "devlin2018", "ouyang2022"
Keys = tuple[str, ...]


def all_paths(lineage: Lineage, start: str = BERT, end: str = INSTRUCT) -> list[Keys]:
    """All simple paths of the shipped list and its bridges."""
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    return [tuple(path) for path in nx.all_simple_paths(part, start, end)]


def keys_of(lineage: Lineage, options: PathOptions, start: str = BERT, end: str = INSTRUCT) -> list[Keys]:
    return [path.keys for path in find_paths(lineage, start, end, options).paths]


def by_papers(lineage: Lineage, path: Keys) -> tuple[object, ...]:
    return tuple(lineage.place(key) for key in path)


def test_the_shortest_paths_come_first_and_equally_long_ones_in_the_order_of_their_papers(lineage: Lineage):
    expected = sorted(all_paths(lineage), key=lambda path: (len(path), by_papers(lineage, path)))
    assert keys_of(lineage, PathOptions(top=100)) == expected[:100]


def test_the_longest_paths_come_first_where_no_other_order_is_asked_for(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(longest=True, top=30))
    expected = sorted(all_paths(lineage), key=lambda path: (-len(path), by_papers(lineage, path)))
    assert [path.keys for path in answer.paths] == expected[:30]
    assert answer.longest == len(expected[0]) - 1


def strength(lineage: Lineage, path: Keys) -> float:
    """By the formula; the sources of the shipped corpus state no flags, intents or sentences, its reasons intents."""
    product = 1.0
    for cited, citing in pairwise(path):
        kinds = {lineage.corpus.sources[source].kind for source in lineage.citation(cited, citing).sources}
        reason = lineage.reasons.get((cited, citing))
        is_used = reason is not None and bool({"methodology", "result"} & set(reason.intents))
        product *= 1 - 0.5 ** len(kinds) * (0.75 if is_used else 1)
    return product


def test_the_strongest_paths_come_first(lineage: Lineage):
    found = find_paths(lineage, "bahdanau2014", INSTRUCT, PathOptions(rank="strongest", top=40)).paths
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    paths = nx.all_simple_paths(part, "bahdanau2014", INSTRUCT, cutoff=6)
    expected = sorted((strength(lineage, path) for path in paths), reverse=True)
    assert [path.strength for path in found] == pytest.approx(expected[:40])
    assert [strength(lineage, path.keys) for path in found] == pytest.approx(expected[:40])


def test_equally_strong_paths_come_in_the_order_of_their_length_and_papers(lineage: Lineage):
    def order(path: Keys) -> tuple[object, ...]:
        return -round(strength(lineage, path), 9), len(path), by_papers(lineage, path)

    found = keys_of(lineage, PathOptions(rank="strongest", top=60))
    assert found == sorted(all_paths(lineage), key=order)[:60]


@pytest.mark.parametrize("rank", RANKS)
def test_no_path_is_longer_than_allowed_whatever_the_rank(lineage: Lineage, rank: str):
    short = {path for path in all_paths(lineage) if len(path) <= 5}
    found = keys_of(lineage, PathOptions(rank=rank, max_hops=4, top=10_000))
    assert len(found) == len(set(found))
    assert set(found) == short


def test_diverse_paths_are_those_of_the_greedy_choice_among_the_shortest(lineage: Lineage):
    """The first, then always the path that is least like the most similar path before; of equal ones the shorter."""
    waiting = keys_of(lineage, PathOptions(top=path_ranking.DIVERSE_AMONG))
    expected = [waiting.pop(0)]

    def likeness(path: Keys) -> float:
        inner = [set(each[1:-1]) for each in expected]
        return max(len(set(path[1:-1]) & each) / len(set(path[1:-1]) | each) for each in inner)

    while len(expected) < 12:
        expected.append(min(waiting, key=likeness))
        waiting.remove(expected[-1])
    assert keys_of(lineage, PathOptions(rank="diverse", top=12)) == expected


def test_a_direct_citation_and_detours_are_diverse():
    world = lineage_of([("b", "a"), ("x", "a"), ("b", "x"), ("y", "x"), ("b", "y")], {"a": "t", "b": "t"})
    assert keys_of(world, PathOptions(rank="diverse"), "a", "b") == [("a", "b"), ("a", "x", "b"), ("a", "x", "y", "b")]


def test_main_ranks_paths_by_the_search_path_counts_along_them(lineage: Lineage):
    counts = flow(lineage, BERT, INSTRUCT).arcs
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(rank="main", top=25))
    sums = [sum(counts[arc] for arc in pairwise(path.keys)) for path in answer.paths]
    network = acyclic_between(lineage, lineage.graph, BERT, INSTRUCT).graph
    expected = [sum(counts[arc] for arc in pairwise(path)) for path in nx.all_simple_paths(network, BERT, INSTRUCT)]
    assert sums == sorted(expected, reverse=True)[:25]
    assert sums[0] == flow(lineage, BERT, INSTRUCT).heaviest.weight
    assert [path.weight for path in answer.paths] == sums
    form = path_form(lineage, answer)
    assert [path["weight"] for path in form["paths"]] == sums
    for path in form["paths"]:
        assert [hop["weight"] for hop in path["hops"]] == [counts[hop["cited"], hop["citing"]] for hop in path["hops"]]


def test_main_with_a_waypoint_keeps_to_it(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(rank="main", waypoints=("lewis2019",), top=5))
    assert len(answer.paths) == 5
    assert all(path.keys[1:-1].count("lewis2019") == 1 for path in answer.paths)


def test_main_shows_a_path_that_runs_back_in_time_where_there_is_no_other(lineage: Lineage):
    answer = find_paths(lineage, INSTRUCT, "wei2021flan", PathOptions(rank="main"))
    assert answer.paths[0].keys == (INSTRUCT, "wei2021flan")
    assert answer.no_path is None
    assert [hop["weight"] for hop in path_form(lineage, answer)["paths"][0]["hops"]] == [None]


years = st.dictionaries(st.sampled_from([f"n{i}" for i in range(8)]), st.sampled_from(["2001", "2002", "2003"]))


def by_the_main_path(lineage: Lineage, start: str, end: str) -> object:
    """The key of a path by the definition: citations back in time, sum of search path counts, hops, papers."""
    forward = acyclic_between(lineage, lineage.graph, start, end)
    back = {(each.cited, each.citing) for each in forward.dropped}
    through = [list(pairwise(path)) for path in nx.all_simple_paths(forward.graph, start, end)] if forward.dag else []

    def key(path: Keys) -> tuple[object, ...]:
        arcs = list(pairwise(path))
        weight = sum(arc in other for arc in arcs for other in through)
        return sum(arc in back for arc in arcs), -weight, len(path), by_papers(lineage, path)

    return key


@given(any_citations, years, st.sampled_from([None, 1, 2, 3, 5, 20]), st.sampled_from([0, 1000]))
def test_every_order_has_the_same_paths_whatever_circles_and_dates(
    citations: set[tuple[str, str]], dates: dict[str, str], max_hops: int | None, few: int
):
    """Where first paths are looked for among few papers, and where all are searched at once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.algorithms.first_paths.FEW", few)
        _compare_orders(citations, dates, max_hops)


def _compare_orders(citations: set[tuple[str, str]], dates: dict[str, str], max_hops: int | None) -> None:
    lineage = corpus_lineage(citations, dates=dates, more=("n0", "n1"))
    for start, end in (("n0", "n1"), ("n2", "n3")):
        if not {start, end} <= set(lineage.corpus.papers):
            continue
        expected = {tuple(path) for path in nx.all_simple_paths(lineage.graph, start, end, max_hops)}
        answers = {
            (rank, longest): find_paths(
                lineage, start, end, PathOptions(rank=rank, longest=longest, max_hops=max_hops, top=10_000)
            )
            for rank in RANKS
            for longest in ((False, True) if rank == "shortest" else (False,))
        }
        for answer in answers.values():
            assert sorted(path.keys for path in answer.paths) == sorted(expected)
            assert (answer.total, answer.found, answer.no_path is None) == (
                len(expected),
                bool(expected),
                bool(expected),
            )
            assert answer.stopped_after is None
        shown = [path.keys for path in answers["main", False].paths]
        if max_hops is None:
            assert shown == sorted(expected, key=by_the_main_path(lineage, start, end))
        shown = [path.keys for path in answers["shortest", True].paths]
        assert shown == sorted(expected, key=lambda path: (-len(path), by_papers(lineage, path)))


def test_diverse_paths_beyond_those_that_are_compared_follow_by_length(lineage: Lineage, monkeypatch):
    monkeypatch.setattr(path_ranking, "DIVERSE_AMONG", 20)
    everything = keys_of(lineage, PathOptions(top=60))
    found = keys_of(lineage, PathOptions(rank="diverse", top=60))
    assert sorted(found[:20]) == sorted(everything[:20])
    assert found[20:] == everything[20:]


def test_a_path_along_repeated_deposits_is_weaker_than_one_that_a_print_and_a_service_assert():
    deposit = [List(source, *arc) for source in ("crossref", "openalex", "opencitations") for arc in _arcs("left")]
    two = [List(source, *arc) for source in ("print:all", "s2:all") for arc in _arcs("right")]
    found = find_paths(witnessed([*deposit, *two], ["a", "z"]), "a", "z", PathOptions(rank="strongest")).paths
    assert [path.keys for path in found] == [("a", "right", "z"), ("a", "left", "z")]
    assert [path.strength for path in found] == [0.75**2, 0.5**2]


def _arcs(way: str) -> list[tuple[str, tuple[str, ...]]]:
    """The lists that lead from `a` over a paper to `z`, citing -> cited."""
    return [(way, ("a",)), ("z", (way,))]
