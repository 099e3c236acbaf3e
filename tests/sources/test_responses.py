"""Responses are read without trusting them: recorded ones, hostile ones, and made-up ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.reading_list import ReadingList
from graph.model.storage import corpus_files
from graph.sources.fetch.crawl import CrawlResult, Resolved
from graph.sources.fetch.targets import Target
from graph.sources.fetch.to_corpus import SaidByScholar, corpus_of
from graph.sources.http.outcomes import Abort, Accept, HttpResponse, Malformed, Shrink
from graph.sources.semantic_scholar.endpoints import autocomplete_request, match_request, page_request, papers_request
from graph.sources.semantic_scholar.pagination import PagedList
from graph.sources.semantic_scholar.paper_rows import LONGEST_TEXT, PaperRow, parse_paper
from graph.sources.semantic_scholar.responses import (
    NotFound,
    OffsetLimit,
    Unreadable,
    application_error,
    error_text,
    parse_batch,
    parse_match,
    parse_page,
    parse_response,
    parse_suggestions,
)
from graph.sources.semantic_scholar.retry_policy import choose_action

from ..helpers.recorded import recorded_exchange, recorded_exchanges

NOTHING = ReadingList("Nothing", (), ())
SHA = "a" * 40

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("paperId", "corpusId", "externalIds", "title", "year", "publicationDate", "venue", "authors", "citationCount")
odd_papers = st.fixed_dictionaries({}, optional=dict.fromkeys((*FIELDS, "openAccessPdf", "unknown"), json_values))
odd_rows = st.fixed_dictionaries(
    {},
    optional={
        "citedPaper": odd_papers | json_values,
        "isInfluential": json_values,
        "intents": json_values,
        "contexts": json_values,
    },
)


def test_the_recorded_reference_pages_parse_with_their_unresolved_rows():
    pages = [
        parse_page(exchange.body_bytes, "references", exchange.body["offset"])
        for exchange in recorded_exchanges("get_paper_references")
    ]
    rows = [row for each in pages for row in each.rows or ()]
    assert len(rows) == 67
    assert sum(row.paper.paper_id is None for row in rows) == 23
    assert all(row.paper.title for row in rows)
    assert [each.unreadable for each in pages] == [()] * len(pages)
    assert [each.next for each in pages] == [50, None]


def test_the_recorded_elided_page_is_elided_and_the_empty_one_is_not():
    elided = parse_page(recorded_exchange("ref_elided_200").body_bytes, "references", 0)
    assert (elided.rows, elided.elided) == (None, True)
    empty = parse_page(recorded_exchange("ref_empty_200").body_bytes, "references", 0)
    assert (empty.rows, empty.elided) == ((), False)


def test_the_recorded_batches_keep_their_positions():
    batch = recorded_exchange("batch_with_null_200")
    found = parse_batch(batch.body_bytes, len(batch.ids))
    assert [type(each) for each in found] == [PaperRow, PaperRow, type(None)]
    found = parse_batch(recorded_exchange("get_papers_return_not_found").body_bytes, 4)
    assert found[0] is None
    assert isinstance(found[1], PaperRow)
    assert "corpusid:470667" in map(str, found[1].identifiers)


def test_the_recorded_refusals_are_decided_as_the_contract_says():
    request = page_request(SHA, "citations", offset=0, limit=1)

    def decision_about(name):
        exchange = recorded_exchange(name)
        return choose_action(request, HttpResponse(exchange.status, exchange.body_bytes), attempt=1, jitter=0.5)

    assert decision_about("offset_cap_400") == Accept(OffsetLimit(10_000))
    assert isinstance(decision_about("bad_query_parameters"), Abort)
    assert decision_about("not_found") == Accept(NotFound("Paper with id 0 not found"))


def test_the_recorded_title_match_is_one_paper():
    (found,) = parse_match(recorded_exchange("search_paper_match_title").body_bytes)
    assert isinstance(found, PaperRow)
    assert found.title == "Mining association rules between sets of items in large databases"


def test_a_paper_keeps_what_the_service_says_and_orders_its_blanks():
    row = parse_paper(
        {
            "paperId": SHA,
            "corpusId": 13756489,
            "externalIds": {"ArXiv": "1706.03762", "MAG": "2963403868", "DOI": "10.1000/ABC", "CorpusId": 13756489},
            "title": " Attention is\n All you Need ",
            "authors": [{"authorId": None, "name": "Ashish Vaswani"}, {"name": ""}],
            "year": 2017,
            "publicationDate": "2017-06-12",
            "venue": "",
            "journal": {"pages": "\n 46-51\n"},
            "referenceCount": 41,
        }
    )
    assert [str(each) for each in row.identifiers] == [
        "arxiv:1706.03762",
        "doi:10.1000/abc",
        f"s2:{SHA}",
        "corpusid:13756489",
    ]
    assert (row.title, row.authors, row.venue) == ("Attention is All you Need", ("Ashish Vaswani",), None)
    assert (row.year, row.publication_date, row.reference_count) == (2017, "2017-06-12", 41)


@pytest.mark.parametrize(("year", "date"), [(0, "2017-02-31"), (999, "0999-01-01"), (2200, "soon"), (None, "")])
def test_a_year_or_a_date_that_no_paper_has_is_unknown(year, date):
    row = parse_paper({"paperId": SHA, "year": year, "publicationDate": date})
    assert (row.year, row.publication_date) == (None, None)


def test_every_identifier_of_a_paper_is_read_and_one_without_the_form_of_its_scheme_is_left_out():
    external = {"ArXiv": "not one", "ACL": "N19-1423", "DOI": "10.1000/X", "CorpusId": 7, "PubMed": "12"}
    external |= {"PubMedCentral": "PMC34", "MAG": "56"}
    row = parse_paper({"paperId": SHA.upper(), "corpusId": 8, "externalIds": external})
    names = ["doi:10.1000/x", "acl:N19-1423", "pmid:12", "pmcid:34", f"s2:{SHA}", "corpusid:7", "corpusid:8"]
    assert ([str(each) for each in row.identifiers], row.paper_id) == (names, SHA)


def test_control_characters_are_removed_and_what_remains_empty_is_nothing():
    row = parse_paper({"title": "A\x07 bell\x1b", "venue": "\x00\t", "authors": [{"name": " \x07"}, {"name": None}]})
    assert (row.title, row.venue, row.authors) == ("A bell", None, ())


def test_the_intents_and_sentences_of_a_row_come_each_once():
    row = {"intents": ["method", "background", "method"], "contexts": ["One \n sentence", "One sentence", ""]}
    (read,) = parse_page(json.dumps({"data": [row]}).encode(), "references", 0).rows or ()
    assert (read.intents, read.contexts, read.influential) == (("background", "method"), ("One sentence",), None)


@pytest.mark.parametrize(("direction", "title"), [("references", "Cited"), ("citations", "Citing")])
def test_a_row_is_about_the_paper_at_the_other_end(direction, title):
    row = {"citedPaper": {"title": "Cited"}, "citingPaper": {"title": "Citing"}, "isInfluential": True}
    (read,) = parse_page(json.dumps({"data": [row]}).encode(), direction, 0).rows or ()
    assert (read.paper.title, read.influential) == (title, True)


def test_a_disclaimer_is_about_the_lists_that_it_names():
    body = recorded_exchange("ref_elided_200").body | {"data": []}
    assert parse_page(json.dumps(body).encode(), "references", 0).elided
    assert not parse_page(json.dumps(body).encode(), "citations", 0).elided


def test_an_unreadable_row_is_named_by_its_place_in_the_whole_list():
    read = parse_page(b'{"data":[{},7],"next":1002}', "references", 1000)
    assert read.unreadable == ("row 1001: it is a whole number and must be a table",)


def test_a_position_of_a_batch_without_an_id_is_no_paper():
    body = json.dumps([{"title": "One"}, None, {"paperId": SHA}]).encode()
    assert parse_batch(body, 3) == (Unreadable("a paper without paperId"), None, parse_paper({"paperId": SHA}))
    for requested in (2, 4):
        with pytest.raises(Malformed, match=f"3 positions for {requested} requested papers"):
            parse_batch(body, requested)


def test_the_message_of_an_error_is_short_and_harmless_whoever_reports_it():
    assert error_text(b'{"error":"one","message":"two"}') == "one"
    assert error_text(b'{"message":"two"}') == "two"
    assert application_error(b'{"message":"two"}') is None
    assert error_text(b'{"error":7}') is error_text(b"[]") is error_text(b"<html>") is None
    long = error_text(json.dumps({"error": "\x1b" + "x" * 1000}).encode())
    assert long == "\\x1b" + "x" * 295 + "…"


def test_a_404_without_a_message_of_the_application_does_not_answer_a_request():
    with pytest.raises(Malformed, match="status 404"):
        parse_response(match_request("A title"), 404, b"")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paperId", 7),
        ("paperId", "no sha"),
        ("title", ["a"]),
        ("year", "2017"),
        ("year", True),
        ("authors", {"name": "x"}),
        ("authors", [7]),
        ("externalIds", []),
        ("externalIds", {"DOI": {}}),
        ("citationCount", 1.5),
        ("title", "x" * (LONGEST_TEXT + 1)),
    ],
)
def test_a_wrong_type_costs_its_row_alone_with_one_line_that_names_the_field(field, value):
    good = {"citedPaper": {"paperId": "b" * 40, "title": "Good"}}
    bad = {"citedPaper": {"paperId": SHA, "title": "Bad", field: value}}
    read = parse_page(json.dumps({"offset": 0, "data": [good, bad]}).encode(), "references", 0)
    assert [row.paper.title for row in read.rows or ()] == ["Good"]
    (line,) = read.unreadable
    assert line.startswith("row 1: ")
    assert "\n" not in line
    assert len(line) < 200
    batch = parse_batch(json.dumps([good["citedPaper"], bad["citedPaper"]]).encode(), 2)
    assert isinstance(batch[0], PaperRow)
    assert isinstance(batch[1], Unreadable)


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Sign in</title>",
        b"",
        b'{"data": [' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"]}",
        b'{"offset": NaN, "data": []}',
        b'{"offset": 0, "data": [{"citedPaper": {"title": "\\ud800"}}]}',
        b'{"offset": 0, "data": [{"citedPap',
        b"\xff\xfe",
        b"[]",
        b'{"offset": 0, "next": -1, "data": []}',
        b'{"offset": 0, "next": "1000", "data": []}',
        b'{"offset": 0, "next": true, "data": []}',
    ],
    ids=["html", "nothing", "nesting", "nan", "surrogate", "half", "not utf-8", "list", "back", "text", "true"],
)
def test_a_body_that_is_no_page_is_refused_in_one_short_line(body):
    with pytest.raises(Malformed) as refusal:
        parse_page(body, "references", 0)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_unknown_fields_are_ignored():
    body = {"offset": 0, "new": {"deep": [1]}, "data": [{"citedPaper": {"paperId": SHA, "": 1}, "rank": 7}]}
    assert len(parse_page(json.dumps(body).encode(), "references", 0).rows or ()) == 1


def test_a_row_without_its_paper_is_an_unresolved_reference():
    read = parse_page(b'{"offset":0,"data":[{"citedPaper":null},{}]}', "references", 0)
    assert [row.paper for row in read.rows or ()] == [PaperRow(), PaperRow()]


def test_suggestions_are_the_titles_that_are_titles():
    body = b'{"matches":[{"id":"1","title":"One"},{"id":"2"},7,{"title":5},{"title":"Two"}]}'
    assert parse_suggestions(body).titles == ("One", "Two")
    many = json.dumps({"matches": [{"title": str(n)} for n in range(9)]}).encode()
    assert parse_suggestions(many).titles == ("0", "1", "2", "3", "4")


@given(st.lists(odd_rows | json_values, max_size=5), st.none() | json_values)
def test_whatever_the_rows_hold_the_page_is_read_or_refused_and_becomes_records(rows, following):
    body = json.dumps({"offset": 0, "data": rows, "next": following}).encode()
    try:
        read = parse_page(body, "references", 0)
    except Malformed:
        return
    assert len(read.rows or ()) + len(read.unreadable) == len(rows)
    walk = PagedList(SHA, "references", rows=read.rows or ())
    found = Resolved(Target("line 1"), PaperRow(SHA, title="The citing paper"), SHA)
    corpus = corpus_of(SaidByScholar(CrawlResult((found,), (), (walk,)), "2026-11-23"), NOTHING)
    assert len(corpus.citations) <= len(rows)
    assert corpus_files(corpus)["papers.jsonl"].encode()


@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_body_whatever_makes_a_decision_fail(body):
    for request in (
        page_request(SHA, "citations", offset=0, limit=10),
        papers_request([SHA, "ARXIV:1706.03762"]),
        match_request("A title"),
        autocomplete_request("A title"),
    ):
        for status in (200, 400, 404, 500):
            assert choose_action(request, HttpResponse(status, body), attempt=1, jitter=0.0) is not None


def test_a_batch_of_hostile_bodies_is_narrowed_down_to_the_paper():
    request = papers_request([SHA, "ARXIV:1706.03762"])
    assert isinstance(choose_action(request, HttpResponse(200, b'["\\ud800", null]'), attempt=3, jitter=0.0), Shrink)
