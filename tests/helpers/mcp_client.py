"""An agent's client, joined to a server in memory or over HTTP."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import anyio
from mcp import Client

from graph.interfaces.mcp.http import HttpServer


def with_client(server: Any, do: Callable[[Client], Awaitable[Any]]) -> Any:
    """Do something with a client that is joined to a server in memory, or to one at an address."""

    async def run() -> Any:
        async with Client(server) as client:
            return await do(client)

    return in_own_thread(run)


@contextmanager
def served_over_http(server: Any) -> Iterator[str]:
    """The address of a server on this machine, while the context lasts."""
    serving = HttpServer(server)
    with ThreadPoolExecutor(1) as pool:
        address: Future[str] = Future()
        ended = pool.submit(serving.serve, address.set_result)
        try:
            yield address.result()
        finally:
            serving.stop()
            ended.result()


def over_http(server: Any, do: Callable[[Client], Awaitable[Any]]) -> Any:
    """Do something with a client that reaches a server over HTTP."""
    with served_over_http(server) as address:
        return with_client(address, do)


def in_own_thread(run: Callable[[], Awaitable[Any]]) -> Any:
    """Run to the end in a thread: the tests of the pages may keep a loop of their own in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, run).result()


def called(server: Any, tool: str, /, **arguments: Any) -> Any:
    """The result of a call."""
    return with_client(server, lambda client: client.call_tool(tool, arguments))


def answer(server: Any, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """What a tool answers; the text and the structured content must be one."""
    result = called(server, tool, **arguments)
    assert not result.is_error, result.content[0].text
    assert json.loads(result.content[0].text) == result.structured_content
    structured: dict[str, Any] = result.structured_content
    return structured


def refused(server: Any, tool: str, /, **arguments: Any) -> str:
    """The message of a call that is refused."""
    result = called(server, tool, **arguments)
    assert result.is_error
    text: str = result.content[0].text
    assert "Traceback" not in text
    return text
