"""The command ``lineage main-path``."""

from __future__ import annotations

from typing import Any

import click

from ...algorithms.main_path_search import SEARCHES
from ...algorithms.traversal_weights import WEIGHTS
from ...analysis.acyclic import CYCLES
from ...analysis.main_path import WITHIN
from .common import NO, print_answer, refuse_redirection
from .completion import complete_paper, complete_theme
from .context import CommandContext
from .options import option, without_self_citations
from .patience import told_after_a_while

COMMAND = "lineage main-path"


@click.command("main-path")
@click.argument("query", nargs=-1, shell_complete=complete_paper)
@option("--within", type=click.Choice(WITHIN), default="corpus", help="Which papers to look among.")
@option(
    "--theme", metavar="ID", shell_complete=complete_theme, help="Only papers of this theme, chosen or mainly inferred."
)
@option("--weight", type=click.Choice(WEIGHTS), default="SPC", help="How citations are weighed.")
@option("--search", type=click.Choice(SEARCHES), default="global", help="How to search.")
@option("--routes", type=click.IntRange(1), default=1, help="How many key routes.")
@option(
    "--tolerance",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.0,
    show_default=False,
    help="Broaden a local search: 0.2 also follows citations that weigh at most a fifth less.",
)
@option("--every-end", is_flag=True, help="Start a local search at every source, or at every sink.")
@without_self_citations
@option("--cycles", type=click.Choice(CYCLES), default="date", help="What to do about circles of citations.")
@option("--top", type=click.IntRange(1), default=60, help="How many citations to show.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON, with all citations.")
@click.pass_obj
def main_path_command(
    context: CommandContext, /, query: tuple[str, ...], top: int, as_json: bool, **options: Any
) -> None:
    """Show the main path: the citations on the most search paths.

    \b
    lineage main-path                                  of the whole corpus
    lineage main-path "BERT → InstructGPT"             of what lies between two papers
    lineage main-path --within list --weight SPLC
    lineage main-path --theme rlhf --search key-route-global --routes 10
    lineage main-path --search local-forward --tolerance 0.2

    All ties are kept. The answer says what was dropped or merged to open circles of citations, and
    how far the other weights and the longest paths agree. Exits with 1 when there is no path.
    """
    from ..questions import MainPathQuestion

    backend = context.backend
    refuse_redirection(query, COMMAND)
    question = MainPathQuestion.parse(backend, query, example=COMMAND, **options)
    sooner = "'lineage path --rank main' shows paths of the greatest sums sooner"
    with told_after_a_while(sooner if question.scope.between else "--within list and --theme leave papers out"):
        answer = backend.answer(question)
    print_answer(answer, as_json=as_json, top=top)
    if not answer.value.has_path:
        click.get_current_context().exit(NO)
