"""A client meets each fault as its name says, and the log of the service has it."""

from __future__ import annotations

import json
import time

import pytest
import requests

from . import (
    HOSTILE,
    ChangedId,
    Dropped,
    ElidedReferences,
    EmptyBody,
    HtmlPage,
    LoneSurrogate,
    Nested,
    NewCiter,
    NotANumber,
    NotJson,
    NullIds,
    Oversized,
    Rule,
    ServerError,
    Slow,
    TooManyRequests,
    Truncated,
    UnknownFields,
    WrongTypes,
    serving,
)
from .example import BATCH, CITED, CITERS, PAPER, WORLD


def faulty(fault, client, path=f"{PAPER}/citations", **params):
    with serving(WORLD, faults=[Rule(fault)]) as service:
        reply = client.get(service.url + path, params=params, timeout=60)
        [entry] = service.log.entries
    assert entry.fault == fault.name
    assert not entry.succeeded
    return reply


def test_a_complete_answer_is_logged_as_a_success(client):
    with serving(WORLD) as service:
        reply = client.get(service.url + PAPER, params={"fields": "title"}, timeout=60)
        [entry] = service.log.entries
    assert reply.json() == {"paperId": CITED.id, "title": "Cited"}
    assert (entry.method, entry.path, entry.query, entry.status) == ("GET", PAPER, "fields=title", 200)
    assert entry.succeeded
    assert entry.began <= entry.ended
    assert service.log.successes() == {("GET", PAPER, "fields=title", ""): 1}


def test_a_long_answer_is_compressed_for_a_client_that_accepts_gzip(client):
    with serving(WORLD.crowding(CITED.id, 50)) as service:
        packed = client.get(f"{service.url}{PAPER}/citations", timeout=60)
        plain = client.get(f"{service.url}{PAPER}/citations", headers={"Accept-Encoding": "identity"}, timeout=60)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content


@pytest.mark.parametrize("after", [None, 7, "Mon, 23 Nov 2026 10:00:00 GMT"])
def test_too_many_requests_has_a_retry_after_only_if_one_is_given(client, after):
    reply = faulty(TooManyRequests(retry_after=after), client)
    assert reply.status_code == 429
    assert reply.json()["code"] == "429"
    assert reply.headers.get("Retry-After") == (None if after is None else str(after))


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (ServerError(500), "application/json", '{"message": "Internal Server Error"}'),
        (ServerError(502), "text/html", "<H1>502 ERROR</H1>"),
        (ServerError(503), "text/html", "<H1>503 ERROR</H1>"),
        (ServerError(503, body="empty"), "text/html", ""),
        (ServerError(504), "application/json", '{"message": "Endpoint request timed out"}'),
        (ServerError(504, body="html"), "text/html", "<H1>504 ERROR</H1>"),
    ],
)
def test_server_errors_come_with_json_html_or_nothing(client, fault, kind, text):
    reply = faulty(fault, client)
    assert (reply.status_code, reply.headers["Content-Type"]) == (fault.status, kind)
    assert text in reply.text
    assert bool(text) == bool(reply.text)


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
def test_a_truncated_answer_breaks_off_before_its_announced_length(client, keep):
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        faulty(Truncated(keep), client)


@pytest.mark.parametrize("at", ["before", "after", "reset"])
def test_a_dropped_connection_gives_no_answer(client, at):
    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)) as caught:
        faulty(Dropped(at), client)
    assert ("reset by peer" in str(caught.value)) == (at == "reset")


def test_a_slow_answer_is_late_and_right_and_the_service_stops_without_waiting(client):
    with serving(WORLD, faults=[Rule(Slow(0.2)), Rule(Slow(60), nth=2)]) as service:
        began = time.monotonic()
        assert client.get(service.url + PAPER, timeout=60).status_code == 200
        assert time.monotonic() - began >= 0.2
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.get(service.url + PAPER, timeout=0.1)
        assert service.log.entries[0].succeeded
    assert time.monotonic() - began < 60


def test_elided_references_are_null_on_a_page_and_in_a_paper(client):
    page = faulty(ElidedReferences(), client, f"{PAPER}/references").json()
    assert page["data"] is None
    assert "offset" not in page
    assert faulty(ElidedReferences(), client, PAPER, fields="references").json()["references"] is None


def test_every_nth_paper_of_a_page_has_a_null_id_and_keeps_its_title(client):
    rows = faulty(NullIds(every=2), client, fields="title,year").json()["data"]
    assert [row["citingPaper"]["paperId"] is None for row in rows] == [False, True, False, True]
    assert rows[1]["citingPaper"] == {"paperId": None, "title": "Citer 3", "year": None}


def test_a_changed_id_is_another_one_and_always_the_same(client):
    first, again = (faulty(ChangedId(), client, PAPER, fields="corpusId,externalIds").json() for _ in range(2))
    assert first == again
    assert first["paperId"] != CITED.id
    assert first["corpusId"] == first["externalIds"]["CorpusId"] != CITED.corpus_id


def test_an_oversized_page_is_refused_until_it_is_small_enough(client):
    with serving(WORLD, faults=[Rule(Oversized(rows=2), times=None)]) as service:
        statuses = [client.get(f"{service.url}{PAPER}/citations?limit={n}", timeout=60).status_code for n in (4, 3, 2)]
        batches = [client.post(service.url + BATCH, json={"ids": [CITED.id] * n}, timeout=60) for n in (3, 2)]
    assert statuses == [400, 400, 200]
    assert [reply.status_code for reply in batches] == [400, 200]
    assert batches[0].json() == {"error": "Response would exceed maximum size...."}
    assert len(service.log.successes()) == 2


def test_a_new_citer_between_two_pages_makes_rows_repeat(client):
    with serving(WORLD, faults=[Rule(NewCiter(CITED.id))]) as service:
        pages = [
            client.get(f"{service.url}{PAPER}/citations?limit=2&offset={n}", timeout=60).json()["data"]
            for n in (0, 2, 4)
        ]
    seen = [row["citingPaper"]["paperId"] for page in pages for row in page]
    assert len(seen) == 5
    assert set(seen) == {each.id for each in CITERS}


@pytest.mark.parametrize("fault", HOSTILE, ids=lambda fault: fault.name)
def test_a_hostile_answer_has_status_200_on_every_endpoint(client, fault):
    with serving(WORLD, faults=[Rule(fault, times=None)]) as service:
        replies = [client.get(service.url + path, timeout=60) for path in (PAPER, f"{PAPER}/citations")]
        replies.append(client.post(service.url + BATCH, json={"ids": [CITED.id]}, timeout=60))
    assert {reply.status_code for reply in replies} == {200}
    assert not service.log.successes()


def test_each_hostile_body_is_what_its_name_says(client):
    fields = "title,year,authors,citationCount"
    assert faulty(HtmlPage(), client).text.startswith("<!doctype html>")
    assert faulty(EmptyBody(), client).content == b""
    with pytest.raises(json.JSONDecodeError):
        json.loads(faulty(NotJson(), client).content)
    with pytest.raises(RecursionError):
        json.loads(faulty(Nested(), client).content)
    assert len(faulty(Nested(), client).content) >= 10_000_000
    assert b"NaN" in faulty(NotANumber(), client, PAPER, fields=fields).content
    assert b"\\ud800" in faulty(LoneSurrogate(), client, PAPER).content
    assert "addedLastWeek" in faulty(UnknownFields(), client, PAPER).json()
    wrong = faulty(WrongTypes(), client, PAPER, fields=fields).json()
    assert wrong == {"paperId": 7, "title": 7, "year": "2017", "authors": {"0": "list"}, "citationCount": "4"}
    rows = faulty(WrongTypes(only=("year",)), client, fields=fields).json()["data"]
    assert {type(row["citingPaper"]["year"]) for row in rows} == {str}
    assert {type(row["citingPaper"]["title"]) for row in rows} == {str}
    assert {type(row["citingPaper"]["citationCount"]) for row in rows} == {int}
