"""OpenCitations: what is asked, what its rows mean, and what an empty answer does not."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.identifiers import Identifier
from graph.sources.assemble import assemble
from graph.sources.http.outcomes import Abort, Attempt, GiveUp, HttpResponse, Malformed, Reply, Retry
from graph.sources.http.request import Request
from graph.sources.opencitations.calls import KNOWN, LIST, list_request
from graph.sources.opencitations.rows import Answer, identifiers_of, parse_row
from graph.sources.opencitations.service import OPENCITATIONS

from ..helpers.records import record
from ..helpers.service_talk import FOLDER, Talk, by_line, recording

REFERENCES = list_request(Identifier("doi", "10.5555/citing"), "references")
LINE = "GET /index/v2/references/doi:10.5555/citing"
META = "GET /meta/v1/metadata/doi:10.5555/citing"
PAPER = record("a", "Tides", "A. Marsh", 2020, ids=["doi:10.5555/citing"])


def read_of(name: str, kind: str = LIST) -> Any:
    response = recording(f"opencitations/{name}").response
    return OPENCITATIONS.read(Request(kind, "/index/v2/references/x"), Reply(response.status, response.body))


def row(citing: str, cited: str, **more: str) -> dict[str, str]:
    return {"oci": "1-2", "citing": citing, "cited": cited, "creation": "2020", "timespan": "", **more}


def said(answers: dict[str, Any], paper: Any = PAPER, **wanted: Any) -> Any:
    (read,) = Talk(OPENCITATIONS, by_line(answers)).lists(paper, **wanted)
    return read


# What is recorded.


def test_the_documented_references_name_three_works_the_first_by_two_dois():
    answer = read_of("references_200_documented")
    assert [len(each.cited) for each in answer.rows] == [4, 2, 3]
    assert sum(each.scheme == "doi" for each in answer.rows[0].cited) == 2
    assert (answer.unreadable, answer.rows[0].date) == (0, "2021-03-10")
    paper = record("a", ids=["doi:10.7717/peerj-cs.421"])
    body = recording("opencitations/references_200_documented").body
    read = said({"GET /index/v2/references/doi:10.7717/peerj-cs.421": body}, paper)
    assert (read.said.state, len(read.said.rows), read.said.row_count) == ("partial", 3, 3)
    assert [str(each) for each in read.said.paper.identifiers] == [
        *("doi:10.7717/peerj-cs.421", "pmid:33817056", "omid:br/06101801781")
    ]
    assert read.said.paper.publication_date == "2021-03-10"


def test_the_documented_citations_name_three_works_with_the_dates_of_the_citing_ones():
    body = recording("opencitations/citations_200_documented").body
    paper = record("a", ids=["doi:10.1108/JD-12-2013-0166"])
    line = "GET /index/v2/citations/doi:10.1108/jd-12-2013-0166"
    read = said({line: body}, paper, references=False, citations=True)
    assert (read.said.direction, read.said.state, len(read.said.rows)) == ("citations", "partial", 3)
    assert {each.record.publication_date for each in read.said.rows} == {"2021-03-10", "2019-11-25"}
    assert read.said.paper.year is None


def test_of_five_awkward_rows_three_works_are_cited_and_the_paper_does_not_cite_itself():
    read = said({LINE: recording("opencitations/made_references_200_traps").body})
    named = [[str(each) for each in row.record.identifiers] for row in read.said.rows]
    assert sorted(named) == sorted(
        [
            ["doi:10.5555/cited-a", "pmid:90000001", "openalex:W9000000010", "omid:br/06900000002"],
            ["pmid:90000002", "omid:br/06900000003"],
            ["doi:10.5555/preprint", "doi:10.5555/published", "omid:br/06900000004"],
        ]
    )
    assert read.said.row_count == 3


def test_an_empty_answer_is_unknown_and_meta_says_whether_the_paper_is_known():
    nothing = recording("opencitations/made_references_200_nothing").body
    meta = [{"id": "omid:br/0612 doi:10.5555/citing", "title": "Due To Errors"}]
    known = said({LINE: nothing, META: meta, "GET /index/v2/references/omid:br/0612": []})
    unknown = said({LINE: nothing, META: []})
    silent = said({LINE: nothing, META: HttpResponse(500, b"<html>")})
    for read, why in ((known, "it knows the paper"), (unknown, "it does not know"), (silent, "could not be asked")):
        assert (read.said.state, read.said.rows, read.said.row_count) == ("partial", (), 0)
        assert why in read.why
        assert not read.failed


def test_a_count_is_a_text_in_a_list_of_one():
    body = recording("opencitations/reference_count_200_documented").body
    assert body == [{"count": "35"}]
    assert read_of("reference_count_200_documented") == Answer((), unreadable=1)  # it names no citation


def test_meta_names_the_works_that_it_knows_and_its_capitalised_titles_are_not_taken():
    found = read_of("metadata_200_two_records", KNOWN)
    assert [[str(each) for each in work] for work in found.works] == [
        ["doi:10.1007/978-1-4020-9632-7", "openalex:W4249829199", "omid:br/0612058700"],
        ["doi:10.1007/s11192-022-04367-w", "openalex:W3214893238", "omid:br/061202127149"],
    ]


def test_an_empty_answer_that_was_a_timeout_is_asked_for_again_by_the_id_of_the_service():
    meta = [{"id": "omid:br/0612 doi:10.5555/citing"}]
    rows = [row("omid:br/0612 doi:10.5555/citing", "doi:10.5555/b")]
    read = said({LINE: [], META: meta, "GET /index/v2/references/omid:br/0612": rows})
    assert [str(each.record.identifiers[0]) for each in read.said.rows] == ["doi:10.5555/b"]
    failed = said({LINE: [], META: meta, "GET /index/v2/references/omid:br/0612": HttpResponse(500, b"")})
    assert (failed.said.state, failed.failed) == ("partial", True)


def test_the_rows_of_a_dump_name_works_by_omid_alone_and_those_of_metas_dump_by_all():
    with (FOLDER / "opencitations" / "dump_citations_excerpt.csv").open(encoding="utf-8", newline="") as file:
        rows = [parse_row(each) for each in csv.DictReader(file)]
    assert len(rows) == 10
    assert {each.scheme for one in rows for each in (*one.citing, *one.cited)} == {"omid"}
    assert [one.date for one in rows[3:]][0:1] == ["2018"]
    with (FOLDER / "opencitations" / "dump_meta_excerpt.csv").open(encoding="utf-8", newline="") as file:
        ids = [identifiers_of(each["id"]) for each in csv.DictReader(file)]
    assert len(ids) == 5
    assert [str(each) for each in ids[1]] == [
        *("doi:10.1080/19427867.2022.2160559", "openalex:W4313203425", "omid:br/0634096859")
    ]


# Refusals.


def action_of(name: str, number: int = 1) -> Any:
    response = recording(f"opencitations/{name}").response
    with pytest.raises(Malformed):
        OPENCITATIONS.read(REFERENCES, Reply(response.status, response.body))
    return OPENCITATIONS.after_refusal(Attempt(REFERENCES, number, 1.0), response)


def test_a_wrong_token_stops_it_and_says_what_to_do():
    action = action_of("made_403_bad_token")
    assert isinstance(action, Abort)
    assert "OPENCITATIONS_TOKEN" in action.remedy


def test_an_address_that_is_wrong_is_not_asked_again():
    action = action_of("made_404_no_operation")
    assert isinstance(action, GiveUp)
    assert action.lasting


def test_a_timeout_is_tried_once_more():
    assert isinstance(action_of("made_408_timeout"), Retry)
    second = action_of("made_408_timeout", 2)
    assert isinstance(second, GiveUp)
    assert (second.lasting, second.outage) == (False, False)


def test_a_page_of_html_is_waited_for():
    assert isinstance(action_of("made_500_html"), Retry)
    assert isinstance(action_of("made_500_html", 6), GiveUp)


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(200, b"HTTP status code 500: something unexpected happened"),
        HttpResponse(200, b"<html></html>"),
        HttpResponse(200, b'{"count": "3"}'),
        HttpResponse(200, b'[{"oci": "1-2"'),
        HttpResponse(408, b"HTTP status code 408: request timeout - TimeoutError: (line 0)"),
        HttpResponse(500, b"HTTP status code 500: something unexpected happened - KeyError"),
        HttpResponse(502, b""),
        HttpResponse(429, b"", 1.0),
    ],
)
def test_what_is_no_list_is_failed_and_may_be_had_later(response: HttpResponse):
    talk = Talk(OPENCITATIONS, lambda _request: response)
    (read,) = talk.lists(PAPER)
    assert (read.said.state, read.said.rows, read.said.paper, read.failed) == ("failed", (), PAPER, True)
    assert 1 < len(talk.asked) < 10


# What is asked.


def test_a_paper_without_an_identifier_is_not_asked_for():
    talk = Talk(OPENCITATIONS, by_line({}))
    (read,) = talk.lists(record("a", "Tides", ids=["acl:P18-1031"]))
    assert (talk.asked, read.said.state, read.failed) == ([], "not_fetched", False)


@pytest.mark.parametrize(("given", "line"), [("pmcid:PMC77", "pmcid:PMC77"), ("openalex:W77", "openalex:W77")])
def test_a_paper_that_the_index_cannot_be_asked_for_is_looked_up_in_meta(given: str, line: str):
    lone = record("a", "Tides", "A. Marsh", 2020, ids=[given])
    answers = {
        f"GET /meta/v1/metadata/{line}": [{"id": f"doi:10.5555/citing {given} omid:br/061"}],
        LINE: [row("omid:br/061 doi:10.5555/citing", "doi:10.5555/cited")],
    }
    read = said(answers, lone)
    assert [str(each.record.identifiers[0]) for each in read.said.rows] == ["doi:10.5555/cited"]
    assert {"doi:10.5555/citing", given.replace("PMC", "")} <= {str(each) for each in read.said.paper.identifiers}


def test_an_omid_alone_is_asked_by_and_needs_no_look_up():
    read = said(
        {"GET /index/v2/references/omid:br/061": [row("omid:br/061", "doi:10.5555/cited")]},
        record("a", ids=["omid:br/061"]),
    )
    assert len(read.said.rows) == 1


@pytest.mark.parametrize(
    ("answer", "why", "failed"),
    [
        ([], "OpenCitations does not know pmcid:77", False),
        ([{"id": None}, 7, {"id": "doi:10.5555/another"}], "OpenCitations does not know pmcid:77", False),
        (HttpResponse(408, b"HTTP status code 408: request timeout"), "status 408", True),
    ],
)
def test_a_paper_that_meta_does_not_know_is_unknown_and_one_it_did_not_answer_may_be_had_later(answer, why, failed):
    read = said({"GET /meta/v1/metadata/pmcid:PMC77": answer}, record("a", ids=["pmcid:77"]))
    assert (read.said.state, read.said.row_count, read.failed) == ("failed", None, failed)
    assert why in read.why


def test_identifiers_are_tried_by_kind_until_something_is_listed():
    paper = record("a", ids=["doi:10.5555/citing", "pmid:7", "arxiv:1706.03762", "doi:10.65215/x"])
    answers = {LINE: [], "GET /index/v2/references/pmid:7": [row("pmid:7 doi:10.5555/citing", "doi:10.5555/b")]}
    talk = Talk(OPENCITATIONS, by_line(answers))
    (read,) = talk.lists(paper)
    assert [str(each) for each in talk.asked] == [LINE, "GET /index/v2/references/pmid:7"]
    assert len(read.said.rows) == 1
    asked_last = Talk(OPENCITATIONS, by_line({}))
    asked_last.lists(paper)
    assert [each.path.rpartition("/references/")[2] for each in asked_last.asked if each.kind == LIST][-1] == (
        "doi:10.48550/arxiv.1706.03762"
    )


def test_a_doi_with_odd_signs_is_named_whole():
    sici = "10.1002/(sici)1097-4571(199009)41:6<391::aid-asi1>3.0.co;2-9"
    path = list_request(Identifier("doi", sici), "citations").path
    assert path == "/index/v2/citations/doi:10.1002/(sici)1097-4571(199009)41:6%3C391::aid-asi1%3E3.0.co;2-9"


# Rows.


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("omid:br/0612 doi:10.5555/A isbn:9781402096327 issn:0138-9130", ["doi:10.5555/a", "omid:br/0612"]),
        ("  pmid:7\tdoi:10.5555/a  ", ["doi:10.5555/a", "pmid:7"]),
        ("10.5555/A", ["doi:10.5555/a"]),
        ("[COCI] => 10.5555/a; [POCI] => pmid:7;", ["doi:10.5555/a", "pmid:7"]),
        ("coci => 10.5555/a", ["doi:10.5555/a"]),
        ("doi:10.1002/(sici)1(2)3:4<5::aid-6>3.0.co;2-9", ["doi:10.1002/(sici)1(2)3:4<5::aid-6>3.0.co;2-9"]),
        ("pmcid:PMC8005924 openalex:W7", ["pmcid:8005924", "openalex:W7"]),
        ("omid:ra/0612", []),
        ("pmid:0", []),
        ("7", []),
        ("", []),
    ],
)
def test_a_field_names_one_work_by_several_identifiers(field: Any, found: list[str]):
    assert [str(each) for each in identifiers_of(field)] == found


@pytest.mark.parametrize(
    ("creation", "date"),
    [
        ("2020", "2020"),
        ("2020-02", "2020-02"),
        ("2020-02-31", None),
        ("", None),
        (2020, None),
        ("soon", None),
        ("0001", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(creation: Any, date: str | None):
    assert parse_row(row("doi:10.5555/a", "doi:10.5555/b", creation=creation)).date == date


def test_rows_about_the_same_digits_of_another_scheme_are_of_another_work():
    paper = record("a", ids=["pmid:7"])
    line = "GET /index/v2/references/pmid:7"
    mine, other = row("pmid:7", "doi:10.5555/b"), row("doi:10.5555/7 omid:br/0617", "doi:10.5555/c")
    read = said({line: [mine, other]}, paper)
    assert [str(row.record.identifiers[0]) for row in read.said.rows] == ["doi:10.5555/b"]
    assert read.said.row_count == 2
    wrong = said({line: [other]}, paper)
    assert (wrong.said.state, wrong.said.paper) == ("failed", paper)


def test_works_are_one_across_rows_when_they_share_any_identifier():
    rows = [
        row("doi:10.5555/citing", "omid:br/061 doi:10.5555/b"),
        row("doi:10.5555/citing", "omid:br/062 doi:10.5555/b pmid:7"),
        row("doi:10.5555/citing", "pmid:7"),
    ]
    for order in (rows, rows[::-1]):
        (only,) = said({LINE: order}).said.rows
        assert len(only.record.identifiers) == 4
        assert only.record.record_id.endswith("/doi:10.5555/b")


def test_a_row_that_names_no_two_works_is_only_counted():
    read = said({LINE: [row("doi:10.5555/citing", "doi:10.5555/b"), row("doi:10.5555/citing", ""), 7]})
    assert (len(read.said.rows), read.said.row_count, read.said.state) == (1, 3, "partial")


def test_as_many_rows_as_the_service_lists_are_capped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.sources.opencitations.rows.MOST_ROWS", 2)
    rows = [row("doi:10.5555/citing", f"doi:10.5555/{n}") for n in range(2)]
    assert said({LINE: rows}).said.state == "capped"


def test_only_as_many_citations_are_kept_as_were_wanted():
    rows = [row(f"doi:10.5555/{n}", "doi:10.5555/citing") for n in range(5)]
    line = LINE.replace("references", "citations")
    read = said({line: rows}, references=False, citations=True, most_citations=3)
    assert (len(read.said.rows), read.said.row_count, read.said.state) == (3, 5, "partial")


def test_an_article_and_its_preprint_in_one_field_become_one_paper():
    known = [record("b", ids=["doi:10.7287/peerj.preprints.26727v1"]), record("c", ids=["doi:10.7717/peerj-cs.163"])]
    paper = record("a", ids=["doi:10.7717/peerj-cs.421"])
    body = recording("opencitations/references_200_documented").body
    read = said({"GET /index/v2/references/doi:10.7717/peerj-cs.421": body}, paper)
    corpus = assemble([paper, *known], [read.said])
    assert (len(corpus.papers), len(corpus.citations)) == (4, 3)


@given(st.lists(st.dictionaries(st.sampled_from(["citing", "cited", "creation"]), st.text(max_size=30) | st.none())))
def test_whatever_the_rows_hold_they_are_read_or_counted(rows: list[Any]):
    answer = OPENCITATIONS.read(REFERENCES, Reply(200, json.dumps(rows).encode()))
    assert answer.listed == len(rows)
