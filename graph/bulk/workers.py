"""Workers: embedded DuckDB engines, each of which does one task at a time on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from .engine import DuckDB
from .shards import Pipe
from .workspace import IngestOptions

_ENGINE_FRACTION = 0.75
"""The engines' fraction of the memory; the rest is for decompression, Python and Parquet's buffers."""
_MIN_ENGINE_MEMORY = 192 << 20
"""Bytes that an engine needs at least."""
_INTERRUPT_SECONDS = 0.1
"""Seconds between two interrupts of a worker that goes on."""


@dataclass(slots=True)
class Worker:
    """An engine, the pipe through which it reads shards, and the memory that it may take, in bytes."""

    engine: DuckDB
    pipe: Pipe
    memory: int


Task = Callable[[Worker], None]


class WorkerPool:
    """Workers that share one list of tasks; what their engines spill to disk goes into `scratch`, in the store.

    The engines open no files but those of the store.

    There are as many as the options name threads, or as `memory` is enough for; they share it equally.
    """

    def __init__(self, store: Path, scratch: Path, options: IngestOptions) -> None:
        memory = int(options.memory * _ENGINE_FRACTION)
        count = min(options.threads, max(memory // _MIN_ENGINE_MEMORY, 1))
        self.memory_each = max(memory // count, _MIN_ENGINE_MEMORY)
        self._workers: list[Worker] = []
        for number in range(count):
            folder = scratch / str(number)
            folder.mkdir()
            engine = DuckDB(memory=self.memory_each, scratch=folder, folder=store)
            self._workers.append(Worker(engine, Pipe(folder / "pipe"), self.memory_each))

    def __len__(self) -> int:
        return len(self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        for worker in self._workers:
            worker.engine.close()

    def run(self, tasks: Iterable[Task]) -> None:
        """Do all tasks. The first that fails ends the others, too, and its exception is raised."""
        idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            idle.put(worker)
        stopped = threading.Event()

        def run_on_idle_worker(task: Task) -> None:
            if stopped.is_set():
                return
            worker = idle.get()
            try:
                task(worker)
            except BaseException:
                stopped.set()
                raise
            finally:
                idle.put(worker)

        with ThreadPoolExecutor(len(self._workers)) as executor:
            futures = [executor.submit(run_on_idle_worker, task) for task in tasks]
            try:
                done, _ = wait(futures, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
            except BaseException:
                stopped.set()
                self._interrupt_until_ended(futures)
                raise

    def _interrupt_until_ended(self, futures: Sequence[Future[None]]) -> None:
        """End what the workers do. An interrupt between two statements is lost, so it is repeated."""
        while True:
            for worker in self._workers:
                worker.engine.interrupt()
            if not wait(futures, timeout=_INTERRUPT_SECONDS).not_done:
                return
