"""The parts of a search: known paths against brute force, frontiers, long lists, budgets."""

from __future__ import annotations

import random
from collections.abc import Sequence

import networkx as nx
import pytest

from graph.sources.fetch.between.budget import SPENT, Budget
from graph.sources.fetch.between.frontier import Frontier, Years
from graph.sources.fetch.between.known_paths import KnownPaths
from graph.sources.fetch.between.long_list import LongList
from graph.sources.fetch.between.score import promise
from graph.sources.fetch.between.search import Search
from graph.sources.http.client import run_crawl
from graph.sources.http.outcomes import Accept, GiveUp
from graph.sources.http.request import Request
from graph.sources.semantic_scholar.nested_lists import ROWS_A_CALL
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import OffsetLimit, ResultPage


@pytest.mark.parametrize("seed", range(40))
def test_known_paths_are_all_simple_paths_the_shortest_first_in_whatever_order_citations_come(seed):
    dice = random.Random(seed)
    arcs = {(dice.randrange(7), dice.randrange(7)) for _ in range(dice.randrange(4, 18))}
    network = nx.DiGraph((one, other) for one, other in arcs if one != other)
    network.add_nodes_from(range(7))
    known = KnownPaths("0")
    for cited, citing in dice.sample(sorted(arcs), len(arcs)):
        known.add(str(citing), str(cited))
    every = {tuple(map(str, path)) for path in nx.all_simple_paths(network, 0, 6)}
    found = known.paths_to("6", 10_000)
    assert set(found) == every
    assert len(found) == len(every)
    assert [len(path) for path in found] == sorted(map(len, every))
    assert known.paths_to("6", 2) == found[:2]
    assert known.reached == {"0", *map(str, nx.descendants(network, 0))}


A, B = PaperRow("a", title="Attention", year=2010), PaperRow("b", title="Alignment", year=2020)


def frontier(score=promise, years: Years | None = None) -> Frontier:
    return Frontier("references", B, A, score, years or Years(2009, 2021))


def meet(side: Frontier, of: str, *papers: PaperRow) -> list[str]:
    return list(side.meet(of, map(CitationRow, papers)))


def taken(side: Frontier) -> Sequence[str]:
    return [found.name for found in side.take()]


def test_the_papers_to_read_are_taken_by_their_score_as_it_is_now():
    side = frontier()
    c, d, e = (PaperRow(name, year=year, reference_count=10) for name, year in (("c", 2020), ("d", 2013), ("e", 2015)))
    meet(side, "b", c, d)
    side.lists["c"] = LongList(c, "references", Years()).so_far()
    meet(side, "c", e)
    assert side.met["e"].score < side.met["d"].score
    meet(side, "b", e)  # it is nearer than the first list said
    assert taken(side) == ["e", "d"]
    assert taken(side) == []


def test_what_is_put_back_is_taken_again_and_no_paper_twice():
    side = frontier()
    for _ in range(3):
        meet(side, "b", *(PaperRow(str(n), year=2015, reference_count=10) for n in range(5)))
    first = side.take()
    side.put_back(first)
    assert sorted(taken(side)) == sorted(found.name for found in first) == list("01234")


def test_a_request_is_filled_and_a_long_list_is_taken_alone():
    side = frontier()
    meet(side, "b", *(PaperRow(f"p{n}", year=2015, reference_count=300 + n) for n in range(40)))
    meet(side, "b", PaperRow("long", year=2020, reference_count=2_000))
    assert taken(side) == ["long"]
    rows = sum(found.row.reference_count or 0 for found in side.take())
    assert ROWS_A_CALL - 340 < rows <= ROWS_A_CALL


def test_papers_of_other_years_are_left_out_and_unknown_years_are_not():
    side = frontier()
    papers = [PaperRow(str(year), year=year, reference_count=1) for year in (2008, 2009, 2021, 2022)]
    assert meet(side, "b", *papers, PaperRow("undated", reference_count=1), A) == ["2009", "2021", "undated", "a"]
    assert side.outside == {"2008", "2022"}
    assert sorted(taken(side)) == ["2009", "2021", "undated"]  # the other end itself is not read from here


def test_a_paper_without_counted_references_is_not_asked_for_and_says_nothing():
    side = frontier()
    meet(side, "b", PaperRow("none", year=2015, reference_count=0))
    assert taken(side) == []
    assert side.unlisted == {"none"}


def test_few_hops_and_many_years_to_go_are_read_first():
    def score(year, hops, goal=A):
        return promise(CitationRow(PaperRow("p", year=year)), hops, goal)

    assert score(2019, 1) > score(2019, 2) > score(2019, 3) > 0
    assert score(2019, 2) > score(2011, 2)  # from B of 2020 back to A of 2010
    assert score(2011, 2, B) > score(2019, 2, B)  # from A on to B
    assert score(2010, 2) < score(None, 2) < score(2020, 2)
    assert score(2015, 1, PaperRow("undated")) == score(None, 1)


def test_a_list_of_many_citations_is_asked_for_in_the_years_that_matter_and_a_wall_year_by_year():
    few = LongList(PaperRow("p", year=2010, citation_count=10), "citations", Years(2009, 2012))
    assert "publicationDateOrYear" not in dict(few.request.params)
    many = LongList(PaperRow("p", year=2010, citation_count=5_000), "citations", Years(2009, 2012))
    many.choose_window({})
    assert dict(many.request.params)["publicationDateOrYear"] == "2009-01-01:2012-12-31"
    wall = LongList(PaperRow("p", year=2010, citation_count=50_000), "citations", Years(2009, 2012))
    windows = []
    while not wall.ended:
        wall.choose_window({2011: 3, 2010: 1})
        windows.append(dict(wall.request.params)["publicationDateOrYear"][:4])
        wall.after(Accept(ResultPage((CitationRow(PaperRow(f"c{len(windows)}")),))))
    assert windows == ["2011", "2010", "2012", "2009"]
    assert len(wall.so_far().rows) == 4
    assert wall.so_far().state == "partial"


@pytest.mark.parametrize(("counted", "pages"), [(None, 1), (0, 1), (1000, 1), (1001, 2), (2500, 3), (10**6, 10)])
def test_a_list_takes_a_page_for_each_thousand_that_the_service_counts_and_shows(counted: int | None, pages: int):
    paper = PaperRow("p", year=2010, reference_count=counted)
    assert LongList(paper, "references", Years()).pages_left == pages


def test_a_year_with_more_citations_than_the_service_lists_is_read_by_months():
    wall = LongList(PaperRow("p", year=2010, citation_count=50_000), "citations", Years(2010, 2010))
    windows = []
    while not wall.ended:
        wall.choose_window({})
        windows.append(dict(wall.request.params)["publicationDateOrYear"])
        capped = windows[-1] == "2010-01-01:2010-12-31"
        wall.after(Accept(OffsetLimit(1) if capped else ResultPage(())))
    assert windows[:2] == ["2010-01-01:2010-12-31", "2010-12-01:2010-12-31"]
    assert len(windows) == 13


def test_what_more_requests_would_read_is_of_both_ends_in_turn():
    def answer(request: Request) -> Accept:
        side = "citing" if request.path.endswith("/citations") else "cited"
        papers = (PaperRow(f"{side}{n}", year=2015, reference_count=900, citation_count=900) for n in range(20))
        return Accept(ResultPage(tuple(map(CitationRow, papers))))

    search = Search(A, B, years=Years(), top=1, budget=Budget(2))
    run_crawl(search.run(), answer)
    steps = search.next_steps(4)
    assert [step.side.direction for step in steps] == ["references", "citations"] * 2
    assert search.next_steps(4) == steps


def test_a_budget_is_spent_to_the_last_request_and_the_crawl_is_told():
    def crawl():
        outcomes = []
        for n in range(5):
            outcomes.append((yield Request("page", f"/{n}")))
        return outcomes

    budget, asked = Budget(3), []

    def answer(request):
        asked.append(request)
        return GiveUp("no")

    outcomes = run_crawl(budget.within(crawl()), answer)
    assert [each is SPENT for each in outcomes] == [False, False, False, True, True]
    assert (len(asked), budget.left) == (3, 0)
