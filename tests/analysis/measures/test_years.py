"""Bursts of citations and reference publication years."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures import Result, measure
from graph.analysis.measures.years import Burst, deviations, find_bursts
from graph.model.lineage import Lineage

from ...helpers.made_lineages import any_citations, corpus_lineage


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
    lineage = corpus_lineage(
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


@given(any_citations, st.lists(st.integers(2000, 2004), min_size=8, max_size=8), st.sampled_from([0.0, 0.3, 1.0]))
def test_no_burst_of_any_paper_is_passed_over(pairs: set[tuple[str, str]], years: list[int], gamma: float):
    keys = [f"n{n}" for n in range(8)]
    dates = dict(zip(keys, years, strict=True))
    result = measure(
        corpus_lineage(pairs, dates={key: str(year) for key, year in dates.items()}, more=keys), "bursts", gamma=gamma
    )
    for key in keys:
        cited = [dates[citing] for citing, other in pairs if other == key]
        span = range(min([dates[key], *cited]), max(years) + 1)
        if cited:
            found = find_bursts([cited.count(y) for y in span], [years.count(y) for y in span], gamma=gamma)
            assert result.values[key] == (None if found is None else max([0.0, *(burst.weight for burst in found)]))


def test_a_burst_is_unknown_where_nearly_every_paper_cites_the_paper():
    lineage = corpus_lineage([("b", "a"), ("c", "a")], dates={"a": "2000", "b": "2001", "c": "2002"}, complete="bc")
    result = measure(lineage, "bursts")
    assert result.values["a"] is None
    assert result.refused[0].reason.startswith("too many papers cite it for 2 times as many to be possible")


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
    assert measure(corpus_lineage(pairs, dates=dates), "spectroscopy").details["2000"]["most_cited"] == "old"
