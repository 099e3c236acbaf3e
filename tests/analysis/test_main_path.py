"""Main paths: published networks to the digit, identities on random networks, brute force on small ones."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph.algorithms.components import BLOCK
from graph.algorithms.dominators import implied_arcs
from graph.algorithms.main_path_search import SEARCHES, Search, key_routes, search, sum_along
from graph.algorithms.traversal_weights import WEIGHTS, traversal
from graph.analysis.acyclic import CYCLES, acyclic
from graph.analysis.main_path import LONGEST, Scope, compare_weights, longest_paths, main_path, papers_within
from graph.errors import InputError
from graph.exports.text.main_path_text import main_path_form, main_path_text
from graph.interfaces.cli.main_path import main_path_command
from graph.model.lineage import Lineage

from ..helpers.circles import circles_lineage, dated_arcs
from ..helpers.commands import context_of, python
from ..helpers.published import (
    BACKWARD_FROM_10,
    FORWARD_FROM_ALL_SOURCES,
    MAINPATHS_JL,
    SPC_OF_PAPERS,
    SPLC_OF_PAPERS,
    WIKIPEDIA,
    Published,
)

Arc = tuple[str, str]
PUBLISHED = [pytest.param(WIKIPEDIA, id="wikipedia"), pytest.param(MAINPATHS_JL, id="mainpaths.jl")]


def arcs_of(text: str) -> list[Arc]:
    return [tuple(arc.split(">")) for arc in text.split()]


def network_of(published: Published) -> nx.DiGraph:
    return nx.DiGraph(arcs_of(published.arcs))


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("published", PUBLISHED)
def test_every_published_weight_is_met_to_the_digit(published: Published, weight: str):
    counts = traversal(network_of(published), weight)
    assert [counts.arcs[arc] for arc in arcs_of(published.arcs)] == published.weights[weight]
    assert counts.flow == published.flow


SEARCHED = [(published, each) for published in (WIKIPEDIA, MAINPATHS_JL) for each in published.searches]


@pytest.mark.parametrize(("published", "each"), SEARCHED, ids=[f"{p.arcs[0]} {each}" for p, each in SEARCHED])
def test_every_published_search_is_met_with_all_ties(published: Published, each: str):
    name, weight, routes = each.split()
    graph = network_of(published)
    found = search(graph, traversal(graph, weight).arcs, Search(name, int(routes)))
    assert set(found.arcs) == set(arcs_of(published.searches[each]))


@pytest.mark.parametrize("weight", ["SPC", "SPLC", "SPNP"])
@pytest.mark.parametrize("published", PUBLISHED)
def test_every_published_global_main_path_and_its_sum_are_met(published: Published, weight: str):
    graph = network_of(published)
    weights = traversal(graph, weight).arcs
    found = search(graph, weights, Search("global"))
    greatest, paths = published.best[weight]
    assert sorted(found.paths()) == [tuple(path.split(">")) for path in paths.split()]
    assert {sum_along(path, weights) for path in found.paths()} == {greatest}


@pytest.mark.parametrize("published", PUBLISHED)
def test_the_published_longest_path_is_among_the_longest_and_the_reduction_is_met(published: Published):
    graph = network_of(published)
    assert tuple(published.longest.split(">")) in list(longest_paths(graph).paths())
    assert set(graph.edges) - implied_arcs(graph) == set(arcs_of(published.reduction))


def test_the_published_values_of_papers_are_met():
    graph, papers = network_of(MAINPATHS_JL), [str(n) for n in range(1, 12)]
    assert [traversal(graph, "SPC").papers[p] for p in papers] == SPC_OF_PAPERS
    assert [traversal(graph, "SPLC").papers[p] for p in papers] == SPLC_OF_PAPERS


def test_the_published_local_searches_from_given_papers_are_met():
    graph = network_of(MAINPATHS_JL)
    weights = traversal(graph).arcs
    every = search(graph, weights, Search("local-forward", every_end=True))
    assert sorted(map(int, every.papers)) == FORWARD_FROM_ALL_SOURCES
    before_10 = graph.subgraph(nx.ancestors(graph, "10") | {"10"})
    kept = {arc: weight for arc, weight in weights.items() if arc in before_10.edges}
    assert sorted(map(int, search(before_10, kept, Search("local-backward")).papers)) == BACKWARD_FROM_10


NETWORKS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda arc: arc[0] < arc[1]), max_size=21)


def dag(arcs: set[tuple[int, int]]) -> nx.DiGraph:
    """Papers 0 to 6 under names whose order is not that of their age."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from("dafcbeg")
    graph.add_edges_from(("dafcbeg"[a], "dafcbeg"[b]) for a, b in arcs)
    return graph


def all_paths(graph: nx.DiGraph) -> list[tuple[str, ...]]:
    """Every path of at least one arc."""
    return [tuple(path) for u in graph for v in graph if u != v for path in nx.all_simple_paths(graph, u, v)]


def through_paths(graph: nx.DiGraph) -> list[tuple[str, ...]]:
    """Every path from a source to a sink."""
    return [path for path in all_paths(graph) if not graph.pred[path[0]] and not graph.succ[path[-1]]]


def counted(paths: list[tuple[str, ...]]) -> Counter[Arc]:
    return Counter(arc for path in paths for arc in pairwise(path))


@given(NETWORKS)
def test_weights_are_what_enumeration_counts(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    whole = through_paths(graph)
    to_sinks = [path for path in all_paths(graph) if not graph.succ[path[-1]]]
    assert traversal(graph, "SPC").arcs == counted(whole)
    assert traversal(graph, "SPLC").arcs == counted(to_sinks)
    assert traversal(graph, "SPNP").arcs == counted(all_paths(graph))
    assert traversal(graph, "NPPC").arcs == {
        (u, v): (len(nx.ancestors(graph, u)) + 1) * (len(nx.descendants(graph, v)) + 1) for u, v in graph.edges
    }
    assert {traversal(graph, weight).flow for weight in WEIGHTS} == {len(whole)}
    assert traversal(graph).papers == {
        node: sum(node in path for path in whole) for node in graph if graph.degree(node)
    }


@given(NETWORKS)
def test_the_identities_of_the_weights_hold(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    spc, splc, spnp, nppc = (traversal(graph, weight) for weight in WEIGHTS)
    for arc in graph.edges:
        assert spnp.arcs[arc] >= splc.arcs[arc] >= spc.arcs[arc] >= 1
        assert nppc.arcs[arc] <= spnp.arcs[arc]
    for node in graph:
        if graph.pred[node] and graph.succ[node]:
            into, out_of = graph.in_edges(node), graph.out_edges(node)
            assert sum(spc.arcs[arc] for arc in into) == sum(spc.arcs[arc] for arc in out_of) == spc.papers[node]
    assert sum(count for (u, _), count in spc.arcs.items() if u in spc.sources) == spc.flow
    assert traversal(graph.reverse()).arcs == {(v, u): count for (u, v), count in spc.arcs.items()}


@given(NETWORKS)
def test_a_new_source_turns_spc_into_splc_and_a_new_sink_too_into_spnp(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    splc, spnp = traversal(graph, "SPLC").arcs, traversal(graph, "SPNP").arcs
    papers = list(graph)
    graph.add_edges_from(("source", paper) for paper in papers)
    counts = traversal(graph).arcs
    assert {arc: counts[arc] for arc in splc} == splc
    graph.add_edges_from((paper, "sink") for paper in papers)
    counts = traversal(graph).arcs
    assert {arc: counts[arc] for arc in spnp} == spnp


@given(NETWORKS)
def test_a_paper_without_citations_is_left_out_and_told(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    counts = traversal(graph)
    assert set(counts.alone) == {node for node in graph if graph.degree(node) == 0}
    assert set(counts.papers) == set(graph) - set(counts.alone)
    assert not set(counts.alone) & {*counts.sources, *counts.sinks}


def heaviest(arcs: list[Arc], weights: dict[Arc, int], tolerance: Fraction) -> list[Arc]:
    most = max((weights[arc] for arc in arcs), default=0)
    return [arc for arc in arcs if weights[arc] >= most * (1 - tolerance)]


def forward(graph: nx.DiGraph, weights: dict[Arc, int], node: str, tolerance: Fraction) -> set[Arc]:
    """A local search from a node on, by its definition, one path after the other."""
    chosen = heaviest(list(graph.out_edges(node)), weights, tolerance)
    return {*chosen, *(arc for _, v in chosen for arc in forward(graph, weights, v, tolerance))}


def turned(arcs: set[Arc]) -> set[Arc]:
    return {(v, u) for u, v in arcs}


def by_definition(graph: nx.DiGraph, weights: dict[Arc, int], by: Search) -> set[Arc]:
    """What a search finds, by enumeration."""
    back, back_weights = graph.reverse(), {(v, u): weight for (u, v), weight in weights.items()}
    if by.name == "local-backward":
        return turned(by_definition(back, back_weights, Search("local-forward", 1, by.tolerance, by.every_end)))
    if by.name == "local-forward":
        leaving = [(u, v) for u, v in graph.edges if not graph.pred[u]]
        if by.every_end:
            return {arc for u, _ in leaving for arc in forward(graph, weights, u, by.tolerance)}
        first = heaviest(leaving, weights, by.tolerance)
        return {*first, *(arc for _, v in first for arc in forward(graph, weights, v, by.tolerance))}
    whole = through_paths(graph)
    sums = {path: sum(weights[arc] for arc in pairwise(path)) for path in whole}
    if by.name == "global":
        return {arc for path in whole if sums[path] == max(sums.values()) for arc in pairwise(path)}
    threshold = sorted(weights.values(), reverse=True)[: by.routes]
    found: set[Arc] = set()
    for key in (arc for arc in weights if weights[arc] >= min(threshold)):
        if by.name == "key-route-local":
            found |= {key, *forward(graph, weights, key[1], by.tolerance)}
            found |= turned(forward(back, back_weights, key[0], by.tolerance))
        else:
            using = [path for path in whole if key in pairwise(path)]
            most = max(sums[path] for path in using)
            found |= {arc for path in using if sums[path] == most for arc in pairwise(path)}
    return found


BY = st.one_of(
    st.just(Search("global")),
    st.builds(
        Search,
        st.sampled_from(["local-forward", "local-backward"]),
        tolerance=st.fractions(0, Fraction(9, 10), max_denominator=10),
        every_end=st.booleans(),
    ),
    st.builds(Search, st.just("key-route-global"), st.integers(1, 25)),
    st.builds(
        Search, st.just("key-route-local"), st.integers(1, 25), st.fractions(0, Fraction(9, 10), max_denominator=10)
    ),
)


@given(NETWORKS.filter(bool), BY, st.sampled_from(WEIGHTS))
def test_every_search_finds_what_its_definition_says(arcs: set[tuple[int, int]], by: Search, weight: str):
    graph = dag(arcs)
    weights = traversal(graph, weight).arcs
    found = search(graph, weights, by)
    assert set(found.arcs) == by_definition(graph, dict(weights), by)
    assert found.path_count == len(list(found.paths()))
    assert {arc for path in found.paths() for arc in pairwise(path)} == set(found.arcs)


@given(NETWORKS.filter(bool))
def test_what_two_searches_promise_of_each_other_holds(arcs: set[tuple[int, int]]):
    """Key routes include the heaviest arc; a broadened search includes the narrow one."""
    graph = dag(arcs)
    weights = traversal(graph).arcs
    most = max(weights.values())
    for name in ("key-route-global", "key-route-local"):
        found = search(graph, weights, Search(name))
        assert {arc for arc in weights if weights[arc] == most} == set(found.keys) <= set(found.arcs)
    narrow = search(graph, weights, Search("local-forward"))
    broad = search(graph, weights, Search("local-forward", tolerance=Fraction(1, 2)))
    assert set(narrow.arcs) <= set(broad.arcs)


@given(NETWORKS.filter(bool))
def test_zero_criticality_is_to_be_on_a_longest_path(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    paths = all_paths(graph)
    most = max(map(len, paths))
    assert set(longest_paths(graph).papers) == {paper for path in paths if len(path) == most for paper in path}
    other = compare_weights(graph, Search())
    assert other.longest_hops == nx.dag_longest_path_length(graph) == most - 1


@given(NETWORKS)
def test_implied_citations_are_what_a_transitive_reduction_leaves_out(arcs: set[tuple[int, int]]):
    graph = dag(arcs)
    assert implied_arcs(graph) == set(graph.edges) - set(nx.transitive_reduction(graph).edges)


def test_sets_are_counted_in_blocks_and_the_blocks_add_up():
    """A chain longer than a block, with a citation past every second paper."""
    many = BLOCK + 500
    graph = nx.DiGraph()
    graph.add_edges_from((str(n), str(n + 1)) for n in range(many - 1))
    skips = {(str(n), str(n + 2)) for n in range(many - 2)}
    graph.add_edges_from(skips)
    nppc = traversal(graph, "NPPC").arcs
    assert all(nppc[str(n), str(n + 1)] == (n + 1) * (many - n - 1) for n in range(many - 1))
    assert implied_arcs(graph) == skips


def test_counts_do_not_overflow_and_remain_readable():
    graph: nx.DiGraph = nx.DiGraph()
    for n in range(200):
        graph.add_edges_from([(f"{n}", f"{n}a"), (f"{n}", f"{n}b"), (f"{n}a", f"{n + 1}"), (f"{n}b", f"{n + 1}")])
    counts = traversal(graph)
    assert counts.flow == 2**200
    assert set(counts.arcs.values()) == {2**199}
    found = search(graph, counts.arcs, Search("global"))
    assert (found.path_count, len(found.arcs)) == (2**200, 800)
    assert counts.to_frame()["SPC"].sum() == 800 * 2**199


def test_heavy_citations_that_differ_by_one_are_told_apart_past_the_precision_of_floats():
    weights = {("a", "b"): 10**40, ("a", "c"): 10**40 + 1, ("b", "d"): 1, ("c", "d"): 1}
    found = search(nx.DiGraph(list(weights)), weights, Search("global"))
    assert list(found.paths()) == [("a", "c", "d")]
    assert key_routes(weights, 1) == (("a", "c"),)


def test_a_graph_with_a_circle_is_refused():
    ring = nx.DiGraph([("a", "b"), ("b", "a")])
    for question in (traversal, implied_arcs, longest_paths):
        with pytest.raises(InputError, match="circles"):
            question(ring)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "widest"},
        {"routes": 0},
        {"routes": 2},
        {"tolerance": Fraction(1, 2)},
        {"name": "local-forward", "tolerance": Fraction(1)},
        {"every_end": True},
    ],
)
def test_a_search_that_means_nothing_is_refused(wrong: dict[str, object]):
    with pytest.raises(InputError):
        Search(**wrong)


@given(dated_arcs())
def test_every_choice_for_circles_leaves_none_and_accounts_for_every_citation(world: Lineage):
    for cycles in CYCLES:
        done = acyclic(world, cycles=cycles)
        assert nx.is_directed_acyclic_graph(done.graph)
        place = {node: n for n, node in enumerate(done.graph)}
        assert all(place[u] < place[v] for u, v in done.graph.edges)
        stood_for = Counter(arc for u, v in done.graph.edges for arc in done.citations(u, v))
        lost = [(drop.cited, drop.citing) for drop in done.dropped]
        if cycles == "families":
            lost += done.merged
        assert stood_for + Counter(lost) == Counter(list(world.graph.edges))


@given(dated_arcs())
def test_by_date_nothing_runs_back_in_time_and_ties_are_only_broken_in_circles(world: Lineage):
    done = acyclic(world, cycles="date")
    backwards = {arc for arc in world.graph.edges if world.graph.edges[arc]["backwards"]}
    assert {(d.cited, d.citing) for d in done.dropped if d.why == "later"} == backwards
    forwards = nx.DiGraph([arc for arc in world.graph.edges if arc not in backwards])
    for drop in done.dropped:
        if drop.why == "tied":
            assert nx.has_path(forwards, drop.citing, drop.cited)
            one, other = (world.paper(key).date or "" for key in (drop.cited, drop.citing))
            known = min(len(one), len(other))
            assert one[:known] == other[:known]


@given(dated_arcs())
def test_families_keep_who_leads_to_whom(world: Lineage):
    done = acyclic(world, cycles="families")
    node_of = {paper: node for node in done.graph for paper in done.papers(node)}
    assert set(node_of) == set(world.graph)
    for u in world.graph:
        leads_to = {node_of[v] for v in nx.descendants(world.graph, u)} - {node_of[u]}
        assert leads_to == nx.descendants(done.graph, node_of[u])
    assert {frozenset(family) for family in done.families.values()} == {frozenset(circle) for circle in world.cycles}
    for node, family in done.families.items():
        assert node == family[0]


@given(dated_arcs())
def test_papers_of_a_circle_cite_preprints_and_an_idea_from_outside_still_passes(world: Lineage):
    done = acyclic(world, cycles="preprints")
    circle_of = {paper: set(circle) for circle in world.cycles for paper in circle}
    assert set(done.preprints.values()) == set(circle_of)
    for preprint, paper in done.preprints.items():
        assert done.graph.has_edge(preprint, paper)
        assert done.citations(preprint, paper) == ()
        assert circle_of[paper].isdisjoint(done.graph.pred[preprint])
        for outside in set(world.graph.pred[paper]) - circle_of[paper]:
            for inside in set(world.graph.succ[paper]) & circle_of[paper]:
                assert nx.has_path(done.graph, outside, inside)


def test_a_graph_without_circles_is_left_as_it_is():
    world = circles_lineage([(0, 1), (1, 2), (0, 2)], ["2014", "2015", "2016"])
    for cycles in CYCLES:
        done = acyclic(world, cycles=cycles)
        assert not done.changed
        assert set(done.graph.edges) == set(world.graph.edges)
    with pytest.raises(InputError, match="hope"):
        acyclic(world, cycles="hope")


def test_preprints_of_the_same_month_are_put_in_order_by_their_arxiv_numbers(lineage: Lineage):
    """Bahdanau (1409.0473) and Seq2Seq (1409.3215) cite each other."""
    done = acyclic(lineage)
    assert done.graph.has_edge("bahdanau2014", "sutskever2014")
    assert [d.why for d in done.dropped if (d.cited, d.citing) == ("sutskever2014", "bahdanau2014")] == ["tied"]


def test_the_corpus_a_theme_the_list_and_two_papers_are_scopes(lineage: Lineage):
    assert set(papers_within(lineage, Scope())) == set(lineage.graph)
    assert set(papers_within(lineage, Scope("list"))) == set(lineage.list_keys)
    assert set(lineage.list_keys) < set(papers_within(lineage, Scope("neighbourhood"))) < set(lineage.graph)
    for key in papers_within(lineage, Scope(theme="rlhf")):
        data = lineage.graph.nodes[key]
        shares = data["shares"]
        assert "rlhf" in data["themes"] if data["themes"] else shares["rlhf"] == max(shares.values())
    themed = papers_within(lineage, Scope("list", "rlhf"))
    assert set(themed) == {key for key in lineage.list_keys if "rlhf" in lineage.graph.nodes[key]["themes"]}
    for wrong in (Scope("everything"), Scope(theme="gardening")):
        with pytest.raises(InputError):
            papers_within(lineage, wrong)


def test_the_answer_names_what_was_chosen_and_what_was_left_out(lineage: Lineage):
    answer = main_path(lineage, Scope("list"), weight="SPLC", by=Search("key-route-local", 3), cycles="families")
    assert (answer.weight, answer.by.name, answer.acyclic.cycles) == ("SPLC", "key-route-local", "families")
    listed = lineage.among(lineage.list_keys)
    assert set(answer.counts.alone) == {key for key in listed if listed.degree(key) == 0}
    assert answer.greatest is None
    text = main_path_text(lineage, answer)
    assert text.startswith("Main path of the list, SPLC, key-route-local search, 3 routes.\n")
    assert "Left out: 1 paper without a citation to or from the others" in text


def test_the_list_main_path_is_brute_force(lineage: Lineage):
    answer = main_path(lineage, Scope("list"))
    graph = nx.DiGraph(answer.acyclic.graph)
    weights = counted(through_paths(graph))
    assert answer.counts.arcs == weights
    for name in SEARCHES:
        by = Search(name)
        assert set(main_path(lineage, Scope("list"), by=by).found.arcs) == by_definition(graph, weights, by), name


def test_robustness_is_the_same_search_under_every_weight(lineage: Lineage):
    by = Search("key-route-global", 2)
    other = main_path(lineage, Scope("list"), by=by).robustness
    assert other is not None
    for weight in WEIGHTS:
        assert other.arcs[weight] == set(main_path(lineage, Scope("list"), weight=weight, by=by).found.arcs)
    assert other.shared_arcs == other.arcs["SPC"] & other.arcs["SPLC"] & other.arcs["SPNP"] & other.arcs["NPPC"]
    shared = other.papers["SPC"] & other.papers[LONGEST]
    assert other.overlap("SPC", LONGEST) == len(shared) / len(other.papers["SPC"] | other.papers[LONGEST])
    frame = other.to_frame()
    assert list(frame.columns) == [*WEIGHTS, LONGEST]
    assert all(frame.loc[name, name] == 1 for name in frame.columns)
    assert main_path(lineage, Scope("list"), robustness=False).robustness is None


def test_between_two_papers_the_flow_is_the_number_of_paths_between_them(lineage: Lineage):
    answer = main_path(lineage, Scope(between=("devlin2018", "ouyang2022")))
    paths = list(nx.all_simple_paths(answer.acyclic.graph, "devlin2018", "ouyang2022"))
    assert answer.counts.flow == len(paths)
    assert (answer.counts.sources, answer.counts.sinks) == (("devlin2018",), ("ouyang2022",))
    assert answer.greatest == max(sum_along(path, answer.counts.arcs) for path in paths)
    kept = main_path(lineage, Scope("list", between=("devlin2018", "ouyang2022")))
    assert kept.counts.flow == 3
    assert main_path_text(lineage, kept).startswith("Main path of BERT → InstructGPT within the list, SPC, global")


def test_a_scope_without_citations_has_no_main_path_and_says_so(lineage: Lineage):
    answer = main_path(lineage, Scope(between=("ouyang2022", "devlin2018")))
    assert (answer.found.arcs, answer.greatest, answer.counts.flow) == ((), 0, 0)
    assert "no path" in main_path_text(lineage, answer)


def test_the_table_of_the_answer_has_exact_counts(lineage: Lineage):
    answer = main_path(lineage, Scope("list"), by=Search("key-route-global"))
    frame = answer.to_frame()
    assert list(zip(frame["cited"], frame["citing"], strict=True)) == list(answer.found.arcs)
    assert all(type(count) is int for count in frame["SPC"])
    assert list(frame["key_route"]) == [arc in answer.found.keys for arc in answer.found.arcs]


def test_text_is_safe_for_a_terminal_and_the_form_is_json(hostile: Lineage):
    for cycles in CYCLES:
        answer = main_path(hostile, by=Search("key-route-local"), cycles=cycles)
        text = main_path_text(hostile, answer)
        assert all(c.isprintable() or c == "\n" for c in text.replace("\u200d", ""))
        assert json.loads(json.dumps(main_path_form(hostile, answer)))["network"]["paths"] == 1


def test_papers_that_nothing_tells_apart_share_a_line(lineage: Lineage):
    answer = main_path(lineage)
    text = main_path_text(lineage, answer)
    assert len(answer.found.papers) > 100
    assert "97 papers that tie, A neural probabilistic language model among them" in text
    assert len(text.splitlines()) < 60


def test_the_command_answers_in_text_and_json(lineage: Lineage):
    runner, given_ = CliRunner(), context_of(lineage)
    text = runner.invoke(main_path_command, ["BERT", "InstructGPT", "--weight", "SPNP"], obj=given_)
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.startswith("Main path of BERT → InstructGPT, SPNP, global search.\n")
    as_json = runner.invoke(main_path_command, ["--within", "list", "--json"], obj=given_)
    assert json.loads(as_json.stdout)["weight"] == "SPC"
    none = runner.invoke(main_path_command, ["InstructGPT", "BERT"], obj=given_)
    assert none.exit_code == 1
    broad = ["--search", "local-forward", "--tolerance", "0.2", "--theme", "rlhf"]
    assert "broadened by 20%" in runner.invoke(main_path_command, broad, obj=given_).stdout


def test_two_runs_agree_to_the_byte_whatever_the_hash_seed():
    code = (
        "import json\n"
        "from graph.model.shipped_data import *\n"
        "from graph.model.storage import load_corpus\nfrom graph.model.reading_list import load_reading_list\n"
        "from graph.model.lineage import build_lineage\nfrom graph.analysis.main_path import *\n"
        "from graph.analysis.flow import flow\n"
        "from graph.algorithms.main_path_search import Search\n"
        "from graph.exports.text.main_path_text import *\nfrom graph.exports.text.flow_text import *\n"
        "it = build_lineage(load_corpus(snapshot_path()), load_reading_list(reading_list_path()))\n"
        "for cycles in ('date', 'families', 'preprints'):\n"
        "    a = main_path(it, by=Search('key-route-local', 5), cycles=cycles)\n"
        "    f = flow(it, 'devlin2018', 'ouyang2022', cycles=cycles)\n"
        "    print(main_path_text(it, a), json.dumps(main_path_form(it, a)))\n"
        "    print(flow_text(it, f), json.dumps(flow_form(it, f)), f.papers, f.unavoidable_nodes)\n"
    )
    one, two = (python(code, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == two
    assert len(one) > 10_000
