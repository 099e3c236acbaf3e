"""The commands ``lineage build`` and ``lineage open``: the main job, and a look at it."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import InputError
from .common import say
from .context import CommandContext
from .options import FOLDER, option


@click.command("build")
@option(
    "--output",
    "-o",
    type=FOLDER,
    default=Path("output"),
    help="The folder to write to; it is made when it does not exist.",
)
@click.pass_obj
def build_command(context: CommandContext, output: Path) -> None:
    """Write pages, GraphML and tables of the reading list.

    \b
    lineage build
    lineage build -o pages

    \b
    index.html                                   links the pages
    lineage.html, lineage.graphml                the list
    neighbourhood.html, neighbourhood.graphml    the list, its bridges and shared ancestors
    theme-....html                               each theme with what it touches
    papers.csv, citations.csv                    the neighbourhood as tables
    manifest.json                                versions, hashes, counts

    Every file is replaced whole or not at all, and the same input gives the same bytes.
    """
    from ..build import build_into

    lineage = context.lineage  # faulty input is reported before anything is said to be made
    paths = build_into(output, lineage, context.files, say)
    say(f"{len(paths)} files written. Open the page in a browser:")
    click.echo(str(paths[0]))


@click.command("open")
@option("--output", "-o", type=FOLDER, default=Path("output"), help="The folder that 'lineage build' wrote to.")
def open_command(output: Path) -> None:
    """Open the pages in a browser.

    \b
    lineage open
    lineage open -o elsewhere
    """
    page = output / "index.html"
    if not page.is_file():
        raise InputError("no pages here", where=str(output), remedy="make them with 'lineage build'")
    click.echo(str(page))
    click.launch(page.resolve().as_uri())
