"""The command ``lineage flow``."""

from __future__ import annotations

import click

from ...analysis.acyclic import CYCLES, Cycles
from .common import NO, Given, print_answer, two_papers
from .completion import complete_paper


@click.command("flow")
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@click.option("--list-only", is_flag=True, help="Keep to papers of the reading list.")
@click.option(
    "--cycles", type=click.Choice(CYCLES), default="date", show_default=True, help="What to do about circles."
)
@click.option(
    "--top", type=click.IntRange(1), default=15, show_default=True, help="How many papers and citations to show."
)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, with all citations.")
@click.pass_obj
def flow_command(
    given: Given, /, query: tuple[str, ...], list_only: bool, cycles: Cycles, top: int, as_json: bool
) -> None:
    """Count all paths from one paper to another.

    \b
    lineage flow "BERT → InstructGPT"
    lineage flow 6 17 --list-only
    lineage flow BERT InstructGPT --cycles families --json

    Also what they run through: which papers no path avoids, the shortest, longest and heaviest
    paths, the paths through each paper and citation, and the citations that longer chains imply.
    Exits with 1 when there is no path.
    """
    from ...analysis.flow import flow
    from ...exports.text.flow_text import flow_form, flow_text

    lineage = given.lineage
    answer = flow(lineage, *two_papers(lineage, query, "lineage flow"), list_only=list_only, cycles=cycles)
    print_answer(flow_form(lineage, answer) if as_json else flow_text(lineage, answer, top=top))
    if not answer.found:
        click.get_current_context().exit(NO)
