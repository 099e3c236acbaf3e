"""The client of a fetch: the cache first, then the service, at the rate limit, until a request has its outcome."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.sources.http.client import FetchClient, FetchStopped, RequestCounts, Unreachable, cached_outcome
from graph.sources.http.outcomes import Accept, GiveUp, HttpResponse, NoResponse, Shrink
from graph.sources.http.request import Request
from graph.sources.http.response_cache import CachedResponse, ResponseCache
from graph.sources.semantic_scholar.endpoints import page_request, papers_request
from graph.sources.semantic_scholar.paper_rows import PaperRow
from graph.sources.semantic_scholar.responses import ResultPage
from graph.sources.semantic_scholar.service import ScholarRules

from ..helpers.fetch_world import Time

SHA = "a" * 40
EMPTY_PAGE = HttpResponse(200, b'{"offset":0,"data":[]}')
RULES = ScholarRules(has_key=True)
BUSY = HttpResponse(503, b"")
TOO_LARGE = HttpResponse(413, b"")


def request(offset: int = 0) -> Request:
    return page_request(SHA, "references", offset=offset, limit=100)


class World:
    """A client with a cache on disk, a service that gives prepared responses, and a clock of its own."""

    def __init__(self, cache: ResponseCache, *responses: HttpResponse | NoResponse) -> None:
        self.cache, self.time = cache, Time(1_000.0)
        self.sent: list[tuple[Request, float]] = []
        self.shown: list[RequestCounts] = []
        self._responses = list(responses)
        self.client = FetchClient(
            cache,
            self._send,
            RULES,
            sleep=self.time.sleep,
            clock=self.time.clock,
            random=lambda: 0.5,
            progress=lambda counts: self.shown.append(
                RequestCounts(counts.sent, counts.answered, counts.from_cache, counts.rows, counts.waiting)
            ),
        )

    def _send(self, request: Request) -> HttpResponse | NoResponse:
        self.sent.append((request, self.time.now))
        return self._responses.pop(0) if len(self._responses) > 1 else self._responses[0]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Callable[..., World]]:
    with ResponseCache(tmp_path / "raw") as cache:
        cache.begin("2026-11-23")
        yield lambda *responses: World(cache, *responses)


def test_an_accepted_response_is_kept_and_comes_from_the_cache_next_time(world):
    first = world(EMPTY_PAGE)
    assert first.client(request()) == Accept(ResultPage(()))
    assert first.client.counts == RequestCounts(sent=1, answered=1)
    again = world(BUSY)
    assert again.client(request()) == Accept(ResultPage(()))
    assert again.sent == []
    assert again.client.counts == RequestCounts(answered=1, from_cache=1)
    row = json.loads((first.cache.path).read_text().splitlines()[1])
    assert (row["fetched_at"], row["verdict"], row["status"]) == ("1970-01-01T00:16:40Z", "accept", 200)


def test_rows_are_counted_whether_they_come_from_the_service_or_the_cache(world):
    page = HttpResponse(200, json.dumps({"data": [{"citedPaper": {"title": "A"}}] * 3}).encode())
    for _ in range(2):
        one = world(page)
        one.client(request())
        assert one.client.counts.rows == 3


@pytest.mark.parametrize(("response", "permanent"), [(TOO_LARGE, True), (NoResponse("too much", too_large=True), True)])
def test_a_request_that_is_too_large_is_remembered_as_such(world, response, permanent):
    one = world(response)
    assert isinstance(one.client(request()), Shrink)
    assert cached_outcome(one.cache, request(), RULES) == Shrink("too large in an earlier run", permanent=permanent)
    kept = one.cache.get(request())
    assert kept == CachedResponse("shrink_lasting", getattr(response, "status", 0), b"")


def test_a_request_that_only_took_too_long_is_remembered_as_such(world):
    one = world(HttpResponse(504, b""))
    outcome = one.client(request())
    assert outcome == Shrink("status 504", permanent=False)
    assert len(one.sent) == 3
    assert one.cache.get(request()) == CachedResponse("shrink", 504, b"")
    assert cached_outcome(one.cache, request(), RULES) == Shrink("too large in an earlier run", permanent=False)


def test_a_kept_response_that_cannot_be_read_any_more_is_requested_again(world):
    one = world(EMPTY_PAGE)
    one.cache.put(request(), CachedResponse("accept", 200, b"no page"), fetched_at="x")
    assert cached_outcome(one.cache, request(), RULES) is None
    assert one.client(request()) == Accept(ResultPage(()))
    assert len(one.sent) == 1


def test_what_was_never_requested_is_not_in_the_cache(world):
    assert cached_outcome(world(EMPTY_PAGE).cache, request(), RULES) is None


def test_a_request_is_repeated_after_growing_waits_and_then_given_up(world):
    one = world(BUSY)
    assert one.client(request()) == GiveUp("status 503, 8 times", outage=True)
    gaps = [round(later - earlier, 6) for (_, earlier), (_, later) in itertools.pairwise(one.sent)]
    assert gaps == [1.1, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0]  # half of 2, 4, 8 ... but no less than the rate limit
    assert one.cache.get(request()) is None


def test_a_429_doubles_the_time_between_requests_and_other_responses_shorten_it_again(world):
    busy = HttpResponse(429, b"")
    one = world(busy, EMPTY_PAGE)
    one.client(request(0))
    one.client(request(100))
    one.client(request(200))
    moments = [moment for _, moment in one.sent]
    assert [round(later - earlier, 6) for earlier, later in itertools.pairwise(moments)] == [
        2.2,
        round(2.2 * 0.95, 6),
        round(2.2 * 0.95**2, 6),
    ]


def test_when_a_request_is_sent_is_noted_before_its_response_arrives(world):
    one = world(EMPTY_PAGE)
    one.client(request())
    assert one.cache.last_sent == 1_000.0
    one.client(request(100))
    assert one.cache.last_sent == pytest.approx(1_001.1)


def test_a_long_wait_is_shown_with_its_reason_and_the_next_outcome_without(world):
    one = world(BUSY, EMPTY_PAGE)
    one.client(request())
    assert [counts.waiting for counts in one.shown] == ["status 503; waiting 1 s", ""]
    assert [counts.answered for counts in one.shown] == [0, 1]


def test_after_four_requests_in_a_row_that_fail_for_all_nothing_more_is_sent(world):
    one = world(BUSY)
    for n in range(4):
        assert one.client.outage is None
        one.client(request(100 * n))
    assert one.client.outage == "the service had stopped answering (status 503, 8 times)"
    assert len(one.sent) == 4 * 8
    assert one.client(request(900)) == GiveUp(one.client.outage)
    assert len(one.sent) == 4 * 8


def test_during_an_outage_the_cache_still_answers(world):
    world(EMPTY_PAGE).client(request(900))
    one = world(BUSY)
    for n in range(4):
        one.client(request(100 * n))
    assert one.client(request(900)) == Accept(ResultPage(()))


@pytest.mark.parametrize("between", [EMPTY_PAGE, HttpResponse(400, b"")])
def test_a_request_that_fails_for_itself_or_succeeds_ends_the_row_of_failures(world, between):
    failures = [BUSY] * 8 * 3
    one = world(*failures, between, *failures, EMPTY_PAGE)
    for n in range(7):
        one.client(request(100 * n))
    assert one.client.outage is None


def test_a_refused_key_ends_the_run(world):
    one = world(HttpResponse(403, b'{"message":"Forbidden"}'))
    with pytest.raises(FetchStopped, match=r"status 403 \(Forbidden\); check the key in S2_API_KEY"):
        one.client(request())
    assert len(one.sent) == 1


@pytest.mark.parametrize("status", [404, 405, 501])
def test_an_address_of_something_else_is_said_after_two_attempts_unless_the_service_has_answered(world, status):
    foreign = HttpResponse(status, b"<html>no such page</html>")
    one = world(foreign)
    with pytest.raises(Unreachable, match=rf"status {status}, 2 times: .*check --base-url"):
        one.client(request())
    assert len(one.sent) == 2
    one = world(EMPTY_PAGE, foreign)
    one.client(request(0))
    assert one.client(request(100)) == GiveUp(f"status {status}, 6 times", outage=True)
    one = world(foreign, EMPTY_PAGE)
    assert one.client(request(200)) == Accept(ResultPage(()))


def test_the_papers_of_a_batch_come_in_their_order(world):
    one = world(HttpResponse(200, json.dumps([None, {"paperId": SHA}]).encode()))
    outcome = one.client(papers_request(["ARXIV:1", SHA]))
    assert isinstance(outcome, Accept)
    assert [isinstance(each, PaperRow) for each in outcome.value] == [False, True]
