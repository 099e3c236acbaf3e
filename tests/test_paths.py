"""Paths: what the shipped corpus answers, and brute force on any small graph."""

from __future__ import annotations

from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.corpus import Corpus
from graph.errors import AmbiguousName, InputError, NameNotFound
from graph.lineage import Lineage
from graph.names import resolve, split_query
from graph.paths import count_paths, find_paths, shortest_paths

from .hostile import hostile_lineage

BERT, INSTRUCT = "devlin2018", "ouyang2022"
SMALL = hostile_lineage()


def test_within_the_list_three_paths_lead_from_bert_to_instructgpt(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, list_only=True)
    assert [path.keys for path in answer.paths] == [
        (BERT, "rae2021", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", "rae2021", INSTRUCT),
    ]
    assert (answer.total, answer.total_in_list) == (3, 3)


def test_with_bridges_four_paths_of_two_hops_lead_there_and_none_is_direct(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, top=5)
    two_hops = [path.keys[1] for path in answer.paths if len(path.hops) == 2]
    assert two_hops == ["rae2021", "radford2019", "brown2020", "wei2021flan"]
    assert not lineage.graph.has_edge(BERT, INSTRUCT)
    assert answer.total_in_list == 3


def test_the_count_is_the_number_that_brute_force_finds(lineage: Lineage):
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    expected = sum(1 for _ in nx.all_simple_paths(part, BERT, INSTRUCT))
    assert (
        find_paths(lineage, BERT, INSTRUCT).total
        == expected
        == len(list(shortest_paths(lineage.graph, BERT, INSTRUCT)))
    )


def test_every_hop_carries_its_citation_and_who_asserts_it(lineage: Lineage):
    for path in find_paths(lineage, BERT, INSTRUCT, top=50).paths:
        assert tuple(pairwise(path.keys)) == tuple((hop.cited, hop.citing) for hop in path.hops)
        for hop in path.hops:
            assert (hop.citation.cited, hop.citation.citing) == (hop.cited, hop.citing)
            assert hop.citation.sources


def test_when_there_is_no_path_the_other_direction_is_told(lineage: Lineage):
    answer = find_paths(lineage, INSTRUCT, BERT)
    assert (answer.found, answer.total, answer.reverse) == (False, 0, find_paths(lineage, BERT, INSTRUCT).total)


def test_when_there_is_no_path_papers_with_unknown_references_are_named(lineage: Lineage):
    answer = find_paths(lineage, "schmidhuber1992", BERT)
    assert not answer.found
    assert answer.reverse == 0
    assert len(answer.hidden_by) > 100
    for key in answer.hidden_by:
        assert lineage.corpus.coverage_of(key) != "complete"
        assert (lineage.paper(key).year or 9999) >= 1992
        assert nx.has_path(lineage.graph, key, BERT)


def test_complete_references_on_the_way_leave_nothing_that_could_hide_a_path(lineage: Lineage):
    alone = lineage.among(["schmidhuber1992", "mnih2016"])
    assert count_paths(alone, "schmidhuber1992", "mnih2016") == 0
    answer = find_paths(lineage, "schmidhuber1992", "mnih2016", list_only=True)
    assert answer.hidden_by == ()


def test_a_survey_whose_references_are_partly_known_is_named_as_hiding(lineage: Lineage):
    answer = find_paths(lineage, "schmidhuber1992", "lialin2023", list_only=True)
    assert answer.hidden_by == ("lialin2023",)


def test_a_paper_has_no_path_to_itself(lineage: Lineage):
    answer = find_paths(lineage, BERT, BERT)
    assert (answer.found, answer.total) == (False, 0)


def test_a_citation_of_a_later_paper_is_marked_on_the_hop(lineage: Lineage):
    path = find_paths(lineage, INSTRUCT, "wei2021flan", top=1).paths[0]
    assert [hop.backwards for hop in path.hops] == [True]


ARCS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda arc: arc[0] != arc[1]), max_size=24)


def digraph(arcs: set[tuple[int, int]]) -> nx.DiGraph:
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(map(str, range(7)))
    graph.add_edges_from((str(a), str(b)) for a, b in arcs)
    return graph


@given(ARCS)
def test_paths_are_all_simple_paths_in_order_on_any_graph_with_any_circles(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    found = list(shortest_paths(graph, "0", "1"))
    expected = sorted((tuple(path) for path in nx.all_simple_paths(graph, "0", "1")), key=lambda p: (len(p), p))
    assert found == expected


@given(ARCS)
def test_the_exact_count_is_brute_force_on_any_graph_with_any_circles(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    assert count_paths(graph, "0", "1") == len(list(nx.all_simple_paths(graph, "0", "1")))


def test_counts_do_not_overflow():
    """Two hundred diamonds in a row: 2**200 paths, counted and the first three told at once."""
    graph: nx.DiGraph = nx.DiGraph()
    for n in range(200):
        graph.add_edges_from([(f"{n}", f"{n}a"), (f"{n}", f"{n}b"), (f"{n}a", f"{n + 1}"), (f"{n}b", f"{n + 1}")])
    assert count_paths(graph, "0", "200") == 2**200
    assert len(list(islice(shortest_paths(graph, "0", "200"), 3))) == 3


def test_a_circle_too_tangled_to_count_is_unknown_and_not_zero():
    graph = nx.complete_graph(12, create_using=nx.DiGraph)
    graph = nx.relabel_nodes(graph, str)
    assert count_paths(graph, "0", "1", circle_steps=1000) is None
    assert len(list(islice(shortest_paths(graph, "0", "1"), 20))) == 20


@pytest.mark.parametrize(
    "arguments",
    [
        ["BERT → InstructGPT"],
        ["BERT -> InstructGPT"],
        ["bert=>instructgpt"],
        ["BERT", "→", "InstructGPT"],
        ["BERT", "->", "InstructGPT"],
        ["BERT to InstructGPT"],
        ["BERT", "to", "InstructGPT"],
        ["BERT", "InstructGPT"],
        ["6", "17"],
        ["#6 → 24"],
        ["arXiv:1810.04805v2", "10.48550/arXiv.2203.02155"],
        ["https://arxiv.org/abs/1810.04805", "d766bffc357127e0dc86dd69561d5aeb520d6f4c"],
        ["devlin2018 -> ouyang2022"],
        ["Devlin et al. 2018", "Ouyang (2022)"],
        ["BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", "INSTRUCTGPT"],
        ["deep bidirectional transformers", "follow instructions with human"],
    ],
)
def test_a_query_is_understood_however_it_is_typed(lineage: Lineage, arguments: list[str]):
    assert split_query(lineage, arguments) == (BERT, INSTRUCT)


def test_a_title_that_holds_the_word_to_is_split_where_it_makes_sense(lineage: Lineage):
    assert split_query(lineage, ["BERT to Learning to Summarize"]) == (BERT, "stiennon2020")
    assert split_query(lineage, ["Learning to Summarize to InstructGPT"]) == ("stiennon2020", INSTRUCT)
    assert split_query(lineage, ["Learning to Summarize", "InstructGPT"]) == ("stiennon2020", INSTRUCT)


def test_an_unknown_name_suggests_the_nearest(lineage: Lineage):
    with pytest.raises(NameNotFound) as fault:
        resolve(lineage, "BRET")
    assert "BERT" in fault.value.suggestions


def test_a_number_without_an_entry_is_not_searched_for_in_titles(lineage: Lineage):
    with pytest.raises(InputError, match="the reading list has no entry 99"):
        resolve(lineage, "99")


def test_an_ambiguous_name_lists_the_candidates_of_the_list_first(lineage: Lineage):
    with pytest.raises(AmbiguousName) as fault:
        resolve(lineage, "attention")
    assert fault.value.candidates[0].startswith("bahdanau2014  2014 [1]")
    assert any(line.startswith("dao2022") for line in fault.value.candidates)


@pytest.mark.parametrize("arguments", [["BERT"], ["BERT → GPT → InstructGPT"], [""], ["→"], ["BERT →"]])
def test_a_query_that_does_not_name_two_papers_is_refused(lineage: Lineage, arguments: list[str]):
    with pytest.raises(InputError):
        split_query(lineage, arguments)


def test_every_paper_of_the_corpus_answers_to_its_key_and_to_its_identifiers(lineage: Lineage, corpus: Corpus):
    for key, paper in islice(corpus.papers.items(), 0, None, 97):
        assert resolve(lineage, key) == key
        for each in paper.identifiers:
            assert resolve(lineage, str(each)) == key


@given(st.text(max_size=30))
def test_any_name_is_a_paper_or_a_plain_error(name: str):
    try:
        key = resolve(SMALL, name)
    except (NameNotFound, AmbiguousName, InputError):
        return
    assert key in SMALL.corpus.papers
