"""The action that each response of the contract leads to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.http.outcomes import (
    MAX_ATTEMPTS,
    Abort,
    Accept,
    GiveUp,
    HttpResponse,
    NoResponse,
    Retry,
    Shrink,
)
from graph.sources.http.rate_limit import backoff
from graph.sources.semantic_scholar.endpoints import match_request, page_request, papers_request
from graph.sources.semantic_scholar.responses import NotFound, OffsetLimit, ResultPage
from graph.sources.semantic_scholar.retry_policy import choose_action

SHA = "a" * 40
PAGE = page_request(SHA, "references", offset=0, limit=1000)
SMALL = page_request(SHA, "references", offset=0, limit=25)
BATCH = papers_request(["ARXIV:1706.03762", "ARXIV:1810.04805"])
ONE = papers_request(["ARXIV:1706.03762"])
MATCH = match_request("A title")
HTML = b"<!DOCTYPE HTML><html><body><h1>502 ERROR</h1></body></html>"
TOO_LARGE = "Response would exceed maximum size...."


def error(text):
    """An error that the application reports."""
    return json.dumps({"error": text}).encode()


def message(text):
    """An error that the gateway before the application reports."""
    return json.dumps({"message": text}).encode()


def action(request, status, body, *, attempt=1, jitter=0.5, retry_after=None):
    return choose_action(request, HttpResponse(status, body, retry_after), attempt=attempt, jitter=jitter)


# Responses that answer the request.


def test_a_page_is_accepted():
    assert action(PAGE, 200, b'{"offset":0,"data":[]}') == Accept(ResultPage(()))


def test_a_batch_of_unknown_papers_is_answered_with_none_for_each():
    assert action(BATCH, 400, error("No valid paper ids given")) == Accept((None, None))


def test_a_paper_that_is_not_found_is_an_answer():
    assert action(PAGE, 404, error("Paper with id 0 not found")) == Accept(NotFound("Paper with id 0 not found"))


def test_the_offset_limit_is_an_answer_about_a_page():
    refusal = error("offset + limit must be < 10000")
    assert action(PAGE, 400, refusal) == Accept(OffsetLimit(10_000))
    assert isinstance(action(BATCH, 400, refusal), GiveUp)


# Responses after which the request becomes smaller.


@pytest.mark.parametrize(("status", "body"), [(400, error(TOO_LARGE)), (413, b"")])
@pytest.mark.parametrize(("request_", "smallest"), [(PAGE, SMALL), (BATCH, ONE)])
def test_a_request_that_is_too_large_becomes_smaller_for_good(status, body, request_, smallest):
    why = f"status {status} ({TOO_LARGE})" if body else f"status {status}"
    assert action(request_, status, body) == Shrink(why, permanent=True)
    assert action(smallest, status, body) == GiveUp(f"{why}, and the request cannot be made smaller")
    assert action(MATCH, status, body) == GiveUp(f"{why}, and the request cannot be made smaller")


def test_a_response_that_is_too_large_makes_the_request_smaller():
    response = NoResponse("too much", too_large=True)
    assert choose_action(PAGE, response, attempt=1, jitter=0.5) == Shrink("too much", permanent=True)


def test_a_504_makes_the_request_smaller_from_the_third_attempt_on():
    timed_out = message("Endpoint request timed out")
    assert isinstance(action(PAGE, 504, timed_out, attempt=2), Retry)
    assert action(PAGE, 504, timed_out, attempt=3) == Shrink("status 504 (Endpoint request timed out)", permanent=False)
    assert isinstance(action(SMALL, 504, timed_out, attempt=3), Retry)
    assert isinstance(action(PAGE, 503, HTML, attempt=3), Retry)


def test_a_malformed_batch_is_split_so_that_one_paper_does_not_cost_the_others():
    assert isinstance(action(BATCH, 200, HTML, attempt=2), Retry)
    split = action(BATCH, 200, HTML, attempt=3)
    assert isinstance(split, Shrink)
    assert not split.permanent
    assert isinstance(action(ONE, 200, HTML, attempt=3), Retry)
    assert isinstance(action(PAGE, 200, HTML, attempt=3), Retry)


# Responses after which the request is sent again, and how often.


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
@pytest.mark.parametrize("body", [message("Try later"), HTML, b"", b'{"message":7}'])
def test_an_overloaded_service_is_asked_again_and_then_left_alone(status, body):
    why = f"status {status} (Try later)" if body == message("Try later") else f"status {status}"
    attempts = 6 if status == 500 else 8  # a 500 seldom changes when the request is sent again
    assert action(MATCH, status, body) == Retry(1.0, why, slow_down=status == 429)
    assert isinstance(action(MATCH, status, body, attempt=attempts - 1), Retry)
    assert action(MATCH, status, body, attempt=attempts) == GiveUp(f"{why}, {attempts} times", outage=True)


def test_no_response_is_like_an_overloaded_service():
    lost = NoResponse("no connection")
    assert choose_action(PAGE, lost, attempt=7, jitter=0.5) == Retry(60.0, "no connection")
    assert choose_action(PAGE, lost, attempt=8, jitter=0.5) == GiveUp("no connection, 8 times", outage=True)


@pytest.mark.parametrize("body", [HTML, message("Not Found"), b""])
def test_a_404_that_the_application_does_not_report_says_nothing_about_the_paper(body):
    assert isinstance(action(PAGE, 404, body, attempt=5), Retry)
    given_up = action(PAGE, 404, body, attempt=6)
    assert isinstance(given_up, GiveUp)
    assert given_up.outage


@pytest.mark.parametrize(
    "body",
    [HTML, b"", b"[]", b"null", b'{"data":{}}', b'{"offset":0}', b'{"offset":0,"next":0,"data":[]}', b'{"data":[NaN]}'],
)
def test_a_malformed_page_is_requested_again_and_then_given_up_which_says_nothing_about_other_requests(body):
    assert isinstance(action(PAGE, 200, body, attempt=5), Retry)
    given_up = action(PAGE, 200, body, attempt=6)
    assert isinstance(given_up, GiveUp)
    assert not given_up.outage
    assert given_up.why.startswith("the answer cannot be used: ")
    assert given_up.why.endswith(", 6 times")
    assert "\n" not in given_up.why


def test_a_batch_of_another_length_than_requested_is_malformed():
    assert isinstance(action(BATCH, 200, b"[null]"), Retry)


@pytest.mark.parametrize("jitter", [0.0, 0.25, 0.99])
def test_the_wait_is_a_random_part_of_the_longest_one(jitter):
    assert action(PAGE, 503, b"", attempt=3, jitter=jitter) == Retry(8.0 * jitter, "status 503")


def test_retry_after_counts_when_it_is_longer_than_the_own_wait():
    assert action(PAGE, 429, b"", retry_after=77.0) == Retry(77.0, "status 429", slow_down=True)
    assert action(PAGE, 429, b"", attempt=4, retry_after=5.0).after == backoff(4, 0.5) == 8.0
    assert action(PAGE, 503, b"", retry_after=900.0).after == 900.0


# Responses that end the run, or the request.


def test_a_retry_after_that_nobody_would_wait_for_ends_the_run():
    assert isinstance(action(PAGE, 429, b"", retry_after=901.0), Abort)
    stop = action(PAGE, 429, message("x"), retry_after=7200.0)
    assert isinstance(stop, Abort)
    assert stop.why == "Semantic Scholar asks to wait 120 minutes (status 429 (x))"


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [message("Forbidden"), HTML, b""])
def test_a_refused_key_ends_the_run_and_the_remedy_names_the_variable(status, body):
    stop = action(PAGE, status, body)
    assert isinstance(stop, Abort)
    assert f"status {status}" in stop.why
    assert "S2_API_KEY" in stop.remedy


def test_fields_that_are_refused_end_the_run():
    stop = action(PAGE, 400, error("Unrecognized or unsupported fields: [x]"))
    assert isinstance(stop, Abort)
    assert "Unrecognized or unsupported fields: [x]" in stop.why


@pytest.mark.parametrize("body", [error("Unacceptable query params: [limit=0]"), HTML, b"", message("Bad Request")])
def test_any_other_400_is_given_up_at_once(body):
    given_up = action(PAGE, 400, body)
    assert isinstance(given_up, GiveUp)
    assert not given_up.outage


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308])
def test_a_redirect_is_not_followed(status):
    assert action(PAGE, status, b"") == GiveUp(f"status {status}: redirected, and the key goes to no other host")


@given(st.integers(100, 599), st.binary(max_size=80), st.integers(1, 20), st.floats(0, 1, exclude_max=True))
def test_no_request_is_sent_forever(status, body, attempt, jitter):
    chosen = choose_action(PAGE, HttpResponse(status, body), attempt=attempt, jitter=jitter)
    if isinstance(chosen, Retry):
        assert attempt < MAX_ATTEMPTS
        assert 0 <= chosen.after <= 120
