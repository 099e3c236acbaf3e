"""The commands ``lineage themes``, ``lineage suggest`` and ``lineage read``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .common import NO, Given, print_answer, two_papers
from .completion import complete_paper


@click.command("themes")
@click.option(
    "--of",
    "part",
    type=click.Choice(["list", "neighbourhood"]),
    default="list",
    show_default=True,
    help="Of which papers.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the method that finds communities.")
@click.option("--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many bridges to show.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw the flow into this file, too.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def themes_command(given: Given, /, part: str, seed: int, top: int, svg: Path | None, as_json: bool) -> None:
    """Say which theme's ideas reach which, and by which bridges.

    \b
    lineage themes
    lineage themes --of neighbourhood
    lineage themes --svg themes.svg
    lineage themes --json

    Also year by year, the communities that the citations alone suggest, and how far they agree with
    the themes.
    """
    from ...analysis.neighbourhood import neighbourhood
    from ...analysis.theme_flow import carriers, communities, theme_flow
    from ...exports.text.themes_text import themes_form, themes_text
    from ...exports.theme_figure import theme_svg
    from ...utils.files import write_all

    lineage = given.lineage
    keys = neighbourhood(lineage) if part == "neighbourhood" else lineage.list_keys
    flow, carried, groups = theme_flow(lineage, keys), carriers(lineage), communities(lineage, seed=seed)
    if svg:
        write_all(svg.parent, {svg.name: theme_svg(lineage, flow)})
    if as_json:
        print_answer(themes_form(lineage, flow, carried, groups))
    else:
        print_answer(themes_text(lineage, flow, carried, groups, top=top))


@click.command("suggest")
@click.option("--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many papers to show.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def suggest_command(given: Given, /, top: int, as_json: bool) -> None:
    """Say what the list may be missing.

    \b
    lineage suggest
    lineage suggest --top 3 --json

    Papers outside it that it leans on, and what would join entries that no citation joins.
    """
    from ...analysis.suggestions import suggestions
    from ...exports.text.themes_text import suggestions_form, suggestions_text

    found = suggestions(given.lineage, top=top)
    print_answer(suggestions_form(found) if as_json else suggestions_text(given.lineage, found))


@click.command("read", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@click.option("--budget", type=click.IntRange(0, 1000), default=5, show_default=True, help="Papers between the two.")
@click.option("--list-only", is_flag=True, help="Keep to papers of the reading list.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def read_command(given: Given, /, query: tuple[str, ...], as_json: bool, **wished: Any) -> None:
    """Say what to read between two papers, in order, and why.

    \b
    lineage read BERT InstructGPT --budget 5
    lineage read "BERT → InstructGPT" --list-only

    Chosen are the papers that most ways from the one to the other run through. Exits with 1 when
    no way leads there.
    """
    from ...analysis.reading_order import reading_order
    from ...exports.text.themes_text import reading_form, reading_text

    lineage = given.lineage
    start, end = two_papers(lineage, query, "lineage read")
    found = reading_order(lineage, start, end, **wished)
    print_answer(reading_form(found) if as_json else reading_text(lineage, start, end, found))
    if found is None:
        sys.exit(NO)
