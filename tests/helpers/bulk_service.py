"""A loopback datasets service and the object store that its links lead to, with the faults of both.

Listings are validated with Semantic Scholar's own OpenAPI file. A link works until `World.expire`; shards are
served by Range. Each request takes the next fault from a list, or from the list of its file. Requests can be made
to wait for each other, so that a test knows that several are in flight at once.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

OPENAPI = json.loads((Path(__file__).with_name("bulk_openapi.json")).read_text("utf-8"))
KEY = "a-key-of-the-tests"


def validated(value: Any, definition: str) -> Any:
    """The value, after it was validated with the OpenAPI file."""
    schema = {"$ref": f"#/definitions/{definition}", "definitions": OPENAPI["definitions"]}
    Draft7Validator(schema).validate(value)
    return value


@dataclass
class World:
    """What the service has, what goes wrong next, and the requests so far."""

    release: str = "2026-09-01"
    shards: dict[str, dict[str, bytes]] = field(default_factory=dict)
    diffs: dict[str, list[tuple[str, str, dict[str, bytes], dict[str, bytes]]]] = field(default_factory=dict)
    listing_faults: list[int] = field(default_factory=list)
    shard_faults: list[str] = field(default_factory=list)
    faults_of: dict[str, list[str]] = field(default_factory=dict)
    stale_listings: int = 0
    """How many listings give links that have already expired."""
    meeting: threading.Barrier | None = None
    """Each request for a shard waits at this barrier, as long as there is one."""
    stalled: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Released for each response that stops in the middle and does not end."""
    ended: threading.Event = field(default_factory=threading.Event)
    signature: int = 1
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: int = 0
    in_flight: int = 0
    max_in_flight: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def expire(self) -> None:
        """Refuse the links that were given out so far."""
        self.signature += 1

    def listing(self, path: str, url: str) -> Any:
        if path in (f"/release/{self.release}", "/release/latest"):
            named = [{"name": name, "description": "", "README": ""} for name in self.shards]
            return validated({"release_id": self.release, "README": "", "datasets": named}, "Release Metadata")
        if match := re.fullmatch(rf"/release/{self.release}/dataset/(\w+)", path):
            name = match[1]
            if name not in self.shards:
                return None
            files = [self._link(url, f"{self.release}/{name}/{file}") for file in self.shards[name]]
            if self.stale_listings:
                self.stale_listings -= 1
                self.expire()
            return validated({"name": name, "description": "", "README": "", "files": files}, "Dataset Metadata")
        if match := re.fullmatch(r"/diffs/([\w-]+)/to/([\w-]+)/(\w+)", path):
            steps = [
                {
                    "from_release": start,
                    "to_release": end,
                    "update_files": [
                        self._link(url, f"updates/{start}-to-{end}/{match[3]}/u/{file}") for file in updates
                    ],
                    "delete_files": [
                        self._link(url, f"updates/{start}-to-{end}/{match[3]}/d/{file}") for file in deletes
                    ],
                }
                for start, end, updates, deletes in self.diffs.get(match[3], [])
            ]
            value = {"dataset": match[3], "start_release": match[1], "end_release": match[2], "diffs": steps}
            return validated(value, "Dataset Diff List")
        return None

    def shard(self, path: str) -> bytes | None:
        parts = path.split("/")
        if parts[:1] == ["updates"]:
            _, hop, dataset, kind, file = parts
            for start, end, updates, deletes in self.diffs[dataset]:
                if hop == f"{start}-to-{end}":
                    return (updates if kind == "u" else deletes)[file]
        return self.shards.get(parts[1], {}).get(parts[2])

    def _link(self, url: str, path: str) -> str:
        return f"{url}/staging/{path}?X-Amz-Signature={self.signature}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: World

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        world, (path, _, query) = self.world, self.path.partition("?")
        world.requests.append((self.path, dict(self.headers)))
        if path.startswith("/datasets/v1/"):
            self._list(world, path.removeprefix("/datasets/v1"))
        else:
            with world.lock:
                world.in_flight += 1
                world.max_in_flight = max(world.max_in_flight, world.in_flight)
            try:
                self._serve_shard(world, path, query)
            finally:
                with world.lock:
                    world.in_flight -= 1

    def _serve_shard(self, world: World, path: str, query: str) -> None:
        if world.meeting is not None:
            world.meeting.wait(30)
        if query != f"X-Amz-Signature={world.signature}":
            self._send(403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>")
        else:
            self._send_shard(world, path.removeprefix("/staging/"))

    def _list(self, world: World, path: str) -> None:
        if world.listing_faults:
            self._send(world.listing_faults.pop(0), b'{"message":"Too Many Requests"}')
            return
        if ("/dataset/" in path or "/diffs/" in path) and self.headers.get("x-api-key") != KEY:
            self._send(401, b'{"message":"Unauthorized"}')
            return
        host, port = self.server.server_address[:2]
        value = world.listing(path, f"http://{host}:{port}")
        if value is None:
            self._send(404, b'{"message":"Not found"}')
        else:
            self._send(200, json.dumps(value).encode())

    def _send_shard(self, world: World, path: str) -> None:
        data = world.shard(path)
        assert data is not None, path
        faults = world.faults_of.get(path.rsplit("/", 1)[-1]) or world.shard_faults
        fault = faults.pop(0) if faults else ""
        if fault.isdigit():
            self._send(int(fault), b"SlowDown", {"Retry-After": "7"})
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", self.headers["Range"])[1])
        if start >= len(data):
            self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
            return
        body, size = data[start:], len(data)
        headers = {"Content-Range": f"bytes {start}-{size - 1}/{size}"}
        if fault == "ignores range":
            self._send(200, data)
        elif fault == "cut":
            self._send(206, body, headers, sent=len(body) // 2)
        elif fault == "expires":
            self._send(206, body, headers, sent=len(body) // 2)
            world.expire()
        elif fault == "stalls":
            self._send(206, body, headers, sent=len(body) // 2)
            self.wfile.flush()
            world.stalled.release()
            world.ended.wait(60)
        elif fault == "short":
            self._send(206, body[: len(body) // 2], headers)
        else:
            self._send(206, body, headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None, sent: int | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])
        if status in (200, 206):
            with self.world.lock:
                self.world.sent += len(body[:sent])
        if sent is not None:
            self.close_connection = True


@contextmanager
def serving(world: World) -> Iterator[str]:
    """Serve a world on loopback; yields the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"world": world}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        world.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
