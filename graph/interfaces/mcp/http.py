"""The server over HTTP, for agents on this machine: each joins a server that runs already, and that all share."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from ..ports import LOOPBACK, port_refused

MOST_SESSIONS = 100
"""How many agents may be joined at one time."""
SOON = 1
"""Seconds that an open connection may take to end when the server stops."""


class HttpServer:
    """Serves a server of the Model Context Protocol at an address of this machine alone; port 0 takes a free one.

    Only requests to this very address are answered: not those of a web page, nor those that reach it by another name
    of the host (DNS rebinding). Raises `InputError` when the port is taken, or may not be used.
    """

    def __init__(self, server: MCPServer[Any], port: int = 0) -> None:
        self._socket = _listening(port)
        hosts = [f"{name}:{self._socket.getsockname()[1]}" for name in (LOOPBACK, "localhost")]
        self.url = f"http://{hosts[0]}/mcp"
        app = server.streamable_http_app(
            max_sessions=MOST_SESSIONS,
            transport_security=TransportSecuritySettings(
                enable_dns_rebinding_protection=True,
                allowed_hosts=hosts,
                allowed_origins=[f"http://{host}" for host in hosts],
            ),
        )
        self._serving = uvicorn.Server(
            uvicorn.Config(app, log_config=None, log_level="critical", timeout_graceful_shutdown=SOON)
        )

    def serve(self, ready: Callable[[str], None]) -> None:
        """Serve until the person interrupts, or `stop` is called; `ready` is called with the address before."""
        with self._socket:
            ready(self.url)
            with suppress(KeyboardInterrupt):
                self._serving.run(sockets=[self._socket])

    def stop(self) -> None:
        """Let `serve` end soon."""
        self._serving.should_exit = True


def _listening(port: int) -> socket.socket:
    """A socket that listens already: who is told the address is not refused, but waits."""
    try:
        return socket.create_server((LOOPBACK, port), backlog=MOST_SESSIONS)
    except OSError as fault:
        raise port_refused(port, fault) from None
