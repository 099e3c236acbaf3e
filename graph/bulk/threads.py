"""What the threads of a download share: when to stop, which hosts to leave alone, and the links."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import AbstractContextManager, suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from .datasets import Link, ServiceFault

Resource = TypeVar("Resource")

_POLL_SECONDS = 0.5
"""How long to wait at a time: on some systems Ctrl-C does not end a wait without a timeout."""
_SHUTDOWN_SECONDS = 1.0
"""How long to wait for threads that are to stop. A thread that hangs in the network is then left alone; it writes no
more."""


class Interrupted(Exception):
    """Another thread's exception, or Ctrl-C, ended the download."""


class StopSignal:
    """Stops all threads that share it, also those that wait; `sleep` is handed in, so that a test need not wait."""

    def __init__(self, sleep: Callable[[float], object] | None = None) -> None:
        self._event = threading.Event()
        self._sleep = sleep or self._event.wait

    def stop(self) -> None:
        """Stop all threads, for good."""
        self._event.set()

    def check(self) -> None:
        """Return if the thread may go on; raises `Interrupted` after `stop`."""
        if self._event.is_set():
            raise Interrupted

    def sleep(self, seconds: float) -> None:
        """Wait, at most until `stop`, which raises `Interrupted`."""
        self._sleep(seconds)
        self.check()


class HostPauses:
    """Which hosts to leave alone: when one thread is told to wait, all threads wait for that host."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop
        self._pauses: Counter[str] = Counter()
        self._changed = threading.Condition()

    def pause(self, host: str, seconds: float) -> None:
        """Wait, and keep all other threads from sending requests to this host meanwhile."""
        with self._changed:
            self._pauses[host] += 1
        try:
            self._stop.sleep(seconds)
        finally:
            with self._changed:
                self._pauses[host] -= 1
                self._changed.notify_all()

    def wait_for(self, host: str) -> None:
        """Return when a request may be sent to the host."""
        with self._changed:
            while self._pauses[host]:
                self._changed.wait()
        self._stop.check()


class SharedLinks:
    """The links of a listing. When they expire, one thread lists them again for all, and says so to `notice`."""

    def __init__(
        self, list_links: Callable[[], Sequence[Link]], stop: StopSignal, notice: Callable[[str], None]
    ) -> None:
        self._list_links, self._stop, self._notice = list_links, stop, notice
        self._lock = threading.Lock()
        self._generation = 0
        self._fault: ServiceFault | None = None
        self._links = {link.path: link for link in list_links()}

    def __iter__(self) -> Iterator[Link]:
        return iter(tuple(self._links.values()))

    def current(self, path: str) -> tuple[Link, int]:
        """The link to a shard, and the number of the listing that it is from."""
        with self._lock:
            return self._links[path], self._generation

    def renew(self, generation: int) -> None:
        """List the links again, unless another thread has done so since the listing with this number.

        When the service does not list them, this call and all later ones raise its `ServiceFault`, without another
        request.
        """
        with self._lock:
            self._stop.check()
            if generation != self._generation:
                return
            if self._fault is not None:
                raise self._fault
            self._notice("the links have expired; listing them again")
            try:
                self._links |= {link.path: link for link in self._list_links()}
            except ServiceFault as fault:
                self._fault = fault
                raise
            self._generation += 1


def run_in_threads(
    tasks: Iterable[Callable[[Resource], None]],
    open_resource: Callable[[], AbstractContextManager[Resource]],
    threads: int,
    stop: StopSignal,
) -> None:
    """Do tasks in several threads, in their order; each thread has a resource of its own, such as a session.

    After a `ServiceFault` no task begins; those that are running are finished, and it is raised. Any other exception of
    a task, and Ctrl-C, stops the other tasks.
    """
    waiting: SimpleQueue[Callable[[Resource], None]] = SimpleQueue()
    for task in tasks:
        waiting.put(task)
    faults: list[ServiceFault] = []

    def work(result: Future[None]) -> None:
        try:
            with open_resource() as resource, suppress(Empty, Interrupted):
                while not faults:
                    stop.check()
                    _run(waiting.get_nowait(), resource, faults)
        except BaseException as fault:  # noqa: BLE001  # raised again in the thread that waits
            result.set_exception(fault)
        else:
            result.set_result(None)

    results: list[Future[None]] = [Future() for _ in range(min(threads, waiting.qsize()))]
    # Not ThreadPoolExecutor: Python waits for its threads at exit, and Ctrl-C must not wait for a host that hangs.
    workers = [threading.Thread(target=work, args=(result,), daemon=True) for result in results]
    try:
        for worker in workers:
            worker.start()
        _wait_for(results)
    except BaseException:
        stop.stop()
        deadline = time.monotonic() + _SHUTDOWN_SECONDS
        for worker in workers:
            worker.join(max(deadline - time.monotonic(), 0.0))
        raise
    if faults:
        first, *others = faults
        raise ServiceFault(f"{first}{f'; {len(others)} more could not be downloaded' if others else ''}")


def _run(task: Callable[[Resource], None], resource: Resource, faults: list[ServiceFault]) -> None:
    try:
        task(resource)
    except ServiceFault as fault:
        faults.append(fault)


def _wait_for(results: Iterable[Future[None]]) -> None:
    """Return when all threads have ended; the first exception that ended one is raised."""
    running = set(results)
    while running:
        done, running = wait(running, _POLL_SECONDS, FIRST_EXCEPTION)
        for result in done:
            result.result()
