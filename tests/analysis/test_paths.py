"""Paths: what the shipped corpus answers, and brute force on any small graph."""

from __future__ import annotations

import random
from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ask, load, show
from graph.algorithms.path_counts import count_paths, survey_paths
from graph.algorithms.simple_paths import cheapest_paths, shortest_paths
from graph.analysis.acyclic import acyclic_between
from graph.analysis.evidence import strength
from graph.analysis.flow import flow
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.query import Query, parse_query, parse_theme, parse_years
from graph.analysis.resolve import resolve
from graph.errors import AmbiguousName, InputError, NameNotFound
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.lineage import Lineage

from ..helpers.commands import lineage_command
from ..helpers.hostile import hostile_lineage

BERT, INSTRUCT = "devlin2018", "ouyang2022"
SMALL = hostile_lineage()


def test_within_the_list_three_paths_lead_from_bert_to_instructgpt(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(list_only=True))
    assert [path.keys for path in answer.paths] == [
        (BERT, "rae2021", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", INSTRUCT),
        (BERT, "lewis2019", "stiennon2020", "rae2021", INSTRUCT),
    ]
    assert (answer.total, answer.total_in_list) == (3, 3)


def test_with_bridges_four_paths_of_two_hops_lead_there_and_none_is_direct(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(top=5))
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
    for path in find_paths(lineage, BERT, INSTRUCT, PathOptions(top=50)).paths:
        assert tuple(pairwise(path.keys)) == tuple((hop.cited, hop.citing) for hop in path.hops)
        for hop in path.hops:
            assert (hop.citation.cited, hop.citation.citing) == (hop.cited, hop.citing)
            assert hop.citation.sources


def test_when_there_is_no_path_the_other_direction_is_told(lineage: Lineage):
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


def test_no_paper_is_said_to_hide_a_path_that_is_longer_than_what_was_asked_for(lineage: Lineage):
    """InstructGPT's bibliography is complete: that it does not cite BERT is known, whatever others cite."""
    assert find_paths(lineage, BERT, INSTRUCT, PathOptions(max_hops=1)).no_path.hidden_by == ()
    answer = find_paths(lineage, "schmidhuber1992", BERT, PathOptions(max_hops=3))
    every = find_paths(lineage, "schmidhuber1992", BERT).no_path.hidden_by
    hops = nx.single_target_shortest_path_length(lineage.graph, BERT)
    assert 0 < len(answer.no_path.hidden_by) < len(every)
    assert set(answer.no_path.hidden_by) == {key for key in every if dict(hops)[key] <= 2}


def test_complete_references_on_the_way_leave_nothing_that_could_hide_a_path(lineage: Lineage):
    alone = lineage.among(["schmidhuber1992", "mnih2016"])
    assert count_paths(alone, "schmidhuber1992", "mnih2016") == 0
    answer = find_paths(lineage, "schmidhuber1992", "mnih2016", PathOptions(list_only=True))
    assert answer.no_path.hidden_by == ()


def test_a_survey_whose_references_are_partly_known_is_named_as_hiding(lineage: Lineage):
    answer = find_paths(lineage, "schmidhuber1992", "lialin2023", PathOptions(list_only=True))
    assert answer.no_path.hidden_by == ("lialin2023",)


def test_a_paper_has_no_path_to_itself(lineage: Lineage):
    answer = find_paths(lineage, BERT, BERT)
    assert (answer.found, answer.total) == (False, 0)


def test_a_citation_of_a_later_paper_is_marked_on_the_hop(lineage: Lineage):
    path = find_paths(lineage, INSTRUCT, "wei2021flan", PathOptions(top=1)).paths[0]
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
    assert parse_query(lineage, arguments) == Query("path", (BERT, INSTRUCT))


def test_a_title_that_holds_the_word_to_is_split_where_it_makes_sense(lineage: Lineage):
    assert parse_query(lineage, ["BERT to Learning to Summarize"]) == Query("path", (BERT, "stiennon2020"))
    assert parse_query(lineage, ["Learning to Summarize to InstructGPT"]) == Query("path", ("stiennon2020", INSTRUCT))
    assert parse_query(lineage, ["Learning to Summarize", "InstructGPT"]) == Query("path", ("stiennon2020", INSTRUCT))


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


def test_an_ambiguous_name_says_how_many_papers_it_could_be(lineage: Lineage):
    with pytest.raises(AmbiguousName, match="could be 47 papers") as fault:
        resolve(lineage, "attention")
    assert fault.value.total == 47
    assert fault.value.candidates[-1] == "... and 35 more: say more of the title"


@pytest.mark.parametrize(
    "arguments",
    [["BERT"], [""], ["→"], ["BERT →"], ["BERT ↔ GPT ↔ T5"], ["* → *"], ["* → BERT → GPT"], ["BERT → GPT → BERT"]],
)
def test_a_query_that_makes_no_sense_is_refused(lineage: Lineage, arguments: list[str]):
    with pytest.raises(InputError):
        parse_query(lineage, arguments)


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BERT → GPT-3 → InstructGPT", Query("path", (BERT, "brown2020", INSTRUCT))),
        ("InstructGPT ↔ BERT", Query("either", (INSTRUCT, BERT))),
        ("InstructGPT <-> BERT", Query("either", (INSTRUCT, BERT))),
        ("* → InstructGPT", Query("ancestry", (INSTRUCT,))),
        ("BERT -> *", Query("descent", (BERT,))),
    ],
)
def test_waypoints_either_direction_and_all_kin_can_be_asked_for(lineage: Lineage, text: str, expected: Query):
    assert parse_query(lineage, [text]) == expected


@pytest.mark.parametrize("text", ["20", "2018..2017", "..", "abc", "2018...2019", "２０１８"])
def test_a_span_of_years_that_is_none_is_refused(text: str):
    with pytest.raises(InputError):
        parse_years(text)


def test_a_theme_goes_by_its_id_or_part_of_its_name(lineage: Lineage):
    assert parse_theme(lineage, "RLHF") == parse_theme(lineage, "human feedback") == "rlhf"
    for text in ("in", "nonsense", ""):
        with pytest.raises(InputError, match="its themes are architecture, scaling, alignment, rlhf"):
            parse_theme(lineage, text)


def brute(lineage: Lineage, keep, start: str = BERT, end: str = INSTRUCT) -> set[tuple[str, ...]]:
    """All simple paths of the shipped list and its bridges that a condition keeps."""
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    return {tuple(path) for path in nx.all_simple_paths(part, start, end) if keep(path)}


def found(lineage: Lineage, options: PathOptions) -> set[tuple[str, ...]]:
    answer = find_paths(lineage, BERT, INSTRUCT, options)
    paths = [path.keys for path in answer.paths]
    assert len(set(paths)) == len(paths) == answer.total
    return set(paths)


ALL = {"top": 10_000}


def test_waypoints_are_passed_in_order_and_via_anywhere(lineage: Lineage):
    def in_order(path):
        return {"lewis2019", "brown2020"} <= set(path) and path.index("lewis2019") < path.index("brown2020")

    assert found(lineage, PathOptions(waypoints=("lewis2019", "brown2020"), **ALL)) == brute(lineage, in_order)
    assert found(lineage, PathOptions(waypoints=("brown2020", "lewis2019"), **ALL)) == set()
    both = brute(lineage, lambda path: {"lewis2019", "brown2020"} <= set(path))
    assert found(lineage, PathOptions(via=("brown2020", "lewis2019"), **ALL)) == both


def test_a_waypoint_inside_a_circle_does_not_let_a_path_visit_a_paper_twice(lineage: Lineage):
    """FLAN, Askell, Gopher and InstructGPT cite each other in circles."""
    options = PathOptions(waypoints=("wei2021flan", "rae2021"), **ALL)
    expected = brute(
        lineage, lambda p: {"wei2021flan", "rae2021"} <= set(p) and p.index("wei2021flan") < p.index("rae2021")
    )
    assert found(lineage, options) == expected


@pytest.mark.parametrize(
    "options",
    [PathOptions(avoid=(BERT,)), PathOptions(avoid=(INSTRUCT,)), PathOptions(via=("brown2020",), avoid=("brown2020",))],
)
def test_what_every_path_must_pass_cannot_be_avoided(lineage: Lineage, options: PathOptions):
    with pytest.raises(InputError, match="a path cannot both pass and avoid"):
        find_paths(lineage, BERT, INSTRUCT, options)


def test_avoided_papers_years_and_hops_are_kept(lineage: Lineage):
    assert found(lineage, PathOptions(avoid=("brown2020",), **ALL)) == brute(lineage, lambda p: "brown2020" not in p)
    assert found(lineage, PathOptions(max_hops=4, **ALL)) == brute(lineage, lambda p: len(p) <= 5)
    years = brute(lineage, lambda p: all((lineage.paper(k).year or 0) in (2020, 2021) for k in p[1:-1]))
    assert found(lineage, PathOptions(years=(2020, 2021), **ALL)) == years
    both = brute(lineage, lambda p: len(p) <= 4 and "brown2020" in p)
    assert found(lineage, PathOptions(max_hops=3, via=("brown2020",), **ALL)) == both


def test_a_theme_keeps_to_papers_whose_theme_it_is_chosen_or_mainly_inferred(lineage: Lineage):
    def of_theme(key: str) -> bool:
        data = lineage.graph.nodes[key]
        if data["themes"]:
            return "rlhf" in data["themes"]
        return max(data["shares"], key=lambda theme: data["shares"][theme]) == "rlhf"

    expected = brute(lineage, lambda p: all(of_theme(k) for k in p[1:-1]), "schulman2017")
    answer = find_paths(lineage, "schulman2017", INSTRUCT, PathOptions(theme="rlhf", **ALL))
    assert {path.keys for path in answer.paths} == expected
    assert len(expected) > 1


def test_the_longest_paths_come_first_and_none_is_longer(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(longest=True, top=30))
    lengths = [len(path.hops) for path in answer.paths]
    expected = sorted((len(path) - 1 for path in brute(lineage, lambda _: True)), reverse=True)
    assert lengths == expected[:30]
    assert answer.longest == expected[0]


def test_the_strongest_paths_come_first(lineage: Lineage):
    def strength(path) -> float:
        """By the formula; this corpus has no flags, intents or sentences."""
        product = 1.0
        for cited, citing in pairwise(path):
            kinds = {lineage.corpus.sources[s].kind for s in lineage.citation(cited, citing).sources}
            product *= 1 - 0.5 ** len(kinds)
        return product

    answer = find_paths(lineage, "bahdanau2014", INSTRUCT, PathOptions(rank="strongest", top=40))
    strengths = [path.strength for path in answer.paths]
    part = lineage.among([*lineage.list_keys, *lineage.bridges])
    expected = sorted(
        (strength(p) for p in nx.all_simple_paths(part, "bahdanau2014", INSTRUCT, cutoff=6)), reverse=True
    )
    assert strengths == pytest.approx(expected[:40])


def test_diverse_paths_share_less_than_the_shortest(lineage: Lineage):
    def overlap(options: PathOptions) -> float:
        inner = [set(path.keys[1:-1]) for path in find_paths(lineage, BERT, INSTRUCT, options).paths]
        pairs = [(a, b) for n, a in enumerate(inner) for b in inner[:n]]
        return sum(len(a & b) / len(a | b) for a, b in pairs) / len(pairs)

    assert overlap(PathOptions(rank="diverse", top=10)) < overlap(PathOptions(top=10))
    assert find_paths(lineage, BERT, INSTRUCT, PathOptions(rank="diverse", top=1)).paths[0].keys[1] == "rae2021"


def test_without_a_path_what_relates_the_two_is_told_as_what_it_is(lineage: Lineage):
    no_path = find_paths(lineage, "schmidhuber1992", "schulman2017").no_path
    graph = lineage.graph
    for key in no_path.descendants:
        assert nx.has_path(graph, "schmidhuber1992", key)
        assert nx.has_path(graph, "schulman2017", key)
    assert "ouyang2022" in no_path.descendants
    for one, other in pairwise(no_path.undirected):
        assert graph.has_edge(one, other) or graph.has_edge(other, one)


def test_200_random_pairs_agree_with_brute_force_within_three_hops(lineage: Lineage):
    chance = random.Random(5)
    keys = [key for key in lineage.graph if lineage.graph.degree(key) > 1]
    options = PathOptions(max_hops=3, top=10_000)
    reached = 0
    for _ in range(200):
        start, end = chance.sample(keys, 2)
        answer = find_paths(lineage, start, end, options)
        expected = {tuple(p) for p in nx.all_simple_paths(lineage.graph, start, end, cutoff=3)}
        assert {path.keys for path in answer.paths} == expected
        assert answer.total == len(expected)
        reached += bool(expected)
    assert reached > 5


@given(ARCS)
def test_the_longest_length_is_that_of_brute_force(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)
    lengths = [len(path) - 1 for path in nx.all_simple_paths(graph, "0", "1")]
    assert survey_paths(graph, "0", "1").longest == max(lengths, default=0)


@given(ARCS)
def test_cheapest_paths_are_all_simple_paths_in_order_of_cost(arcs: set[tuple[int, int]]):
    graph = digraph(arcs)

    def cost(one: str, other: str) -> float:
        return (int(one) * 7 + int(other) * 3) % 5

    told = list(cheapest_paths(graph, "0", "1", cost))
    costs = [sum(cost(*arc) for arc in pairwise(path)) for path in told]
    assert costs == sorted(costs)
    assert set(told) == {tuple(path) for path in nx.all_simple_paths(graph, "0", "1")}
    assert len(told) == len(set(told))


def test_strength_is_what_the_formula_says_and_unknown_is_neutral():
    sources = {"p": Source("p", "printed_bibliography", "P"), "s": Source("s", "semantic_scholar", "S")}
    corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)

    def of(*assertions: Assertion) -> float:
        return strength(corpus, Citation("a", "b", assertions))

    assert (
        of(Assertion("p"))
        == of(Assertion("s", influential=False))
        == of(Assertion("s", intents=("background",)))
        == 0.5
    )
    assert of(Assertion("p"), Assertion("s")) == 0.75
    assert of(Assertion("s", influential=True)) == 0.75
    assert of(Assertion("s", intents=("methodology",))) == 1 - 0.5 * 0.75
    assert of(Assertion("s", contexts=("one",))) == 0.5
    assert of(Assertion("s", contexts=("one", "two", "three"))) == pytest.approx(1 - 0.5 * 0.81)
    assert of(Assertion("s", contexts=tuple(map(str, range(50))))) == pytest.approx(1 - 0.5 * 0.9**5)


def test_main_ranks_paths_by_the_search_path_counts_along_them(lineage: Lineage):
    counts = flow(lineage, BERT, INSTRUCT).arcs
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(rank="main", top=25))
    sums = [sum(counts[arc] for arc in pairwise(path.keys)) for path in answer.paths]
    network = acyclic_between(lineage, lineage.graph, BERT, INSTRUCT).graph
    expected = [sum(counts[arc] for arc in pairwise(path)) for path in nx.all_simple_paths(network, BERT, INSTRUCT)]
    assert sums == sorted(expected, reverse=True)[:25]
    assert sums[0] == flow(lineage, BERT, INSTRUCT).heaviest.weight


def test_main_with_a_waypoint_keeps_to_it(lineage: Lineage):
    answer = find_paths(lineage, BERT, INSTRUCT, PathOptions(rank="main", waypoints=("lewis2019",), top=5))
    assert all(path.keys[1:-1].count("lewis2019") == 1 for path in answer.paths)


def test_an_answer_becomes_a_table_with_a_row_a_hop(lineage: Lineage):
    frame = ask(lineage, "BERT → InstructGPT", PathOptions(list_only=True)).to_frame()
    assert list(frame["path"]) == [1, 1, 2, 2, 2, 3, 3, 3, 3]
    assert frame.loc[0, ["cited", "citing"]].tolist() == [BERT, "rae2021"]


def test_an_answer_in_a_notebook_is_what_the_command_prints():
    printed = lineage_command("path", "BERT → InstructGPT", "--list-only").stdout
    shipped = load()
    assert repr(ask(shipped, "BERT → InstructGPT", PathOptions(list_only=True))) == printed
    assert str(ask(shipped, "* → BERT")) == lineage_command("path", "* → BERT").stdout
    assert str(show(shipped, "BERT")) == lineage_command("show", "BERT").stdout
