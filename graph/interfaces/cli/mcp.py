"""The command ``lineage mcp``."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import click

from ...errors import InputError
from ...utils.extras import require
from .common import INTERRUPTED, semantic_scholar
from .context import CommandContext
from .options import FOLDER, option
from .safe_stream import raw_streams

LEAST, MOST = 10_000, 10_000_000
SKILL = Path(__file__).parents[1] / "mcp" / "skill" / "SKILL.md"


@click.command("mcp")
@option("--folder", type=FOLDER, help="The only folder that the tools may write to.")
@option(
    "--limit",
    type=click.IntRange(LEAST, MOST),
    default=40_000,
    help="The greatest number of characters of JSON in an answer.",
)
@option("--allow-fetch", is_flag=True, help="Add a tool that asks Semantic Scholar and writes into the folder.")
@option("--base-url", metavar="URL", help="A mirror or a test service to fetch from instead of Semantic Scholar.")
@option("--skill", is_flag=True, help="Print a skill file for agents: how to ask, cite and say what is unknown.")
@click.pass_obj
def mcp_command(
    context: CommandContext, folder: Path | None, limit: int, allow_fetch: bool, base_url: str | None, skill: bool
) -> None:
    """Serve the lineage to agents as tools.

    \b
    lineage mcp                                 as an agent's program starts it
    lineage --list mine.toml --corpus mine mcp
    lineage --store STORE mcp
    lineage mcp --folder exports                exports may be written there
    lineage mcp --folder fetched --allow-fetch  and papers fetched
    lineage mcp --skill > SKILL.md              for the folder in which an agent looks for skills

    It speaks the Model Context Protocol over standard input and output. The tools only read; their
    answers are of limited size and say who asserts what. They use neither the network nor files
    unless these options allow it. It needs the extra [mcp].
    """
    if skill:
        click.echo(SKILL.read_text("utf-8"), nl=False)
        return
    if allow_fetch and folder is None:
        raise InputError("--allow-fetch needs a place to write to", remedy="name one with --folder")
    if base_url and not allow_fetch:
        raise InputError("--base-url is for fetching", remedy="add --allow-fetch, or leave it out")
    require("mcp", "mcp", "mcp_types", "pydantic")
    from ..mcp.server import make_server

    fetching = None
    if allow_fetch:
        from ..mcp.fetching import Fetching

        fetching = Fetching(semantic_scholar(base_url))
    server = make_server(context.backend, folder=folder, limit=limit, fetching=fetching)
    # The SDK waits for its next line even after an interruption; files are replaced whole, and a fetch can be killed.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    with raw_streams():  # messages of the protocol go to a program, and hold their texts as JSON
        server.run("stdio")
