"""What is said of two papers that no path joins."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given

from graph.analysis.no_path import NoPath
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage

from ..helpers.made_lineages import any_citations, corpus_lineage, lineage_of

BERT, INSTRUCT = "devlin2018", "ouyang2022"


def test_when_there_is_no_path_the_paths_in_the_other_direction_are_counted(lineage: Lineage):
    answer = find_paths(lineage, INSTRUCT, BERT)
    assert (answer.found, answer.total, answer.no_path.reverse) == (False, 0, find_paths(lineage, BERT, INSTRUCT).total)


def test_when_there_is_no_path_papers_with_unknown_references_are_named(lineage: Lineage):
    answer = find_paths(lineage, "schmidhuber1992", BERT)
    assert not answer.found
    assert answer.no_path.reverse == 0
    assert len(answer.no_path.hidden_by) > 100
    for key in answer.no_path.hidden_by:
        assert lineage.corpus.coverage_of(key) != "complete"
        assert (lineage.paper(key).year or 9999) >= 1992
        assert nx.has_path(lineage.graph, key, BERT)


def test_no_paper_could_hide_a_path_that_is_longer_than_allowed(lineage: Lineage):
    """InstructGPT's bibliography is complete: that it does not cite BERT is known, whatever others cite."""
    assert find_paths(lineage, BERT, INSTRUCT, PathOptions(max_hops=1)).no_path.hidden_by == ()
    answer = find_paths(lineage, "schmidhuber1992", BERT, PathOptions(max_hops=3))
    every = find_paths(lineage, "schmidhuber1992", BERT).no_path.hidden_by
    hops = nx.shortest_path_length(lineage.graph, target=BERT)
    assert 0 < len(answer.no_path.hidden_by) < len(every)
    assert set(answer.no_path.hidden_by) == {key for key in every if hops[key] <= 2}


def test_complete_references_between_two_papers_leave_nothing_that_could_hide_a_path(lineage: Lineage):
    alone = lineage.among(["schmidhuber1992", "mnih2016"])
    assert not nx.has_path(alone, "schmidhuber1992", "mnih2016")
    answer = find_paths(lineage, "schmidhuber1992", "mnih2016", PathOptions(list_only=True))
    assert answer.no_path.hidden_by == ()


def test_a_survey_whose_references_are_partly_known_is_named_as_hiding(lineage: Lineage):
    answer = find_paths(lineage, "schmidhuber1992", "lialin2023", PathOptions(list_only=True))
    assert answer.no_path.hidden_by == ("lialin2023",)


def no_path(
    citations: list[tuple[str, str]],
    listed: str = "a z",
    dates: dict[str, str] | None = None,
    *,
    complete: str = "",
    start: str = "a",
    end: str = "z",
    **options,
) -> NoPath:
    """What is said of two papers of a made lineage."""
    world = lineage_of(citations, dict.fromkeys(listed.split(), "t"), dates, complete=complete.split())
    found = find_paths(world, start, end, PathOptions(**options)).no_path
    assert found is not None
    return found


def test_the_nearest_common_ancestors_and_descendants_have_the_fewest_hops_to_both_together():
    citations = [
        *[("a", "both"), ("z", "both")],  # one hop to each
        *[("a", "m"), ("m", "far"), ("z", "far")],  # two hops and one
        *[("child", "a"), ("child", "z"), ("twin", "a"), ("twin", "z"), ("grandchild", "child")],
    ]
    found = no_path(citations, "z a twin")
    assert found.ancestors == ("both",)
    assert found.descendants == ("twin", "child")  # those of the list first


def test_two_papers_are_not_their_own_common_relatives_where_one_leads_to_the_other():
    found = no_path([("a", "z"), ("z", "older"), ("newer", "a")])
    assert (found.ancestors, found.descendants, found.undirected) == (("older",), ("newer",), ("a", "z"))
    alone = no_path([("a", "z")])
    assert (alone.ancestors, alone.descendants) == ((), ())


@given(any_citations)
def test_common_relatives_are_those_of_brute_force_without_the_two_themselves(citations: set[tuple[str, str]]):
    lineage = corpus_lineage(citations, more=("n0", "n1"))
    found = find_paths(lineage, "n0", "n1").no_path
    if found is None:
        return
    for graph, relatives in ((lineage.graph.reverse(), found.ancestors), (lineage.graph, found.descendants)):
        away = [nx.single_source_shortest_path_length(graph, end) for end in ("n0", "n1")]
        sums = {key: away[0][key] + away[1][key] for key in set(away[0]) & set(away[1]) - {"n0", "n1"}}
        assert set(relatives) == {key for key, hops in sums.items() if hops == min(sums.values())}


def test_the_paths_in_the_other_direction_are_those_of_the_same_part_of_the_lineage():
    citations = [("a", "z"), ("a", "m"), ("m", "z")]
    assert no_path(citations).reverse == 2
    assert no_path(citations, list_only=True).reverse == 1
    assert no_path(citations, avoid=("m",)).reverse == 1


def test_the_shortest_chain_of_citations_goes_in_any_direction_and_by_the_first_of_equal_papers():
    citations = [("b", "a"), ("b", "m"), ("z", "m"), ("c", "a"), ("c", "m"), ("d", "a"), ("d", "m")]
    dates = {"b": "2003", "c": "2002", "d": "2001"}
    assert no_path(citations, dates=dates).undirected == ("a", "d", "m", "z")
    assert no_path(citations, "a z c", dates=dates).undirected == ("a", "c", "m", "z")
    assert no_path([("b", "a"), ("z", "c")]).undirected == ()


def test_one_and_the_same_paper_has_no_common_ancestors():
    found = no_path([("a", "b"), ("c", "a")], end="a")
    assert (found.ancestors, found.descendants, found.undirected) == ((), (), ("a",))


CHAIN = [("z", "y"), ("y", "x"), ("z", "old"), ("a", "b")]
"""Papers y, x and old lead to z; a does not."""
DATES = {"a": "2001", "b": "2000", "old": "2000", "x": "2001-01", "y": "2002", "z": "2003"}


def test_papers_that_are_not_older_than_the_start_and_not_fully_known_could_hide_a_path():
    assert no_path(CHAIN, dates=DATES).hidden_by == ("z", "x", "y")
    assert no_path(CHAIN, dates=DATES, complete="y z").hidden_by == ("x",)
    assert no_path(CHAIN, dates=DATES | {"old": None}).hidden_by == ("z", "x", "y", "old")
    assert no_path(CHAIN, dates=DATES | {"a": None}).hidden_by == ("z", "old", "x", "y")


def test_the_later_paper_comes_first_among_those_that_could_hide_a_path_and_then_those_of_the_list():
    assert no_path(CHAIN, "a y z x", DATES).hidden_by == ("z", "y", "x")


def test_only_papers_near_enough_to_the_end_could_hide_a_short_path():
    assert no_path(CHAIN, dates=DATES, max_hops=1).hidden_by == ("z",)
    assert no_path(CHAIN, dates=DATES, max_hops=2).hidden_by == ("z", "y")
    assert no_path(CHAIN, dates=DATES, max_hops=3).hidden_by == ("z", "x", "y")


def test_the_start_itself_cannot_hide_a_path():
    """Paper a leads to z, but not by way of b."""
    assert no_path([("z", "a"), ("b", "c")], via=("b",)).hidden_by == ("z",)


def test_partly_known_references_could_hide_a_path():
    found = find_paths(corpus_lineage([("z", "y"), ("a", "b")], complete="z", partial="y"), "a", "z").no_path
    assert found is not None
    assert found.hidden_by == ("y",)


def test_without_a_path_the_answer_says_how_the_two_are_related(lineage: Lineage):
    no_path = find_paths(lineage, "schmidhuber1992", "schulman2017").no_path
    graph = lineage.graph
    for key in no_path.descendants:
        assert nx.has_path(graph, "schmidhuber1992", key)
        assert nx.has_path(graph, "schulman2017", key)
    assert "ouyang2022" in no_path.descendants
    for one, other in pairwise(no_path.undirected):
        assert graph.has_edge(one, other) or graph.has_edge(other, one)
