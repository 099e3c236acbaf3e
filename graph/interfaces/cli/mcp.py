"""The command ``lineage mcp``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ...errors import InputError
from ...utils.extras import require
from .common import INTERRUPTED, announce, print_file, say
from .context import CommandContext
from .options import FOLDER, option
from .safe_stream import raw_streams, safe

LEAST, MOST = 10_000, 10_000_000
SKILL = Path(__file__).parents[1] / "mcp" / "skill" / "SKILL.md"


def _by_service(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> Mapping[str, str]:
    """Values by the name of their service; what knows the services takes long to load, and is seldom needed."""
    if not values:
        return {}
    from .fetch_services import by_service

    return by_service(ctx, param, values)


def _service_names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The names of services; none where none are given."""
    if value is None:
        return ()
    from .fetch_services import service_names

    return service_names(ctx, param, value)


@click.command("mcp")
@option("--folder", type=FOLDER, help="The only folder that the tools may write to.")
@option(
    "--limit",
    type=click.IntRange(LEAST, MOST),
    default=40_000,
    help="The greatest number of characters of JSON in an answer.",
)
@option("--allow-fetch", is_flag=True, help="Add a tool that asks citation services and writes into the folder.")
@option(
    "--from",
    "services",
    callback=_service_names,
    metavar="NAMES",
    help="With --allow-fetch: which services the tool may ask, as for 'lineage fetch'; without it all.",
)
@option(
    "--base-url",
    "base_urls",
    callback=_by_service,
    multiple=True,
    metavar="[NAME=]URL",
    help="A mirror or a test service to fetch from instead of Semantic Scholar, or of the named service.",
)
@option(
    "--key-file",
    "key_files",
    callback=_by_service,
    multiple=True,
    metavar="[NAME=]FILE",
    help="A file with the API key of Semantic Scholar, or of the named service.",
)
@option("--http", is_flag=True, help="Serve over HTTP on this machine alone, to agents that take an address.")
@option("--port", type=click.IntRange(0, 65535), help="With --http: the port to listen at; without it a free one.")
@option("--skill", is_flag=True, help="Print a skill file for agents: how to ask, cite and say what is unknown.")
@click.pass_context
def mcp_command(
    ctx: click.Context,
    /,
    folder: Path | None,
    limit: int,
    allow_fetch: bool,
    services: tuple[str, ...],
    base_urls: Mapping[str, str],
    key_files: Mapping[str, str],
    http: bool,
    port: int | None,
    skill: bool,
) -> None:
    """Serve the lineage to agents as tools.

    \b
    lineage mcp                                 as an agent's program starts it
    lineage --list mine.toml --corpus mine mcp
    lineage --store STORE mcp
    lineage mcp --folder exports                exports may be written there
    lineage mcp --folder fetched --allow-fetch  and papers fetched
    lineage mcp --http --port 8765              for agents that take an address
    lineage mcp --skill > SKILL.md              for the folder in which an agent looks for skills

    It speaks the Model Context Protocol over standard input and output, or over HTTP. The tools only read; their
    answers are of limited size and say who asserts what. They use neither the network nor files
    unless these options allow it. It needs the extra [mcp].
    """
    if skill:
        print_file(SKILL.read_text("utf-8"))
        return
    context = ctx.obj
    assert isinstance(context, CommandContext)
    if allow_fetch and folder is None:
        raise InputError("--allow-fetch needs a place to write to", remedy="name one with --folder")
    for name, given in (("--from", services), ("--base-url", base_urls), ("--key-file", key_files)):
        if given and not allow_fetch:
            raise InputError(f"{name} is for fetching", remedy="add --allow-fetch, or leave it out")
    if port is not None and not http:
        raise InputError("--port is for a server over HTTP", remedy="add --http, or leave it out")
    require("mcp", "mcp", "mcp_types", "pydantic")
    from ..mcp.server import make_server

    fetching = None
    if allow_fetch:
        from ...sources.services import NAMES
        from ..mcp.fetching import Fetching
        from .fetch_services import services_of

        asked = services_of(services or NAMES, base_urls, key_files)
        fetching = Fetching(asked.scholar, others=asked.others)
    server = make_server(context.backend, folder=folder, limit=limit, fetching=fetching)
    if http:
        from ..mcp.http import HttpServer

        HttpServer(server, port or 0).serve(announce)
        say("stopped")
        return
    if sys.stdin is None or safe(sys.stdout).stream is None:
        raise InputError(
            "standard input or output is closed, over which agents are answered",
            remedy="leave both open, or serve over HTTP with --http",
        )
    # The SDK waits for its next line even after an interruption; files are replaced whole, and a fetch can be killed.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    with raw_streams():  # messages of the protocol go to a program, and hold their texts as JSON
        server.run("stdio")
