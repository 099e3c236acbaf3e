"""The commands ``lineage themes``, ``lineage suggest`` and ``lineage read``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .ask_scholar import ASK_OPTIONS, asked_scholar, refuse_unasked, taken
from .common import NO, print_answer, refuse_options, refuse_redirection
from .completion import complete_paper
from .context import CommandContext
from .options import FILE, leave_out_option, option, with_options

if TYPE_CHECKING:
    from ...model.marks import MarkKind

READ = "lineage read"


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
@option("--svg", type=FILE, help="Also draw the flow into this file.")
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


@click.command("suggest")
@option("--top", type=click.IntRange(1, 10_000), default=10, help="How many papers to show.")
@leave_out_option
@with_options(*ASK_OPTIONS)
@option(
    "--for",
    "like",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="With --ask: papers like this one and not like the list; may be given several times.",
)
@option(
    "--not",
    "unlike",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="With --ask: papers unlike this one; may be given several times.",
)
@option(
    "--pool",
    type=click.Choice(["recent", "all-cs"]),
    help="With --ask --for one paper: among recent papers, as without it, or all of computer science.",
)
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def suggest_command(
    context: CommandContext, /, top: int, leave_out: tuple[MarkKind, ...], as_json: bool, **options: Any
) -> None:
    """Suggest papers that the list may be missing.

    \b
    lineage suggest
    lineage suggest --top 3 --json
    lineage suggest --ask                     what Semantic Scholar suggests for the list
    lineage suggest --ask --for BERT          ... for one paper
    lineage suggest --ask --not "Fast Weights"

    These are papers outside the list that many of its papers cite, and papers that would connect
    entries without any citation in the list. With --ask they are suggestions of the service for the
    papers of the list, or for those that are named: they are no citations.
    """
    from ..questions import SuggestionsQuestion

    asking, backend = taken(options), context.backend
    if not asking["ask"]:
        refuse_unasked({"--for": options["like"], "--not": options["unlike"], "--pool": options["pool"]})
        print_answer(backend.answer(SuggestionsQuestion.parse(backend, top=top, leave_out=leave_out)), as_json=as_json)
        return
    from ..scholar import recommend

    with asked_scholar(context, asking) as scholar:
        answer = recommend(backend, scholar, top=top, leave_out=leave_out, **options)
    print_answer(answer, as_json=as_json)


@click.command("read", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@option("--budget", type=click.IntRange(0, 1000), default=5, help="How many papers between the two.")
@option("--list-only", is_flag=True, help="Only papers of the reading list.")
@leave_out_option
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def read_command(context: CommandContext, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Choose what to read between two papers, in order, and why.

    \b
    lineage read BERT InstructGPT --budget 5
    lineage read "BERT → InstructGPT" --list-only

    It chooses the papers that most paths from the one to the other run through. Exits with 1 when
    there is no path.
    """
    from ...analysis.reading_order import NoReadingOrder
    from ..questions import ReadingQuestion

    refuse_options(query, "read")
    refuse_redirection(query, READ)
    backend = context.backend
    answer = backend.answer(ReadingQuestion.parse(backend, query, example=READ, **options))
    print_answer(answer, as_json=as_json)
    if isinstance(answer.value, NoReadingOrder):
        sys.exit(NO)
