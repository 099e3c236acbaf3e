"""The loopback OpenAlex and OpenCitations answer as their recordings and documentation do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.model.corpus import Corpus
from graph.sources.openalex.works import parse_work

from ..helpers.service_talk import recording
from .endpoints import Limits
from .openalex import HOME, OpenAlexWorld, answer_openalex
from .opencitations import OpenCitationsWorld, answer_opencitations
from .wire import Answer, Request

WORKS = {
    f"W{n}": {"id": f"{HOME}W{n}", "doi": f"https://doi.org/10.5555/{n}", "title": f"Work {n}", "ids": {}}
    | {"referenced_works": [f"{HOME}W1"] if n > 1 else []}
    for n in range(1, 8)
}
OPENALEX = OpenAlexWorld(WORKS, {"W99": "W2"})


def openalex(path: str, query: str = "") -> Answer:
    return answer_openalex(OPENALEX, Request("GET", path, query), Limits())


def opencitations(path: str, world: OpenCitationsWorld) -> Answer:
    return answer_opencitations(world, Request("GET", path), Limits())


@pytest.mark.parametrize(
    ("path", "cost"),
    [
        ("/works/W1", "0"),
        ("/works/w1", "0"),
        ("/works/1", "0"),
        ("/works/doi:10.5555%2F1", "0"),
        ("/works/https://doi.org/10.5555/1", "0.0001"),
        ("/works/https%3A%2F%2Fdoi.org%2F10.5555%2F1", "0.0001"),
    ],
)
def test_openalex_charges_by_the_shape_of_the_path(path: str, cost: str):
    reply = openalex(path)
    if path == "/works/https://doi.org/10.5555/1":
        cost = "0"  # its last part is a number
    assert (reply.status, reply.value["title"], reply.headers["x-ratelimit-cost-usd"]) == (200, "Work 1", cost)


def test_openalex_answers_what_is_not_known_with_the_recorded_page():
    recorded = recording("openalex/work_404_html").response
    reply = openalex("/works/doi:10.5555%2Fnone")
    assert (reply.status, reply.content_type) == (recorded.status, "text/html; charset=utf-8")
    assert reply.body.startswith(b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>")


def test_openalex_refuses_what_it_does_not_take():
    assert openalex("/works/W1", "select=references").value["error"] == "Invalid query parameters error."
    for query, code in (("filter=doi:10.1000/a%2Cb", "f1:raw_comma_filter"), ("limit=7", "f1:limit_param")):
        assert openalex("/works", query).headers["x-openalex-edge-reject"] == code
    for query in ("per_page=201", "page=1&cursor=*", "cursor=broken", f"filter=openalex:{'%7C'.join(['W1'] * 101)}"):
        assert openalex("/works", query).status == 400


def test_openalex_walks_with_a_cursor_that_ends_on_a_short_page():
    seen: list[str] = []
    cursor = "*"
    for _ in range(3):
        page = openalex("/works", f"filter=cites:W1&per_page=3&select=id&cursor={cursor}").value
        seen += [each["id"] for each in page["results"]]
        assert page["meta"]["count"] == 6
        assert page["results"] == [] or set(page["results"][0]) == {"id"}
        cursor = page["meta"]["next_cursor"]
    assert cursor is None
    assert seen == [f"{HOME}W{n}" for n in range(2, 8)]


def test_openalex_redirects_a_merged_id_and_keeps_the_query():
    reply = openalex("/works/W99", "select=id")
    assert (reply.status, reply.headers["Location"]) == (301, "/works/W2?select=id")


def test_openalex_leaves_dead_ids_out_of_a_list():
    page = openalex("/works", "filter=openalex:W1%7CW2%7CW77").value
    assert [each["id"] for each in page["results"]] == [f"{HOME}W1", f"{HOME}W2"]


def test_the_worlds_of_the_shipped_corpus_can_be_read(corpus: Corpus):
    world = OpenAlexWorld.from_corpus(corpus)
    listed = [parse_work(each).listed for each in world.works.values()]
    assert (len(listed), sum(map(bool, listed)) > 10) == (len(corpus.papers), True)
    index = OpenCitationsWorld.from_corpus(corpus)
    assert len(index.works) > 50
    assert len(index.citations) > 10


DOCUMENTED = recording("opencitations/references_200_documented").body
INDEX = OpenCitationsWorld(
    {row[end].split()[0].removeprefix("omid:"): row[end] for row in DOCUMENTED for end in ("citing", "cited")},
    tuple(tuple(row[end].split()[0].removeprefix("omid:") for end in ("citing", "cited")) for row in DOCUMENTED),
    {"br/06101801781": "2021-03-10"},
)


def test_opencitations_gives_the_documented_rows_in_any_order():
    reply = opencitations("/index/v2/references/doi:10.7717/PEERJ-CS.421", INDEX)
    kept: list[dict[str, Any]] = [
        {name: row[name] for name in ("oci", "citing", "cited", "creation")} for row in DOCUMENTED
    ]
    found = [{name: row[name] for name in kept[0]} for row in reply.value]
    assert sorted(found, key=str) == sorted(kept, key=str)
    assert opencitations("/index/v2/reference-count/pmid:33817056", INDEX).value == [{"count": "3"}]
    back = opencitations("/index/v2/citations/doi:10.7287/peerj.preprints.26727v1", INDEX).value
    assert [row["citing"].split()[0] for row in back] == ["omid:br/06101801781"]


def test_opencitations_answers_an_unknown_work_with_an_empty_list_and_a_wrong_scheme_with_labelled_text():
    assert opencitations("/index/v2/references/doi:10.5555/unknown", INDEX).value == []
    reply = opencitations("/index/v2/references/arxiv:1706.03762", INDEX)
    recorded = recording("opencitations/made_404_no_operation").response
    assert (reply.status, reply.body, reply.content_type) == (404, recorded.body, "application/json")


def test_opencitations_says_in_meta_what_it_knows():
    reply = opencitations("/meta/v1/metadata/doi:10.7717/peerj-cs.421__doi:10.5555/unknown", INDEX)
    assert [row["id"].split()[0] for row in reply.value] == ["omid:br/06101801781"]
    assert set(reply.value[0]) == set(recording("opencitations/metadata_200_two_records").body[0])
    assert json.loads(opencitations("/meta/v1/metadata/doi:10.5555/unknown", INDEX).body) == []
