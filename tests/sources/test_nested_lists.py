"""Lists of many papers in one request: what came is compared with what is counted, and the rest is read by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from graph.sources.http.client import run_crawl
from graph.sources.http.outcomes import Accept, GiveUp, Malformed, Shrink
from graph.sources.semantic_scholar.nested_lists import ROWS_A_CALL, calls_of, read_lists
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import NestedList, ResultPage, parse_nested


def rows(name: str, count: int) -> tuple[CitationRow, ...]:
    return tuple(CitationRow(PaperRow(f"{name}-{n}")) for n in range(count))


class Service:
    """Lists of references by paper: how many rows each has, whatever is counted; `most` rows come in a batch."""

    def __init__(self, lists: Mapping[str, int], counted: Mapping[str, int | None], most: int = 9_999) -> None:
        self.lists, self.counted, self.most = lists, counted, most
        self.elided: set[str] = set()
        self.too_large = 10_000
        self.walked: list[str] = []
        self.batches: list[tuple[str, ...]] = []

    def papers(self) -> list[PaperRow]:
        return [PaperRow(name, reference_count=self.counted.get(name, size)) for name, size in self.lists.items()]

    def __call__(self, request):
        if request.kind == "page":
            name = request.path.split("/")[-2]
            self.walked.append(name)
            return Accept(ResultPage(None if name in self.elided else rows(name, self.lists[name])))
        self.batches.append(request.ids)
        if len(request.ids) > self.too_large:
            return Shrink("too large", permanent=True)
        left, said = self.most, []
        for name in request.ids:
            came = rows(name, min(self.lists[name], left))
            left -= len(came)
            paper = PaperRow(name, reference_count=self.counted.get(name, self.lists[name]))
            said.append(NestedList(paper, None if name in self.elided else came))
        return Accept(tuple(said))

    def read(self):
        return {each.paper: each for each in run_crawl(read_lists(self.papers(), "references"), self)}


def test_lists_that_come_as_long_as_they_are_counted_take_one_request():
    service = Service({f"p{n}": n for n in range(20)}, {})
    lists = service.read()
    assert {name: len(each.rows) for name, each in lists.items()} == service.lists
    assert len(service.batches) == 1
    assert service.walked == []
    assert {each.state for each in lists.values()} == {"complete", "partial"}  # an empty list is never complete
    assert lists["p0"].ending == "empty"


@pytest.mark.parametrize("most", range(0, 60, 7))
def test_what_is_cut_off_without_a_word_is_read_by_itself(most):
    service = Service({f"p{n}": 5 for n in range(10)} | {"none": 0}, {"none": 0, "p3": 0}, most)
    lists = service.read()
    assert {name: len(each.rows) for name, each in lists.items()} == service.lists
    assert {name for name, each in lists.items() if each.state == "complete"} == service.lists.keys() - {"none"}


@pytest.mark.parametrize("counted", [4, 6, None])
def test_a_list_of_another_length_than_counted_is_read_by_itself(counted):
    service = Service({"a": 5, "b": 5}, {"a": counted})
    assert len(service.read()["a"].rows) == 5
    assert service.walked == ["a"]


def test_a_list_that_is_withheld_in_a_batch_is_asked_for_alone():
    service = Service({"a": 5, "b": 5}, {})
    service.elided = {"a"}
    assert service.read()["a"].state == "elided"
    assert service.walked == ["a"]


def test_a_batch_that_is_too_large_is_asked_for_in_halves_and_at_last_each_list_alone():
    service = Service(dict.fromkeys("abcd", 3), {})
    service.too_large = 2
    assert {len(each.rows) for each in service.read().values()} == {3}
    assert [len(each) for each in service.batches] == [4, 2, 2]
    service.too_large = 0
    assert {len(each.rows) for each in service.read().values()} == {3}
    assert service.walked == ["a", "b", "c", "d"]


def test_lists_that_could_not_be_had_are_failed_and_are_not_asked_for_one_by_one():
    asked = []

    def silent(request):
        asked.append(request)
        return GiveUp("status 503, 8 times", outage=True)

    papers = [PaperRow(name, reference_count=3) for name in "ab"]
    lists = run_crawl(read_lists(papers, "references"), silent)
    assert [(each.state, each.why) for each in lists] == [("failed", "status 503, 8 times")] * 2
    assert len(asked) == 1


def test_a_batch_is_filled_by_the_known_lengths_of_the_lists_and_long_ones_are_left_to_themselves():
    papers = [PaperRow(str(n), reference_count=n % 90) for n in range(2_000)]
    calls = calls_of(papers, "references")
    assert [paper for call in calls for paper in call] == papers
    assert max(sum(paper.reference_count or 0 for paper in call) for call in calls) <= ROWS_A_CALL
    assert max(map(len, calls)) <= 500
    service = Service({"long": 1_200, "short": 4}, {})
    service.read()
    assert (service.batches, service.walked) == ([("short",)], ["long"])


def test_rows_that_cannot_be_read_cost_themselves_and_a_paper_that_cannot_its_place():
    sha = "0" * 40
    good = {"paperId": "1" * 40, "title": "Good"}
    body = [
        {"paperId": sha, "referenceCount": 3, "references": [good, {"paperId": 7}, {"paperId": None, "title": "Lost"}]},
        {"paperId": sha, "references": None},
        {"paperId": sha, "references": "none"},
        None,
    ]
    first, withheld, wrong, unknown = parse_nested(json.dumps(body).encode(), 4, "references")
    assert [row.paper.title for row in first.rows] == ["Good", "Lost"]
    assert len(first.unreadable) == 1
    assert withheld.rows is None
    assert wrong.why == "references are no list"
    assert unknown is None
    with pytest.raises(Malformed, match="4 positions for 3"):
        parse_nested(json.dumps(body).encode(), 3, "references")
