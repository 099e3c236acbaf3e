"""The standard library's HTTP server on the loopback address, with limits on everything that it is sent."""

from __future__ import annotations

import logging
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ...algorithms.budget import abandoned_when
from ...errors import Abandoned
from ..backend import Backend
from ..ports import LOOPBACK, port_refused
from .request_guard import refusal
from .router import Response, Router

log = logging.getLogger(__name__)

TIMEOUT = 10.0
"""Seconds that a request may take to arrive, and that it may wait for others to be answered."""
MOST_CONNECTIONS = 32
"""Connections at one time. For a further one the oldest that has not sent its request is closed, else it is."""
SOON = 1.0
"""Seconds that a connection takes at most to end when it is closed."""
MOST_COMPUTATIONS = 2
"""Answers that are computed at one time; other requests wait. A computation ends when its client is gone."""
LOOK_AGAIN = 0.1
"""After how many seconds a request that waits for others looks whether its client is still there."""
CHUNK, MOST_CHUNKS = 65_536, 16
"""How many bytes are thrown away at once, and how often, of what a client sends behind its request."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Server(ThreadingHTTPServer):
    """Serves a corpus to this machine's browser; port 0 takes one that is free.

    A request may take `timeout` seconds to arrive. Raises `InputError` when the port is taken, or may not be used.

    >>> from graph import load
    >>> from graph.interfaces.corpus_backend import CorpusBackend
    >>> with Server(CorpusBackend(load())) as server:
    ...     server.url.startswith("http://127.0.0.1:")
    True
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, backend: Backend, port: int = 0, *, timeout: float = TIMEOUT) -> None:
        self.router, self.request_timeout = Router(backend), timeout
        self.computations = threading.BoundedSemaphore(MOST_COMPUTATIONS)
        self._connections = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._silent: dict[socket.socket, None] = {}  # those that have not sent their request, the oldest first
        self._silent_lock = threading.Lock()
        try:
            super().__init__((LOOPBACK, port), Handler)
        except OSError as fault:
            raise port_refused(port, fault) from None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def server_bind(self) -> None:
        """Take the port, and do not look up this machine's name as the standard library would."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, unless too many connections are being answered."""
        if not (self._connections.acquire(blocking=False) or self._make_room()):
            self.shutdown_request(request)
            return
        with self._silent_lock:
            self._silent[request] = None
        super().process_request(request, client_address)

    def _make_room(self) -> bool:
        """Close the connection that has been silent for the longest time: many silent ones must not lock others out."""
        with self._silent_lock:
            if not self._silent:
                return False
            oldest = next(iter(self._silent))
            del self._silent[oldest]
            with suppress(OSError):  # it may be closed already
                oldest.shutdown(socket.SHUT_RDWR)
        return self._connections.acquire(timeout=SOON)

    def has_spoken(self, request: socket.socket) -> None:
        """Note that a connection has sent its request, or is closed."""
        with self._silent_lock:
            self._silent.pop(request, None)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.has_spoken(request)
            self._connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report a fault in one line; a client that went away is none."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError):
            sys.stderr.write(f"lineage: a fault of the program ({type(fault).__name__}: {fault}); please report it\n")


class Handler(BaseHTTPRequestHandler):
    """One request, one answer, and the connection is closed."""

    server: Server
    server_version = "lineage"
    sys_version = ""

    def setup(self) -> None:
        """Give the whole request a deadline, so that a client that sends a letter now and then cannot hold a thread."""
        super().setup()
        self.connection.settimeout(self.server.request_timeout)
        self._deadline = threading.Timer(self.server.request_timeout, self._close)
        self._deadline.daemon = True
        self._deadline.start()

    def finish(self) -> None:
        """Close what is open."""
        self._deadline.cancel()
        super().finish()

    def _close(self) -> None:
        with suppress(OSError):  # it may be closed already
            self.connection.shutdown(socket.SHUT_RDWR)

    def respond(self) -> None:
        """Answer any request."""
        self._deadline.cancel()
        self.server.has_spoken(self.connection)
        begun = time.perf_counter()
        refused = refusal(self.command, self.path, self.headers.items(), self.server.server_port)
        response = _plain(refused.status, refused.reason) if refused else self._answer()
        self._send(response)
        seconds = time.perf_counter() - begun
        log.info("%s %s: %d, %d bytes, %.3f s", self.command, self.path, response.status, len(response.body), seconds)

    def _answer(self) -> Response:
        if self.path.startswith("/api/search?"):  # while a person types: it takes little, and should not wait
            return self._compute()
        if not self._wait_for_a_place():
            return _plain(503, "busy with other answers; try again")
        try:
            return self._compute()
        finally:
            self.server.computations.release()

    def _wait_for_a_place(self) -> bool:
        """Wait until fewer answers are computed; one whose client is gone makes room for others at once."""
        until = time.monotonic() + self.server.request_timeout
        while not self.server.computations.acquire(timeout=LOOK_AGAIN):
            if self._client_is_gone():
                raise ConnectionAbortedError
            if time.monotonic() > until:
                return False
        return True

    def _compute(self) -> Response:
        try:
            with abandoned_when(self._client_is_gone):
                return self.server.router.respond(self.path)
        except Abandoned:
            raise ConnectionAbortedError from None
        except Exception:
            self._send(_plain(500, "a fault of the program; the terminal says more"))
            raise

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = respond  # noqa: N815

    def _client_is_gone(self) -> bool:
        """Whether the client closed the connection. What it sent behind its request is thrown away."""
        with selectors.DefaultSelector() as selector, suppress(OSError, ValueError):
            selector.register(self.connection, selectors.EVENT_READ)
            for _ in range(MOST_CHUNKS):
                if not selector.select(0):
                    return False
                if not self.connection.recv(CHUNK):
                    return True
        return True  # it fails, or sends without end

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the standard library refuses: a broken first line, too many headers, an unknown method."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        self._send(_plain(code, HTTPStatus(code).phrase))

    def _send(self, response: Response) -> None:
        self.close_connection = True
        self.send_response(response.status)
        for name, value in (_HEADERS | dict(response.headers)).items():
            self.send_header(name, value)
        if response.status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if getattr(self, "command", None) != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Print nothing: requests go to the log."""


def _plain(status: int, message: str) -> Response:
    rules = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response(status, "text/plain; charset=utf-8", f"{message}\n".encode(), rules)


def serve(server: Server, ready: Callable[[str], None]) -> None:
    """Serve until the person interrupts; `ready` is called with the address as soon as the server answers."""
    with server:
        # What draws pages takes a second or more to load: it is loaded while the person looks at the start page.
        threading.Thread(target=server.router.respond, args=("/list",), daemon=True).start()
        try:
            ready(server.url)
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return
