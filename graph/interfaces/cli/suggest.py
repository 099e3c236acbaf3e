"""The command ``lineage suggest``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .ask_scholar import ASK_OPTIONS, asked_scholar, refuse_unasked, taken
from .common import print_answer
from .completion import complete_paper
from .context import CommandContext
from .options import leave_out_option, option, with_options

if TYPE_CHECKING:
    from ...model.marks import MarkKind


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
