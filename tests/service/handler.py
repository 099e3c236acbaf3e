"""HTTP for the service: sends an answer, or as much of it as its fault lets through."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import sys
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from .log import Entry
from .wire import Answer, Request, error

if TYPE_CHECKING:
    from .server import ScholarService

LOG_PATH = "/_log"
_LEAST_TO_PACK = 1000
_RESET = struct.pack("ii", 1, 0)  # closing with unsent data and no linger sends a reset


class Listener(ThreadingHTTPServer):
    """The socket on a free port of the loopback interface."""

    daemon_threads = False  # joined at the end, so that no thread outlives its test
    block_on_close = True
    request_queue_size = 128

    def __init__(self, service: ScholarService) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.service = service

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; one that is to be reset must not be shut down first."""
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_RESET)) == _RESET:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report the faults of the service itself, but not a client that closed its connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, answers them and logs them, until it closes."""

    server: Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.service.opened(self.connection)

    def finish(self) -> None:
        self.server.service.closed(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is inherited
        """Print nothing: the service has a log of its own."""

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _serve(self, body: bytes) -> None:
        service = self.server.service
        began = service.now()
        path, _, query = self.path.partition("?")
        if path == LOG_PATH:
            self._send(Answer.json(200, [entry.to_json() for entry in service.log.entries]))
            return
        request = Request(self.command, path, query, body, self.headers.get(service.key_header))
        try:
            reply, fault = service.respond(request)
        except Exception:
            self._send(error(599, "the service of the tests itself failed; see its output"))
            raise
        service.wait(reply.delay)
        entry = Entry(
            began=began,
            ended=service.now(),
            method=request.method,
            path=path,
            query=query,
            body=body.decode("utf-8", "replace"),
            key=service.key_status(request),  # type: ignore[arg-type]
            status=reply.status,
            fault=fault.name if fault else None,
            whole=reply.arrives and (fault is None or fault.harmless),
            user_agent=self.headers.get("User-Agent") or "",
        )
        place = service.note(entry)  # before the first byte, so that whoever has the answer finds it in the log
        sent = self._send(reply)
        service.note(replace(entry, ended=service.now(), whole=entry.whole and sent), place)

    def _send(self, reply: Answer) -> bool:
        body, packed = reply.body, False
        if len(body) >= _LEAST_TO_PACK and "gzip" in (self.headers.get("Accept-Encoding") or ""):
            body, packed = gzip.compress(body, compresslevel=1, mtime=0), True
        kept = body if reply.keep is None else body[: int(len(body) * reply.keep)]
        self.close_connection = self.close_connection or not reply.arrives
        head = self._head(reply, len(body), packed=packed)
        chunk = {None: head + kept, "before": b"", "after": head, "reset": b""}[reply.dropped]
        if reply.dropped == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        try:
            self.wfile.write(chunk)
        except OSError:
            self.close_connection = True
            return False
        return True

    def _head(self, reply: Answer, length: int, *, packed: bool) -> bytes:
        phrase = HTTPStatus(reply.status).phrase if reply.status in HTTPStatus._value2member_map_ else ""
        headers = {
            "Content-Type": reply.content_type,
            "Content-Length": str(length),
            "Date": formatdate(usegmt=True),
            "Via": "1.1 loopback.invalid (CloudFront)",
            "X-Cache": "Miss from cloudfront" if reply.status == 200 else "Error from cloudfront",
            **({"Content-Encoding": "gzip"} if packed else {}),
            **reply.headers,
        }
        lines = (f"{name}: {value}" for name, value in headers.items())
        return "\r\n".join([f"HTTP/1.1 {reply.status} {phrase}", *lines, "", ""]).encode("latin-1")
