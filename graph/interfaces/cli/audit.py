"""The command ``lineage audit``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...errors import InputError
from .common import NO, print_answer, refuse_options, refuse_redirection, write_beside
from .completion import complete_paper
from .context import CommandContext
from .options import FOLDER, NEW_FILE, option

HOP = "lineage audit --hop"


@click.command("audit")
@click.argument("words", nargs=-1, metavar="")
@option("--merges", is_flag=True, help="List every merged record with the rule that merged it.")
@option("--hop", metavar="'A → B'", shell_complete=complete_paper, help="Everything known about one citation.")
@option("--witnesses", is_flag=True, help="Who lists the references of each paper of the list, and what is missing.")
@option(
    "--of",
    "names",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Who lists the references of this paper, citation by citation; may be given several times.",
)
@option("--every", is_flag=True, help="Who lists the references of each paper about which two sources were asked.")
@option("--csv", "tables", type=FOLDER, help="Also write who lists what as tables into this folder.")
@option("--svg", "picture", type=NEW_FILE, help="Also draw who lists what into this file.")
@option("--json", "as_json", is_flag=True, help="The findings as JSON, merges included.")
@click.pass_obj
def audit_command(
    context: CommandContext,
    /,
    words: tuple[str, ...],
    merges: bool,
    hop: str | None,
    witnesses: bool,
    names: tuple[str, ...],
    every: bool,
    tables: Path | None,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Report what can be relied on, and what cannot.

    \b
    lineage audit
    lineage audit --merges
    lineage audit --json
    lineage audit --witnesses
    lineage audit --of BERT --csv tables
    lineage audit --hop "GPT → BERT"

    It covers how completely references are known, disagreements of sources, circles of citations,
    merged records, and what was not verified. --witnesses compares the sources of each paper of the
    list: who lists how many references, what they share, what one alone asserts, and what is missing
    from whom with the likely reason. --hop exits with 1 when no source asserts the citation.
    Existing files are replaced.
    """
    about_lists = {
        "--witnesses": witnesses, "--of": names, "--every": every, "--csv": tables, "--svg": picture
    }  # fmt: skip
    given = [name for name, value in {**about_lists, "--merges": merges}.items() if value]
    if hop is not None:
        if given:
            raise InputError(f"--hop asks about one citation, {given[0]} about all", remedy="give one of the two")
        _print_hop(context, (hop, *words), as_json=as_json)
        return
    refuse_options(words)
    if words:
        raise InputError(
            f"'lineage audit' takes no name ({words[0]!r})",
            remedy="write --of PAPER, or --hop 'A → B' for one citation",
        )
    if not any(about_lists.values()):
        from ..questions import AuditQuestion

        print_answer(context.backend.answer(AuditQuestion()), as_json=as_json, all_merges=merges)
        return
    if merges:
        raise InputError(f"--merges and {given[0]} are two questions", remedy="ask one after the other")
    from ...exports.witness_figure import witness_svg, witness_tables
    from ..source_questions import WitnessesQuestion

    backend = context.backend
    answer = backend.answer(WitnessesQuestion.parse(backend, names, every=every))
    write_beside(answer, tables, witness_tables, picture, witness_svg)
    print_answer(answer, as_json=as_json, whole=bool(names))


def _print_hop(context: CommandContext, words: tuple[str, ...], *, as_json: bool) -> None:
    from ..source_questions import HopQuestion

    refuse_redirection(words, HOP)
    backend = context.backend
    answer = backend.answer(HopQuestion.parse(backend, words, example=f"{HOP} 'BERT → InstructGPT'"))
    print_answer(answer, as_json=as_json)
    if not answer.value.found:
        sys.exit(NO)
