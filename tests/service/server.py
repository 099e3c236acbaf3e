"""The service itself: a world behind HTTP on the loopback interface, with its weather and its log."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .endpoints import Limits, answer
from .faults import Fault
from .handler import Listener
from .log import Entry, RequestLog
from .schedule import Plan, Weather
from .wire import Answer, Request, gateway_error
from .world import ScholarWorld


class ScholarService:
    """A running service.

    Parameters
    ----------
    world : ScholarWorld
    faults : sequence of Plan
        What goes wrong and when; the first plan that has a fault for a request wins.
    limits : Limits
    accepted_key : str, optional
        The only API key that is not refused. None: every key is good.
    key_required : bool
        Refuse also who has no key. The real service serves them, from a crowded pool.
    clock : callable
        Seconds; the default is the clock that all processes of the machine share.
    """

    def __init__(
        self,
        world: ScholarWorld,
        *,
        faults: Sequence[Plan] = (),
        limits: Limits | None = None,
        accepted_key: str | None = None,
        key_required: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock = threading.Lock()
        self._world = world
        self._weather = Weather(faults, clock)
        self._limits = limits or Limits()
        self._accepted_key = accepted_key
        self._key_required = key_required
        self._clock = clock
        self._entries: list[Entry] = []
        self._open: set[socket.socket] = set()
        self._stopping = threading.Event()
        self._server = Listener(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens, without a path: ``http://127.0.0.1:40123``."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def log(self) -> RequestLog:
        """The requests so far."""
        with self._lock:
            return RequestLog(tuple(self._entries))

    @property
    def world(self) -> ScholarWorld:
        """What it serves now."""
        with self._lock:
            return self._world

    def serve(self, world: ScholarWorld) -> None:
        """Serve another world from the next request on, as after a week of new papers."""
        with self._lock:
            self._world = world

    def plan(self, *faults: Plan) -> None:
        """Have other weather from the next request on; none at all without plans."""
        with self._lock:
            self._weather = Weather(faults, self._clock)

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self._entries.clear()

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, with every connection closed and every thread ended."""
        self._stopping.set()
        self._server.shutdown()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def decide(self, request: Request) -> tuple[Answer, Fault | None]:
        """The answer to a request with what spoils it. The key is judged before anything else."""
        with self._lock:
            fault = self._weather.strike(request)
            world = self._world
            if fault is not None:
                self._world = fault.afterwards(world)
        if self.standing(request) == "refused" or (self._key_required and request.key is None):
            return gateway_error(403, "Forbidden", **{"x-amzn-ErrorType": "ForbiddenException"}), None
        right = answer(world, request, self._limits)
        if fault is None:
            return right, None
        spoilt = fault.spoil(request, right)
        # A fault that had nothing to spoil did not happen: the log must not claim a failure.
        return spoilt, None if spoilt is right and not fault.harmless else fault

    def standing(self, request: Request) -> str:
        """What the service thinks of the key: "absent", "accepted" or "refused"."""
        if request.key is None:
            return "absent"
        return "accepted" if self._accepted_key in {None, request.key} else "refused"

    def note(self, entry: Entry, place: int | None = None) -> int:
        """Write an entry into the log, or correct the one at a place; its place comes back."""
        with self._lock:
            if place is None:
                self._entries.append(entry)
                return len(self._entries) - 1
            if place < len(self._entries):  # else the log was emptied meanwhile
                self._entries[place] = entry
            return place

    def now(self) -> float:
        """The time on the clock of the log."""
        return self._clock()

    def wait(self, seconds: float) -> None:
        """Wait as long, or until the service stops."""
        self._stopping.wait(seconds)

    def opened(self, connection: socket.socket) -> None:
        """Remember a connection, to close it at the end."""
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.discard(connection)


@contextlib.contextmanager
def serving(world: ScholarWorld, **options: Any) -> Iterator[ScholarService]:
    """A running service for the length of a block; the options are those of `ScholarService`."""
    service = ScholarService(world, **options)
    service.start()
    try:
        yield service
    finally:
        service.stop()
