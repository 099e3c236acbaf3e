"""An end for requests over HTTP: the time-outs of sockets begin anew with every byte that arrives."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

_in_this_thread = threading.local()


class Deadline:
    """While it lasts, the connections that this thread uses are closed when the time is up, whatever still arrives.

    The session must have a `WatchedAdapter`. What is being read ends as if the connection had broken off, or as if it
    were complete, so that `passed` must be looked at.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._due, self._changed, self._done = time.monotonic() + seconds, threading.Condition(), False
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._wait, daemon=True)

    def __enter__(self) -> Self:
        _in_this_thread.deadline = self
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        _in_this_thread.deadline = None
        with self._changed:
            self._done = True
            self._changed.notify()
            self._replace(None)

    def restart(self, seconds: float) -> None:
        """Let the time begin anew."""
        with self._changed:
            self._due = time.monotonic() + seconds

    def watch(self, connection: socket.socket) -> None:
        """Close this connection when the time is up, and no other."""
        with self._changed, suppress(OSError):
            # A second handle: TLS takes the first one away from its object.
            self._replace(socket.socket(fileno=os.dup(connection.fileno())))
            if self.passed:
                self._shut()

    def _replace(self, handle: socket.socket | None) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = handle

    def _wait(self) -> None:
        with self._changed:
            while not self._done and (left := self._due - time.monotonic()) > 0:
                self._changed.wait(left)
            if not self._done:
                self.passed = True
                self._shut()

    def _shut(self) -> None:
        with suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)


def _watch(connection: Any) -> None:
    deadline: Deadline | None = getattr(_in_this_thread, "deadline", None)
    if deadline is not None and connection is not None:
        deadline.watch(connection)


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _watch(connection)
        return connection

    def getresponse(self) -> Any:
        _watch(self.sock)  # it may be one that was kept from an earlier request
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _watch(connection)
        return connection

    def getresponse(self) -> Any:
        _watch(self.sock)
        return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class WatchedAdapter(HTTPAdapter):
    """Makes the connections of a session such that a `Deadline` can end them."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """As it always is, with our connections."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def proxy_manager_for(self, *arguments: Any, **named: Any) -> Any:
        """As it always is, with our connections."""
        manager = super().proxy_manager_for(*arguments, **named)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return manager


def watched(session: Any) -> None:
    """Let a `Deadline` end what a session does."""
    for scheme in ("http://", "https://"):
        if type(session.get_adapter(scheme)) is HTTPAdapter:  # one of another kind was chosen on purpose
            session.mount(scheme, WatchedAdapter())
