"""The command ``lineage mcp``."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import click

from ...errors import InputError
from ...sources.services import NAMES
from ...utils.extras import require
from .common import INTERRUPTED
from .context import CommandContext
from .fetch_services import by_service, service_names, services_of
from .options import FOLDER, option
from .safe_stream import raw_streams

LEAST, MOST = 10_000, 10_000_000


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
    callback=service_names,
    default=",".join(NAMES),
    metavar="NAMES",
    help="With --allow-fetch: which services the tool may ask.",
)
@option(
    "--base-url",
    "base_urls",
    callback=by_service,
    multiple=True,
    metavar="[NAME=]URL",
    help="A mirror or a test service to fetch from instead of Semantic Scholar, or of the named service.",
)
@option(
    "--key-file",
    "key_files",
    callback=by_service,
    multiple=True,
    metavar="[NAME=]FILE",
    help="A file with the API key of Semantic Scholar, or of the named service.",
)
@click.pass_obj
def mcp_command(
    context: CommandContext,
    /,
    folder: Path | None,
    limit: int,
    allow_fetch: bool,
    services: tuple[str, ...],
    base_urls: Mapping[str, str],
    key_files: Mapping[str, str],
) -> None:
    """Serve the lineage to agents as tools.

    \b
    lineage mcp                                 as an agent's program starts it
    lineage --list mine.toml --corpus mine mcp
    lineage --store STORE mcp
    lineage mcp --folder exports                exports may be written there
    lineage mcp --folder fetched --allow-fetch  and papers fetched

    It speaks the Model Context Protocol over standard input and output. The tools only read; their
    answers are of limited size and say who asserts what. They use neither the network nor files
    unless these options allow it. It needs the extra [mcp].
    """
    if allow_fetch and folder is None:
        raise InputError("--allow-fetch needs a place to write to", remedy="name one with --folder")
    for name, given in (("--base-url", base_urls), ("--key-file", key_files)):
        if given and not allow_fetch:
            raise InputError(f"{name} is for fetching", remedy="add --allow-fetch, or leave it out")
    require("mcp", "mcp", "mcp_types", "pydantic")
    from ..mcp.server import make_server

    fetching = None
    if allow_fetch:
        from ..mcp.fetching import Fetching

        asked = services_of(services, base_urls, key_files)
        fetching = Fetching(asked.scholar, others=asked.others)
    server = make_server(context.backend, folder=folder, limit=limit, fetching=fetching)
    # The SDK waits for its next line even after an interruption; files are replaced whole, and a fetch can be killed.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    with raw_streams():  # messages of the protocol go to a program, and hold their texts as JSON
        server.run("stdio")
