"""Betweenness, by networkx."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from graph.analysis.measures import measure
from graph.model.lineage import Lineage

from ...helpers.made_lineages import any_citations, corpus_lineage


@given(any_citations)
def test_betweenness_agrees_with_networkx_whichever_end_it_starts_from(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    expected = nx.betweenness_centrality(lineage.graph, normalized=False)
    values = measure(lineage, "betweenness").values
    assert values == pytest.approx(expected, abs=1e-9)
    turned = measure(corpus_lineage({(cited, citing) for citing, cited in pairs}), "betweenness").values
    assert turned == pytest.approx(expected, abs=1e-9)


def test_a_sample_is_scaled_up_and_depends_on_the_seed_alone():
    """Three papers lead to h, and h to three: of 4 starts each of the 3 outer ones sees 3 pairs through h, h none."""
    lineage = corpus_lineage([("h", f"s{i}") for i in range(3)] + [(f"t{i}", "h") for i in range(3)])
    assert measure(lineage, "betweenness").values["h"] == 9
    seen = [measure(lineage, "betweenness", sample=1, seed=seed).values["h"] for seed in range(40)]
    assert set(seen) == {0.0, 12.0}
    assert seen == [measure(lineage, "betweenness", sample=1, seed=seed).values["h"] for seed in range(40)]
    assert measure(lineage, "betweenness", sample=4).values["h"] == 9


def test_a_sampled_result_says_so(lineage: Lineage):
    one = measure(lineage, "betweenness", sample=20, seed=3)
    assert one.notes[0] == "estimated from 20 of 137 papers"
    assert one.to_frame().to_csv() == measure(lineage, "betweenness", sample=20, seed=3).to_frame().to_csv()
    assert one.values != measure(lineage, "betweenness", sample=20, seed=4).values


def test_the_standard_error_of_a_sample_is_the_spread_of_all_samples():
    """Of 4 starts 3 see 3 pairs through h: an estimate from 2 of them is 12 or 6, each by chance."""
    lineage = corpus_lineage([("h", f"s{i}") for i in range(3)] + [(f"t{i}", "h") for i in range(3)])
    samples = [measure(lineage, "betweenness", sample=2, seed=seed) for seed in range(60)]
    errors = {one.values["h"]: one.details["h"]["standard_error"] for one in samples}
    # All three starts alike see 3 pairs: no spread. One of two sees none: the values 3 and 0 have a variance of 4.5.
    assert errors == {12.0: 0.0, 6.0: pytest.approx(4 * (4.5 / 2 * (1 - 2 / 4)) ** 0.5)}


def test_searches_that_run_side_by_side_in_any_number_agree_with_networkx(monkeypatch: pytest.MonkeyPatch):
    lineage = corpus_lineage({(f"p{n + step:02}", f"p{n:02}") for n in range(30) for step in (1, 2, 7)})
    expected = nx.betweenness_centrality(lineage.graph, normalized=False)
    for together in (1, 40, 300, 1 << 18):
        monkeypatch.setattr("graph.analysis.measures.betweenness._TOGETHER", together)
        assert measure(lineage, "betweenness").values == pytest.approx(expected, abs=1e-9)


def test_of_a_large_sample_half_is_drawn_from_each_end_and_both_together_are_right():
    """Each pair counts in part from its older end and in part from its newer one: all papers of both give all of it."""
    lineage = corpus_lineage({(f"p{n + step:02}", f"p{n:02}") for n in range(30) for step in (1, 2, 7)})
    expected = nx.betweenness_centrality(lineage.graph, normalized=False)
    one = measure(lineage, "betweenness", sample=28)
    assert one.notes[0] == "estimated from 14 of 30 cited papers and 14 of 36 citing papers"
    seeds = range(60)
    samples = [measure(lineage, "betweenness", sample=28, seed=seed) for seed in seeds]
    for key, value in expected.items():
        mean = sum(each.values[key] for each in samples) / len(seeds)
        error = (sum(each.details[key]["standard_error"] ** 2 for each in samples) / len(seeds)) ** 0.5
        spread = (sum((each.values[key] - value) ** 2 for each in samples) / len(seeds)) ** 0.5
        assert mean == pytest.approx(value, abs=4 * error / len(seeds) ** 0.5 + 1e-9)
        assert 0.7 * spread <= error <= 1.7 * spread  # as if age did not matter: rather too much, as a rule


def test_every_age_has_its_part_in_a_sample():
    """Two times what leads to h and h to, ten years apart: one of 4 starts of each is drawn, never two of the same."""
    old, new = (
        [(f"h{year}", f"s{year}{i}") for i in range(3)] + [(f"t{year}{i}", f"h{year}") for i in range(3)]
        for year in (2000, 2010)
    )
    dates = {key: key[1:5] for pair in (*old, *new) for key in pair}
    lineage = corpus_lineage([*old, *new], dates=dates)
    for seed in range(40):
        values = measure(lineage, "betweenness", sample=2, seed=seed).values
        assert {values["h2000"], values["h2010"]} <= {0.0, 12.0}


def test_a_sample_is_drawn_from_the_end_with_far_fewer_papers_alone():
    lineage = corpus_lineage(
        {(f"c{n}", f"r{n}-{m}") for n in range(9) for m in range(6)} | {("d", f"c{n}") for n in range(9)}
    )
    assert measure(lineage, "betweenness", sample=6).notes[0] == "estimated from 6 of 10 papers"
    assert measure(lineage, "betweenness", sample=10).values["c3"] == 6
