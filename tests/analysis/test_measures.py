"""Measures: one registry, values that brute force and published examples confirm, and unknown that is never zero."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures import MEASURES, Measure, Result, find_measure, measure
from graph.analysis.measures.years import Burst, deviations, find_bursts
from graph.errors import InputError, NameNotFound
from graph.exports.text.measures_text import measures_markdown
from graph.interfaces.cli.measures import measures_command
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList

from ..helpers.commands import context_of, python

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
PAPER_MEASURES = [each for each in MEASURES if each.about == "paper"]


def lineage_of(
    citations: Iterable[tuple[str, str]],
    *,
    dates: dict[str, str] | None = None,
    complete: str | Iterable[str] | None = None,
    partial: Iterable[str] = (),
    coverage: Iterable[Coverage] = (),
    more: Iterable[str] = (),
) -> Lineage:
    """A lineage of citations (citing, cited); every reference list is complete unless `complete` names those."""
    pairs = sorted(set(citations))
    keys = sorted({key for pair in pairs for key in pair} | set(more))
    papers = {key: Paper(key, title=f"Paper {key}", date=(dates or {}).get(key)) for key in keys}
    known = [Coverage(key, "references", "s", "complete") for key in (keys if complete is None else complete)]
    known += [Coverage(key, "references", "s", "partial") for key in partial]
    arcs = [Citation(citing, cited, (Assertion("s"),)) for citing, cited in pairs]
    corpus = Corpus(papers, arcs, [*known, *coverage], {"s": Source("s", "user", "S")})
    return build_lineage(corpus, ReadingList("L", (), ()))


def arcs_between(count: int, most: int) -> st.SearchStrategy[set[tuple[str, str]]]:
    """Citations (citing, cited) among some papers, circles included, self-citations not."""
    papers = st.sampled_from([f"n{i}" for i in range(count)])
    return st.sets(st.tuples(papers, papers).filter(lambda pair: pair[0] != pair[1]), max_size=most)


anything = arcs_between(8, 24)
without_circles = anything.map(lambda pairs: {pair for pair in pairs if pair[0] > pair[1]})


@pytest.fixture(scope="module")
def shipped(lineage: Lineage) -> dict[str, Result]:
    """Every measure of papers and years on the shipped corpus, and the partners of BERT."""
    return {
        each.id: measure(lineage, each.id, **({"paper": "devlin2018"} if each.about == "partner" else {}))
        for each in MEASURES
    }


# The registry


def test_the_documentation_holds_the_registry_word_for_word():
    """When this fails, put what `measures_markdown()` returns into the section "All measures" of the page."""
    assert measures_markdown() in PAGE.read_text("utf-8")


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.id)
def test_every_entry_says_what_a_person_must_know_and_cites_what_its_function_cites(each: Measure):
    text = each.function.__doc__ or ""
    assert each.references
    for reference in each.references:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", reference.doi)
        assert f"doi:{reference.doi}" in " ".join(text.split())
    assert {parameter.name for parameter in each.parameters} == set(each.meanings)
    assert all(f"    {parameter.name} : {parameter.kind}\n" in text for parameter in each.parameters)
    assert each.meaning.endswith(".")
    assert each.needs.endswith(".")
    assert ("cited to citing" in each.direction) or ("citing to cited" in each.direction) or each.id == "disruption"


def test_the_snippet_of_the_documentation_runs(lineage: Lineage):
    names: dict[str, object] = {"lineage": lineage}
    exec(re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[0], names)
    assert names["result"] == measure(lineage, "disruption", least=3)


def test_ids_are_unique_and_every_result_names_its_measure(shipped: dict[str, Result]):
    assert len({each.id for each in MEASURES}) == len(MEASURES)
    assert all(result.measure == name for name, result in shipped.items())


def test_a_mistyped_measure_or_parameter_is_refused_with_what_there_is():
    lineage = lineage_of([("b", "a")])
    with pytest.raises(InputError, match="no measure is called 'page-rnk'; did you mean pagerank"):
        find_measure("page-rnk")
    with pytest.raises(InputError, match="'zzz'; 'lineage measures' lists them"):
        find_measure("zzz")
    with pytest.raises(InputError, match="pagerank has no parameter 'dampng'; it takes damping"):
        measure(lineage, "pagerank", dampng=0.5)
    with pytest.raises(InputError, match="depth has no parameter 'k'; it takes none"):
        measure(lineage, "depth", k=1)
    with pytest.raises(InputError, match="coupling needs paper; give the paper whose partners"):
        measure(lineage, "coupling")
    with pytest.raises(NameNotFound):
        measure(lineage, "coupling", paper="nobody")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("pagerank", {"damping": 0.999}),
        ("pagerank", {"damping": 0.0}),
        ("pagerank", {"damping": math.nan}),
        ("citerank", {"stop": 0.001}),
        ("citerank", {"stop": 1.1}),
        ("citerank", {"years": 0.0}),
        ("citerank", {"years": math.nan}),
        ("betweenness", {"sample": -1}),
        ("disruption", {"least": 0}),
        ("disruption", {"among": "some"}),
        ("bursts", {"scaling": 1.0}),
        ("bursts", {"gamma": -0.1}),
        ("bursts", {"gamma": math.inf}),
        ("spectroscopy", {"window": 4}),
        ("spectroscopy", {"window": 1}),
    ],
)
def test_a_parameter_out_of_its_range_is_refused_by_name(name: str, wrong: dict[str, float]):
    with pytest.raises(InputError, match=f"^{next(iter(wrong))} is "):
        measure(lineage_of([("b", "a")]), name, **wrong)


# Unknown is not zero


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.id)
def test_every_unknown_value_has_one_reason_and_every_reason_an_unknown_value(
    each: Measure, lineage: Lineage, shipped: dict[str, Result]
):
    result = shipped[each.id]
    refused = [key for refusal in result.refused for key in refusal.keys]
    assert len(refused) == len(set(refused))
    if each.about == "paper":
        assert set(result.values) == set(lineage.graph)
        assert set(refused) == {key for key, value in result.values.items() if value is None}
    else:
        assert None not in result.values.values()
        assert not set(refused) & set(result.values)


@pytest.mark.parametrize("name", ["references", "ancestors", "depth", "disruption"])
def test_a_paper_whose_references_are_unknown_has_no_value_that_rests_on_them(name: str, shipped: dict[str, Result]):
    result = shipped[name]
    assert result.values["hochreiter1997long"] is None
    reasons = [refusal.reason for refusal in result.refused if "hochreiter1997long" in refusal.keys]
    assert reasons == ["its references are not known"]


def test_no_references_is_zero_only_where_a_complete_list_is_empty():
    lineage = lineage_of([("b", "a")], complete=["b", "empty"], partial=["part"], more=["empty", "part", "asked"])
    assert measure(lineage, "references").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}
    assert measure(lineage, "ancestors").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}
    assert measure(lineage, "depth").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}


def test_counts_are_those_of_the_graph(lineage: Lineage, shipped: dict[str, Result]):
    assert shipped["cited_by"].values == dict(lineage.graph.out_degree())
    assert shipped["cited_by"].values["devlin2018"] == 21
    known = {key: value for key, value in shipped["references"].values.items() if value is not None}
    assert known == {key: count for key, count in lineage.graph.in_degree() if count}
    assert len(known) == 135


def test_a_global_count_is_what_a_complete_list_states_and_never_the_count_within_the_corpus(
    shipped: dict[str, Result],
):
    assert set(shipped["global_citations"].values.values()) == {None}
    rows = [
        Coverage("a", "citations", "s", "complete", 900),
        Coverage("b", "citations", "s", "capped", 1000),
        Coverage("c", "citations", "s", "complete"),
    ]
    result = measure(lineage_of([("b", "a"), ("c", "a")], coverage=rows), "global_citations")
    assert result.values == {"a": 900, "b": None, "c": None}
    assert result.details == {"a": {"source": "s"}}


# PageRank and CiteRank


def test_pagerank_of_two_papers_is_what_the_equation_gives():
    """Paper b cites a, d = 0.85: p(b) = 0.15/2 + 0.85/2 p(a) and p(a) + p(b) = 1.

    So p(b) = 0.5/1.425 and p(a) = 0.925/1.425.
    """
    values = measure(lineage_of([("b", "a")]), "pagerank").values
    assert values == {"a": pytest.approx(0.925 / 1.425, abs=1e-12), "b": pytest.approx(0.5 / 1.425, abs=1e-12)}


@settings(max_examples=40)
@given(anything, st.sampled_from([0.5, 0.85, 0.99]))
def test_pagerank_sums_to_one_and_agrees_with_networkx(pairs: set[tuple[str, str]], damping: float):
    lineage = lineage_of(pairs)
    values = measure(lineage, "pagerank", damping=damping).values
    expected = nx.pagerank(lineage.graph.reverse(), alpha=damping, tol=1e-15, max_iter=5000) if pairs else {}
    assert values == pytest.approx(expected, abs=1e-9)
    assert math.fsum(values.values()) == pytest.approx(1 if pairs else 0, abs=1e-12)


def test_pagerank_of_the_shipped_corpus_agrees_with_networkx(lineage: Lineage, shipped: dict[str, Result]):
    expected = nx.pagerank(lineage.graph.reverse(), tol=1e-14, max_iter=1000)
    assert shipped["pagerank"].values == pytest.approx(expected, abs=1e-9)


def test_citerank_of_a_chain_is_what_the_series_gives():
    """Paper c cites b, and b cites a, one year apart; years = 1 and stop = 1/2.

    start is (e^-2, e^-1, 1) / S, and T(c) = start(c), T(b) = start(b) + T(c) / 2, T(a) = start(a) + T(b) / 2.
    """
    lineage = lineage_of([("b", "a"), ("c", "b")], dates={"a": "2001", "b": "2002", "c": "2003"})
    total = math.exp(-2) + math.exp(-1) + 1
    c = 1 / total
    b = math.exp(-1) / total + c / 2
    a = math.exp(-2) / total + b / 2
    values = measure(lineage, "citerank", years=1.0).values
    assert values == {"a": pytest.approx(a), "b": pytest.approx(b), "c": pytest.approx(c)}


@settings(max_examples=40)
@given(anything, st.lists(st.integers(1990, 2020), min_size=8, max_size=8), st.sampled_from([0.1, 0.5, 1.0]))
def test_citerank_solves_its_linear_equations_also_in_circles(
    pairs: set[tuple[str, str]], years: list[int], stop: float
):
    dates = {f"n{i}": str(year) for i, year in enumerate(years)}
    lineage = lineage_of(pairs, dates=dates)
    keys = list(lineage.graph)
    if not keys:
        return
    start = np.array([math.exp((int(dates[key]) - 2020) / 2.6) for key in keys])
    passing = np.array(
        [[lineage.graph.has_edge(i, j) / (lineage.graph.in_degree(j) or 1) for j in keys] for i in keys], dtype=float
    )
    expected = np.linalg.solve(np.eye(len(keys)) - (1 - stop) * passing, start / start.sum())
    values = measure(lineage, "citerank", stop=stop).values
    assert [values[key] for key in keys] == pytest.approx(list(expected), abs=1e-9)


def test_a_paper_without_a_date_has_no_citerank_but_passes_readers_on():
    lineage = lineage_of([("b", "x"), ("x", "a")], dates={"a": "2001", "b": "2002"})
    result = measure(lineage, "citerank", years=1e9)  # so old that a and b begin alike
    assert result.values == {"a": pytest.approx(0.5 + 0.5 / 4), "b": pytest.approx(0.5), "x": None}
    assert [refusal.keys for refusal in result.refused] == [("x",)]


def test_recency_raises_new_papers_above_old_ones_that_are_cited_more(lineage: Lineage, shipped: dict[str, Result]):
    def place(name: str, key: str) -> int:
        return [found for found, _ in shipped[name].top(None)].index(key)

    assert place("citerank", "yang2023") < place("citerank", "bahdanau2014")
    assert place("pagerank", "yang2023") > place("pagerank", "bahdanau2014")


# Betweenness


@settings(max_examples=60)
@given(anything)
def test_betweenness_agrees_with_networkx_whichever_end_it_starts_from(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    expected = nx.betweenness_centrality(lineage.graph, normalized=False)
    values = measure(lineage, "betweenness").values
    assert values == pytest.approx(expected, abs=1e-9)
    turned = measure(lineage_of({(cited, citing) for citing, cited in pairs}), "betweenness").values
    assert turned == pytest.approx(expected, abs=1e-9)


def test_a_sample_is_scaled_up_and_depends_on_the_seed_alone():
    """Three papers lead to h, and h to three: of 4 starts each of the 3 outer ones sees 3 pairs through h, h none."""
    lineage = lineage_of([("h", f"s{i}") for i in range(3)] + [(f"t{i}", "h") for i in range(3)])
    assert measure(lineage, "betweenness").values["h"] == 9
    seen = [measure(lineage, "betweenness", sample=1, seed=seed).values["h"] for seed in range(40)]
    assert set(seen) == {0.0, 12.0}
    assert seen == [measure(lineage, "betweenness", sample=1, seed=seed).values["h"] for seed in range(40)]
    assert measure(lineage, "betweenness", sample=4).values["h"] == 9


def test_a_sampled_result_says_so(lineage: Lineage):
    one = measure(lineage, "betweenness", sample=20, seed=3)
    assert one.notes[0] == "estimated from 20 of 135 papers"
    assert one.to_frame().to_csv() == measure(lineage, "betweenness", sample=20, seed=3).to_frame().to_csv()
    assert one.values != measure(lineage, "betweenness", sample=20, seed=4).values


# Reach, depth and search path counts


@settings(max_examples=60)
@given(anything)
def test_reach_agrees_with_brute_force_also_in_circles(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    before, after = measure(lineage, "ancestors").values, measure(lineage, "descendants").values
    for key in lineage.graph:
        assert before[key] == len(nx.ancestors(lineage.graph, key))
        assert after[key] == len(nx.descendants(lineage.graph, key))


def test_reach_of_the_shipped_corpus_agrees_with_brute_force(lineage: Lineage, shipped: dict[str, Result]):
    for key in [*lineage.list_keys, *(k for cycle in lineage.cycles for k in cycle), "hochreiter1997long"]:
        assert shipped["descendants"].values[key] == len(nx.descendants(lineage.graph, key))
        if shipped["ancestors"].values[key] is not None:
            assert shipped["ancestors"].values[key] == len(nx.ancestors(lineage.graph, key))


@given(without_circles)
def test_every_citation_adds_at_least_one_ancestor_descendant_and_step_of_depth(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    before, after, deep = (measure(lineage, name).values for name in ("ancestors", "descendants", "depth"))
    for cited, citing in lineage.graph.edges:
        assert before[citing] > before[cited]
        assert after[cited] > after[citing]
        assert deep[citing] > deep[cited]


@settings(max_examples=60)
@given(without_circles)
def test_depth_is_the_longest_chain_that_brute_force_finds(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    for key, value in measure(lineage, "depth").values.items():
        behind = lineage.graph.subgraph(nx.ancestors(lineage.graph, key) | {key})
        assert value == nx.dag_longest_path_length(behind)


def test_papers_of_a_circle_share_one_depth_and_one_count_and_the_circle_adds_no_step():
    """Citations a <- b <-> c <- d: the chain a, {b, c}, d has two steps and is the only one."""
    lineage = lineage_of([("b", "a"), ("b", "c"), ("c", "b"), ("d", "c")])
    assert measure(lineage, "depth").values == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert measure(lineage, "throughput").values == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert measure(lineage, "throughput").notes == ("circles of citations, which count as one paper each: 1",)


def test_search_path_counts_of_papers_are_the_published_ones():
    """The twelve arcs and vertex weights that MainPaths.jl publishes."""
    arcs = [(1, 3), (2, 3), (2, 4), (3, 5), (3, 7), (4, 6), (4, 10), (4, 11), (5, 8), (5, 9), (6, 9), (6, 10)]
    published = {1: 3, 2: 7, 3: 6, 4: 4, 5: 4, 6: 2, 7: 2, 8: 2, 9: 3, 10: 2, 11: 1}
    values = measure(lineage_of((f"n{citing}", f"n{cited}") for cited, citing in arcs), "throughput").values
    assert values == {f"n{paper}": count for paper, count in published.items()}


@settings(max_examples=60)
@given(anything)
def test_search_path_counts_agree_with_enumerated_paths_between_families(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    condensed = nx.condensation(lineage.graph)
    sources = [node for node, degree in condensed.in_degree() if not degree]
    sinks = [node for node, degree in condensed.out_degree() if not degree]
    through = dict.fromkeys(condensed, 0)
    for source, sink in product(sources, sinks):
        for path in [[source]] if source == sink else nx.all_simple_paths(condensed, source, sink):
            for node in path:
                through[node] += 1
    values = measure(lineage, "throughput").values
    assert values == {key: through[condensed.graph["mapping"][key]] for key in lineage.graph}


def test_search_path_counts_stay_exact_beyond_64_bits_also_in_a_table():
    """A ladder of 200 diamonds has 2^200 paths, half of them through each side."""
    pairs = [
        pair for i in range(200) for side in "xy" for pair in [(f"{side}{i}", f"s{i}"), (f"s{i + 1}", f"{side}{i}")]
    ]
    result = measure(lineage_of(pairs), "throughput")
    assert result.values["s7"] == 2**200
    assert result.values["x7"] == 2**199
    assert result.to_frame().loc["s7", "throughput"] == 2**200
    assert f"{2**200:,}" in str(result)


def test_a_paper_without_citations_is_left_out_of_the_flow():
    result = measure(lineage_of([("b", "a")], more=["alone"]), "throughput")
    assert result.values == {"a": 1, "alone": None, "b": 1}
    assert result.refused[0].reason == "it neither cites nor is cited in this corpus"


# Pairs


@settings(max_examples=60)
@given(anything)
def test_partners_agree_with_brute_force_are_symmetric_and_lie_in_0_1(pairs: set[tuple[str, str]]):
    lineage = lineage_of(pairs)
    keys = sorted(lineage.graph)
    for name, links in (("cocitation", lineage.graph.successors), ("coupling", lineage.graph.predecessors)):
        found = {key: measure(lineage, name, paper=key) for key in keys}
        for one, other in product(keys, keys):
            mine, theirs = set(links(one)), set(links(other))
            shared = len(mine & theirs)
            value = found[one].values.get(other)
            if one == other or not shared:
                assert value is None
            else:
                assert value == pytest.approx(shared / math.sqrt(len(mine) * len(theirs)))
                assert 0 < value <= 1
                assert value == found[other].values[one]
                assert found[one].details[other] == {"shared": shared}


def test_shared_references_are_refused_where_those_of_the_paper_are_unknown():
    lineage = lineage_of([("b", "a")], complete=["b"])
    result = measure(lineage, "coupling", paper="a")
    assert (result.values, result.refused[0].reason) == ({}, "its references are not known")
    assert result.refused[0].keys == ("a",)


def test_partners_with_partly_known_references_are_counted_in_a_note(shipped: dict[str, Result]):
    assert "lialin2023" in shipped["coupling"].values
    assert shipped["coupling"].notes == ("papers here that are compared by references known only in part: 1",)


# Disruption

FOCUS = [("f", "r1"), ("f", "r2")]
DATES = {"f": "2010-05", "r1": "2000", "r2": "2001"}


def disruption_of(pairs: list[tuple[str, str]], **others: object) -> Result:
    """The CD index around f, which cites r1 and r2; every other paper is of 2015 unless dated."""
    keys = {key for pair in pairs for key in pair}
    dates = dict.fromkeys(keys, "2015") | DATES | dict(others.pop("dates", {}))
    known = others.pop("complete", keys | {"f", "r1", "r2"})
    among = {name: others.pop(name) for name in ("least", "among") if name in others}
    return measure(lineage_of([*FOCUS, *pairs], dates=dates, complete=known, **others), "disruption", **among)


def reason_for_f(result: Result) -> str:
    assert result.values["f"] is None
    return next(refusal.reason for refusal in result.refused if "f" in refusal.keys)


def test_disruption_is_what_counting_by_hand_gives():
    """Papers i and j cite f alone, k cites f and r1, m and n only references: (2 - 1) / (2 + 1 + 2) = 0.2.

    o cites r1 too, but in 2005 it could not have cited f.
    """
    pairs = [("i", "f"), ("j", "f"), ("k", "f"), ("k", "r1"), ("m", "r1"), ("m", "r2"), ("n", "r2"), ("o", "r1")]
    result = disruption_of(pairs, dates={"o": "2005"}, least=3)
    assert result.values["f"] == pytest.approx(0.2)
    assert result.details["f"] == {"only_it": 2, "both": 1, "only_references": 2}


def test_the_extremes_are_one_when_all_stop_at_the_paper_and_minus_one_when_all_look_further_back():
    stop = [(f"c{i}", "f") for i in range(5)]
    assert disruption_of(stop).values["f"] == 1
    assert disruption_of([*stop, *((f"c{i}", "r1") for i in range(5))]).values["f"] == -1


@settings(max_examples=60)
@given(anything, st.lists(st.sampled_from(["1999", "2010", "2010-06", "2015-01-02"]), min_size=8, max_size=8))
def test_disruption_agrees_with_brute_force_and_lies_between_minus_one_and_one(
    pairs: set[tuple[str, str]], dates: list[str]
):
    when = {f"n{i}": date for i, date in enumerate(dates)}
    lineage = lineage_of(pairs, dates=when)
    values = measure(lineage, "disruption", least=1).values
    cites = {key: set(lineage.graph.predecessors(key)) for key in lineage.graph}
    for focus, value in values.items():
        assert (value is None) == (not cites[focus] or not lineage.graph.out_degree(focus))
        if value is not None:
            score = count = 0
            for other in set(cites) - {focus}:
                hits_focus, hits_references = focus in cites[other], bool(cites[other] & cites[focus])
                precise = min(len(when[other]), len(when[focus]))
                too_early = when[other][:precise] < when[focus][:precise]
                if hits_focus or (hits_references and not too_early):
                    count += 1
                    score += hits_focus * (1 - 2 * hits_references)
            assert value == pytest.approx(score / count)
            assert -1 <= value <= 1


def test_disruption_is_refused_where_coverage_makes_it_meaningless():
    citers = [(f"c{i}", "f") for i in range(5)]
    known = {"f", *(f"c{i}" for i in range(5))}
    assert reason_for_f(disruption_of(citers[:4])) == "fewer than 5 papers of this corpus cite it"
    assert (
        reason_for_f(disruption_of(citers, complete=known - {"c3"}))
        == "a paper that cites it has incomplete references"
    )
    assert (
        reason_for_f(disruption_of(citers, complete=known - {"f"}, partial=["f"]))
        == "its references are known only in part"
    )
    assert reason_for_f(disruption_of([*citers, ("m", "r1")], complete=known)) == (
        "a paper that cites its references has incomplete references, and may cite it"
    )
    undated = disruption_of([*citers, ("m", "r1")], dates={"m": None})
    assert reason_for_f(undated) == "its date, or that of a paper that cites its references, is not known"


def test_a_paper_without_references_is_refused_because_the_index_would_be_one_by_definition():
    lineage = lineage_of([(f"c{i}", "f") for i in range(5)])
    assert reason_for_f(measure(lineage, "disruption")) == "it has no references: the index would be 1 by definition"


def test_the_index_proper_is_refused_unless_all_citing_papers_are_known():
    citers = [(f"c{i}", "f") for i in range(5)]
    missing = "not all papers are known that cite it or its references"
    assert reason_for_f(disruption_of(citers, among="all")) == missing
    rows = [Coverage(key, "citations", "s", "complete") for key in ("f", "r1")]
    assert reason_for_f(disruption_of(citers, among="all", coverage=rows)) == missing
    rows.append(Coverage("r2", "citations", "s", "complete"))
    assert disruption_of(citers, among="all", coverage=rows).values["f"] == 1
    assert disruption_of(citers, among="all", coverage=rows).notes == ()


def test_the_shipped_corpus_states_that_its_disruption_is_local_and_has_no_index_proper(
    lineage: Lineage, shipped: dict[str, Result]
):
    assert "compare within it" in shipped["disruption"].notes[0]
    assert set(measure(lineage, "disruption", among="all").values.values()) == {None}
    assert shipped["disruption"].values["devlin2018"] is None  # one of those that cite it is known in part
    assert shipped["disruption"].details["christiano2017"] == {"only_it": 4, "both": 2, "only_references": 5}


# Years


def cost_of(states: tuple[int, ...], hits: list[int], papers: list[int], scaling: float, gamma: float) -> float:
    """What a sequence of states costs by the definition, binomial coefficients included."""
    base = sum(hits) / sum(papers)
    cost = 0.0
    for before, state, hit, all_of in zip((0, *states), states, hits, papers, strict=False):
        rate = base * scaling**state
        cost -= math.log(math.comb(all_of, hit) * rate**hit * (1 - rate) ** (all_of - hit))
        cost += gamma * math.log(len(hits)) * (state > before)
    return cost


years_of_hits = st.lists(
    st.integers(0, 12).flatmap(lambda papers: st.tuples(st.integers(0, papers), st.just(papers))),
    min_size=1,
    max_size=7,
)


@given(years_of_hits, st.sampled_from([1.5, 2.0, 3.0]), st.sampled_from([0.0, 0.5, 1.0]))
def test_bursts_are_the_cheapest_states_of_all_that_there_are(
    series: list[tuple[int, int]], scaling: float, gamma: float
):
    hits, papers = [hit for hit, _ in series], [all_of for _, all_of in series]
    found = find_bursts(hits, papers, scaling, gamma)
    if not sum(hits):
        assert found == []
    elif scaling * sum(hits) >= sum(papers):
        assert found is None
    else:
        assert found is not None
        states = tuple(int(any(b.first <= year <= b.last for b in found)) for year in range(len(hits)))
        costs = {each: cost_of(each, hits, papers, scaling, gamma) for each in product((0, 1), repeat=len(hits))}
        assert costs[states] == pytest.approx(min(costs.values()))
        saved = costs[(0,) * len(hits)] - costs[states]
        assert sum(b.weight for b in found) - len(found) * gamma * math.log(len(hits)) == pytest.approx(saved)


def test_a_burst_is_found_where_a_person_sees_it():
    """20 papers a year, of which 1, 1, 9, 9, 1, 1 cite: p0 = 22/120, p1 = 44/120.

    Each of the two years saves 9 ln(p1/p0) + 11 ln((1-p1)/(1-p0)) = 9 ln 2 + 11 ln(76/98).
    """
    found = find_bursts([1, 1, 9, 9, 1, 1], [20] * 6, first=2001)
    assert found == [Burst(2003, 2004, pytest.approx(2 * (9 * math.log(2) + 11 * math.log(76 / 98))))]
    assert find_bursts([3, 3, 3, 3], [20] * 4) == []


def test_bursts_count_citing_papers_of_known_date_and_references_from_the_papers_own_year():
    """All 4 papers of 2001 cite f (2000), and none of the 8 each of 2000, 2002 and 2003.

    quiet (2001) has unknown references and must not count among the papers of its year; nor those before f.
    """
    citing = [(f"c{i}", "f") for i in range(4)]
    others = [(f"o{year}{i}", "x") for year in (1998, 2000, 2002, 2003) for i in range(8)]
    dates = {f"c{i}": "2001" for i in range(4)} | {
        f"o{y}{i}": str(y) for y in (1998, 2000, 2002, 2003) for i in range(8)
    }
    lineage = lineage_of(
        [*citing, *others],
        dates={**dates, "f": "2000-01-01", "x": "1950", "quiet": "2001"},
        complete=[key for key, _ in [*citing, *others]],
        more=["quiet", "undated"],
    )
    result = measure(lineage, "bursts")
    expected = find_bursts([0, 4, 0, 0], [8, 4, 8, 8], first=2000)
    assert expected is not None
    assert result.values["f"] == expected[0].weight
    assert result.details["f"] == {"first": 2001, "last": 2001, "bursts": 1}
    assert result.values["quiet"] is None
    assert result.values["undated"] is None


def test_no_burst_is_told_where_nearly_everybody_cites_the_paper():
    lineage = lineage_of([("b", "a"), ("c", "a")], dates={"a": "2000", "b": "2001", "c": "2002"}, complete="bc")
    result = measure(lineage, "bursts")
    assert result.values["a"] is None
    assert result.refused[0].reason.startswith("so many papers cite it that 2 times as many cannot be")


def test_the_deviation_from_the_five_year_median_is_that_of_a_published_spectrogram():
    """The example that the legend of doi:10.3390/ijerph17072449, figure 2, works out: 512 - 344 = 168 in 2002."""
    assert deviations({2000: 397, 2001: 344, 2002: 512, 2003: 318, 2004: 323})[2002] == 168


@given(st.dictionaries(st.integers(1950, 1965), st.integers(0, 30), max_size=10), st.sampled_from([3, 5, 7]))
def test_deviations_cover_every_year_and_agree_with_a_sorted_window(counts: dict[int, int], window: int):
    found = deviations(counts, window)
    assert list(found) == (list(range(min(counts), max(counts) + 1)) if counts else [])
    for year, value in found.items():
        around = sorted(counts.get(y, 0) for y in range(year - window // 2, year + window // 2 + 1))
        assert value == counts.get(year, 0) - around[window // 2]


def test_spectroscopy_counts_every_citation_once_and_says_what_has_no_year(
    lineage: Lineage, shipped: dict[str, Result]
):
    result = shipped["spectroscopy"]
    counted = sum(int(row["citations"]) for row in result.details.values())
    undated = sum(lineage.graph.out_degree(key) for refusal in result.refused for key in refusal.keys)
    assert counted + undated == lineage.graph.number_of_edges()
    assert result.notes == (f"citations of papers without a date, in no year: {undated:,}",)
    assert result.details["1997"]["most_cited"] == "hochreiter1997long"
    assert "1997" in dict(result.top(5))


def test_the_oldest_of_the_most_cited_papers_stands_for_its_year():
    pairs = [("x", "young"), ("x", "old"), ("x", "quiet"), ("y", "young"), ("y", "old")]
    dates = {"quiet": "2000-01", "old": "2000-02", "young": "2000-03"}
    assert measure(lineage_of(pairs, dates=dates), "spectroscopy").details["2000"]["most_cited"] == "old"


# Results


@pytest.mark.parametrize("each", PAPER_MEASURES, ids=lambda each: each.id)
def test_an_empty_corpus_has_no_values_and_raises_nothing(each: Measure):
    result = each.function(lineage_of([]))
    assert result.values == {}
    assert result.to_frame().empty


@pytest.mark.parametrize("each", PAPER_MEASURES, ids=lambda each: each.id)
def test_a_circle_of_three_papers_gives_its_members_one_value(each: Measure):
    circle = lineage_of([("b", "a"), ("c", "b"), ("a", "c")], dates=dict.fromkeys("abc", "2001"))
    values = list(each.function(circle).values.values())
    assert values == pytest.approx([values[0]] * 3)


def test_two_runs_agree_to_the_byte_and_so_do_two_orders_of_the_same_papers(lineage: Lineage):
    turned = build_lineage(
        Corpus(
            dict(reversed(list(lineage.corpus.papers.items()))),
            lineage.corpus.citations,
            lineage.corpus.coverage,
            lineage.corpus.sources,
        ),
        lineage.reading_list,
    )
    for each in MEASURES:
        given_paper = {"paper": "devlin2018"} if each.about == "partner" else {}
        one, other = each.function(lineage, **given_paper), each.function(turned, **given_paper)
        assert one.to_frame().to_csv() == other.to_frame().to_csv(), each.id


def test_results_do_not_hang_on_the_order_in_which_a_process_hashes_names():
    """Two processes with different hash seeds print the same bytes."""
    code = (
        "from graph.model.lineage import build_lineage; from graph.model.storage import load_corpus\n"
        "from graph.analysis.measures import *\n"
        "from graph.model.reading_list import load_reading_list; from graph.model.shipped_data import *\n"
        "lineage = build_lineage(load_corpus(snapshot_path()), load_reading_list(reading_list_path()))\n"
        "for name in ('pagerank', 'citerank', 'throughput', 'disruption', 'bursts', 'spectroscopy'):\n"
        "    print(measure(lineage, name).to_frame().to_csv())\n"
        "print(measure(lineage, 'betweenness', sample=9, seed=5).to_frame().to_csv())"
    )
    one, two = (python(code, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == two
    assert len(one) > 100_000


def test_equals_are_ranked_oldest_first():
    lineage = lineage_of([("z", "b"), ("z", "a"), ("z", "c")], dates={"a": "2003", "b": "2001", "c": "2002"})
    assert measure(lineage, "cited_by").top(3) == [("b", 1), ("c", 1), ("a", 1)]
    assert [key for key, _ in measure(lineage, "cited_by").top(None)] == ["b", "c", "a", "z"]


def test_a_table_keeps_whole_numbers_unknowns_details_and_reasons(shipped: dict[str, Result]):
    frame = shipped["disruption"].to_frame()
    assert str(frame["disruption"].dtype) == "Float64"
    assert str(frame["only_it"].dtype) == "Int64"
    assert frame["disruption"].isna().sum() == frame["refused"].notna().sum()
    assert frame.loc["devlin2018", "refused"] == "a paper that cites it has incomplete references"
    references = shipped["references"].to_frame()
    assert str(references["references"].dtype) == "Int64"
    assert references["references"].isna().sum() == 4686


# The command


def run(lineage: Lineage, *arguments: str) -> str:
    result = CliRunner().invoke(measures_command, arguments, obj=context_of(lineage), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_without_a_name_the_command_lists_every_measure(lineage: Lineage):
    text = run(lineage)
    assert all(f"  {each.id} " in text and each.meaning in text for each in MEASURES)
    listed = json.loads(run(lineage, "--json"))["measures"]
    assert [each["id"] for each in listed] == [each.id for each in MEASURES]
    assert listed[3]["parameters"][0]["default"] == 0.85


def test_the_command_shows_values_reasons_and_the_reference(lineage: Lineage):
    text = run(lineage, "disruption", "--top", "1")
    assert "0.181818  2017  RLHF (Christiano)  (only it 4, both 2, only references 5)" in text
    assert "Not known for 4,686 papers: its references are not known." in text
    assert "https://doi.org/10.1287/mnsc.2015.2366" in text
    assert "... and 26 more; --top shows more of them." in text


def test_a_paper_is_shown_with_its_rank_or_the_reason_why_it_has_no_value(lineage: Lineage):
    text = run(lineage, "--of", "BERT", "cited_by", "global_citations", "disruption")
    assert re.search(r"cited by \(in the corpus\) +21  rank 10 of 4,821", text)
    assert "unknown: no source of this corpus states how often it is cited" in text
    assert "unknown: a paper that cites it has incomplete references" in text


def test_partners_are_asked_for_by_any_name_of_a_paper(lineage: Lineage):
    assert "GPT  (shared 26)" in run(lineage, "coupling", "--of", "arXiv:1810.04805", "--top", "1")


def test_json_has_the_same_numbers_with_rank_parameters_and_refusals(lineage: Lineage):
    answer = json.loads(run(lineage, "pagerank", "--top", "2", "--set", "damping=0.5", "--json"))["measures"][0]
    expected = measure(lineage, "pagerank", damping=0.5)
    assert answer["chosen"] == {"damping": 0.5}
    assert [(row["key"], row["value"]) for row in answer["values"]] == expected.top(2)
    one = json.loads(run(lineage, "disruption", "--of", "BERT", "--json"))
    assert one["paper"] == "devlin2018"
    assert one["measures"][0]["values"] == [
        {
            "key": "devlin2018",
            "name": "BERT",
            "year": 2018,
            "value": None,
            "rank": None,
            "refused": "a paper that cites it has incomplete references",
            "details": {},
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["betwenness"], "did you mean betweenness"),
        (["coupling"], "name the paper with --of"),
        (["spectroscopy", "--of", "BERT"], "leave out --of"),
        (["pagerank", "--set", "dampng=1"], "no measure here has that parameter; there are: damping"),
        (["depth", "--set", "k=1"], "none of these takes any"),
        (["pagerank", "--set", "damping"], "gives no value; write it as --set damping=VALUE"),
        (["pagerank", "--set", "damping=high"], "damping is a number, not 'high'"),
        (["betweenness", "--set", "sample=1.5"], "sample is a whole number, not '1.5'"),
        (["pagerank", "--set", "damping=nan"], "damping is a number above 0 and at most 0.99, not nan"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused_with_what_to_do(
    arguments: list[str], message: str, lineage: Lineage
):
    with pytest.raises(InputError, match=re.escape(message)):
        run(lineage, *arguments)


def test_hostile_titles_reach_the_terminal_as_plain_text(hostile: Lineage):
    names = [each.id for each in MEASURES if each.about != "partner"]
    text = (
        run(hostile, *names, "--top", "50")
        + run(hostile, "--of", "hostile5")
        + run(hostile, "cocitation", "coupling", "--of", "hostile5")
    )
    assert not {c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp"} and c != "\n"}
    assert "\u202e" not in text
