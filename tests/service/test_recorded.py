"""Asked what the real service was asked, the service of the tests says what the real one said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from . import CitationRecord, Limits, PaperRecord, Request, ScholarWorld, answer, made_up_sha
from .schema import departures

RECORDED = Path(__file__).parents[3] / "shared" / "semantic_scholar" / "recorded" / "api"
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded responses are not beside this checkout (../shared/semantic_scholar)"
)


def recording(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def said(world: ScholarWorld, interaction: dict[str, Any]) -> tuple[int, Any]:
    """Status and body for a recorded request."""
    if "uri" in interaction:
        address = urlsplit(interaction["uri"])
        path, query = address.path, address.query
    else:
        asked = interaction["request"]
        path, query = asked["path"], urlencode(asked["params"])
    method = interaction.get("method", "GET")
    reply = answer(world, Request(method, path, query, (interaction.get("request_body") or "").encode()), Limits())
    return reply.status, reply.value


def known_by_doi(doi: str, **fields: Any) -> PaperRecord:
    return PaperRecord(made_up_sha(doi), {"externalIds": {"DOI": doi}, **fields})


def test_errors_are_the_recorded_ones():
    world = ScholarWorld((known_by_doi("10.1093/mind/lix.236.433"), known_by_doi("10.21105/joss.01686")))
    [unknown_fields] = recording("bad_query_parameters")["interactions"]
    not_found = recording("not_found")["interactions"][0]
    for call in (unknown_fields, not_found, recording("offset_cap_400")):
        assert said(world, call) == (call["status"], call["body"])


def test_a_search_without_hits_is_the_recorded_one():
    [call] = recording("empty_paginated_results")["interactions"]
    assert said(ScholarWorld(), call) == (200, call["body"])


@pytest.mark.parametrize(("name", "elided"), [("ref_empty_200", False), ("ref_elided_200", True)])
def test_pages_without_references_are_the_recorded_ones(name, elided):
    call = recording(name)
    doi = call["request"]["path"].split("DOI:")[1].removesuffix("/references")
    info = call["body"]["citingPaperInfo"]
    record = known_by_doi(doi, **info)
    world = ScholarWorld((record,)).eliding(*([record.id] if elided else []))
    assert said(world, call) == (200, call["body"])
    assert departures("ReferenceBatch", call["body"]) == []
    bare = PaperRecord(record.id, {"externalIds": {"DOI": doi}, "title": info["title"]})
    made = said(ScholarWorld((bare,)).eliding(*([bare.id] if elided else [])), call)[1]["citingPaperInfo"]
    assert made["openAccessPdf"].keys() == info["openAccessPdf"].keys()
    assert ("elided" in made["openAccessPdf"]["disclaimer"]) == elided


def test_a_walk_over_references_has_the_recorded_pages_and_rows():
    calls = recording("get_paper_references")["interactions"]
    rows = [row for call in calls for row in call["body"]["data"]]
    citing = known_by_doi("10.2139/ssrn.2250500")
    cited = [PaperRecord.from_row(row["citedPaper"]) for row in rows]
    papers = {record.id: record for record in [citing, *cited]}
    world = ScholarWorld(tuple(papers.values()), tuple(CitationRecord(citing.id, each.id) for each in cited))
    made = []
    for call in calls:
        status, page = said(world, call)
        assert status == call["status"]
        assert page.pop("citingPaperInfo")["title"] is None  # the recording is older than this field
        assert {**page, "data": len(page["data"])} == {**call["body"], "data": len(call["body"]["data"])}
        assert departures("ReferenceBatch", call["body"]) == []
        made += page["data"]
    assert sorted(map(json.dumps, made)) == sorted(map(json.dumps, rows))
    assert any(row["citedPaper"]["paperId"] is None for row in made)


def test_a_batch_with_every_field_is_the_recorded_one():
    [call] = recording("get_papers_return_not_found")["interactions"]
    world = ScholarWorld(tuple(PaperRecord.from_row(row) for row in call["body"] if row))
    status, rows = said(world, call)
    assert (status, rows) == (200, call["body"])
    assert [fault for row in call["body"] if row for fault in departures("FullPaper", row)] == []


def test_a_batch_of_2026_has_the_recorded_papers_and_nulls_where_they_were():
    call = recording("batch_with_null_200")
    world = ScholarWorld(tuple(PaperRecord.from_row(row) for row in call["body"] if row))
    body = json.dumps({"ids": call["ids"]}).encode()
    fields = ",".join(call["body"][0])  # the recording was cut to these
    rows = answer(world, Request("POST", "/graph/v1/paper/batch", urlencode({"fields": fields}), body), Limits()).value
    assert rows == call["body"]
    made = PaperRecord(rows[0]["paperId"], {"title": rows[0]["title"], "externalIds": rows[0]["externalIds"]}).to_json()
    assert made["openAccessPdf"] == rows[0]["openAccessPdf"]


def test_a_title_match_has_the_recorded_form():
    [call] = recording("search_paper_match_title")["interactions"]
    [row] = call["body"]["data"]
    world = ScholarWorld((PaperRecord.from_row({"paperId": row["paperId"], "title": row["title"]}),))
    status, body = said(world, call)
    assert status == 200
    assert departures("PaperMatch", call["body"]) == []
    [made] = body["data"]
    assert {**made, "matchScore": row["matchScore"]} == row
    assert type(made["matchScore"]) is type(row["matchScore"])


def test_every_recorded_response_of_these_endpoints_is_used_above():
    used = set(Path(__file__).read_text(encoding="utf-8").split('"'))
    assert {path.stem for path in RECORDED.glob("*.json")} <= used
