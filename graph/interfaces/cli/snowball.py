"""The command ``lineage snowball``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .common import print_answer, refuse_options, write_beside
from .completion import complete_paper
from .context import CommandContext
from .options import FOLDER, NEW_FILE, option


@click.command("snowball")
@click.argument("seeds", nargs=-1, shell_complete=complete_paper)
@option(
    "--way",
    type=click.Choice(["backward", "forward", "both"]),
    default="both",
    help="backward: to what papers cite; forward: to what cites them.",
)
@option("--rounds", type=click.IntRange(1, 20), default=1, help="How often to go on from the papers that are new.")
@option("--top", type=click.IntRange(0, 10_000), default=20, help="How many of the papers found to show.")
@option("--csv", "tables", type=FOLDER, help="Also write the papers and the flow as tables into this folder.")
@option("--svg", "picture", type=NEW_FILE, help="Also draw the flow into this file.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON, with every paper.")
@click.pass_obj
def snowball_command(
    context: CommandContext,
    /,
    seeds: tuple[str, ...],
    way: Literal["backward", "forward", "both"],
    rounds: int,
    top: int,
    tables: Path | None,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Follow citations from seeds, and count them for PRISMA.

    \b
    lineage snowball
    lineage snowball BERT "layer normalization" --way backward
    lineage snowball --rounds 2 --csv found --svg flow.svg

    Each word is the name of a seed, so quote a name of several words; without one the papers of the
    reading list are the seeds. It says from which seed each paper came, how many records the lists
    have, how many of them are duplicates, and how many papers are left to be screened, as a flow of
    PRISMA 2020 needs it. What the corpus does not hold is not found: fetch it first. Existing files
    are replaced.
    """
    from ...exports.snowball_figure import snowball_svg
    from ...exports.snowball_flow import snowball_tables
    from ..source_questions import SnowballQuestion

    refuse_options(seeds)
    backend = context.backend
    answer = backend.answer(SnowballQuestion.parse(backend, seeds, way=way, rounds=rounds))
    write_beside(answer, tables, snowball_tables, picture, snowball_svg)
    print_answer(answer, as_json=as_json, top=top)
