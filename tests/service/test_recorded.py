"""The service of the tests gives the answers that were recorded from the real one."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from ..helpers.recorded import FOLDER, Exchange, recorded_exchange, recorded_exchanges
from . import CitationRecord, Limits, PaperRecord, Request, ScholarWorld, answer, made_up_sha
from .schema import violations


def answered(world: ScholarWorld, exchange: Exchange) -> tuple[int, Any]:
    """Status and body that the service of the tests gives to a recorded request."""
    address = urlsplit(exchange.url)
    body = json.dumps({"ids": exchange.ids}).encode() if exchange.ids else b""
    reply = answer(world, Request(exchange.method, address.path, address.query, body), Limits())
    return reply.status, reply.value


def known_by_doi(doi: str, **fields: Any) -> PaperRecord:
    return PaperRecord(made_up_sha(doi), {"externalIds": {"DOI": doi}, **fields})


def test_errors_are_the_recorded_ones():
    world = ScholarWorld((known_by_doi("10.1093/mind/lix.236.433"), known_by_doi("10.21105/joss.01686")))
    for name in ("bad_query_parameters", "not_found", "offset_cap_400"):
        exchange = recorded_exchange(name)
        assert answered(world, exchange) == (exchange.status, exchange.body)


def test_a_search_without_hits_is_the_recorded_one():
    exchange = recorded_exchange("empty_paginated_results")
    assert answered(ScholarWorld(), exchange) == (200, exchange.body)


@pytest.mark.parametrize(("name", "elided"), [("ref_empty_200", False), ("ref_elided_200", True)])
def test_pages_without_references_are_the_recorded_ones(name, elided):
    exchange = recorded_exchange(name)
    doi = urlsplit(exchange.url).path.split("DOI:")[1].removesuffix("/references")
    info = exchange.body["citingPaperInfo"]
    record = known_by_doi(doi, **info)
    world = ScholarWorld((record,)).eliding(*([record.id] if elided else []))
    assert answered(world, exchange) == (200, exchange.body)
    assert violations("ReferenceBatch", exchange.body) == []
    bare = PaperRecord(record.id, {"externalIds": {"DOI": doi}, "title": info["title"]})
    made = answered(ScholarWorld((bare,)).eliding(*([bare.id] if elided else [])), exchange)[1]["citingPaperInfo"]
    assert made["openAccessPdf"].keys() == info["openAccessPdf"].keys()
    assert ("elided" in made["openAccessPdf"]["disclaimer"]) == elided


def test_all_pages_of_a_reference_list_have_the_recorded_rows():
    exchanges = recorded_exchanges("get_paper_references")
    rows = [row for exchange in exchanges for row in exchange.body["data"]]
    citing = known_by_doi("10.2139/ssrn.2250500")
    cited = [PaperRecord.from_row(row["citedPaper"]) for row in rows]
    papers = {record.id: record for record in [citing, *cited]}
    world = ScholarWorld(tuple(papers.values()), tuple(CitationRecord(citing.id, each.id) for each in cited))
    made = []
    for exchange in exchanges:
        status, page = answered(world, exchange)
        assert status == exchange.status
        assert page.pop("citingPaperInfo")["title"] is None  # the recording is older than this field
        assert {**page, "data": len(page["data"])} == {**exchange.body, "data": len(exchange.body["data"])}
        assert violations("ReferenceBatch", exchange.body) == []
        made += page["data"]
    assert sorted(map(json.dumps, made)) == sorted(map(json.dumps, rows))
    assert any(row["citedPaper"]["paperId"] is None for row in made)


def test_a_batch_with_every_field_is_the_recorded_one():
    exchange = recorded_exchange("get_papers_return_not_found")
    world = ScholarWorld(tuple(PaperRecord.from_row(row) for row in exchange.body if row))
    assert answered(world, exchange) == (200, exchange.body)
    assert [fault for row in exchange.body if row for fault in violations("FullPaper", row)] == []


def test_a_batch_of_2026_has_the_recorded_papers_and_nulls_where_they_were():
    exchange = recorded_exchange("batch_with_null_200")
    world = ScholarWorld(tuple(PaperRecord.from_row(row) for row in exchange.body if row))
    fields = ",".join(exchange.body[0])  # the recording was cut to these
    narrowed = replace(exchange, url=f"/graph/v1/paper/batch?{urlencode({'fields': fields})}")
    status, rows = answered(world, narrowed)
    assert (status, rows) == (200, exchange.body)
    made = PaperRecord(rows[0]["paperId"], {"title": rows[0]["title"], "externalIds": rows[0]["externalIds"]}).to_json()
    assert made["openAccessPdf"] == rows[0]["openAccessPdf"]


def test_a_title_match_has_the_recorded_form():
    exchange = recorded_exchange("search_paper_match_title")
    [row] = exchange.body["data"]
    world = ScholarWorld((PaperRecord.from_row({"paperId": row["paperId"], "title": row["title"]}),))
    status, body = answered(world, exchange)
    assert status == 200
    assert violations("PaperMatch", exchange.body) == []
    [made] = body["data"]
    assert {**made, "matchScore": row["matchScore"]} == row
    assert type(made["matchScore"]) is type(row["matchScore"])


def test_every_recorded_answer_is_used_above_and_says_where_it_comes_from():
    used = set(Path(__file__).read_text(encoding="utf-8").split('"'))
    recordings = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    assert recordings.keys() <= used
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, recording in recordings.items():
        assert f"`{name}`" in readme
        assert recording["source"].startswith("https://github.com/")
        assert datetime.date.fromisoformat(recording["recorded"])
