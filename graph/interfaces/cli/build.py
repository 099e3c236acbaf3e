"""The commands ``lineage build`` and ``lineage open``: the main job, and a look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import InputError
from ...model.grouping import LANE_WORDS, LaneKind
from .ask_scholar import ASK_OPTIONS, asked_scholar, taken
from .common import say
from .context import CommandContext
from .options import FOLDER, option, with_options

if TYPE_CHECKING:
    from ...model.lineage import Lineage


@click.command("build")
@option(
    "--output",
    "-o",
    type=FOLDER,
    default=Path("output"),
    help="The folder to write to; it is made when it does not exist.",
)
@option(
    "--lanes",
    type=click.Choice(tuple(LANE_WORDS)),
    default="theme",
    help="What the lanes, colours and further pages are of.",
)
@with_options(*ASK_OPTIONS)
@click.pass_obj
def build_command(context: CommandContext, /, output: Path, lanes: LaneKind, **asking: Any) -> None:
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

    \b
    lineage build --lanes author -o by-author    lanes of authors instead of themes
    lineage build --lanes venue -o by-venue
    lineage build --lanes lab --ask -o by-lab    asks Semantic Scholar where authors work

    Every file is replaced whole or not at all, and the same input gives the same bytes.
    """
    from ...analysis.lanes import by_lanes
    from ..build import build_into

    asked = taken(asking)
    if asked["ask"] != (lanes == "lab"):
        raise InputError(
            "--lanes lab and --ask go together: the service is asked where authors work, and nothing else",
            remedy="give both, or leave out both",
        )
    lineage = context.lineage  # faulty input is reported before anything is said to be made
    lineage = by_lanes(lineage, lanes, _affiliations(context, lineage, asked) if asked["ask"] else None)
    paths = build_into(output, lineage, context.files, say)
    say(f"{len(paths)} files written. Open the page in a browser:")
    click.echo(str(paths[0]))


def _affiliations(context: CommandContext, lineage: Lineage, asked: dict[str, Any]) -> Mapping[str, Sequence[str]]:
    from ..scholar import affiliations_around

    with asked_scholar(context, asked) as scholar:
        return affiliations_around(lineage, scholar)


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
