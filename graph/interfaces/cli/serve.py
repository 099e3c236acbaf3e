"""The command ``lineage serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .common import Given

if TYPE_CHECKING:
    from ..backend import Backend


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Where to listen; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only say the address, and open no browser.")
@click.pass_obj
def serve_command(given: Given, port: int, no_browser: bool) -> None:
    """Open the pages with the whole corpus behind them.

    \b
    lineage serve
    lineage --list mine.toml --corpus mine serve
    lineage --store STORE serve
    lineage serve --port 8000 --no-browser

    Search, papers, neighbourhoods, paths and flows, for people and as JSON. It serves this machine
    alone, on the loopback address, only reads, and stops with Control-C.
    """
    from ..backend import CorpusBackend

    serve_behind(CorpusBackend(given.lineage), port, no_browser=no_browser)


def serve_behind(behind: Backend, port: int, *, no_browser: bool) -> None:
    """Serve what stands behind the pages until the person interrupts."""
    from ..web.server import Server, serve

    def ready(url: str) -> None:
        click.echo(url)
        click.echo("Control-C stops it.", err=True)
        if not no_browser:
            click.launch(url)

    serve(Server(behind, port), ready)
    click.echo("stopped", err=True)
