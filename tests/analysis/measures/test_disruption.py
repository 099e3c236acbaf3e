"""The CD index, by counting by hand and by enumeration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures import Result, measure
from graph.model.corpus import Coverage
from graph.model.lineage import Lineage

from ...helpers.made_lineages import any_citations, corpus_lineage

FOCUS = [("f", "r1"), ("f", "r2")]


DATES = {"f": "2010-05", "r1": "2000", "r2": "2001"}


def disruption_of(pairs: list[tuple[str, str]], **others: object) -> Result:
    """The CD index around f, which cites r1 and r2; every other paper is of 2015 unless dated."""
    keys = {key for pair in pairs for key in pair}
    dates = dict.fromkeys(keys, "2015") | DATES | dict(others.pop("dates", {}))
    known = others.pop("complete", keys | {"f", "r1", "r2"})
    among = {name: others.pop(name) for name in ("least", "among") if name in others}
    return measure(corpus_lineage([*FOCUS, *pairs], dates=dates, complete=known, **others), "disruption", **among)


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


@given(any_citations, st.lists(st.sampled_from(["1999", "2010", "2010-06", "2015-01-02"]), min_size=8, max_size=8))
def test_disruption_agrees_with_brute_force_and_lies_between_minus_one_and_one(
    pairs: set[tuple[str, str]], dates: list[str]
):
    when = {f"n{i}": date for i, date in enumerate(dates)}
    lineage = corpus_lineage(pairs, dates=when)
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
    lineage = corpus_lineage([(f"c{i}", "f") for i in range(5)])
    assert reason_for_f(measure(lineage, "disruption")) == "it has no references: the index would be 1 by definition"


def test_the_index_proper_is_refused_unless_all_citing_papers_are_known():
    citers = [(f"c{i}", "f") for i in range(5)]
    missing = "not all papers that cite it or its references are known"
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
    assert shipped["disruption"].details["christiano2017"] == {"only_it": 3, "both": 3, "only_references": 7}
