"""What the threads of a download share: when to stop, when to leave a host alone, and the links."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from .datasets import Link, ServiceFault

Tool = TypeVar("Tool")

_GLANCE = 0.5
"""Seconds: some systems let nobody interrupt a wait without an end."""
_LAST_WORDS = 1.0
"""Seconds for threads to hear that they are to stop. Who hangs in the network then is left, and writes no more."""


class Interrupted(Exception):
    """Another thread's fault, or Ctrl-C, ended the download."""


class StopSignal:
    """Said once, heard by all threads, also by those that wait.

    Parameters
    ----------
    sleep : callable, optional
        Handed in, so that a test need not wait.
    """

    def __init__(self, sleep: Callable[[float], object] | None = None) -> None:
        self._event = threading.Event()
        self._sleep = sleep or self._event.wait

    def now(self) -> None:
        """Let all threads stop, for good."""
        self._event.set()

    def heed(self) -> None:
        """Go on.

        Raises
        ------
        Interrupted
            When it was said to stop.
        """
        if self._event.is_set():
            raise Interrupted

    def sleep(self, seconds: float) -> None:
        """Wait, unless it is said to stop.

        Raises
        ------
        Interrupted
        """
        self._sleep(seconds)
        self.heed()


class Hosts:
    """Which hosts want to be left alone: what one thread was told, all keep to."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop
        self._resting: Counter[str] = Counter()
        self._changed = threading.Condition()

    def rest(self, host: str, seconds: float) -> None:
        """Wait so long; nobody asks this host meanwhile."""
        with self._changed:
            self._resting[host] += 1
        try:
            self._stop.sleep(seconds)
        finally:
            with self._changed:
                self._resting[host] -= 1
                self._changed.notify_all()

    def ready(self, host: str) -> None:
        """Return when the host may be asked."""
        with self._changed:
            while self._resting[host]:
                self._changed.wait()
        self._stop.heed()


class Links:
    """The links of a listing. When they expire, one thread lists them again for all.

    Parameters
    ----------
    listing : callable
        Lists the shards.
    stop : StopSignal
    notice : callable
        Told when they are listed again.
    """

    def __init__(self, listing: Callable[[], Sequence[Link]], stop: StopSignal, notice: Callable[[str], None]) -> None:
        self._listing, self._stop, self._notice = listing, stop, notice
        self._lock = threading.Lock()
        self._generation = 0
        self._fault: ServiceFault | None = None
        self._links = {link.path: link for link in listing()}

    def __iter__(self) -> Iterator[Link]:
        return iter(tuple(self._links.values()))

    def current(self, path: str) -> tuple[Link, int]:
        """The link to a shard, and the number of the listing that it is from."""
        with self._lock:
            return self._links[path], self._generation

    def renew(self, generation: int) -> None:
        """List again, unless another thread did after the listing of that number.

        Raises
        ------
        ServiceFault
            When the service does not list them; all who ask are told.
        """
        with self._lock:
            self._stop.heed()
            if generation != self._generation:
                return
            if self._fault is not None:
                raise self._fault
            self._notice("the links have expired; listing them again")
            try:
                self._links |= {link.path: link for link in self._listing()}
            except ServiceFault as fault:
                self._fault = fault
                raise
            self._generation += 1


def at_once(
    units: Iterable[Callable[[Tool], None]],
    tool: Callable[[], AbstractContextManager[Tool]],
    threads: int,
    stop: StopSignal,
) -> None:
    """Do units in so many threads, in their order, each thread with a tool of its own, such as a session.

    Raises
    ------
    ServiceFault
        The first; no unit is begun after it, and those under way come to their own end.
    Exception
        Any other fault of a unit, which stops the rest; and Ctrl-C.
    """
    hands = _Hands(units, stop)
    # Daemons: Ctrl-C shall not wait for a host that says nothing.
    crew = [
        threading.Thread(target=hands.work, args=(tool,), daemon=True)
        for _ in range(min(threads, hands.waiting.qsize()))
    ]
    try:
        for thread in crew:
            thread.start()
        for _ in crew:
            hands.one_ended()
    except BaseException:
        stop.now()
        until = time.monotonic() + _LAST_WORDS
        for thread in crew:
            thread.join(max(until - time.monotonic(), 0.0))
        raise
    if hands.faults:
        first, *others = hands.faults
        raise ServiceFault(f"{first}{f'; {len(others)} more could not be had, either' if others else ''}")


class _Hands(Generic[Tool]):
    """What the threads of `at_once` do."""

    def __init__(self, units: Iterable[Callable[[Tool], None]], stop: StopSignal) -> None:
        self._stop = stop
        self.waiting: SimpleQueue[Callable[[Tool], None]] = SimpleQueue()
        for unit in units:
            self.waiting.put(unit)
        self.faults: list[ServiceFault] = []
        self._ended: SimpleQueue[BaseException | None] = SimpleQueue()

    def work(self, tool: Callable[[], AbstractContextManager[Tool]]) -> None:
        """Take units until there are none, or it is over."""
        fault: BaseException | None = None
        try:
            with tool() as own, suppress(Empty, Interrupted):
                while not self.faults:
                    self._stop.heed()
                    self._do(self.waiting.get_nowait(), own)
        except BaseException as hard:  # noqa: BLE001  # raised again in the thread that waits
            fault = hard
        self._ended.put(fault)

    def _do(self, unit: Callable[[Tool], None], own: Tool) -> None:
        try:
            unit(own)
        except ServiceFault as fault:
            self.faults.append(fault)

    def one_ended(self) -> None:
        """Wait for the end of one more thread; a fault that ended it is raised."""
        while True:
            with suppress(Empty):
                fault = self._ended.get(timeout=_GLANCE)
                break
        if fault is not None:
            raise fault
