"""The command ``lineage serve``."""

from __future__ import annotations

import click

from .common import announce, say
from .context import CommandContext
from .options import option


@click.command("serve")
@option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen at; 0 takes a free one.")
@option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@click.pass_obj
def serve_command(context: CommandContext, port: int, no_browser: bool) -> None:
    """Serve pages about the whole corpus, and open them.

    \b
    lineage serve
    lineage --list mine.toml --corpus mine serve
    lineage --store STORE serve
    lineage serve --port 8000 --no-browser

    Search, papers, neighbourhoods, paths and flows, for people and as JSON. The server answers this
    machine alone, on the loopback address, and only reads. Control-C stops it.
    """
    from ..web.server import Server, serve

    def ready(url: str) -> None:
        announce(url)
        if not no_browser:
            click.launch(url)

    for note in context.backend.notes:
        say(note)
    serve(Server(context.backend, port), ready)
    say("stopped")
