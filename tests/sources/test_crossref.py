"""Crossref's works and lists: what recorded answers say, which lists are whole, and what is done about refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.model.corpus import Source
from graph.model.identifiers import Identifier
from graph.sources.citation_service import ReadList, ServiceRules, Wanted
from graph.sources.crossref.numbering import Numbering, numbering_of
from graph.sources.crossref.service import (
    CROSSREF,
    MAX_DOIS,
    Works,
    batches_of,
    crawl,
    dois_at_crossref,
    dois_of,
    kept,
    paced,
    works_of,
    works_request,
)
from graph.sources.crossref.works import parse_reference, parse_work
from graph.sources.http.outcomes import Abort, Accept, GiveUp, HttpResponse, Malformed, Retry, Shrink
from graph.sources.http.rate_limit import Pace
from graph.sources.http.replies import Moved
from graph.sources.http.request import Request
from graph.sources.records import Record
from graph.sources.stated import stated

RECORDED = Path(__file__).parents[1] / "recorded" / "crossref"
SOURCE = Source("crossref:2026-11-23", "crossref", "Crossref, observed 2026-11-23", "2026-11-23")
RULES = ServiceRules(CROSSREF, has_secret=False)


def recorded(name: str) -> dict[str, Any]:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def body_of(name: str) -> bytes:
    body = recorded(name)["body"]
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def paper(*dois: str, **more: Any) -> Record:
    return Record(f"asked/{dois}", tuple(Identifier("doi", doi) for doi in dois), **more)


def answered(papers: list[Record], *outcomes: Any, wanted: Wanted | None = None) -> tuple[ReadList, ...]:
    """What the crawl of these papers finds when it gets these outcomes."""
    steps = crawl(papers, wanted or Wanted(), SOURCE)
    waiting = list(outcomes)
    try:
        next(steps)
        while True:
            steps.send(waiting.pop(0))
    except StopIteration as end:
        assert not waiting
        return end.value


def read_as_list(name: str) -> ReadList:
    """A recorded work, or the one work of a recorded list, as the list that it becomes."""
    message = recorded(name)["body"]["message"]
    (row,) = message.get("items", [message])
    (found,) = answered([paper(row["DOI"])], Accept(works_of([row])))
    return found


@pytest.mark.parametrize(
    ("name", "entries", "with_doi", "state"),
    [
        ("work_200_70_references", 70, 65, "complete"),
        ("work_200_103_unstructured", 103, 58, "complete"),
        ("work_200_preprint", 50, 50, "complete"),
        ("work_200_published_twin", 60, 53, "complete"),
        ("list_200_ieee_order_scrambled", 43, 27, "complete"),
        ("list_200_key_only_references", 30, 4, "partial"),
        ("list_200_years_with_letters", 6, 0, "complete"),
        ("list_200_cursor_first_page", 6, 4, "partial"),
        ("list_200_title_search_wrong_paper", 0, 0, "partial"),
    ],
)
def test_a_recorded_list_has_as_many_entries_and_dois_as_its_readme_says(name, entries, with_doi, state):
    message = recorded(name)["body"]["message"]
    row = message.get("items", [message])[0]
    work = parse_work(row)
    dois = [each for each in row.get("reference", ()) if "DOI" in each]
    found = read_as_list(name)
    assert (found.said.row_count, len(dois), found.said.state) == (entries, with_doi, state)
    assert sum(entry.matched or bool(entry.identifiers) for entry in work.references or ()) >= with_doi
    assert found.asked.identifiers[0] == work.doi


def test_the_numbers_of_a_scrambled_list_stand_in_its_keys():
    found = read_as_list("list_200_ieee_order_scrambled")
    row = next(
        row for row in found.said.rows if row.record.identifiers == (stated("doi", "10.1207/s15327906mbr2404_4"),)
    )
    assert row.number == 39  # key ref39, in the first place


def test_an_entry_with_nothing_but_its_key_is_counted_and_makes_the_list_partial():
    found = read_as_list("list_200_key_only_references")
    assert (found.said.state, found.said.row_count) == ("partial", 30)
    assert "17 entries sent without content" in found.why


def test_a_list_with_missing_numbers_is_partial():
    assert "gaps" in read_as_list("list_200_cursor_first_page").why


def test_nothing_deposited_is_not_the_same_as_no_references():
    found = read_as_list("list_200_title_search_wrong_paper")
    assert (found.said.state, found.said.rows) == ("partial", ())
    assert "does not mean that there are none" in found.why


def test_an_answer_that_leaves_the_references_out_says_nothing_of_them():
    found = read_as_list("made_work_200_retracted")
    assert (found.said.state, found.why) == ("partial", "the answer says nothing of its references")


def test_a_preprint_is_the_paper_of_the_article_that_crossref_names():
    record = read_as_list("work_200_preprint").said.paper
    assert stated("doi", "10.1016/j.xgen.2025.100814") in record.identifiers


def test_the_announced_identifiers_of_an_entry_that_is_one_string_are_found():
    rows = read_as_list("work_200_103_unstructured").said.rows
    assert any(Identifier("arxiv", "2108.07258") in row.record.identifiers for row in rows)


def test_years_are_read_from_their_beginning_and_other_texts_are_unknown():
    years = [parse_reference({"key": "1", "year": text}).year for text in ("1994b", "0", "202", "2012", 2004, None)]
    assert years == [1994, None, None, 2012, 2004, None]


def test_the_title_of_a_whole_book_is_a_title_and_that_of_proceedings_is_none():
    book = parse_reference({"key": "1", "volume-title": "Teamwork For Preventative Care", "author": "Bruce"})
    part = parse_reference({"key": "2", "volume-title": "Proc. CVPR", "first-page": "770", "author": "He"})
    article = parse_reference({"key": "3", "journal-title": "Nature", "volume-title": "521"})
    assert (book.title, part.title, article.title) == ("Teamwork For Preventative Care", None, None)


def test_markup_and_references_that_are_escaped_twice_are_read_as_they_are_shown():
    row = {"DOI": "10.5555/1", "title": ["Effects of CO<sub>2</sub>\n   &amp;amp; <i>E. coli</i>"]}
    assert parse_work(row).title == "Effects of CO2 & E. coli"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ([[2015, 12, 21]], "2015-12-21"),
        ([[2015, 12]], "2015-12"),
        ([[2015]], "2015"),
        ([[None]], None),
        ([[2015, 13]], "2015"),
        ([[2015, 2, 30]], "2015-02"),
        ([], None),
        ([["2015"]], "2015"),
        ("2015", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(issued, date):
    assert parse_work({"DOI": "10.5555/1", "issued": {"date-parts": issued}}).date == date


def test_the_date_of_publication_goes_before_the_earliest_one_and_that_of_the_record_counts_for_nothing():
    row = {
        "DOI": "10.5555/1",
        "created": {"date-parts": [[2001]]},
        "issued": {"date-parts": [[2018]]},
        "published": {"date-parts": [[2019, 6]]},
    }
    assert parse_work(row).date == "2019-06"
    assert parse_work({"DOI": "10.5555/1", "created": {"date-parts": [[2001]]}}).date is None


@pytest.mark.parametrize(
    "row", [None, 3, "x", {}, {"DOI": None}, {"DOI": "no doi"}, {"DOI": ["10.5555/1"]}, {"title": ["No DOI"]}]
)
def test_what_is_no_work_costs_that_row_and_not_the_list(row):
    with pytest.raises(Malformed):
        parse_work(row)
    works = works_of([row, {"DOI": "10.5555/2"}])
    assert (list(works.by_doi), len(works.unreadable)) == (["10.5555/2"], 1)


def test_a_work_of_wrong_types_is_read_as_far_as_it_goes():
    row = {
        "DOI": "10.5555/1",
        "title": {"a": 1},
        "author": "Ann",
        "issued": 7,
        "relation": [],
        "reference": [None, 3, {"key": 4, "DOI": 5, "year": [1]}, {"key": "4", "DOI": "10.5555/2"}],
        "reference-count": "4",
    }
    work = parse_work(row)
    assert (work.title, work.authors, work.date, work.stated) == (None, (), None, None)
    assert [entry.empty for entry in work.references or ()] == [True, True, True, False]


@pytest.mark.parametrize(
    ("keys", "numbers", "gap"),
    [
        (["ref2", "ref1"], (2, 1), False),
        (["832_CR1", "832_CR2", "832_CR3"], (1, 2, 3), False),
        (["b0005", "b0010", "b0015"], None, False),
        (["b0005", "b0015"], None, True),
        (["10.1/x_bib1", "10.1/x_bib2"], (1, 2), False),
        (["e_1_2_9_2_1", "e_1_2_9_3_1", "e_1_2_9_4_1"], None, False),
        (["e_1_2_9_2_1", "e_1_2_9_4_1"], None, True),
        (["cit1/1", "cit1/2", "cit2"], None, False),
        (["B1", "B2", "B2a", "B3"], None, False),
        (["B1", "B3"], None, True),
        (["1", "2", "3", "10", "11", "12"], None, True),
        (["r7"], None, True),
        (["10.1117/1.JRS_r1"], (1,), False),
        (["10.1117/1.JRS_r3"], None, True),
        (["smith", "jones"], None, False),
        (["smith2004", "jones1999", "jones1999a"], None, False),
        (["a", "a", "a"], None, False),
        (["", ""], None, False),
        (["ref1", "ref2", "note"], None, True),
        (["r1_1", "r1_1", "r1_1", "r1_1"], None, False),
        (["v1", "v1", "v1", "v1", "v2"], None, True),
        (["x" + "9" * 5000, "x1"], None, True),
    ],
)
def test_a_list_has_a_gap_where_its_numbers_do_not_run_through(keys, numbers, gap):
    assert numbering_of(keys) == Numbering(numbers, gap)


def test_only_dois_that_crossref_may_have_are_asked_for():
    names = ["10.48550/arxiv.1706.03762", "10.5281/zenodo.7", "10.65215/2q58a426", "10.1162/neco.1997.9.8.1735"]
    assert dois_at_crossref([Identifier("doi", each) for each in names]) == ("10.1162/neco.1997.9.8.1735",)
    assert dois_at_crossref([Identifier("arxiv", "1706.03762")]) == ()


def test_dois_are_asked_for_together_within_the_length_of_an_address_and_alone_where_they_have_a_comma():
    dois = [f"10.5555/{'x' * 60}{n}" for n in range(100)]
    batches = batches_of([*dois, "10.5555/a,b", dois[0]])
    assert sorted(doi for batch in batches for doi in batch) == sorted([*dois, "10.5555/a,b"])
    assert ("10.5555/a,b",) in batches
    assert max(map(len, batches)) <= MAX_DOIS
    assert max(len(dict(works_request(batch).params).get("filter", "")) for batch in batches) < 2_000
    assert all(dois_of(works_request(batch)) == batch for batch in batches)


def test_a_doi_in_an_address_is_quoted_whole():
    assert works_request(["10.1002/(sici)1097<391::aid>3.0.co;2-9"]).path == (
        "/works/10.1002%2F%28sici%291097%3C391%3A%3Aaid%3E3.0.co%3B2-9"
    )


def test_a_doi_that_is_not_registered_has_failed_for_good_and_one_that_could_not_be_asked_may_be_had_later():
    one, other = paper("10.5555/one"), paper("10.5555/other")
    first, second = answered([one, other], Accept(works_of([{"DOI": "10.5555/one", "reference-count": 0}])))
    assert (first.said.state, second.said.state, second.failed) == ("partial", "failed", False)
    assert second.why == "Crossref has not registered 10.5555/other"
    (lost,) = answered([one], GiveUp("status 503, 8 times", outage=True))
    assert (lost.said.state, lost.failed, lost.why) == ("failed", True, "status 503, 8 times")


def test_a_row_that_cannot_be_read_is_not_taken_for_a_doi_that_is_not_registered():
    first, second = answered([paper("10.5555/one"), paper("10.5555/other")], Accept(works_of([{"DOI": 7}])))
    assert "could not be read" in first.why
    assert "could not be read" in second.why


def test_a_paper_without_a_doi_is_not_asked_for_and_says_so():
    (found,) = answered([Record("x", (Identifier("arxiv", "1706.03762"),))])
    assert (found.said.state, found.said.paper.record_id) == ("not_fetched", "x")


def test_a_batch_that_is_refused_is_asked_for_in_halves():
    papers = [paper(f"10.5555/{n}") for n in range(3)]
    works = [Accept(works_of([{"DOI": f"10.5555/{n}", "reference-count": 0}])) for n in range(3)]
    halves = Accept(Works({**works[1].value.by_doi, **works[2].value.by_doi}))
    found = answered(papers, Shrink("status 400", permanent=True), works[0], halves)
    assert [each.said.state for each in found] == ["partial"] * 3


@pytest.mark.parametrize(
    ("title", "author", "state"),
    [
        ("Quite Another Paper", "Zoe Other", "failed"),
        ("Quite Another Paper", "A. Author", "complete"),
        ("The Paper: Its Subtitle", "Zoe Other", "complete"),
        ("", "Zoe Other", "complete"),
        ("Quite Another Paper", "Z.", "complete"),
    ],
)
def test_a_doi_that_leads_to_another_paper_lists_nothing_of_this_one(title, author, state):
    rows = [{"key": "1", "DOI": "10.5555/2"}]
    row = {"DOI": "10.5555/1", "title": [title], "author": [{"family": author}], "reference": rows}
    asked = paper("10.5555/1", title="The Paper", authors=("Ann Author",))
    (found,) = answered([asked], Accept(works_of([row])))
    assert found.said.state == state
    assert (found.said.paper == asked) is (state == "failed")


def test_a_mention_of_the_paper_itself_is_counted_and_is_no_citation():
    row = {"DOI": "10.5555/1", "reference": [{"key": "1", "DOI": "10.5555/1"}, {"key": "2", "DOI": "10.5555/2"}]}
    (found,) = answered([paper("10.5555/1")], Accept(works_of([row])))
    assert (len(found.said.rows), found.said.row_count) == (1, 2)


def test_a_doi_of_an_impostor_names_no_paper():
    entry = parse_reference({"key": "1", "DOI": "10.65215/2Q58A426", "article-title": "Attention Is All You Need"})
    assert (entry.identifiers, entry.title) == ((), "Attention Is All You Need")


LIST = works_request(["10.5555/1", "10.5555/2"])
WORK = works_request(["10.5555/1"])


def action(request: Request, status: int, body: bytes = b"", attempt: int = 1, **more: Any) -> Any:
    return RULES.choose_action(request, HttpResponse(status, body, **more), attempt=attempt, jitter=1.0)


@pytest.mark.parametrize("name", ["work_404_plain_text", "agency_404_text_called_json"])
def test_a_404_with_crossrefs_own_words_answers_the_question(name):
    assert action(WORK, 404, body_of(name)) == Accept(Works({}))


def test_a_404_of_anybody_else_says_nothing_about_the_paper():
    assert isinstance(action(WORK, 404, b"<!doctype html><h1>Not Found</h1>"), Retry)
    assert isinstance(action(WORK, 404, b"", attempt=6), GiveUp)


def test_a_recorded_refusal_splits_a_list_and_ends_a_single_question():
    body = body_of("work_400_parameter_not_allowed")
    assert action(LIST, 400, body) == Shrink(action(LIST, 400, body).why, permanent=True)
    given_up = action(WORK, 400, body)
    assert isinstance(given_up, GiveUp)
    assert given_up.lasting


@pytest.mark.parametrize("body", [b"", b"<h1>429 Too Many Requests</h1>", b'{"message": "slow"}'])
def test_a_429_slows_down_whatever_its_body_is(body):
    assert action(WORK, 429, body).slow_down
    assert action(WORK, 429, body, retry_after=40.0).after == 40.0


def test_a_block_sends_nothing_more_and_is_not_tried_again():
    assert isinstance(action(WORK, 403, b"blocked"), Abort)
    assert isinstance(action(WORK, 429, b"", retry_after=4000.0), Abort)


@pytest.mark.parametrize(
    "body", [b"<html>Sign in</html>", b"Resource not found.", b"", b"{}", b'{"message": {}}', b'{"message": []}']
)
def test_a_page_with_status_200_is_asked_for_again(body):
    assert isinstance(action(WORK, 200, body), Retry)
    assert isinstance(action(LIST, 200, body, attempt=3), Shrink)
    assert isinstance(action(WORK, 200, body, attempt=6), GiveUp)


def test_a_list_that_lacks_works_which_it_counts_is_no_answer():
    body = json.dumps(
        {"message-type": "work-list", "message": {"total-results": 2, "items": [{"DOI": "10.5555/1"}]}}
    ).encode()
    assert isinstance(action(LIST, 200, body), Retry)


def test_a_redirection_on_the_same_service_is_followed_and_any_other_ends_the_question():
    assert action(WORK, 301, b"", headers={"location": "/v1/works/x?a=b"}) == Accept(
        Moved("/v1/works/x", (("a", "b"),))
    )
    assert isinstance(action(WORK, 301, b""), GiveUp)


@pytest.mark.parametrize(
    ("headers", "interval"),
    [
        ({}, 0.25),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"}, 0.25),
        ({"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"}, 1.1),
        ({"x-rate-limit-limit": "30", "x-rate-limit-interval": "1m"}, 2.2),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, 0.25),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1 s"}, 0.25),
    ],
)
def test_the_headers_of_a_kind_of_call_can_only_make_it_slower(headers, interval):
    assert paced("work", Pace(0.25, 0.2), headers).interval == pytest.approx(interval)


def test_abstracts_are_not_kept_and_everything_else_is():
    body = json.dumps({"message": {"items": [{"DOI": "10.5555/1", "abstract": "<p>Theirs", "title": ["A"]}]}}).encode()
    assert json.loads(kept(body)) == {"message": {"items": [{"DOI": "10.5555/1", "title": ["A"]}]}}
    assert kept(b'"abstract" is no JSON') == b'"abstract" is no JSON'
    assert kept(b'{ "title": [] }') == b'{ "title": [] }'


def test_every_recorded_answer_is_read_or_refused_without_a_fault():
    files = sorted(RECORDED.glob("*.json"))
    assert len(files) > 5
    for file in files:
        body, status = body_of(file.stem), recorded(file.stem)["status"]
        for request in (WORK, LIST):
            assert RULES.choose_action(request, HttpResponse(status, body), attempt=1, jitter=0.0)
