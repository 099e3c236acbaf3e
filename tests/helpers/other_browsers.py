"""Firefox ESR and WebKitGTK, as Debian has them, driven by the protocols that they speak themselves.

Playwright drives only its own builds of the two. Firefox is asked by Marionette, a length and JSON on a socket, and
WebKit by WebDriver, JSON by HTTP: both without a package of ours.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

SECONDS = 60  # to start


class OtherBrowser(Protocol):
    """A browser with one page."""

    def open(self, address: str) -> None:
        """Load a page."""

    def run(self, script: str) -> Any:
        """What a script returns, which runs as the body of a function."""


@contextmanager
def firefox(folder: Path) -> Iterator[OtherBrowser]:
    """A headless Firefox ESR with a profile of its own in a folder."""
    program = _found("firefox-esr")
    port = _free_port()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _running(command, {"HOME": str(folder)}):
        browser = _Marionette(port)
        with browser.wire:
            browser.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
            yield browser
            browser.ask("Marionette:Quit", {"flags": ["eForceQuit"]})


@contextmanager
def webkit(folder: Path) -> Iterator[OtherBrowser]:
    """WebKitGTK's MiniBrowser on a display of its own."""
    driver, server = _found("WebKitWebDriver"), _found("Xvfb")
    programs = [str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")]
    if not programs:
        pytest.fail("no MiniBrowser; `make browsers` installs it", pytrace=False)
    port, display = _free_port(), f":{90 + os.getpid() % 900}"
    more = {"DISPLAY": display, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LIBGL_ALWAYS_SOFTWARE": "1"}
    with (
        _running([server, display, "-screen", "0", "1400x900x24", "-nolisten", "tcp"], {}),
        _running([driver, f"--port={port}"], more),
    ):
        options = {"webkitgtk:browserOptions": {"binary": programs[0], "args": ["--automation"]}}
        session = _WebDriver(f"http://127.0.0.1:{port}", {"capabilities": {"alwaysMatch": options}})
        yield session
        session.quit()


class _Marionette:
    """The commands of Firefox's Marionette: "length:[0, number, command, parameters]"."""

    def __init__(self, port: int) -> None:
        self.wire = _patiently(lambda: socket.create_connection(("127.0.0.1", port), timeout=SECONDS))
        self._number = 0
        self._read()  # it says first who it is

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.wire.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self.wire.recv(int(length[:-1]) - len(text))
        return json.loads(text)

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, command, parameters]).encode()
        self.wire.sendall(f"{len(text)}:".encode() + text)
        _, _, fault, answer = self._read()
        assert fault is None, fault
        return answer

    def open(self, address: str) -> None:
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]


class _WebDriver:
    """A session of https://www.w3.org/TR/webdriver2/."""

    def __init__(self, address: str, capabilities: dict[str, Any]) -> None:
        self._address = f"{address}/session"
        self._address += f"/{_patiently(lambda: self._ask('POST', '', capabilities))['sessionId']}"

    def _ask(self, method: str, path: str, value: dict[str, Any] | None = None) -> Any:
        body = None if value is None else json.dumps(value).encode()
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(self._address + path, body, headers, method=method), timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def run(self, script: str) -> Any:
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def quit(self) -> None:
        self._ask("DELETE", "")


def _found(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"no {program}; `make browsers` installs it from the distribution", pytrace=False)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], more: dict[str, str]) -> Iterator[None]:
    """A program that runs for a while, and ends with it."""
    process = subprocess.Popen(
        command, env=os.environ | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _patiently(attempt: Any) -> Any:
    """Try until a program that has just been started answers."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            return attempt()
        except (ConnectionError, URLError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
