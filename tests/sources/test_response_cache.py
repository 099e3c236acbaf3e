"""The cache of responses: no cut off or damaged line counts, and one run uses it at a time."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError, OutputError
from graph.sources.http.response_cache import CachedResponse, ResponseCache
from graph.sources.semantic_scholar.endpoints import match_request, page_request, papers_request

AT = "2026-11-23T10:00:00Z"
ONE, TWO = papers_request(["ARXIV:1706.03762"]), page_request("a" * 40, "references", offset=0, limit=1000)
ANSWER = CachedResponse("accept", 200, '[{"title": "Ünïcode"}]'.encode())


def filled(folder):
    with ResponseCache(folder) as cache:
        cache.begin("2026-11-23")
        cache.put(ONE, ANSWER, fetched_at=AT)
        cache.put(TWO, CachedResponse("shrink", 504, b"\xff not UTF-8"), fetched_at=AT)


def test_an_answer_is_there_again_in_the_next_run(tmp_path):
    filled(tmp_path)
    with ResponseCache(tmp_path) as cache:
        assert cache.observed == "2026-11-23"
        assert cache.get(ONE) == ANSWER
        assert cache.get(TWO) == CachedResponse("shrink", 504, b"\xff not UTF-8")
        assert cache.get(match_request("never asked")) is None


def test_the_log_is_one_json_object_a_line(tmp_path):
    filled(tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert [sorted(row)[0] for row in rows] == ["observation", "body", "body64"]
    assert rows[1]["fetched_at"] == AT
    assert rows[1]["request"]["ids"] == ["ARXIV:1706.03762"]


@given(st.floats(0, 1))
def test_a_log_that_was_torn_anywhere_keeps_its_whole_lines_and_can_be_added_to(tmp_path_factory, share):
    folder = tmp_path_factory.mktemp("raw")
    filled(folder)
    path = folder / "answers.jsonl"
    whole = path.read_bytes()
    torn = whole[: int(len(whole) * share)]
    path.write_bytes(torn)
    lines = torn.count(b"\n")
    with ResponseCache(folder) as cache:
        assert [cache.observed is not None, cache.get(ONE) is not None, cache.get(TWO) is not None] == [
            lines > n for n in range(3)
        ]
        assert cache.damaged == 0
        cache.begin("2026-11-24")
        cache.put(TWO, ANSWER, fetched_at=AT)
    with ResponseCache(folder) as cache:
        assert (cache.observed, cache.get(TWO), cache.damaged) == ("2026-11-24", ANSWER, 0)


def test_a_damaged_response_is_skipped_and_the_others_stay(tmp_path):
    filled(tmp_path)
    path = tmp_path / "answers.jsonl"
    path.write_bytes(path.read_bytes().replace("Ünïcode".encode(), b"Anything"))
    with ResponseCache(tmp_path) as cache:
        assert (cache.damaged, cache.get(ONE)) == (1, None)
        assert cache.get(TWO) is not None


def test_lines_of_rubbish_in_the_middle_are_counted(tmp_path):
    filled(tmp_path)
    path = tmp_path / "answers.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, b"\x00\x00\n", b"[1]\n", b'{"request": 7}\n', *rest]))
    with ResponseCache(tmp_path) as cache:
        assert (cache.damaged, cache.get(ONE)) == (3, ANSWER)


def test_a_new_observation_asks_everything_again_and_keeps_the_old_answers(tmp_path):
    filled(tmp_path)
    before = (tmp_path / "answers.jsonl").read_bytes()
    with ResponseCache(tmp_path) as cache:
        cache.begin("2027-01-01")
        assert cache.get(ONE) is None
        assert cache.observations == 2
    assert (tmp_path / "answers.jsonl").read_bytes().startswith(before)


def test_a_second_run_says_so_and_stops(tmp_path):
    with ResponseCache(tmp_path), pytest.raises(InputError, match="another fetch is running"):
        ResponseCache(tmp_path)
    with ResponseCache(tmp_path):
        pass


def test_a_run_in_another_process_is_seen_too(tmp_path):
    with ResponseCache(tmp_path):
        code = (
            "from graph.sources.http.response_cache import ResponseCache\n"
            f"from pathlib import Path\nResponseCache(Path({str(tmp_path)!r}))"
        )
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "another fetch is running" in second.stderr


@pytest.fixture
def full_disk():
    """Files may not grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_reported_and_loses_nothing(tmp_path, full_disk):
    filled(tmp_path)
    size = (tmp_path / "answers.jsonl").stat().st_size
    big = CachedResponse("accept", 200, json.dumps(["x" * 10_000]).encode())
    with ResponseCache(tmp_path) as cache:
        full_disk(size + 5_000)
        with pytest.raises(OutputError, match="make room and type the same command again"):
            cache.put(match_request("big"), big, fetched_at=AT)
        full_disk(resource.RLIM_INFINITY)
        assert (tmp_path / "answers.jsonl").stat().st_size == size
        cache.put(match_request("big"), big, fetched_at=AT)
    with ResponseCache(tmp_path) as cache:
        assert (cache.get(ONE), cache.get(match_request("big")), cache.damaged) == (ANSWER, big, 0)


def test_a_folder_that_cannot_be_made_is_one_message(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="choose another folder with --to"):
        ResponseCache(tmp_path / "file" / "raw")


def test_when_a_request_last_went_out_is_known_to_the_next_run(tmp_path):
    with ResponseCache(tmp_path) as cache:
        assert cache.last_sent is None
        cache.note_sent(1_000_000_000.25)
    with ResponseCache(tmp_path) as cache:
        assert cache.last_sent == 1_000_000_000.25


def test_the_plan_and_the_end_of_an_observation_are_remembered_and_written_once(tmp_path):
    with ResponseCache(tmp_path) as cache:
        cache.begin("2026-11-23")
        assert (cache.plan, cache.finished) == (None, False)
        for _ in range(2):
            cache.save_plan({"wanted": [["ARXIV:1"]]})
            cache.finish()
    with ResponseCache(tmp_path) as cache:
        assert (cache.plan, cache.finished, cache.observations) == ({"wanted": [["ARXIV:1"]]}, True, 1)
        for _ in range(2):
            cache.save_plan({"wanted": [["ARXIV:1"]]})
            cache.finish()
    lines = (tmp_path / "answers.jsonl").read_text().splitlines()
    assert [next(iter(json.loads(line))) for line in lines] == ["observation", "plan", "finished"]


def test_a_new_observation_has_neither_plan_nor_end_nor_responses_in_the_next_run_too(tmp_path):
    filled(tmp_path)
    with ResponseCache(tmp_path) as cache:
        cache.save_plan({"wanted": []})
        cache.finish()
        cache.begin("2027-01-01")
        assert (cache.plan, cache.finished, len(cache)) == (None, False, 0)
    with ResponseCache(tmp_path) as cache:
        assert (cache.observed, cache.plan, cache.finished, len(cache)) == ("2027-01-01", None, False, 0)


def test_a_response_can_be_read_again_at_once_and_the_last_one_to_a_request_counts(tmp_path):
    with ResponseCache(tmp_path) as cache:
        cache.begin("2026-11-23")
        for body in (b"[1]", b"[2]"):
            cache.put(ONE, CachedResponse("accept", 200, body), fetched_at=AT)
            assert cache.get(ONE) == CachedResponse("accept", 200, body)
        assert len(cache) == 1


def test_responses_to_a_path_come_in_the_order_in_which_they_came(tmp_path):
    batches = [papers_request([f"ARXIV:{n}"]) for n in (1, 2, 3)]
    with ResponseCache(tmp_path) as cache:
        cache.begin("2026-11-23")
        for n, request in enumerate([batches[0], TWO, batches[1], batches[2], batches[0]]):
            cache.put(request, CachedResponse("accept", 200, str(n).encode()), fetched_at=AT)
        assert [response.body for response in cache.responses_to("/paper/batch")] == [b"2", b"3", b"4"]
        assert [response.body for response in cache.responses_to("/references")] == [b"1"]


def test_a_response_is_on_disk_before_the_next_request_is_sent(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr("os.fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    with ResponseCache(tmp_path) as cache:
        cache.begin("2026-11-23")
        cache.put(ONE, ANSWER, fetched_at=AT)
        assert synced[-1] == cache.path.stat().st_size
