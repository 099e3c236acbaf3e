"""The command ``lineage path``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...analysis.path_options import RANKS
from ...errors import InputError
from ...model.reasons import INTENTS
from .ask_scholar import ASK_OPTIONS, asked_scholar, taken
from .common import (
    NO,
    first_given,
    is_given,
    print_answer,
    print_output,
    refuse_options,
    refuse_redirection,
    say,
)
from .completion import complete_paper, complete_theme
from .context import CommandContext
from .options import NEW_FILE, leave_out_option, option, with_options, without_self_citations
from .patience import told_after_a_while

if TYPE_CHECKING:
    from ...analysis.passages import Passages
    from ..answer import Answer
    from ..path_questions import GroupedPathsQuestion, PathQuestion

COMMAND = "lineage path"


@click.command("path", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@option("--list-only", is_flag=True, help="Only papers of the reading list.")
@option(
    "--via",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Only paths through this paper; may be given several times.",
)
@option(
    "--avoid",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Only paths without this paper; may be given several times.",
)
@leave_out_option
@option("--theme", metavar="ID", shell_complete=complete_theme, help="Between the two, only papers of this theme.")
@option(
    "--between", metavar="YEAR..YEAR", help="Between the two, only papers of these years: 2018..2022, 2018.., ..2022."
)
@without_self_citations
@option("--max-hops", type=click.IntRange(1), help="No longer paths.")
@option("--rank", type=click.Choice(RANKS), default="shortest", help="Which paths come first.")
@option("--longest", is_flag=True, help="The longest paths first.")
@option("--top", type=click.IntRange(1, 10_000), default=10, help="How many paths to show.")
@option("--intent", type=click.Choice(INTENTS), help="Group the paths: is every hop for this purpose?")
@option("--about", metavar="WORDS", help="Group the paths: does a reason or a citing sentence speak of it?")
@with_options(*ASK_OPTIONS)
@option("--explain", is_flag=True, help="Explain the first path, paper by paper.")
@option("--no-reasons", is_flag=True, help="Do not say why a paper cites the one before it.")
@option("--html", type=NEW_FILE, help="Also write the answer as a page.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def path_command(
    context: CommandContext,
    /,
    query: tuple[str, ...],
    explain: bool,
    no_reasons: bool,
    html: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Show the paths from one paper to a later one.

    \b
    lineage path "BERT → InstructGPT"              the directed paths, shortest first
    lineage path BERT to InstructGPT
    lineage path 6 17 --list-only
    lineage path "BERT → GPT-3 → InstructGPT"      through GPT-3
    lineage path "InstructGPT ↔ BERT"              in either direction
    lineage path "* → InstructGPT"                 all that led to it
    lineage path "BERT → *"                        all that it led to
    lineage path "BERT → InstructGPT" --html way.html
    lineage path 6 17 --avoid GPT-3 --between 2019..2021 --rank strongest
    lineage path 6 17 --intent methodology         which paths build on methods, by every hop
    lineage path 6 17 --about "reward model"       on which paths a hop speaks of it
    lineage path 6 17 --about "reward model" --ask   and passages of full texts that speak of it

    Every hop says who asserts its citation, and why it was made, where a reason is recorded.
    Exits with 1 when there is no path.
    """
    from ...analysis.path_answer import PathAnswer
    from ...exports.text.path_text import trail_text
    from ...index.contexts import NO_SENTENCES
    from ..path_questions import paths_question

    asking = taken(options)
    _check_asking(asking, options["about"])
    refuse_options(query)
    refuse_redirection(query, COMMAND)
    _check_options(click.get_current_context())
    backend = context.backend
    with told_after_a_while(_what_takes_less(options)):
        question = paths_question(backend, query, example=f"{COMMAND} BERT InstructGPT", **options)
        _check_question(question, click.get_current_context())
        answer: Answer[Any] = backend.answer(question)
    if not (explain or as_json):  # the text shows no citing sentences
        answer = replace(answer, remarks=tuple(each for each in answer.remarks if each != NO_SENTENCES))
    if no_reasons:
        answer = replace(answer, lineage=replace(answer.lineage, reasons={}))
    found = answer.value
    if not isinstance(found, PathAnswer):
        from ...analysis.grouped_paths import GroupedPaths

        _print(context, answer, options["about"], asking, as_json=as_json)
        if isinstance(found, GroupedPaths) and not found.may_be:
            sys.exit(NO)
        return
    if asking["ask"]:  # there is no path, and so nothing to group
        _print(context, answer, options["about"], asking, as_json=as_json)
        sys.exit(NO)
    if html:
        from ...pages.views import path_page
        from ...utils.files import write_all

        write_all(html.parent, {html.name: path_page(answer.lineage, found, is_part=not backend.in_memory)})
        say(f"{html}: written")
    print_answer(answer, as_json=as_json, text=trail_text if explain else None)
    if not found.found:
        sys.exit(NO)


def _check_options(ctx: click.Context) -> None:
    """Raise `InputError` for options of which one would say nothing beside the other."""
    given = ctx.params
    if (given["explain"] or given["html"]) and (given["intent"] or given["about"]):
        raise InputError("groups of paths are shown as text or JSON alone", remedy="leave out --explain and --html")
    if given["explain"] and given["as_json"]:
        raise InputError("--explain is a text, and --json asks for none", remedy="leave one of them out")
    if given["longest"] and is_given(ctx, "rank"):
        raise InputError("--longest and --rank are two orders", remedy="leave one of them out")


def _check_question(question: PathQuestion | GroupedPathsQuestion, ctx: click.Context) -> None:
    """Raise `InputError` for an option about paths in a question about all papers before or after one."""
    from ..path_questions import PathQuestion

    if isinstance(question, PathQuestion) and question.query.kind in ("ancestry", "descent"):
        wrong = first_given(ctx, "rank", "longest", "top", "explain")
        if wrong:
            what = f"{wrong} is about paths, and this asks for all papers before or after one"
            raise InputError(what, remedy="leave it out")


def _what_takes_less(options: dict[str, Any]) -> str:
    """What a person can ask for instead of what takes long."""
    if options["longest"] or options["rank"] != "shortest":
        return "this order reads every citation between the two, the shortest paths come sooner"
    return "--max-hops, --between and --avoid leave out papers"


def _print(
    context: CommandContext, answer: Answer[Any], about: str | None, asking: dict[str, Any], *, as_json: bool
) -> None:
    """Print an answer, and below it the passages that were asked for."""
    if not asking["ask"] or about is None:
        print_answer(answer, as_json=as_json)
        return
    if not as_json:  # first what needs no network
        print_answer(answer, as_json=False)
    _print_passages(answer, _ask_for_passages(context, answer, about, asking), as_json=as_json)


def _check_asking(asking: Mapping[str, Any], about: str | None) -> None:
    """Raise `InputError` for --ask without something to ask about."""
    if asking["ask"] and about is None:
        raise InputError("--ask asks for passages about something", remedy="add --about WORDS")


def _ask_for_passages(
    context: CommandContext, answer: Answer[Any], about: str, asking: Mapping[str, Any]
) -> Answer[Passages]:
    """The passages of the papers on the paths of an answer, or of the two papers where it has none."""
    from ..scholar import passages

    with asked_scholar(context, asking) as scholar:
        return passages(answer.lineage, scholar, about, _papers_on_paths(answer.value))


def _papers_on_paths(found: Any) -> list[str]:
    """The two papers that were asked about, then those on the shown paths, each once."""
    groups = getattr(found, "groups", (found,))
    keys = [key for group in groups for path in group.paths for key in path.keys]
    return list(dict.fromkeys([found.start, found.end, *keys]))


def _print_passages(answer: Answer[Any], found: Answer[Passages], *, as_json: bool) -> None:
    """Print passages below an answer that was printed, or as JSON in one object with it."""
    if as_json:
        print_output(answer.form | {"passages": found.form})
    else:
        print_output("\n" + found.text)
