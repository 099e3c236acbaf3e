"""Work in units: each is done once, by one of several workers, and leaves a mark when it is done.

A mark is written after the unit's files are on disk. Whoever is killed loses the units that were
under way; the next run does these again, and no others.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from ..errors import OutputError
from ..utils.files import json_text, parse_json, read_text, write_all
from ..utils.locks import exclusive_lock

Worker = TypeVar("Worker")


class Checkpoints:
    """The marks of a folder: small JSON files, by the name of a unit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> dict[str, Any] | None:
        """What the unit left, or None when it is not done."""
        path = self._folder / f"{name}.json"
        if not path.is_file():
            return None
        return parse_json(read_text(path), where=str(path), remedy="delete this file; its unit is done again")

    def put(self, name: str, value: Mapping[str, Any], files: Iterable[Path] = ()) -> dict[str, Any]:
        """Mark a unit as done, after its files are on disk."""
        for path in files:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        write_all(self._folder, {f"{name}.json": json_text(dict(value))})
        return dict(value)


class WorkerPool(Generic[Worker]):
    """Threads with a worker each, such as an embedded engine, that take units from one list.

    Parameters
    ----------
    workers : iterable of Worker
    interrupt, release : callable
        Ends what a worker is doing now, from another thread; lets it go.
    """

    def __init__(
        self, workers: Iterable[Worker], interrupt: Callable[[Worker], None], release: Callable[[Worker], None]
    ) -> None:
        self._workers = list(workers)
        self._interrupt, self._release = interrupt, release

    def close(self) -> None:
        """Let all workers go."""
        for worker in self._workers:
            self._release(worker)

    def each(self, units: Iterable[Callable[[Worker], None]]) -> None:
        """Do all units; the first fault ends the others, too, and is raised."""
        waiting: SimpleQueue[Callable[[Worker], None] | None] = SimpleQueue()
        for unit in units:
            waiting.put(unit)
        for _ in self._workers:
            waiting.put(None)
        stopped = threading.Event()

        def take(worker: Worker) -> None:
            while not stopped.is_set() and (unit := waiting.get()) is not None:
                unit(worker)

        with ThreadPoolExecutor(len(self._workers)) as pool:
            futures = [pool.submit(take, worker) for worker in self._workers]
            try:
                done, _ = wait(futures, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
            except BaseException:
                stopped.set()
                for worker in self._workers:
                    self._interrupt(worker)
                raise


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of a store, so that two runs do not work on it.

    Raises
    ------
    InputError
        When another run holds it.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = exclusive_lock(folder / ".lock", busy="another run is working on this folder", remedy="wait for it")
            stack.enter_context(lock)
        except OSError as fault:
            raise OutputError(f"{folder}: cannot write ({fault.strerror}); choose another folder") from None
        yield
