"""Requests as values: what they ask for, what they are called, and when they can become smaller."""

from __future__ import annotations

import hashlib
import json

import pytest

from graph.sources.semantic_scholar.endpoints import (
    CITATION_FIELDS,
    MAX_BATCH,
    PAPER_FIELDS,
    autocomplete_request,
    can_shrink,
    match_request,
    page_request,
    papers_request,
    size_of,
)

SHA = "a" * 40


def page(limit: int, **options):
    return page_request(SHA, "citations", offset=0, limit=limit, **options)


@pytest.mark.parametrize(
    ("request_", "size", "shrinks"),
    [
        (papers_request(["a"]), 1, False),
        (papers_request(["a", "b"]), 2, True),
        (page(25), 25, False),
        (page(26), 26, True),
        (match_request("A title"), 1, False),
        (autocomplete_request("A title"), 1, False),
    ],
)
def test_a_request_can_become_smaller_down_to_one_paper_or_25_rows(request_, size, shrinks):
    assert (size_of(request_), can_shrink(request_)) == (size, shrinks)


@pytest.mark.parametrize("count", [0, MAX_BATCH + 1])
def test_a_batch_of_no_papers_or_of_too_many_cannot_be_requested(count):
    with pytest.raises(ValueError, match=f"a batch names 1 to 500 papers, not {count}"):
        papers_request(["a"] * count)
    assert size_of(papers_request(["a"] * MAX_BATCH)) == 500


def test_citing_sentences_are_only_requested_on_demand():
    assert dict(page(10).params)["fields"] == CITATION_FIELDS
    assert dict(page(10, contexts=True).params)["fields"] == f"contexts,{CITATION_FIELDS}"
    assert "contexts" not in CITATION_FIELDS


def test_an_id_is_quoted_where_it_would_end_the_path():
    request = page_request("DOI:10.1000/a#b?c", "references", offset=0, limit=1)
    assert request.path == "/graph/v1/paper/DOI:10.1000/a%23b%3Fc/references"


def test_only_the_beginning_of_a_title_is_completed():
    assert dict(autocomplete_request("x" * 200).params) == {"query": "x" * 100}
    assert dict(match_request("x" * 200).params)["query"] == "x" * 200


def test_a_request_reads_on_one_line_without_its_fields():
    assert str(papers_request(["a", "b"])) == "POST /graph/v1/paper/batch (2 papers)"
    assert str(page(10)) == f"GET /graph/v1/paper/{SHA}/citations?offset=0&limit=10"
    assert str(match_request("A\n#")) == "GET /graph/v1/paper/search/match?query=A%0A%23"


def test_requests_that_differ_in_anything_have_other_keys():
    requests = [
        papers_request(["a"]),
        papers_request(["b"]),
        papers_request(["a", "b"]),
        page(10),
        page(11),
        page(10, contexts=True),
        page(10, dates="2020-01-01:2020-01-31"),
        match_request("A title"),
        autocomplete_request("A title"),
    ]
    assert len({request.key for request in requests}) == len(requests)


def test_the_key_of_a_request_stays_the_same_so_that_old_caches_can_be_read():
    parts = ["POST", "/graph/v1/paper/batch", [["fields", PAPER_FIELDS]], ["a"]]
    expected = hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()[:32]
    assert papers_request(["a"]).key == expected == "1cea899aa539bd2435038785753445c4"
