"""The measures that a page carries: their values, shortened, and why one is unknown."""

from __future__ import annotations

import pytest

from graph.analysis.measures import Result, find_measure
from graph.analysis.measures.values import Refusal
from graph.pages import page_measures
from graph.pages.page_measures import measure_facts

from ..helpers.small_world import small_world
from .test_columnar import unpacked


@pytest.mark.parametrize(
    ("value", "shortened"),
    [
        (None, None),
        (0, 0),
        (2**53 - 1, 2**53 - 1),  # the greatest whole number that JavaScript has
        (2**53, 9.0072e15),
        (10**400, None),
        (123_456_789, 123_456_789),
        (0.123456789, 0.123457),
        (2.5e-9, 2.5e-9),
        (1e300, 1e300),
        (1e301, None),
        (-1e301, None),
    ],
)
def test_values_are_as_short_as_a_page_needs_them(
    monkeypatch: pytest.MonkeyPatch, value: float | None, shortened: float | None
) -> None:
    result = Result("cited_by", {"end": value})
    monkeypatch.setattr(page_measures, "measured", lambda _: {"cited_by": result})
    (facts,) = measure_facts(small_world(), ["end"])
    assert unpacked(facts["values"], 1) == [shortened]


def test_a_measure_has_its_label_its_meaning_and_the_reason_of_each_unknown_value() -> None:
    measures = {facts["id"]: facts for facts in measure_facts(small_world(), ["loner", "end"])}
    references = measures["references"]
    assert references["label"] == "references (in the corpus)"
    assert references["meaning"] == "How many papers of the corpus it cites."
    assert unpacked(references["values"], 2) == [None, 2]
    assert unpacked(references["why"], 2) == ["its references are not known", None]


def test_every_paper_has_the_reason_of_its_own_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = (Refusal("too old", ("root", "sibling")), Refusal("too new", ("sequel",)))
    result = Result("cited_by", dict.fromkeys(("root", "sibling", "sequel")), refused=refused)
    monkeypatch.setattr(page_measures, "measured", lambda _: {"cited_by": result})
    (facts,) = measure_facts(small_world(), ["root", "sequel", "sibling", "end"])
    assert unpacked(facts["why"], 4) == ["too old", "too new", "too old", None]


def test_an_estimated_measure_says_so_in_one_sentence_and_an_exact_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for notes, added in (
        (("estimated from 9 papers", "off by 0.1 or less"), " It is estimated from 9 papers."),
        ((), ""),
    ):
        result = Result("cited_by", {"end": 1}, notes=notes)
        monkeypatch.setattr(page_measures, "measured", lambda _, result=result: {"cited_by": result})
        (facts,) = measure_facts(small_world(), ["end"])
        assert facts["meaning"] == find_measure("cited_by").meaning + added
