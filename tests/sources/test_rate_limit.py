"""How fast requests follow each other, and how long is waited after a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.http.rate_limit import Pace, RateLimit, backoff
from graph.sources.semantic_scholar.service import PACE_WITH_KEY, PACE_WITHOUT_KEY


@pytest.mark.parametrize(("has_key", "interval"), [(True, 1.1), (False, 3.0)])
def test_requests_follow_each_other_after_a_second_with_a_key_and_after_three_without(has_key, interval):
    rate_limit = RateLimit.start(PACE_WITH_KEY if has_key else PACE_WITHOUT_KEY)
    assert rate_limit.wait(100.0) == 0.0
    assert rate_limit.request_sent(100.0).wait(100.0) == pytest.approx(interval)


def test_a_run_waits_for_the_last_request_of_the_run_before():
    assert RateLimit.start(PACE_WITH_KEY, last_sent=100.0).wait(100.5) == pytest.approx(0.6)


def test_no_time_is_waited_when_enough_has_passed():
    assert RateLimit.start(PACE_WITH_KEY).request_sent(100.0).response_arrived(100.5).wait(500.0) == 0.0


def test_the_next_request_is_sent_a_second_after_the_response_because_the_last_may_have_arrived_late():
    slow = RateLimit.start(PACE_WITH_KEY).request_sent(100.0).response_arrived(100.9)
    assert slow.wait(100.9) == pytest.approx(1.0)
    quick = RateLimit.start(PACE_WITH_KEY).request_sent(100.0).response_arrived(100.01)
    assert quick.wait(100.01) == pytest.approx(1.09)


def test_a_clock_that_was_set_back_does_not_hold_the_run():
    assert RateLimit.start(PACE_WITH_KEY, last_sent=10_000.0).wait(5.0) == 1.1


def test_every_429_doubles_the_interval_up_to_a_minute_and_it_slowly_returns():
    rate_limit = RateLimit.start(PACE_WITHOUT_KEY)
    intervals = []
    for _ in range(6):
        rate_limit = rate_limit.slow_down()
        intervals.append(rate_limit.interval)
    assert intervals == [6.0, 12.0, 24.0, 48.0, 60.0, 60.0]
    assert rate_limit.request_sent(100.0).wait(100.0) == 60.0
    assert rate_limit.speed_up().interval == pytest.approx(57.0)
    for _ in range(200):
        rate_limit = rate_limit.speed_up()
    assert rate_limit.interval == rate_limit.pace.interval == 3.0


def test_a_limit_that_is_slower_than_a_minute_from_the_start_stays():
    assert RateLimit(Pace(90.0, 1.0), 90.0).slow_down().interval == 90.0


@pytest.mark.parametrize(("attempt", "longest"), [(1, 2), (2, 4), (3, 8), (6, 64), (7, 120), (10_000, 120)])
def test_the_longest_wait_doubles_with_every_attempt_up_to_two_minutes(attempt, longest):
    assert backoff(attempt, 1.0) == longest
    assert backoff(attempt, 0.25) == longest / 4
    assert backoff(attempt, 0.0) == 0.0


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_wait_is_a_random_part_of_the_longest_one(attempt, jitter):
    assert backoff(attempt, jitter) == pytest.approx(backoff(attempt, 1.0) * jitter)
