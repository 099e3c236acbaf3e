"""The command ``lineage read``."""

from __future__ import annotations

import sys
from typing import Any

import click

from .common import NO, print_answer, refuse_options, refuse_redirection
from .completion import complete_paper
from .context import CommandContext
from .options import leave_out_option, option

READ = "lineage read"


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

    refuse_options(query)
    refuse_redirection(query, READ)
    backend = context.backend
    answer = backend.answer(ReadingQuestion.parse(backend, query, example=READ, **options))
    print_answer(answer, as_json=as_json)
    if isinstance(answer.value, NoReadingOrder):
        sys.exit(NO)
