"""What pages and exports show of the measures of a large corpus, and what they say about it."""

from __future__ import annotations

import pytest

from benchmarks.made import made_lineage
from graph.analysis.measures import affordable, betweenness, measure
from graph.analysis.measures.affordable import estimate_notes, left_out, measured


def test_a_small_corpus_has_every_measure_exactly_and_nothing_to_say():
    lineage = made_lineage(60)
    assert {"betweenness", "ancestors", "descendants", "pagerank", "bursts"} <= set(measured(lineage))
    assert left_out(lineage) == ""
    assert not any(map(estimate_notes, measured(lineage).values()))


def test_of_a_large_corpus_betweenness_is_estimated_with_a_fixed_seed_and_its_error_is_said(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(betweenness, "EXACT", 50)
    monkeypatch.setattr(betweenness, "SEARCHED", 3_000)
    one, again = made_lineage(60), made_lineage(60)
    assert measured(one)["betweenness"].values == measured(again)["betweenness"].values
    assert left_out(one).startswith("Betweenness is estimated from 6 of ")  # 3,000 for 60 papers, 202 citations
    assert "papers and the standard error of its greatest value is " in left_out(one)
    assert estimate_notes(measure(one, "betweenness", sample=60)) == ()


def test_what_takes_too_long_is_left_out_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(affordable, "affords_sets", lambda _: False)
    monkeypatch.setattr(affordable, "COMPARED", 10)
    lineage = made_lineage(60)
    assert not {"ancestors", "descendants", "disruption"} & set(measured(lineage))
    assert left_out(lineage) == (
        "Not shown, because they take too long for so many papers: ancestors, descendants, disruption (CD index)."
    )
