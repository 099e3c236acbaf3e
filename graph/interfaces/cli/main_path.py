"""The command ``lineage main-path``."""

from __future__ import annotations

from fractions import Fraction

import click

from ...algorithms.main_path_search import SEARCHES, Search, SearchName
from ...algorithms.traversal_weights import WEIGHTS, Weight
from ...analysis.acyclic import CYCLES, Cycles
from ...analysis.main_path import WITHIN, Scope, Within
from .common import NO, Given, print_answer, two_papers
from .completion import complete_paper, complete_theme


@click.command("main-path")
@click.argument("query", nargs=-1, shell_complete=complete_paper)
@click.option(
    "--within", type=click.Choice(WITHIN), default="corpus", show_default=True, help="Which papers to look among."
)
@click.option(
    "--theme",
    metavar="ID",
    shell_complete=complete_theme,
    help="Keep to papers of this theme, chosen or mainly inferred.",
)
@click.option("--weight", type=click.Choice(WEIGHTS), default="SPC", show_default=True, help="How citations weigh.")
@click.option("--search", type=click.Choice(SEARCHES), default="global", show_default=True, help="How to search.")
@click.option("--routes", type=click.IntRange(1), default=1, show_default=True, help="How many key routes.")
@click.option(
    "--tolerance",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.0,
    help="Broaden a local search: 0.2 also follows citations at most a fifth lighter.",
)
@click.option("--every-end", is_flag=True, help="A local search from every source, or every sink.")
@click.option(
    "--cycles", type=click.Choice(CYCLES), default="date", show_default=True, help="What to do about circles."
)
@click.option("--top", type=click.IntRange(1), default=60, show_default=True, help="How many citations to show.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, with all citations.")
@click.pass_obj
def main_path_command(
    given: Given,
    /,
    query: tuple[str, ...],
    within: Within,
    theme: str | None,
    weight: Weight,
    search: SearchName,
    routes: int,
    tolerance: float,
    every_end: bool,
    cycles: Cycles,
    top: int,
    as_json: bool,
) -> None:
    """Show the citations that most of all search runs through.

    \b
    lineage main-path                                  of the whole corpus
    lineage main-path "BERT → InstructGPT"             of what lies between two papers
    lineage main-path --within list --weight SPLC
    lineage main-path --theme rlhf --search key-route-global --routes 10
    lineage main-path --search local-forward --tolerance 0.2

    All ties are kept. The answer says what was dropped or merged to open circles of citations, and
    how far the other weights and the longest paths agree. Exits with 1 when there is no path.
    """
    from ...analysis.main_path import main_path
    from ...exports.text.main_path_text import main_path_form, main_path_text

    lineage = given.lineage
    by = Search(search, routes, Fraction(str(tolerance)), every_end)
    ends = two_papers(lineage, query, "lineage main-path") if query else None
    answer = main_path(lineage, Scope(within, theme, ends), weight=weight, by=by, cycles=cycles)
    print_answer(main_path_form(lineage, answer) if as_json else main_path_text(lineage, answer, top=top))
    if not answer.found.arcs:
        click.get_current_context().exit(NO)
