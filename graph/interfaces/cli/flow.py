"""The command ``lineage flow``."""

from __future__ import annotations

from typing import Any

import click

from ...analysis.acyclic import CYCLES
from .common import NO, print_answer, refuse_redirection
from .completion import complete_paper
from .context import CommandContext
from .options import option, without_self_citations
from .patience import told_after_a_while

COMMAND = "lineage flow"


@click.command("flow")
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@option("--list-only", is_flag=True, help="Only papers of the reading list.")
@without_self_citations
@option("--cycles", type=click.Choice(CYCLES), default="date", help="What to do about circles of citations.")
@option("--top", type=click.IntRange(1), default=15, help="How many papers and citations to show.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON, with all citations.")
@click.pass_obj
def flow_command(context: CommandContext, /, query: tuple[str, ...], top: int, as_json: bool, **options: Any) -> None:
    """Count all paths from one paper to another.

    \b
    lineage flow "BERT → InstructGPT"
    lineage flow 6 17 --list-only
    lineage flow BERT InstructGPT --cycles families --json

    It also shows which papers no path avoids, the shortest, longest and heaviest paths, the number
    of paths through each paper and citation, and the citations that longer chains imply.
    Exits with 1 when there is no path.
    """
    from ..questions import FlowQuestion

    backend = context.backend
    refuse_redirection(query, COMMAND)
    question = FlowQuestion.parse(backend, query, example=COMMAND, **options)
    with told_after_a_while("'lineage path' counts the paths alone and comes sooner"):
        answer = backend.answer(question)
    print_answer(answer, as_json=as_json, top=top)
    if not answer.value.found:
        click.get_current_context().exit(NO)
