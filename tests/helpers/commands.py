"""The command, run as a person runs it: in this process where that proves the same, else in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import graph.interfaces.cli.main
from graph.interfaces.cli.context import CommandContext
from graph.model.lineage import Lineage
from graph.model.shipped_data import reading_list_path, snapshot_path

ROOT = Path(__file__).parents[2]
Result = subprocess.CompletedProcess[str]


@cache
def _shipped() -> CommandContext:
    return CommandContext(reading_list_path(), snapshot_path())


def _context(reading_list: Path, corpus: Path, store: Path | None, *libraries: tuple[Path, ...]) -> CommandContext:
    """What a command works on; the shipped list and corpus are read once."""
    context = CommandContext(reading_list, corpus, store, *libraries)
    return _shipped() if context == _shipped() else context


def context_of(lineage: Lineage) -> CommandContext:
    """What a command works on, for a lineage that is in memory already."""
    context = CommandContext(Path(), Path())
    vars(context)["lineage"] = lineage
    return context


def lineage_command(
    *arguments: str | Path, merged: bool = False, stream: type[io.TextIOWrapper] = io.TextIOWrapper
) -> Result:
    """What the command prints and how it ends; `merged` puts standard error between the lines of the output."""
    out = stream(io.BytesIO(), "utf-8", write_through=True)
    err = out if merged else stream(io.BytesIO(), "utf-8", write_through=True)
    words = ["lineage", *map(str, arguments)]
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "argv", words),
        patch("graph.interfaces.cli.main.CommandContext", _context),
    ):
        try:
            graph.interfaces.cli.main.main()
        except SystemExit as end:
            code = end.code
    stdout, stderr = (each.buffer.getvalue().decode("utf-8") for each in (out, err))  # type: ignore[attr-defined]
    assert isinstance(code, int)
    return subprocess.CompletedProcess(words, code, stdout, stderr)


@cache
def _json(*arguments: str | Path) -> str:
    return lineage_command(*arguments, "--json").stdout


def printed(*arguments: str | Path) -> Any:
    """The value that a command prints with ``--json``; each command runs once."""
    return json.loads(_json(*arguments))


def refused(*arguments: str | Path) -> str:
    """The message of a command whose input cannot be used, or whose output cannot be written."""
    return message_of(lineage_command(*arguments))


def message_of(result: Result) -> str:
    """The one message of a command that did nothing."""
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return result.stderr


def lineage_process(*arguments: str | Path, env: dict[str, str] | None = None, **more: Any) -> Result:
    """The same in a process of its own."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii"} | (env or {})  # answers are UTF-8 all the same
    return subprocess.run(
        [sys.executable, "-m", "graph", *map(str, arguments)],
        capture_output=True, env=environment, encoding="utf-8", timeout=120, check=False, **more,
    )  # fmt: skip


@contextmanager
def lineage_started(*arguments: str | Path, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own that goes on meanwhile; at the end it is killed, unless it has ended."""
    command = [sys.executable, "-m", "graph", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, encoding="utf-8", **(pipes | more)) as process:
        try:
            yield process
        finally:
            process.kill()


def python(code: str, *arguments: str, env: dict[str, str] | None = None) -> str:
    """What a piece of Python prints in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, env=os.environ | {"PYTHONUTF8": "1"} | (env or {}), encoding="utf-8", check=True,
        cwd=ROOT,
    ).stdout  # fmt: skip


def the_same_in_every_run(*commands: Sequence[str]) -> list[str]:
    """What some commands print, which must be the same to the byte however a process hashes names."""
    code = (
        "import json, sys; from tests.helpers.commands import lineage_command\n"
        "print(json.dumps([lineage_command(*words).stdout for words in json.loads(sys.argv[1])]))"
    )
    one, two = (python(code, json.dumps(commands), env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == two
    texts: list[str] = json.loads(one)
    return texts
