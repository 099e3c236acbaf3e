"""PageRank and CiteRank, by their equations and by networkx."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures import Result, measure
from graph.model.lineage import Lineage

from ...helpers.made_lineages import any_citations, corpus_lineage


def test_pagerank_of_two_papers_is_what_the_equation_gives():
    """Paper b cites a, d = 0.85: p(b) = 0.15/2 + 0.85/2 p(a) and p(a) + p(b) = 1.

    So p(b) = 0.5/1.425 and p(a) = 0.925/1.425.
    """
    values = measure(corpus_lineage([("b", "a")]), "pagerank").values
    assert values == {"a": pytest.approx(0.925 / 1.425, abs=1e-12), "b": pytest.approx(0.5 / 1.425, abs=1e-12)}


@given(any_citations, st.sampled_from([0.5, 0.85, 0.99]))
def test_pagerank_sums_to_one_and_agrees_with_networkx(pairs: set[tuple[str, str]], damping: float):
    lineage = corpus_lineage(pairs)
    values = measure(lineage, "pagerank", damping=damping).values
    expected = nx.pagerank(lineage.graph.reverse(), alpha=damping, tol=1e-13, max_iter=5000) if pairs else {}
    assert values == pytest.approx(expected, abs=1e-9)
    assert math.fsum(values.values()) == pytest.approx(1 if pairs else 0, abs=1e-12)


def test_pagerank_of_the_shipped_corpus_agrees_with_networkx(lineage: Lineage, shipped: dict[str, Result]):
    expected = nx.pagerank(lineage.graph.reverse(), tol=1e-14, max_iter=1000)
    assert shipped["pagerank"].values == pytest.approx(expected, abs=1e-9)


def test_citerank_of_a_chain_is_what_the_series_gives():
    """Paper c cites b, and b cites a, one year apart; years = 1 and stop = 1/2.

    start is (e^-2, e^-1, 1) / S, and T(c) = start(c), T(b) = start(b) + T(c) / 2, T(a) = start(a) + T(b) / 2.
    """
    lineage = corpus_lineage([("b", "a"), ("c", "b")], dates={"a": "2001", "b": "2002", "c": "2003"})
    total = math.exp(-2) + math.exp(-1) + 1
    c = 1 / total
    b = math.exp(-1) / total + c / 2
    a = math.exp(-2) / total + b / 2
    values = measure(lineage, "citerank", years=1.0).values
    assert values == {"a": pytest.approx(a), "b": pytest.approx(b), "c": pytest.approx(c)}


@given(any_citations, st.lists(st.integers(1990, 2020), min_size=8, max_size=8), st.sampled_from([0.1, 0.5, 1.0]))
def test_citerank_solves_its_linear_equations_also_in_circles(
    pairs: set[tuple[str, str]], years: list[int], stop: float
):
    dates = {f"n{i}": str(year) for i, year in enumerate(years)}
    lineage = corpus_lineage(pairs, dates=dates)
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
    lineage = corpus_lineage([("b", "x"), ("x", "a")], dates={"a": "2001", "b": "2002"})
    result = measure(lineage, "citerank", years=1e9)  # so old that a and b begin alike
    assert result.values == {"a": pytest.approx(0.5 + 0.5 / 4), "b": pytest.approx(0.5), "x": None}
    assert [refusal.keys for refusal in result.refused] == [("x",)]


def test_recency_raises_new_papers_above_old_ones_that_are_cited_more(lineage: Lineage, shipped: dict[str, Result]):
    def place(name: str, key: str) -> int:
        return [found for found, _ in shipped[name].top(None)].index(key)

    assert place("citerank", "yang2023") < place("citerank", "bahdanau2014")
    assert place("pagerank", "yang2023") > place("pagerank", "bahdanau2014")
