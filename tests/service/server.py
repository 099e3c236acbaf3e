"""The service itself: a world behind HTTP on the loopback interface, with its faults and its log."""

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
from .schedule import FaultSchedule, Plan
from .wire import Answer, Request, gateway_error


class ScholarService:
    """A running service.

    Parameters
    ----------
    world : object
        What `answer` is given: a `ScholarWorld`, or that of another service.
    faults : sequence of Plan
        What goes wrong and when; the first plan with a fault for a request decides.
    limits : Limits
    accepted_key : str, optional
        The only API key that is accepted. None: every key is.
    key_required : bool
        Refuse requests without a key too. The real service answers them, at a lower rate.
    answer : callable
        What a world answers to a request; that of Semantic Scholar by default.
    key_header : str
        The header that holds the key.
    clock : callable
        Gives the time in seconds; the default is the clock that all processes of the machine share.
    """

    def __init__(
        self,
        world: Any,
        *,
        faults: Sequence[Plan] = (),
        limits: Limits | None = None,
        accepted_key: str | None = None,
        key_required: bool = False,
        answer: Callable[[Any, Request, Limits], Answer] = answer,
        key_header: str = "x-api-key",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock = threading.Lock()
        self._world = world
        self._schedule = FaultSchedule(faults, clock)
        self._limits = limits or Limits()
        self._accepted_key = accepted_key
        self._key_required = key_required
        self._answer = answer
        self.key_header = key_header
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
    def world(self) -> Any:
        """The world that it serves now."""
        with self._lock:
            return self._world

    def serve(self, world: Any) -> None:
        """Serve another world from the next request on, as after a week of new papers."""
        with self._lock:
            self._world = world

    def set_faults(self, *faults: Plan) -> None:
        """Have these faults from the next request on; none without arguments."""
        with self._lock:
            self._schedule = FaultSchedule(faults, self._clock)

    def clear_log(self) -> None:
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

    def respond(self, request: Request) -> tuple[Answer, Fault | None]:
        """The answer to a request, and its fault. The key is checked before anything else."""
        with self._lock:
            fault = self._schedule.fault_for(request)
            world = self._world
            if fault is not None:
                self._world = fault.world_after(world)
        if self.key_status(request) == "refused" or (self._key_required and request.key is None):
            return gateway_error(403, "Forbidden", **{"x-amzn-ErrorType": "ForbiddenException"}), None
        right = self._answer(world, request, self._limits)
        if fault is None:
            return right, None
        changed = fault.apply(request, right)
        # A fault that changed nothing did not occur: the log must not claim a failure.
        return changed, None if changed is right and not fault.harmless else fault

    def key_status(self, request: Request) -> str:
        """Whether the key is "absent", "accepted" or "refused"."""
        if request.key is None:
            return "absent"
        return "accepted" if self._accepted_key in {None, request.key} else "refused"

    def note(self, entry: Entry, place: int | None = None) -> int:
        """Add an entry to the log, or replace the one at a place; return its place."""
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
def serving(world: Any, **options: Any) -> Iterator[ScholarService]:
    """A running service for the length of a block; the options are those of `ScholarService`."""
    service = ScholarService(world, **options)
    service.start()
    try:
        yield service
    finally:
        service.stop()
