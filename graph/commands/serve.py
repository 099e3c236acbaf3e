"""The command ``lineage serve``."""

from __future__ import annotations

import click

from .common import Given


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Where to listen; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only say the address, and open no browser.")
@click.pass_obj
def serve_command(given: Given, port: int, no_browser: bool) -> None:
    """Open the pages with the whole corpus behind them, on this machine alone.

    \b
    lineage serve
    lineage --list mine.toml --corpus mine serve
    lineage serve --port 8000 --no-browser

    Search, papers, neighbourhoods, paths and flows, for people and as JSON. It listens on the
    loopback address, only reads, and stops with Control-C.
    """
    from ..serve.behind import InMemory
    from ..serve.server import Server, serve

    def ready(url: str) -> None:
        click.echo(url)
        click.echo("Control-C stops it.", err=True)
        if not no_browser:
            click.launch(url)

    serve(Server(InMemory(given.lineage), port), ready)
    click.echo("stopped", err=True)
