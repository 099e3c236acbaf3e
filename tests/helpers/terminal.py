"""A terminal of a chosen size: a real one, or for many quick runs a stream that says that it is one."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pyte

from .commands import ROOT, lineage_command

PLAIN = {"TERM": "xterm-256color", "PAGER": "cat"}
"""What the environment of a terminal says, where a test says nothing else."""


@dataclass(frozen=True)
class Shown:
    """What a terminal was sent and how the command ended.

    `screen` has the lines that stand there at the end, and `cells` the letter in each column of each line: of one that
    fills two columns the second is empty.
    """

    sent: str
    screen: Sequence[str]
    cells: Sequence[Sequence[str]]
    code: int | None


def with_root(environment: Mapping[str, str]) -> str:
    """Where a process of its own finds this project first."""
    return os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))


def in_terminal(
    *arguments: str | Path, columns: int = 80, lines: int = 1000, env: dict[str, str] | None = None, keys: str = ""
) -> Shown:
    """Run the command in a pseudo-terminal; `keys` are typed once something is shown."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        ["setsid", "--ctty", sys.executable, "-m", "graph", *map(str, arguments)],  # less asks the controlling terminal
        stdin=follower, stdout=follower, stderr=follower, cwd=ROOT,
        env=environment | {"PYTHONPATH": with_root(environment)} | PLAIN | (env or {}),
    )  # fmt: skip
    os.close(follower)
    sent = b""
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if not select.select([leader], [], [], 0.5)[0]:
                continue
            try:
                chunk = os.read(leader, 65536)
            except OSError as fault:
                assert fault.errno == errno.EIO  # noqa: PT017 - how Linux tells that nobody writes any more
                break
            if not chunk:
                break
            sent += chunk
            if keys:
                os.write(leader, keys.encode())
                keys = ""
        code = process.wait(10)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        os.close(leader)
    screen = pyte.Screen(columns, lines)
    stream = pyte.ByteStream(screen)
    stream.feed(sent)
    cells = [[screen.buffer[line][column].data for column in range(columns)] for line in range(lines)]
    return Shown(sent.decode(), [line.rstrip() for line in screen.display], cells, code)


class _SaysItIsATerminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def as_on_a_terminal(*arguments: str | Path, columns: int, env: dict[str, str] | None = None) -> str:
    """What the command prints where its streams say that they are a terminal of so many columns."""
    variables = {"COLUMNS": str(columns), "LINES": "1000"} | PLAIN | (env or {})
    with patch.dict(os.environ, variables):
        return lineage_command(*arguments, merged=True, stream=_SaysItIsATerminal).stdout
