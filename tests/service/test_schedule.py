"""Faults occur when the schedule says so, and the log of the service tells what tests want to know."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import requests

from . import (
    Mix,
    RateLimit,
    Request,
    RequestLog,
    Rule,
    ServerError,
    TooManyRequests,
    Truncated,
    outage,
    service_process,
    serving,
    transient,
)
from .__main__ import parse_faults
from .example import CITED, PAPER, WORLD
from .log import Entry
from .schedule import FaultSchedule


def test_a_rule_applies_to_the_nth_matching_request_and_to_as_many_as_it_says(client):
    rules = [Rule(ServerError(502), path=r"/citations\?.*offset=2", nth=2, times=2)]
    with serving(WORLD, faults=rules) as service:
        paths = [f"{PAPER}/citations?limit=2&offset={n}" for n in (0, 2, 0, 2, 2, 2)]
        statuses = [client.get(service.url + path, timeout=60).status_code for path in paths]
    assert statuses == [200, 200, 200, 502, 502, 200]
    assert service.log.faults() == {"ServerError 502": 2}


def test_an_outage_lasts_as_long_as_it_says():
    now = [100.0]
    schedule = FaultSchedule([outage(seconds=60, nth=2)], lambda: now[0])
    request = Request("GET", PAPER)
    failed = []
    for moment in (100.0, 101.0, 130.0, 160.9, 161.0, 500.0):
        now[0] = moment
        failed.append(schedule.fault_for(request) is not None)
    assert failed == [False, True, True, True, False, False]


def test_a_mix_is_the_same_in_every_run_and_order_and_every_request_succeeds_in_the_end():
    asked = [Request("GET", PAPER, f"offset={n}") for n in range(200)]

    def run(order, seed=3):
        schedule = FaultSchedule([transient(seed, most=4)], time.monotonic)
        return {each.query: [schedule.fault_for(each) for _ in range(6)] for each in order}

    once = run(asked)
    assert once == run(reversed(asked))
    assert once != run(asked, seed=4)
    assert 0.3 < sum(faults[0] is not None for faults in once.values()) / len(asked) < 0.5
    assert max(sum(f is not None and not f.harmless for f in faults) for faults in once.values()) <= 4
    certain = FaultSchedule([Mix(1, ((TooManyRequests(), 1.0),), most=4)], time.monotonic)
    assert [certain.fault_for(asked[0]) is None for _ in range(6)] == [False] * 4 + [True] * 2


def test_a_rate_limit_refuses_a_request_that_comes_too_soon():
    now = [0.0]
    schedule = FaultSchedule([RateLimit(1.0)], lambda: now[0])
    refused = []
    for moment in (0.0, 0.5, 1.0, 1.9, 2.5):
        now[0] = moment
        refused.append(schedule.fault_for(Request("GET", PAPER)) is not None)
    assert refused == [False, True, False, True, False]


def test_a_wrong_key_is_forbidden_and_no_key_is_in_the_log(client):
    with serving(WORLD, accepted_key="open sesame") as service:
        replies = [
            client.get(service.url + PAPER, headers=headers, timeout=60)
            for headers in ({"x-api-key": "open sesame"}, {"x-api-key": "secret"}, {})
        ]
    assert [reply.status_code for reply in replies] == [200, 403, 200]
    assert replies[1].json() == {"message": "Forbidden"}
    assert replies[1].headers["x-amzn-ErrorType"] == "ForbiddenException"
    assert [entry.key for entry in service.log.entries] == ["accepted", "refused", "absent"]
    assert [entry.key for entry in service.log.without_key()] == ["refused", "absent"]
    assert "sesame" not in repr(service.log)
    assert "secret" not in repr(service.log)
    with serving(WORLD, accepted_key="open sesame", key_required=True) as service:
        assert client.get(service.url + PAPER, timeout=60).status_code == 403


def entry(began, *, query="", status=200, whole=True):
    return Entry(began, began + 0.1, "GET", PAPER, query, "", "absent", status, None, whole)


def test_the_log_has_the_requests_that_were_repeated_although_they_had_been_answered():
    log = RequestLog(
        (
            *(entry(1.0, query="a=1&b=2"), entry(2.0, query="b=2&a=1")),
            *(entry(3.0, query="c", status=503), entry(4.0, query="c", whole=False), entry(5.0, query="c")),
        )
    )
    assert log.repeated() == {("GET", PAPER, "a=1&b=2", ""): 2}
    assert log.repeated(restarted_at=[1.5]) == {}
    assert log.repeated(restarted_at=[3.5]) == log.repeated()


def test_the_log_has_the_smallest_gap_and_the_most_requests_within_a_time():
    log = RequestLog(tuple(entry(began) for began in (10.0, 11.1, 12.2, 12.7, 20.0)))
    assert log.smallest_gap() == pytest.approx(0.5)
    assert log.most_within(1.7) == 3
    assert [RequestLog((entry(1.0), entry(2.0), entry(3.0))).most_within(span) for span in (1, 2, 2.5)] == [1, 2, 3]
    assert log.most_within(100) == 5
    assert (RequestLog().smallest_gap(), RequestLog().most_within(1)) == (float("inf"), 0)


def test_many_clients_at_once_are_all_served_and_logged():
    def fetch(url):
        with requests.Session() as session:
            session.trust_env = False
            for n in range(20):
                assert session.get(f"{url}?fields=title&n={n}", timeout=60).status_code == 200

    with serving(WORLD) as service:
        threads = [threading.Thread(target=fetch, args=(service.url + PAPER,)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(service.log.successes().values()) == 100
    assert not [each for each in threading.enumerate() if "process_request_thread" in each.name]


def test_faults_world_and_log_can_be_changed_while_the_service_runs(client):
    with serving(WORLD) as service:
        service.set_faults(outage(times=1))
        assert [client.get(service.url + PAPER, timeout=60).status_code for _ in range(2)] == [429, 200]
        service.serve(WORLD.crowding(CITED.id, 3))
        assert len(client.get(f"{service.url}{PAPER}/citations", timeout=60).json()["data"]) == 7
        service.clear_log()
        assert len(service.log) == 0


def test_the_service_keeps_running_and_logging_when_a_client_is_killed():
    script = "import sys, urllib.request, time; urllib.request.urlopen(sys.argv[1]).read(); print(1); time.sleep(60)"
    with service_process(faults="seed=3,slow=1.0,most=9", key="k") as service:
        url = f"{service.url}/graph/v1/paper/ARXIV:1706.03762"
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        with subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, env=environment) as fetcher:
            assert fetcher.stdout.readline() == b"1\n"
            fetcher.send_signal(signal.SIGKILL)
        [seen] = service.log.entries
    assert (seen.path, seen.fault, seen.key, seen.succeeded) == (url.removeprefix(service.url), "Slow", "absent", True)
    assert seen.ended <= time.monotonic()


def test_faults_are_parsed_from_a_command_line():
    assert parse_faults("") == ()
    assert parse_faults("seed=3") == (transient(3),)
    assert parse_faults("seed=3,rate=0.1,gap=0.5") == (RateLimit(0.5), transient(3, rate=0.1))
    assert parse_faults("seed=3,429=0.2,cut=0.1,most=2") == (Mix(3, ((TooManyRequests(), 0.2), (Truncated(), 0.1)), 2),)
    for wrong in ("429=0.2", "seed=3,bad=1", "seed=x"):
        with pytest.raises(ValueError, match=r"seed|no such fault|int"):
            parse_faults(wrong)


def test_the_fixture_serves_the_shipped_snapshot_and_whatever_it_is_given(client, scholar):
    services = scholar(), scholar(WORLD, faults=[outage()])
    replies = [client.get(f"{each.url}/graph/v1/paper/ARXIV:1706.03762", timeout=60) for each in services]
    assert [reply.status_code for reply in replies] == [200, 429]
    assert replies[0].json()["title"] == "Attention Is All You Need"
