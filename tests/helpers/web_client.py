"""A server in this process, and requests to it over real HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from graph.interfaces.backend import Backend
from graph.interfaces.web.server import Server

PATIENCE = 120
"""Seconds for one answer: the first of a store waits until its loops are compiled, in other workers too."""


@contextmanager
def served(backend: Backend, **options: float) -> Iterator[Server]:
    """A server that answers from a backend."""
    with Server(backend, **options) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def requested(
    server: Server, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """The response to a request; "_" in the name of a header stands for "-"."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    try:
        connection.request(method, target, headers={name.replace("_", "-"): text for name, text in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def sent(server: Server, request: bytes) -> bytes:
    """What comes back for the bytes of a request."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def json_of(server: Server, target: str, status: int = 200) -> Any:
    """The JSON value at an address."""
    response, body = requested(server, target)
    assert response.status == status, body
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(body)


def query(**parameters: object) -> str:
    """Parameters as an address has them."""
    return urlencode(parameters, doseq=True)
