"""The command ``lineage reasons``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...errors import InputError
from .common import NO, is_given, print_file, print_output, refuse_redirection, say
from .completion import complete_paper
from .context import CommandContext
from .options import PATH, option

COMMAND = "lineage reasons --template"


@click.command("reasons")
@click.argument("query", nargs=-1, shell_complete=complete_paper)
@option("--template", is_flag=True, help="Print rows for the citations on the paths between two papers.")
@option("--top", type=click.IntRange(1, 10_000), default=10, help="On how many of these paths.")
@option("--check", type=PATH, help="Check a file of reasons, or a folder of them.")
@option("--json", "as_json", is_flag=True, help="All reasons and their counts as JSON.")
@click.pass_obj
def reasons_command(
    context: CommandContext, /, query: tuple[str, ...], template: bool, top: int, check: Path | None, as_json: bool
) -> None:
    """Count, check or begin to write reasons of citations.

    \b
    lineage reasons
    lineage reasons --json
    lineage reasons --template BERT InstructGPT --top 4
    lineage --corpus my-corpus reasons --check reasons/ouyang2022.toml

    A template has a row for every citation that has no reason yet. Reasons are read from the TOML files of a folder
    'reasons' beside the corpus, or beside the list where no corpus lies there. Exits with 1 when there is no path.
    """
    if template and check:
        raise InputError("--template and --check at once", remedy="leave one of the two out")
    if as_json and (template or check):
        raise InputError("--template and --check write no JSON", remedy="leave out --json")
    if not template and is_given(click.get_current_context(), "top"):
        raise InputError("--top goes with --template", remedy="add --template A B, or leave it out")
    if check and query:
        raise InputError("--check asks about no papers", remedy="leave them out, or ask --template about them")
    if check:
        _check(context, check)
    elif template:
        _template(context, query, top)
    elif query:
        raise InputError("a question without --template", remedy=f"{COMMAND} BERT InstructGPT")
    else:
        from ...analysis.reason_counts import reason_counts
        from ...exports.json_forms import reasons_form
        from ...exports.text.reason_text import reason_counts_text

        lineage = context.lineage
        print_output((reasons_form if as_json else reason_counts_text)(lineage, reason_counts(lineage)))


def _check(context: CommandContext, path: Path) -> None:
    """Check reasons against the corpus alone, so that faults of other files do not hide theirs."""
    from ...exports.wording import counted
    from ...model.reason_files import files_of, read_reasons
    from ...model.storage import load_corpus

    files = files_of(path) if path.is_dir() else [path]
    if not files:
        raise InputError("no TOML files here", where=str(path), remedy="name a file of reasons, or a folder of them")
    reasons = read_reasons(files, load_corpus(context.corpus))
    say(f"{path}: {counted(len(reasons), 'reason')}, all of citations of {context.corpus}")


def _template(context: CommandContext, query: tuple[str, ...], top: int) -> None:
    from ...analysis.path_answer import PathAnswer
    from ...exports.wording import asserted, name_of, year_of
    from ...model.reason_files import template_of
    from ..path_questions import PathQuestion

    refuse_redirection(query, COMMAND)
    if not query:
        raise InputError("no papers", remedy=f"{COMMAND} BERT InstructGPT")
    backend, lineage = context.backend, context.lineage
    found = backend.answer(PathQuestion.parse(backend, query, example=f"{COMMAND} BERT InstructGPT", top=top)).value
    if not isinstance(found, PathAnswer):
        raise InputError("a question about all papers before or after one", remedy=f"{COMMAND} BERT InstructGPT")
    if not found.found:
        say("no path, so there are no citations to give reasons of; 'lineage path' says why")
        sys.exit(NO)
    hops = {(hop.cited, hop.citing): hop for path in found.paths for hop in path.hops}
    rows = {}
    for (cited, citing), hop in hops.items():
        if lineage.reason(cited, citing) is None:
            ends = (f"{name_of(lineage, key)} ({year_of(lineage, key)})" for key in (citing, cited))
            rows[cited, citing] = f"{' cites '.join(ends)}: {asserted(lineage, hop.citation)}"
    if rows:
        print_file("\n".join(template_of(rows)) + "\n")
    else:
        say(f"all {len(hops)} citations on these paths have a reason")
