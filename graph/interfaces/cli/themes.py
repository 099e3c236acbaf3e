"""The command ``lineage themes``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .common import print_answer
from .context import CommandContext
from .options import NEW_FILE, option


@click.command("themes")
@option(
    "--of",
    "part",
    type=click.Choice(["list", "neighbourhood"]),
    default="list",
    help="Which papers to count citations among.",
)
@option("--seed", type=int, default=1, help="The seed of the method that finds communities.")
@option("--top", type=click.IntRange(1, 10_000), default=10, help="How many bridges to show.")
@option("--svg", type=NEW_FILE, help="Also draw the flow into this file.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def themes_command(
    context: CommandContext,
    /,
    part: Literal["list", "neighbourhood"],
    seed: int,
    top: int,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Show which theme's ideas reach which, and by which bridges.

    \b
    lineage themes
    lineage themes --of neighbourhood
    lineage themes --svg themes.svg
    lineage themes --json

    It also shows the flow year by year, the communities that the citations alone suggest, and how
    far these agree with the themes.
    """
    from ..questions import ThemesQuestion

    answer = context.backend.answer(ThemesQuestion(part, seed))
    if svg:
        from ...exports.theme_figure import theme_svg
        from ...utils.files import write_all

        write_all(svg.parent, {svg.name: theme_svg(answer.lineage, answer.value.flow)})
    print_answer(answer, as_json=as_json, top=top)
