"""A pool of workers: each task is done once, and the first failure ends the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.bulk.engine import EngineFault
from graph.bulk.workers import Worker, WorkerPool
from graph.bulk.workspace import IngestOptions

MIB = 1 << 20


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[WorkerPool]:
    with WorkerPool(tmp_path, tmp_path, IngestOptions(threads=2, memory=1 << 30)) as workers:
        yield workers


@pytest.mark.parametrize(
    ("memory", "threads", "count", "memory_each"),
    [
        (1024 * MIB, 2, 2, 384 * MIB),
        (1024 * MIB, 8, 4, 192 * MIB),  # 768 MiB for engines that need 192 each
        (300 * MIB, 8, 1, 225 * MIB),
        (100 * MIB, 2, 1, 192 * MIB),  # the least that an engine can work with
    ],
)
def test_workers_share_three_quarters_of_the_memory(memory, threads, count, memory_each, tmp_path: Path):
    with WorkerPool(tmp_path, tmp_path, IngestOptions(threads=threads, memory=memory)) as workers:
        assert (len(workers), workers.memory_each) == (count, memory_each)


def test_every_task_is_done_once_and_no_worker_has_two_at_a_time(two_workers: WorkerPool):
    done: list[int] = []
    busy: set[int] = set()
    used: set[int] = set()

    def task_of(number: int):
        def task(worker: Worker) -> None:
            assert id(worker) not in busy
            busy.add(id(worker))
            used.add(id(worker))
            assert worker.engine.run("SELECT 42").fetchall() == [(42,)]
            done.append(number)
            busy.remove(id(worker))

        return task

    two_workers.run([task_of(number) for number in range(20)])
    two_workers.run([])
    assert sorted(done) == list(range(20))
    assert len(used) <= 2


def test_the_first_failure_interrupts_the_other_worker_and_no_task_begins_after_it(two_workers: WorkerPool):
    started: list[str] = []
    counting = threading.Event()

    def endless(worker: Worker) -> None:
        started.append("endless")
        counting.set()
        with pytest.raises(EngineFault, match=r"(?i)interrupt"):
            worker.engine.run("SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range < b.range")

    def failing(_: Worker) -> None:
        assert counting.wait(30)
        started.append("failing")
        raise ZeroDivisionError

    def later(_: Worker) -> None:
        started.append("later")

    with pytest.raises(ZeroDivisionError):
        two_workers.run([endless, failing, *[later] * 50])
    assert started == ["endless", "failing"]


def test_a_worker_that_begins_a_statement_after_the_failure_is_interrupted_too(two_workers: WorkerPool):
    counting = threading.Event()

    def late(worker: Worker) -> None:
        counting.set()
        time.sleep(0.3)  # the failure and its interrupt come now, between two statements
        worker.engine.run("SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range < b.range")

    def failing(_: Worker) -> None:
        assert counting.wait(30)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        two_workers.run([late, failing])
