"""The command ``lineage show``."""

from __future__ import annotations

import click

from .common import print_answer
from .completion import complete_paper
from .context import CommandContext
from .options import option


@click.command("show")
@click.argument("name", nargs=-1, shell_complete=complete_paper)
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def show_command(context: CommandContext, name: tuple[str, ...], as_json: bool) -> None:
    """Describe one paper, or without a name the reading list.

    \b
    lineage show
    lineage show BERT
    lineage show "layer normalization" --json
    """
    from ..questions import PaperQuestion, ReadingListQuestion

    backend = context.backend
    question = PaperQuestion(backend.key_of(" ".join(name))) if name else ReadingListQuestion()
    print_answer(backend.answer(question), as_json=as_json)
