"""The command ``lineage measures``."""

from __future__ import annotations

import click

from ...errors import InputError
from .common import is_given, print_answer, print_output
from .completion import complete_paper
from .context import CommandContext
from .options import option


@click.command("measures")
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@option(
    "--of",
    "paper",
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Only this paper, with its rank; or the papers around it.",
)
@option("--top", type=click.IntRange(1, 1_000_000), default=10, help="How many to show.")
@option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="A parameter of the measure.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def measures_command(
    context: CommandContext,
    names: tuple[str, ...],
    paper: str | None,
    top: int,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Measure papers, pairs and years, or list the measures.

    \b
    lineage measures
    lineage measures pagerank --top 5
    lineage measures --of BERT
    lineage measures coupling --of BERT
    lineage measures betweenness --set sample=50 --set seed=1

    An unknown value is shown as unknown, with the reason, and never counted as zero.
    """
    from ..questions import MeasuresQuestion, parse_settings

    if not names and paper is None:
        from ...exports.text.measures_text import measures_text, registry_form

        parse_settings(settings, ())
        if is_given(click.get_current_context(), "top"):
            raise InputError("--top says how many papers, and this lists the measures", remedy="name a measure")
        print_output(registry_form() if as_json else measures_text())
        return
    question = MeasuresQuestion.parse(context.backend, names, paper=paper, settings=settings)
    print_answer(context.backend.answer(question), as_json=as_json, json_options={"top": top}, top=top)
