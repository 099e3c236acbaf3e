"""What is decided about each answer of the contract's table, and how long is waited."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.semantic_scholar.endpoints import match_request, page_request, papers_request
from graph.sources.semantic_scholar.rate_limit import MAX_INTERVAL, RateLimit, backoff
from graph.sources.semantic_scholar.responses import NotFound, OffsetLimit, ResultPage
from graph.sources.semantic_scholar.retry_policy import (
    FEW_ATTEMPTS,
    MAX_ATTEMPTS,
    Abort,
    Accept,
    GiveUp,
    HttpResponse,
    NoResponse,
    Retry,
    Shrink,
    choose_action,
)

SHA = "a" * 40
PAGE = page_request(SHA, "references", offset=0, limit=1000)
SMALL = page_request(SHA, "references", offset=0, limit=25)
BATCH = papers_request(["ARXIV:1706.03762", "ARXIV:1810.04805"])
ONE = papers_request(["ARXIV:1706.03762"])
HTML = b"<!DOCTYPE HTML><html><body><h1>502 ERROR</h1></body></html>"


def error(text):
    return json.dumps({"error": text}).encode()


def message(text):
    return json.dumps({"message": text}).encode()


def decision(request, status, body, *, attempt=1, retry_after=None):
    return choose_action(request, HttpResponse(status, body, retry_after), attempt=attempt, jitter=0.5)


def test_a_page_is_accepted():
    assert decision(PAGE, 200, b'{"offset":0,"data":[]}') == Accept(ResultPage(()))


def test_a_batch_without_any_known_paper_is_answered_with_none_for_each():
    assert decision(BATCH, 400, error("No valid paper ids given")) == Accept((None, None))


def test_a_paper_that_is_not_found_is_an_answer():
    said = "Paper with id 0 not found"
    assert decision(PAGE, 404, error(said)) == Accept(NotFound(said))


def test_a_404_that_is_not_the_applications_own_says_nothing_about_the_paper():
    assert isinstance(decision(PAGE, 404, HTML), Retry)
    assert isinstance(decision(PAGE, 404, message("Not Found")), Retry)
    assert decision(PAGE, 404, HTML, attempt=FEW_ATTEMPTS) == GiveUp("status 404, 6 times", outage=True)


def test_the_wall_is_an_answer():
    assert decision(PAGE, 400, error("offset + limit must be < 10000")) == Accept(OffsetLimit(10_000))


def test_a_page_that_is_too_large_is_asked_for_in_lasting_halves():
    shrink = decision(PAGE, 400, error("Response would exceed maximum size...."))
    assert isinstance(shrink, Shrink)
    assert shrink.permanent
    assert isinstance(decision(SMALL, 400, error("Response would exceed maximum size....")), GiveUp)
    assert isinstance(decision(BATCH, 413, b""), Shrink)


def test_fields_that_are_refused_end_the_run():
    assert isinstance(decision(PAGE, 400, error("Unrecognized or unsupported fields: [x]")), Abort)


@pytest.mark.parametrize("body", [error("Unacceptable query params: [limit=0]"), HTML, b"", message("Bad Request")])
def test_any_other_400_is_given_up_at_once(body):
    assert isinstance(decision(PAGE, 400, body), GiveUp)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [message("Forbidden"), HTML, b""])
def test_a_refused_key_ends_the_run_and_names_the_variable(status, body):
    stop = decision(PAGE, status, body)
    assert isinstance(stop, Abort)
    assert "S2_API_KEY" in stop.remedy


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
@pytest.mark.parametrize("body", [message("Too Many Requests"), HTML, b"", b'{"message":7}'])
def test_a_busy_service_is_asked_again_and_then_left(status, body):
    first = decision(match_request("A title"), status, body)
    assert isinstance(first, Retry)
    assert first.slow_down is (status == 429)
    last = decision(match_request("A title"), status, body, attempt=MAX_ATTEMPTS)
    assert isinstance(last, GiveUp)
    assert last.outage


def test_a_504_asks_for_less_from_the_third_try_on():
    timed_out = message("Endpoint request timed out")
    assert isinstance(decision(PAGE, 504, timed_out, attempt=2), Retry)
    shrink = decision(PAGE, 504, timed_out, attempt=3)
    assert isinstance(shrink, Shrink)
    assert not shrink.permanent
    assert isinstance(decision(SMALL, 504, timed_out, attempt=3), Retry)


def test_retry_after_is_honoured_when_it_is_longer_than_our_own_wait():
    assert decision(PAGE, 429, message("x"), retry_after=77.0).after == 77.0
    assert decision(PAGE, 429, message("x"), retry_after=0.0).after == backoff(1, 0.5)


def test_a_retry_after_that_nobody_would_wait_for_ends_the_run():
    stop = decision(PAGE, 429, message("x"), retry_after=7200.0)
    assert isinstance(stop, Abort)
    assert "120 minutes" in stop.why


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status):
    gone = decision(PAGE, status, b"")
    assert isinstance(gone, GiveUp)
    assert "no other host" in gone.why


@pytest.mark.parametrize(
    "body",
    [HTML, b"", b"[]", b"null", b'{"data":{}}', b'{"offset":0}', b'{"offset":0,"next":0,"data":[]}', b'{"data":[NaN]}'],
)
def test_a_200_that_is_no_page_is_asked_again_and_then_given_up(body):
    assert isinstance(decision(PAGE, 200, body), Retry)
    given_up = decision(PAGE, 200, body, attempt=FEW_ATTEMPTS)
    assert isinstance(given_up, GiveUp)
    assert not given_up.outage
    assert "\n" not in given_up.why


def test_a_batch_that_cannot_be_used_is_split_so_that_one_paper_does_not_cost_the_others():
    assert isinstance(decision(BATCH, 200, HTML), Retry)
    assert isinstance(decision(BATCH, 200, HTML, attempt=3), Shrink)
    assert isinstance(decision(ONE, 200, HTML, attempt=FEW_ATTEMPTS), GiveUp)


def test_a_batch_of_another_length_than_asked_is_no_answer():
    assert isinstance(decision(BATCH, 200, b"[null]"), Retry)


def test_a_broken_connection_is_tried_again_and_then_left():
    assert isinstance(choose_action(PAGE, NoResponse("no connection"), attempt=1, jitter=0.5), Retry)
    assert choose_action(PAGE, NoResponse("no connection"), attempt=MAX_ATTEMPTS, jitter=0.5) == GiveUp(
        "no connection, 8 times", True
    )


def test_an_answer_without_end_is_asked_for_in_smaller_parts():
    assert isinstance(choose_action(PAGE, NoResponse("too much", too_large=True), attempt=1, jitter=0.5), Shrink)


@given(st.integers(100, 599), st.binary(max_size=80), st.integers(1, 20), st.floats(0, 1, exclude_max=True))
def test_every_answer_is_decided_and_no_request_is_sent_forever(status, body, attempt, jitter):
    outcome = choose_action(PAGE, HttpResponse(status, body), attempt=attempt, jitter=jitter)
    if isinstance(outcome, Retry):
        assert attempt < MAX_ATTEMPTS
        assert 0 <= outcome.after <= 120


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_wait_is_a_random_part_of_a_doubling_bound(attempt, jitter):
    assert 0 <= backoff(attempt, jitter) <= min(120, 2**attempt if attempt < 10 else 120)


def test_the_rate_limit_doubles_with_every_429_and_comes_back_slowly():
    rate_limit = RateLimit.start(has_key=False)
    for _ in range(10):
        rate_limit = rate_limit.slow_down()
    assert rate_limit.interval == MAX_INTERVAL
    assert 50 < rate_limit.speed_up().interval < MAX_INTERVAL
    for _ in range(200):
        rate_limit = rate_limit.speed_up()
    assert rate_limit.interval == rate_limit.min_interval == 3.0


def test_the_next_request_leaves_a_second_after_the_answer_because_the_last_may_have_arrived_late():
    rate_limit = RateLimit.start(has_key=True).request_sent(100.0).response_arrived(100.9)
    assert rate_limit.wait(100.9) == pytest.approx(1.0)
    rate_limit = RateLimit.start(has_key=True).request_sent(100.0).response_arrived(100.01)
    assert rate_limit.wait(100.01) == pytest.approx(1.09)


def test_a_clock_that_was_set_back_does_not_hold_the_run():
    assert RateLimit.start(has_key=True, last_sent=10_000.0).wait(5.0) == 1.1
