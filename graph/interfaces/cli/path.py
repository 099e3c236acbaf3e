"""``lineage path``: the ways from one paper to a later one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...analysis.path_options import RANKS, PathOptions
from ...errors import InputError
from .common import NO, Given, before_the_command, print_answer, refuse_redirection
from .completion import complete_paper, complete_theme

if TYPE_CHECKING:
    from ...analysis.ancestry import Relatives
    from ...analysis.paths import PathAnswer
    from ...model.lineage import Lineage


@click.command("path", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@click.option("--list-only", is_flag=True, help="Keep to papers of the reading list.")
@click.option(
    "--via",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Pass this paper; may be given several times.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Leave this paper aside; may be given several times.",
)
@click.option(
    "--theme", metavar="ID", shell_complete=complete_theme, help="Between the ends, keep to papers of this theme."
)
@click.option(
    "--between",
    metavar="YEAR..YEAR",
    help="Between the ends, keep to papers of these years: 2018..2022, 2018.., ..2022.",
)
@click.option("--max-hops", type=click.IntRange(1), help="Leave longer paths aside.")
@click.option("--rank", type=click.Choice(RANKS), default="shortest", show_default=True, help="Which paths come first.")
@click.option("--longest", is_flag=True, help="The longest paths first.")
@click.option("--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many paths to show.")
@click.option("--explain", is_flag=True, help="The first path as a reading trail.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer as a page, too.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def path_command(
    given: Given,
    /,
    query: tuple[str, ...],
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    theme: str | None,
    between: str | None,
    explain: bool,
    html: Path | None,
    as_json: bool,
    **wished: Any,
) -> None:
    """Show the ways from one paper to a later one.

    \b
    lineage path "BERT → InstructGPT"              the directed paths, shortest first
    lineage path BERT to InstructGPT
    lineage path 6 17 --list-only
    lineage path "BERT → GPT-3 → InstructGPT"      through GPT-3
    lineage path "InstructGPT ↔ BERT"              in whichever direction there is one
    lineage path "* → InstructGPT"                 all that led to it
    lineage path "BERT → *"                        all that it led to
    lineage path "BERT → InstructGPT" --html way.html
    lineage path 6 17 --avoid GPT-3 --between 2019..2021 --rank strongest

    Every hop says who asserts its citation. Exits with 1 when there is no path.
    """
    from ...analysis.ask import answer_question
    from ...analysis.query import parse_theme, parse_years
    from ...analysis.resolve import resolve

    refuse_lost_words(query)
    lineage = given.lineage
    wish = PathOptions(
        via=tuple(resolve(lineage, name) for name in via),
        avoid=tuple(resolve(lineage, name) for name in avoid),
        theme=parse_theme(lineage, theme),
        years=parse_years(between),
        **wished,
    )
    print_paths(lineage, answer_question(lineage, query, wish), explain=explain, html=html, as_json=as_json)


def print_paths(
    lineage: Lineage, answer: PathAnswer | Relatives, *, explain: bool, html: Path | None, as_json: bool
) -> None:
    """Print the answer to a question about paths, and write its page if asked to; exit with 1 without a path."""
    from ...analysis.ancestry import Relatives
    from ...exports.json_forms import path_form, relatives_form
    from ...exports.text.path_text import path_text, relatives_text, trail_text

    if isinstance(answer, Relatives):
        print_answer(relatives_form(lineage, answer) if as_json else relatives_text(lineage, answer))
        return
    if html:
        from ...pages.views import path_page
        from ...utils.files import write_all

        write_all(html.parent, {html.name: path_page(lineage, answer)})
        click.echo(f"{html}: written", err=True)
    print_answer(path_form(lineage, answer) if as_json else (trail_text if explain else path_text)(lineage, answer))
    if not answer.found:
        sys.exit(NO)


def refuse_lost_words(query: Sequence[str]) -> None:
    """Catch a mistyped option, and an arrow whose `>` the shell took for a redirection."""
    for word in query:
        if word.startswith("-") and word.strip("-=>"):
            remedy = before_the_command(word, "path") or "'lineage path --help' lists the options"
            raise InputError(f"no such option {word!r}", remedy=remedy)
    refuse_redirection(query, "lineage path")
