"""What a command prints with ``--json``, without a process of its own."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from click.testing import CliRunner

from graph.interfaces.cli.main import cli


@cache
def _text(command: tuple[str, ...]) -> str:
    return CliRunner().invoke(cli, [*command, "--json"], catch_exceptions=False).stdout


def printed(*command: str) -> Any:
    """The value that a command prints."""
    return json.loads(_text(command))
