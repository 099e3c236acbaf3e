"""The command ``lineage similar``."""

from __future__ import annotations

import click

from .common import print_answer
from .completion import complete_paper
from .context import CommandContext
from .options import option


@click.command("similar")
@click.argument("name", nargs=-1, required=True, shell_complete=complete_paper)
@option("--top", type=click.IntRange(1, 10_000), default=10, help="How many papers to show.")
@option("--uncited", is_flag=True, help="Only papers that no citation joins with this one.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def similar_command(context: CommandContext, /, name: tuple[str, ...], top: int, uncited: bool, as_json: bool) -> None:
    """Show the papers nearest to one in content.

    \b
    lineage --corpus mine similar BERT
    lineage --corpus mine similar BERT --uncited --top 20

    It compares vectors of Semantic Scholar, which 'lineage fetch ... --vectors' fetches. A likeness
    is a number and no citation.
    """
    from ..source_questions import SimilarQuestion

    backend = context.backend
    print_answer(backend.answer(SimilarQuestion(backend.key_of(" ".join(name)), top, uncited)), as_json=as_json)
