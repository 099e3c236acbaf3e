"""Several shards at a time: threads share what they learn, and nothing is lost whichever of them fails.

No test here waits for time to pass: the service holds requests until as many as expected have arrived.
"""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from graph.bulk.datasets import Link, ServiceFault
from graph.bulk.download import _BLOCK as BLOCK
from graph.bulk.download import Downloader
from graph.bulk.progress import IngestProgress
from graph.bulk.threads import HostPauses, Interrupted, SharedLinks, StopSignal, run_in_threads
from graph.errors import OutputError
from graph.interfaces.cli.bulk import bulk_command
from graph.interfaces.cli.fetch import FetchContext

from ..helpers.bulk_service import KEY, World, serving
from ..helpers.commands import lineage_started

NAMES = [f"20260903_{n}.gz" for n in range(7)]
CHANCE = random.Random(6)
SHARDS = {name: gzip.compress(b'{"contexts":"%s"}\n' % CHANCE.randbytes(600_000).hex().encode(), 1) for name in NAMES}
"""Long enough that a thread has written a block when a response stops in the middle."""


@pytest.fixture
def world() -> World:
    return World(shards={"citations": dict(SHARDS)})


@pytest.fixture
def url(world: World) -> Iterator[str]:
    with serving(world) as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "2026-09-01/citations"


def arguments(url: str, to: Path, threads: object) -> list[str]:
    return [
        *("download", "--datasets", "citations", "--to", str(to), "--base-url", url),
        *(() if threads is None else ("--at-once", str(threads))),
    ]


def download(url: str, to: Path, threads: object = 3) -> Result:
    outside = FetchContext(sleep=lambda _: None)
    return CliRunner().invoke(bulk_command, arguments(url, to, threads), obj=outside, env={"S2_API_KEY": KEY})


def message_of(result: Result) -> str:
    return f"{result.output}{result.exception or ''}"


def ranges_requested(world: World, file: str = "") -> list[str]:
    return [headers["Range"] for path, headers in world.requests if path.startswith("/staging/") and file in path]


def assert_complete(folder: Path) -> None:
    assert {path.name: path.read_bytes() for path in folder.glob("*.gz")} == SHARDS
    assert {json.loads(path.read_text())["bytes"] for path in folder.glob("*.json")} == set(map(len, SHARDS.values()))
    assert not list(folder.glob("*.part"))


@pytest.mark.parametrize(("threads", "expected"), [(None, 4), (2, 2), (7, 7), (16, 7)])
def test_as_many_shards_are_downloaded_at_a_time_as_the_option_says(threads, expected, url, world, tmp_path, folder):
    meeting = world.meeting = threading.Barrier(expected, action=lambda: setattr(world, "meeting", None))
    result = download(url, tmp_path, threads)
    assert result.exit_code == 0, message_of(result)
    assert not meeting.broken
    assert world.max_in_flight == expected
    assert_complete(folder)


@pytest.mark.parametrize("threads", [0, 17, "many"])
def test_an_option_out_of_range_is_refused_before_any_request(threads, url, world, tmp_path):
    result = download(url, tmp_path, threads)
    assert result.exit_code == 2
    assert "--at-once" in result.output
    assert world.requests == []


def test_links_that_expire_for_several_threads_are_listed_again_once(url, world, tmp_path, folder):
    world.stale_listings = 1
    # All four hold a link of the first listing when the first of them hears that it has expired.
    world.meeting = threading.Barrier(4, action=lambda: setattr(world, "meeting", None))
    result = download(url, tmp_path, 4)
    assert result.exit_code == 0, message_of(result)
    assert sum("/dataset/" in path for path, _ in world.requests) == 2
    assert result.output.count("expired") == 1
    assert len(ranges_requested(world)) == 4 + len(SHARDS)
    assert_complete(folder)


def test_each_shard_is_resumed_where_it_stopped(url, world, tmp_path, folder):
    world.faults_of = {"20260903_1.gz": ["cut", "503", "cut"], "20260903_2.gz": ["expires", "cut"]}
    assert download(url, tmp_path).exit_code == 0
    one, half = len(SHARDS["20260903_1.gz"]), len(SHARDS["20260903_1.gz"]) // 2
    ranges = ranges_requested(world, "20260903_1.gz")
    assert [place for n, place in enumerate(ranges) if place != ranges[n - 1]] == [
        "bytes=0-",
        f"bytes={half}-",
        f"bytes={half + (one - half) // 2}-",
    ]
    assert_complete(folder)


def test_the_shards_are_returned_in_the_order_of_the_listing(url, world, tmp_path):
    listed = [Link(world._link(url, f"2026-09-01/citations/{name}")) for name in reversed(NAMES)]
    world.faults_of = {NAMES[-1]: ["cut"] * 5}
    downloader = Downloader(
        requests.Session,
        stop=StopSignal(lambda _: None),
        random=random.Random(1).random,
        notice=lambda _: None,
        progress=IngestProgress(),
    )
    paths = downloader.download(lambda: listed, tmp_path, {"release": "2026-09-01"})
    assert [path.name for path in paths] == NAMES[::-1]


def test_a_host_that_sends_too_little_is_left_and_its_shard_goes_on_where_it_was(url, world, tmp_path):
    listed = [Link(world._link(url, f"2026-09-01/citations/{name}")) for name in NAMES]
    world.faults_of = {NAMES[1]: ["stalls", "stalls"]}
    downloader = Downloader(
        requests.Session,
        stop=StopSignal(lambda _: None),
        random=random.Random(1).random,
        notice=lambda _: None,
        progress=IngestProgress(),
        block_seconds=0.5,
    )
    paths = downloader.download(lambda: listed, tmp_path, {"release": "2026-09-01"})
    assert [path.read_bytes() for path in paths] == [SHARDS[name] for name in NAMES]
    assert len(ranges_requested(world, NAMES[1])) == 3


def test_a_damaged_shard_stops_the_others_and_complete_shards_are_kept(url, world, tmp_path, folder):
    broken = SHARDS[NAMES[2]][:-8] + bytes(8)
    world.shards["citations"][NAMES[2]] = broken
    world.faults_of = {NAMES[1]: ["stalls"]}  # whoever waits for it is not waited for
    result = download(url, tmp_path, 2)
    assert f"{NAMES[2]}: {len(broken):,} bytes as announced, but" in message_of(result)
    assert {path.name for path in folder.glob("*.gz")} == {NAMES[0]}
    assert {path.name for path in folder.glob("*.part")} == {f"{NAMES[1]}.part"}
    assert not ranges_requested(world, NAMES[3])
    world.shards["citations"][NAMES[2]] = SHARDS[NAMES[2]]
    assert download(url, tmp_path, 2).exit_code == 0
    assert_complete(folder)


def test_several_shards_that_cannot_be_downloaded_are_counted(url, world, tmp_path, folder):
    world.meeting = threading.Barrier(3, action=lambda: setattr(world, "meeting", None))
    world.faults_of = {NAMES[0]: ["503"] * 8, NAMES[1]: ["500"] * 8}
    result = download(url, tmp_path)
    assert "8 times; try again later; 1 more could not be downloaded" in message_of(result)
    assert not list(folder.glob("20260903_[01].gz"))
    assert (folder / NAMES[2]).read_bytes() == SHARDS[NAMES[2]]  # was under way, and came to its end
    assert download(url, tmp_path).exit_code == 0
    assert_complete(folder)


def test_a_full_disk_ends_all_threads_with_one_message_and_the_next_run_continues(url, tmp_path, folder):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(map(len, SHARDS.values())) // 2, before[1]))
    try:
        result = download(url, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(result.exception, OutputError)
    assert "make room" in message_of(result)
    assert not list(folder.glob("*.gz"))
    assert download(url, tmp_path).exit_code == 0
    assert_complete(folder)


@contextmanager
def started(url: str, to: Path, world: World) -> Iterator[subprocess.Popen[str]]:
    """A process that has downloaded one block of three shards, and waits for the rest."""
    with lineage_started("bulk", *arguments(url, to, 3), stdout=subprocess.DEVNULL, env={"S2_API_KEY": KEY}) as running:
        for _ in range(3):
            assert world.stalled.acquire(timeout=60)
        while [path.stat().st_size for path in to.rglob("*.part")] != [BLOCK] * 3:  # sent, and not yet written
            assert running.poll() is None
            time.sleep(0.01)
        yield running


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_download_that_was_killed_or_interrupted_is_continued_to_the_same_bytes(how, url, world, tmp_path, folder):
    for k in (1, 2, 4):
        world.faults_of[NAMES[k]] = ["stalls"]
    with started(url, tmp_path, world) as running:
        running.send_signal(how)
        _, said = running.communicate(timeout=60)  # the service never ends these answers
    assert running.returncode == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in said
    if how == signal.SIGINT:
        assert "type the same command again" in said.lower()
    assert len(list(folder.glob("*.gz"))) == 2
    assert download(url, tmp_path).exit_code == 0
    assert [ranges_requested(world, NAMES[k]) for k in (1, 2, 4)] == [["bytes=0-", f"bytes={BLOCK}-"]] * 3
    assert_complete(folder)


def test_a_second_download_into_the_same_folder_is_refused(url, world, tmp_path, folder):
    world.faults_of = {name: ["stalls"] for name in NAMES[:3]}
    with started(url, tmp_path, world):
        assert "another run is working on this folder" in message_of(download(url, tmp_path))


def test_a_folder_in_the_place_of_a_shard_is_reported(url, world, tmp_path, folder):
    (folder / NAMES[3]).mkdir(parents=True)
    assert f"{NAMES[3]}: a folder stands where a shard must go" in message_of(download(url, tmp_path))
    assert not ranges_requested(world)


# What the threads share, by itself


def test_while_one_thread_pauses_for_a_host_no_other_thread_uses_it():
    events: list[str] = []
    asleep, woken = threading.Event(), threading.Event()

    def sleep(_: float) -> None:
        asleep.set()
        woken.wait(30)
        events.append("slept")

    hosts = HostPauses(StopSignal(sleep))

    def other() -> None:
        hosts.wait_for("elsewhere")
        events.append("asked elsewhere")
        woken.set()
        hosts.wait_for("here")
        events.append("asked here")

    pausing = threading.Thread(target=hosts.pause, args=("here", 7.0))
    pausing.start()
    assert asleep.wait(30)
    asking = threading.Thread(target=other)
    asking.start()
    for thread in (pausing, asking):
        thread.join(30)
    assert events == ["asked elsewhere", "slept", "asked here"]


def test_a_stop_ends_every_wait():
    stop = StopSignal()
    hosts = HostPauses(stop)
    stopped: list[str] = []

    def waiting(wait: object, *given: object) -> None:
        with pytest.raises(Interrupted):
            wait(*given)  # type: ignore[operator]
        stopped.append(str(wait))

    threads = [
        threading.Thread(target=waiting, args=given)
        for given in ((hosts.pause, "here", 3600.0), (stop.sleep, 3600.0), (hosts.wait_for, "here"))
    ]
    for thread in threads:
        thread.start()
    stop.stop()
    for thread in threads:
        thread.join(30)
    assert len(stopped) == 3


def test_a_listing_that_failed_is_not_requested_again_by_other_threads():
    asked: list[int] = []

    def listing() -> list[Link]:
        asked.append(1)
        if len(asked) > 1:
            raise ServiceFault("no list")
        return [Link("https://here/a.gz")]

    links = SharedLinks(listing, StopSignal(), lambda _: None)
    for _ in range(3):
        with pytest.raises(ServiceFault, match="no list"):
            links.renew(0)
    assert len(asked) == 2


def test_an_unexpected_exception_of_a_task_is_raised():
    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_in_threads([fail] * 9, nullcontext, 3, StopSignal())
