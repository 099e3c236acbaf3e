"""OpenAlex: what is asked, what its answers mean, and what it does not know."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.identifiers import Identifier
from graph.sources.assemble import assemble
from graph.sources.http.outcomes import Abort, Attempt, GiveUp, HttpResponse, Malformed, Reply, Retry, Shrink
from graph.sources.http.replies import Moved
from graph.sources.http.request import Request
from graph.sources.openalex.calls import (
    LIST,
    WORK,
    NotKnown,
    WorkPage,
    can_shrink,
    citing_request,
    kept,
    work_request,
    works_request,
)
from graph.sources.openalex.service import OPENALEX
from graph.sources.openalex.works import Work, is_the_paper, parse_work
from graph.utils.decode import LONGEST_TEXT

from ..helpers.records import record
from ..helpers.service_talk import Talk, by_line, recording

ONE = work_request(Identifier("doi", "10.5555/a"))
SOME = works_request(["W1", "W2"])
CITERS = citing_request("W1", cursor="*")


def read_of(name: str, kind: str = WORK) -> Any:
    response = recording(f"openalex/{name}").response
    return OPENALEX.read(Request(kind, "/works"), Reply(response.status, response.body))


def work(id_: str, *, cites: list[str] | None = None, **fields: Any) -> dict[str, Any]:
    row = {"id": f"https://openalex.org/{id_}", "title": f"Work {id_}", "publication_year": 2020, **fields}
    return row | ({} if cites is None else {"referenced_works": [f"https://openalex.org/{each}" for each in cites]})


def page(*works: dict[str, Any], count: int | None = None, cursor: str | None = None) -> dict[str, Any]:
    return {"meta": {"count": len(works) if count is None else count, "next_cursor": cursor}, "results": [*works]}


def said(answers: dict[str, Any], paper: Any = None, **wanted: Any) -> Any:
    (read,) = Talk(OPENALEX, by_line(answers)).lists(paper or record("a", ids=["doi:10.5555/a"]), **wanted)
    return read


ASKED = "GET /works/doi:10.5555%2Fa"
A = work("W1", doi="https://doi.org/10.5555/A")


# What is asked.


def test_a_work_is_asked_for_by_a_path_that_is_free():
    assert ONE.path.rpartition("/")[2].startswith("doi:")
    assert work_request(Identifier("openalex", "W7")).path == "/works/W7"
    assert work_request(Identifier("pmid", "7")).path == "/works/pmid:7"
    assert work_request(Identifier("pmcid", "7")).path == "/works/pmcid:PMC7"
    assert work_request(Identifier("doi", "10.1002/a,b<c>#d?e")).path == "/works/doi:10.1002%2Fa%2Cb%3Cc%3E%23d%3Fe"
    assert OPENALEX.calls[ONE.kind].dollars == 0
    assert OPENALEX.calls[SOME.kind].dollars == OPENALEX.calls[CITERS.kind].dollars == 0.0001


def test_a_list_names_at_most_a_hundred_works_and_is_no_longer_than_an_address_may_be():
    request = works_request([f"W{4_000_000_000 + n}" for n in range(100)])
    assert len(request.path + str(request.params)) < 8_190
    assert dict(request.params)["per_page"] == "100"
    with pytest.raises(ValueError, match="1 to 100"):
        works_request([f"W{n}" for n in range(101)])


def test_arxivs_dois_and_those_of_impostors_are_never_asked_for():
    ids = ["arxiv:1706.03762", "doi:10.48550/arxiv.1706.03762", "doi:10.65215/2q58a426"]
    talk = Talk(OPENALEX, by_line({}))
    (read,) = talk.lists(record("a", ids=ids))
    assert talk.asked == []
    assert (read.said.state, read.failed) == ("not_fetched", False)
    assert read.said.paper == read.asked
    assert "OpenAlex could be asked" in read.why


# What is recorded.


@pytest.mark.parametrize(
    ("name", "id_", "doi", "references"),
    [
        ("work_200_59_references", "W4408732759", "10.1016/j.xgen.2025.100814", 59),
        ("work_200_36_references", "W1554322594", "10.1023/a:1007154515475", 36),
        ("work_200_one_reference", "W4381738344", "10.1007/s40278-023-41815-2", 1),
    ],
)
def test_a_recorded_work_reads_as_it_is(name: str, id_: str, doi: str, references: int):
    found = read_of(name)
    assert (found.id, len(found.referenced), found.listed) == (id_, references, references)
    assert Identifier("doi", doi) in found.identifiers
    assert list(found.referenced) == [
        each.rpartition("/")[2] for each in recording(f"openalex/{name}").body["referenced_works"]
    ]


def test_mags_number_is_no_number_of_pubmed_and_the_first_of_january_is_only_a_year():
    found = read_of("work_200_36_references")
    assert list(map(str, found.identifiers)) == ["doi:10.1023/a:1007154515475", "pmid:11330823", "openalex:W1554322594"]
    assert (found.year, found.date, found.authors[0], found.all_authors) == (2001, "2001", "Subrata Adak", True)
    assert found.venue == "Molecular and Cellular Biochemistry"


def test_article_and_preprint_are_two_works_and_an_arxiv_preprint_has_nothing_listed():
    article, preprint = read_of("list_200_twins", LIST).works
    assert [len(each.referenced) for each in (article, preprint)] == [57, 0]
    assert Identifier("doi", "10.48550/arxiv.2304.05376") in preprint.identifiers
    (alone,) = read_of("list_200_arxiv_no_references", LIST).works
    assert (alone.id, alone.referenced) == ("W4389761608", ())


def test_a_work_of_which_little_was_selected_is_read_by_its_doi():
    found = read_of("work_200_select")
    assert (found.id, list(map(str, found.identifiers)), found.referenced) == (None, ["doi:10.1093/nar/gkw1164"], None)


def test_a_404_is_a_page_of_html_and_says_that_the_work_is_not_known():
    assert read_of("work_404_html") == NotKnown()


def test_a_page_of_2026_says_how_many_there_are_and_where_the_next_begins():
    found = read_of("made_list_200_cursor_page_2026", LIST)
    assert (found.count, found.cursor, found.unreadable) == (
        3,
        recording("openalex/made_list_200_cursor_page_2026").body["meta"]["next_cursor"],
        0,
    )
    assert [(each.id, each.title, each.year, each.date) for each in found.works] == [
        ("W9000000002", "A made citing work", 2026, "2026"),
        ("W9000000003", None, None, None),
    ]


# Refusals.


def action_of(response: HttpResponse, request: Request = CITERS, number: int = 1) -> Any:
    with pytest.raises(Malformed):
        OPENALEX.read(request, Reply(response.status, response.body))
    return OPENALEX.after_refusal(Attempt(request, number, 1.0, can_shrink(request)), response)


def test_the_four_kinds_of_429_are_told_apart():
    spent = action_of(recording("openalex/made_429_budget_spent").response)
    assert isinstance(spent, GiveUp)
    assert LIST in spent.closes
    assert WORK not in spent.closes
    assert (spent.lasting, spent.outage) == (False, False)
    fast = action_of(recording("openalex/made_429_too_fast").response)
    assert isinstance(fast, Retry)
    assert fast.slow_down
    plan = action_of(recording("openalex/made_429_plan_upgrade").response)
    assert isinstance(plan, GiveUp)
    assert (plan.lasting, plan.closes) == (True, ())
    throttled = HttpResponse(429, b'{"error": "Account throttled", "message": "Under load."}', 40.0)
    wait = action_of(throttled)
    assert isinstance(wait, Retry)
    assert wait.after >= 40


def test_a_spent_budget_is_seen_in_the_headers_when_the_message_is_another():
    left = {"x-ratelimit-remaining": "0", "x-ratelimit-onetime-remaining": "0", "x-ratelimit-credits-required": "1"}
    body = b'{"error": "Rate limit exceeded", "message": "Come back tomorrow."}'
    assert action_of(HttpResponse(429, body, 48_806.0, left)).closes
    assert isinstance(action_of(HttpResponse(429, body, 1.0, left | {"x-ratelimit-remaining": "9"})), Retry)
    assert isinstance(action_of(HttpResponse(429, b"<html>", 1.0, left | {"x-ratelimit-remaining": "many"})), Retry)


@pytest.mark.parametrize("name", ["made_400_edge_reject", "made_401_wrong_key", "made_503_search_paused"])
def test_other_refusals_are_waited_for_or_not(name: str):
    action = action_of(recording(f"openalex/{name}").response)
    if "400" in name:
        assert isinstance(action, GiveUp)
        assert action.lasting
    elif "401" in name:
        assert isinstance(action, Abort)
        assert "OPENALEX_API_KEY" in action.remedy
    else:
        assert isinstance(action, Retry)
        assert action.after >= 30


def test_when_a_field_is_not_known_any_more_works_are_asked_for_whole():
    refused = recording("openalex/made_400_unknown_select").response
    assert action_of(refused, ONE) == Shrink(action_of(refused, ONE).why, permanent=True)

    def reply(request: Request) -> HttpResponse:
        if "select" in dict(request.params):
            return refused
        value = page(work("W2")) if request.kind == LIST else A | {"referenced_works": ["W2"], "abstract": "x"}
        return HttpResponse(200, json.dumps(value).encode())

    talk = Talk(OPENALEX, reply)
    (read, _) = talk.lists(record("a", ids=["doi:10.5555/a"]), record("b", ids=["doi:10.5555/A"]))
    assert [row.record.title for row in read.said.rows] == ["Work W2"]
    assert sum("select" in dict(request.params) for request in talk.asked) == 1


@pytest.mark.parametrize("status", [403, 400])
def test_a_query_that_is_refused_is_not_sent_again(status: int):
    body = b'{"error": "Invalid query parameters error.", "message": "cites is wrong"}'
    assert action_of(HttpResponse(status, body)).lasting


def test_a_list_that_takes_too_long_is_asked_for_in_halves_and_then_given_up():
    slow = HttpResponse(504, b'{"error": "Gateway timeout", "reason": "query_timeout"}')
    assert isinstance(action_of(slow), Shrink)
    smallest = citing_request("W1", cursor="*", limit=25)
    assert isinstance(action_of(slow, smallest), Retry)
    assert isinstance(action_of(slow, smallest, number=8), GiveUp)


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"", b"[]", b'{"results": 7}', b"\xff", b'{"id": null}'])
def test_an_answer_that_is_none_is_asked_for_again_and_then_given_up(body: bytes):
    talk = Talk(OPENALEX, lambda request: HttpResponse(200, body))
    (read,) = talk.lists(record("a", ids=["doi:10.5555/a"]))
    assert (read.said.state, read.failed) == ("failed", True)
    assert 1 < len(talk.asked) < 10


# References.


def test_the_references_are_those_that_were_matched_so_the_list_is_a_part():
    answers = {
        ASKED: A | {"referenced_works": [f"https://openalex.org/{each}" for each in ("W2", "W3", "W1", "W9")]},
        "GET /works?filter=openalex%3AW2%7CW3%7CW9&per_page=100": page(work("W3"), work("W2", doi="10.5555/b")),
    }
    read = said(answers)
    assert [row.record.record_id.rpartition("/")[2] for row in read.said.rows] == ["W2", "W3"]
    assert (read.said.state, read.said.row_count, read.failed) == ("partial", 4, False)
    assert "1 of 4 name no work any more" in read.why
    assert [str(each) for each in read.said.rows[0].record.identifiers] == ["doi:10.5555/b", "openalex:W2"]


def test_nothing_matched_is_not_no_references():
    read = said({ASKED: A | {"referenced_works": []}})
    assert (read.said.state, read.said.rows, read.said.row_count) == ("partial", (), 0)
    assert "does not mean" in read.why
    unsaid = said({ASKED: A})
    assert unsaid.said.state == "failed"
    assert said({ASKED: A | {"referenced_works": None}}).said.state == "failed"


def test_a_work_that_is_not_known_is_failed_for_good_and_an_outage_only_for_now():
    unknown = said({})
    assert (unknown.said.state, unknown.failed, unknown.why) == ("failed", False, "OpenAlex knows no doi:10.5555/a")
    assert said({ASKED: HttpResponse(502, b"<html>")}).failed


def test_a_list_of_five_thousand_is_capped():
    many = [f"W{n}" for n in range(2, 5_002)]

    def reply(request: Request) -> HttpResponse:
        value = A | {"referenced_works": many} if request.kind == WORK else page()
        return HttpResponse(200, json.dumps(value).encode())

    talk = Talk(OPENALEX, reply)
    (read,) = talk.lists(record("a", ids=["doi:10.5555/a"]))
    assert (read.said.state, read.said.row_count, len(talk.asked)) == ("capped", 5_000, 51)


def test_when_the_budget_is_spent_works_are_asked_for_one_by_one_which_is_free():
    spent = recording("openalex/made_429_budget_spent").response
    answers = {
        ASKED: A | {"referenced_works": ["W2", "W3", "W4"]},
        "GET /works?filter=openalex%3AW2%7CW3%7CW4&per_page=100": spent,
        "GET /works/W2": work("W2"),
        "GET /works/W3": HttpResponse(503, b"{}"),
    }
    talk = Talk(OPENALEX, by_line(answers))
    (read,) = talk.lists(record("a", ids=["doi:10.5555/a"]), citations=False)
    assert [row.record.title for row in read.said.rows] == ["Work W2"]
    assert (read.said.state, read.said.row_count, read.failed) == ("partial", 3, True)
    assert sum(request.kind == LIST for request in talk.asked) == 1


def test_a_batch_that_takes_too_long_is_asked_for_in_halves():
    slow = HttpResponse(504, b"{}")
    answers = {
        ASKED: A | {"referenced_works": ["W2", "W3"]},
        "GET /works?filter=openalex%3AW2%7CW3&per_page=100": slow,
        "GET /works?filter=openalex%3AW2&per_page=100": page(work("W2")),
        "GET /works?filter=openalex%3AW3&per_page=100": page(work("W3")),
    }
    assert len(said(answers).said.rows) == 2


# Whose work it is.


def test_a_work_is_taken_only_when_it_is_the_paper():
    paper = record("a", "Attention Is All You Need", "Ashish Vaswani", 2017, ids=["pmid:7", "arxiv:1706.03762"])
    poisoned = work("W1", title="Exploiting Things", publication_year=2023, doi="10.4230/lipics.itp.2023.19")
    read = said({"GET /works/pmid:7": poisoned}, paper)
    assert (read.said.state, read.said.paper, read.said.rows) == ("failed", paper, ())
    assert "another paper there, Exploiting Things" in read.why


@pytest.mark.parametrize(
    ("asked", "found", "taken"),
    [
        ((None, None, None, ["doi:10.5555/A"]), ("Else", "B. B", 1999, ["doi:10.5555/a"]), True),
        (("T", "A. Marsh", 2001, ["doi:10.5555/a"]), ("T!", "Ada Marsh", 2002, ["doi:10.5555/b"]), True),
        (("T", "A. Marsh", 2001, ["doi:10.5555/a"]), ("T", "A. Marsh", 2003, ["doi:10.5555/b"]), False),
        (("T", "A. Marsh", 2001, ["doi:10.5555/a"]), ("T", "B. Brine", 2001, ["doi:10.5555/b"]), False),
        (("T", "A. Marsh", None, ["doi:10.5555/a"]), ("T", "A. Marsh", 2001, ["doi:10.5555/b"]), False),
        (("T", None, None, ["pmid:7"]), ("Other", "B. B", 2001, ["pmid:7", "doi:10.5555/b"]), True),
        (("T", None, None, ["pmid:7", "doi:10.5555/a"]), ("T", "B. B", 2001, ["pmid:7", "doi:10.5555/b"]), False),
        ((None, None, None, ["openalex:W1"]), ("Anything", "B. B", 2001, ["openalex:W2"]), True),
        (("T", None, None, ["openalex:W1"]), ("Other", "B. B", 2001, ["openalex:W1"]), False),
        (("T", "A. M", 2017, ["arxiv:1706.03762", "openalex:W1"]), ("U", "A. M", 2017, ["openalex:W1"]), False),
        (("T", "A. M", 2017, ["doi:10.65215/a"]), ("U", "A. M", 2025, ["doi:10.65215/a"]), False),
    ],
)
def test_a_doi_or_title_author_and_year_say_whose_work_it_is(asked: tuple, found: tuple, taken: bool):
    one, other = (record(name, *facts[:3], ids=facts[3]) for name, facts in (("a", asked), ("b", found)))
    assert is_the_paper(one, other) is taken


def test_a_merged_work_keeps_the_id_that_it_was_asked_by():
    moved = HttpResponse(301, b"", None, {"location": "/works/W7?select=id"})
    request = work_request(Identifier("openalex", "W5"))
    assert OPENALEX.read(request, Reply(301, b"", "/works/W7?select=id")) == Moved("/works/W7", (("select", "id"),))
    answers = {"GET /works/W5": moved, "GET /works/W7": work("W7", cites=[])}
    read = said(answers, record("a", ids=["openalex:W5"]))
    assert [str(each) for each in read.said.paper.identifiers] == ["openalex:W7", "openalex:W5"]


def test_the_next_identifier_is_tried_when_one_is_not_known():
    paper = record("a", ids=["doi:10.5555/a", "pmid:7", "openalex:W1"])
    talk = Talk(OPENALEX, by_line({"GET /works/pmid:7": work("W1", ids={"pmid": "7"}, cites=[])}))
    (read,) = talk.lists(paper)
    assert [request.path for request in talk.asked] == ["/works/doi:10.5555%2Fa", "/works/pmid:7"]
    assert read.said.state == "partial"


def test_an_impostors_doi_on_a_work_joins_nothing():
    attention = record("a", "Attention Is All You Need", "Ashish Vaswani", 2017, ids=["arxiv:1706.03762"])
    impostor = work("W3", title="Attention Is All You Need", publication_year=2025, doi="10.65215/2q58a426")
    impostor["authorships"] = [{"author": {"display_name": "Ashish Vaswani"}}]
    answers = {
        ASKED: A | {"referenced_works": ["W3"]},
        "GET /works?filter=openalex%3AW3&per_page=100": page(impostor),
    }
    corpus = assemble([attention], [said(answers).said])
    assert len(corpus.papers) == 3
    assert [paper.key for paper in corpus.papers.values() if "1706.03762" in str(paper.identifiers)] != [
        citation.cited for citation in corpus.citations
    ]


# Citations.


CITING = "GET /works?filter=cites%3AW1&per_page=100&cursor="


def citations(answers: dict[str, Any], **wanted: Any) -> Any:
    return said({ASKED: A} | answers, references=False, citations=True, **wanted)


def test_citations_are_complete_when_the_walk_ends_with_as_many_as_are_counted():
    first = page(work("W2"), work("W3"), count=3, cursor="x=")
    read = citations({CITING + "%2A": first, CITING + "x%3D": page(work("W4"), count=3)})
    assert (read.said.direction, read.said.state, len(read.said.rows), read.why) == ("citations", "complete", 3, "")
    repeated = citations({CITING + "%2A": first, CITING + "x%3D": page(work("W3"), count=3)})
    assert (repeated.said.state, len(repeated.said.rows)) == ("partial", 2)
    assert repeated.why == "2 works were listed, and 3 counted while they were read"


@pytest.mark.parametrize(
    "second",
    [
        page(work("W3"), count=4),
        HttpResponse(400, b'{"error": "Pagination error.", "message": "The cursor is not valid."}'),
        HttpResponse(404, b"<html>404</html>"),
    ],
)
def test_a_walk_during_which_the_list_changed_or_whose_cursor_is_bad_begins_anew(second: Any):
    anew = CITING.replace("=100", "=99")
    answers = {CITING + "%2A": page(work("W2"), count=2, cursor="x"), CITING + "x": second}
    read = citations(answers | {anew + "%2A": page(work("W3"), work("W4"), count=2)})
    assert (read.said.state, [row.record.title for row in read.said.rows]) == ("complete", ["Work W3", "Work W4"])
    again = citations(answers | {anew + "%2A": page(work("W2"), count=2, cursor="x"), anew + "x": second})
    assert again.said.state == "partial"
    assert again.why


def test_a_last_page_that_is_full_is_followed_by_an_empty_one():
    read = citations({CITING + "%2A": page(work("W2"), cursor="x"), CITING + "x": page(count=1)})
    assert (read.said.state, len(read.said.rows)) == ("complete", 1)
    assert citations({CITING + "%2A": page()}).said.state == "complete"


def test_only_as_many_citations_are_read_as_were_wanted():
    first = CITING.replace("=100", "=3") + "%2A"
    read = citations({first: page(work("W2"), work("W3"), work("W4"), count=9, cursor="x")}, most_citations=2)
    assert (read.said.state, len(read.said.rows), read.failed) == ("partial", 2, False)
    assert read.why == "stopped after 2 rows, as requested"
    last = citations({first: page(work("W2"), work("W3"), count=2)}, most_citations=2)
    assert (last.said.state, len(last.said.rows)) == ("complete", 2)


def test_pages_that_repeat_themselves_end_the_walk():
    read = citations({CITING + "%2A": page(work("W2"), count=9, cursor="x"), CITING + "x": page(count=9, cursor="x")})
    assert read.why == "1 works were listed, and 9 counted while they were read"
    again = page(work("W2"), count=9, cursor="x")
    assert citations({CITING + "%2A": again, CITING + "x": again}).why == "the pages repeat themselves"


def test_citations_without_a_budget_are_failed_until_there_is_one():
    spent = recording("openalex/made_429_budget_spent").response
    read = citations({CITING + "%2A": spent})
    assert (read.said.state, read.said.rows, read.failed) == ("failed", (), True)
    assert "midnight UTC" in read.why


def test_a_row_that_cannot_be_read_costs_that_row_and_completeness():
    read = citations({CITING + "%2A": page(work("W2"), {"title": 7}, count=2)})
    assert (read.said.state, len(read.said.rows), read.said.row_count) == ("partial", 1, 2)


# Works.


def test_arxivs_identifier_stands_in_the_addresses_of_locations():
    location = {"landing_page_url": "https://arxiv.org/abs/1706.03762", "source": {"type": "repository"}}
    assert Identifier("arxiv", "1706.03762") in parse_work(work("W1", locations=[location])).identifiers
    oai = {"id": "oai:arXiv.org:hep-th/9711200"}
    assert Identifier("arxiv", "hep-th/9711200") in parse_work(work("W1", primary_location=oai)).identifiers
    shouted = {"id": "OAI:ARXIV.ORG:HEP-TH/9711200"}
    assert Identifier("arxiv", "hep-th/9711200") in parse_work(work("W1", primary_location=shouted)).identifiers
    for length, found in ((LONGEST_TEXT - 1, True), (LONGEST_TEXT, False)):  # nobody's address is as long
        long = {"pdf_url": "https://arxiv.org/pdf/1706.03762".ljust(length)}
        assert (Identifier("arxiv", "1706.03762") in parse_work(work("W1", locations=[long])).identifiers) == found
    two = [{"pdf_url": f"https://arxiv.org/pdf/{each}"} for each in ("1706.03762", "1810.04805")]
    assert [each.scheme for each in parse_work(work("W1", locations=two)).identifiers] == ["openalex"]


def test_the_numbers_of_pubmed_are_links_there():
    ids = {
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/7",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/8",
        "mag": 9,
    }
    assert [str(each) for each in parse_work(work("W1", ids=ids)).identifiers] == ["pmid:7", "pmcid:8", "openalex:W1"]


def test_a_doi_keeps_its_signs():
    sici = "10.1002/(sici)1097-4571(199009)41:6<391::aid-asi1>3.0.co;2-9"
    for written in (f"https://doi.org/{sici}", f"https://doi.org/{sici}".replace("<", "%3C").replace(">", "%3E")):
        assert Identifier("doi", sici) in parse_work(work("W1", doi=written)).identifiers


def test_a_hundred_authors_are_never_said_to_be_all():
    people = [{"author": {"display_name": f"Ann Lee{n}"}} for n in range(120)]
    for rows in (people, people[:100]):
        found = parse_work(work("W1", authorships=rows))
        assert (len(found.authors), found.all_authors) == (100, False)
    assert parse_work(work("W1", authorships=people[:99])).all_authors
    assert not parse_work(work("W1")).all_authors


def test_titles_lose_their_markup():
    assert parse_work(work("W1", title="CO<sub>2</sub> &amp;amp; <i>E. coli</i>")).title == "CO2 & E. coli"


def test_abstracts_are_not_kept():
    body = json.dumps({"results": [work("W1", abstract_inverted_index={"A": [0]}), 7]}).encode()
    assert b"abstract" not in kept(body)
    assert json.loads(kept(body))["results"][0]["id"].endswith("W1")
    plain = json.dumps(A).encode()
    assert kept(plain) is plain
    assert kept(b'"abstract_inverted_index') == b'"abstract_inverted_index'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "id",
        "doi",
        "title",
        "ids",
        "authorships",
        "locations",
        "primary_location",
        "publication_year",
        "publication_date",
        "referenced_works",
    ]
)


@given(st.dictionaries(FIELDS, JSON))
def test_whatever_a_work_holds_it_is_read_or_refused(row: dict[str, Any]):
    try:
        found = parse_work(row)
    except Malformed:
        return
    assert isinstance(found, Work)
    assert found.identifiers
    assert isinstance(OPENALEX.read(CITERS, Reply(200, json.dumps({"results": [row, row]}).encode())), WorkPage)
