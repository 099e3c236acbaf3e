"""The shell: the standard library's HTTP server on the loopback address, with bounds on all that it is sent."""

from __future__ import annotations

import errno
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ...errors import InputError
from ..backend import Backend
from .request_guard import refusal
from .routes import Response, Router

LOOPBACK = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a request may take to arrive, and an answer to be taken."""
AT_ONCE = 32
"""Connections at one time; a further one is closed at once."""
THINKING = 2
"""Answers that are computed at one time; others wait, as long as `PATIENCE`."""

_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Server(ThreadingHTTPServer):
    """Serves a corpus to this machine's browser.

    Parameters
    ----------
    behind : Backend
    port : int
        0 takes one that is free.
    patience : float
        Seconds that a request may take to arrive.

    Raises
    ------
    InputError
        When the port is taken, or may not be used.

    Examples
    --------
    >>> from graph import load
    >>> from graph.interfaces.backend import InMemory
    >>> with Server(InMemory(load())) as server:
    ...     server.url.startswith("http://127.0.0.1:")
    True
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = AT_ONCE

    def __init__(self, behind: Backend, port: int = 0, *, patience: float = PATIENCE) -> None:
        self.router, self.patience = Router(behind), patience
        self.thinking = threading.BoundedSemaphore(THINKING)
        self._connections = threading.BoundedSemaphore(AT_ONCE)
        try:
            super().__init__((LOOPBACK, port), Handler)
        except OSError as fault:
            why = "is in use" if fault.errno == errno.EADDRINUSE else f"cannot be used ({fault.strerror})"
            raise InputError(
                f"port {port} {why}", remedy="choose another with --port, or leave it out for a free one"
            ) from None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def server_bind(self) -> None:
        """Take the port; the standard library would also look up this machine's name."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, unless there are too many."""
        if not self._connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say in one line what went wrong; a client that went away is no fault."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError):
            sys.stderr.write(f"lineage: a fault of the program ({type(fault).__name__}: {fault}); please report it\n")


class Handler(BaseHTTPRequestHandler):
    """One request, one answer, and the connection is closed."""

    server: Server
    server_version = "lineage"
    sys_version = ""

    def setup(self) -> None:
        """Give the request a deadline: a client that sends a letter now and then cannot hold a thread."""
        super().setup()
        self.connection.settimeout(self.server.patience)
        self._deadline = threading.Timer(self.server.patience, self._too_slow)
        self._deadline.daemon = True
        self._deadline.start()

    def finish(self) -> None:
        """Close what is open."""
        self._deadline.cancel()
        super().finish()

    def _too_slow(self) -> None:
        with suppress(OSError):  # it may be closed already
            self.connection.shutdown(socket.SHUT_RDWR)

    def respond(self) -> None:
        """Answer any request."""
        self._deadline.cancel()
        refused = refusal(self.command, self.path, self.headers.items(), self.server.server_port)
        if refused is not None:
            self._send(_plain(refused.status, refused.why))
        elif self.path.startswith("/api/search?"):  # a key was pressed: it waits for nothing, and takes little
            self._send(self._computed())
        elif self.server.thinking.acquire(timeout=self.server.patience):
            try:
                response = self._computed()
            finally:
                self.server.thinking.release()
            self._send(response)
        else:
            self._send(_plain(503, "busy with other answers; try again"))

    def _computed(self) -> Response:
        try:
            return self.server.router.respond(self.path)
        except Exception:
            self._send(_plain(500, "a fault of the program; the terminal says more"))
            raise

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = respond  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library refuses: a broken first line, too many headers, an unknown method."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        self._send(_plain(code, HTTPStatus(code).phrase))

    def _send(self, response: Response) -> None:
        self.close_connection = True
        self.send_response(response.status)
        for name, value in (_ALWAYS | dict(response.headers)).items():
            self.send_header(name, value)
        if response.status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if getattr(self, "command", None) != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet: the terminal is for what a person must know."""


def _plain(status: int, told: str) -> Response:
    rules = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response(status, "text/plain; charset=utf-8", f"{told}\n".encode(), rules)


def serve(server: Server, ready: Callable[[str], None]) -> None:
    """Serve until the person interrupts.

    Parameters
    ----------
    server : Server
    ready : callable
        Is told the address as soon as it answers.
    """
    with server:
        # What draws pages takes a second or more to load: that is done while the person looks at the start page.
        threading.Thread(target=server.router.respond, args=("/list",), daemon=True).start()
        try:
            ready(server.url)
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return
