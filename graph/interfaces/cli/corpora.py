"""The commands ``lineage diff``, ``lineage index`` and ``lineage snapshot``: corpora as folders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from ...model.shipped_data import data_folder
from .common import NO, print_output, say
from .options import FOLDER, PATH, option

if TYPE_CHECKING:
    from .context import CommandContext


@click.command("diff")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@option("--json", "as_json", is_flag=True, help="All changes as JSON.")
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Show what changed from one corpus to another.

    \b
    lineage diff corpus-2025 corpus-2026
    lineage diff corpus-2025 corpus-2026 --json

    It lists papers and citations that were added or removed, papers that were merged or split,
    corrections, sources that came or went, and changes of coverage. Exits with 1 when there is a
    difference.
    """
    from ...exports.text.diff_text import comparison_text
    from ...model.diff import compare
    from ...model.serialize import to_row
    from ...model.storage import load_corpus

    found = compare(load_corpus(old), load_corpus(new))
    print_output(to_row(found) if as_json else comparison_text(found))
    if not found.same:
        sys.exit(NO)


@click.command("index")
@click.pass_obj
def index_command(context: CommandContext) -> None:
    """Write the index of a corpus, which speeds up questions.

    \b
    lineage --corpus my-corpus index

    Whatever writes a corpus writes its index, too. A corpus that was edited by hand is read from its
    rows until it has a new one. An index that fits is left as it is. Rows that are not in order are put
    in order. Folders of reasons that belong to the corpus or the list get an index likewise.
    """
    from ...model.corpus_index import INDEX
    from ...model.reason_files import reason_folders, write_reason_index
    from ...model.reason_rows import REASON_INDEX
    from ...model.storage import write_index

    written = write_index(context.corpus)
    for name in written:
        in_order = " anew, its rows in order" if name.endswith(".jsonl") else ""
        say(f"{context.corpus / name}: written{in_order}")
    if not written:
        say(f"{context.corpus / INDEX}: it is there and fits; nothing was written")
    for folder in reason_folders(context.reading_list, context.corpus):
        is_new = write_reason_index(folder)
        say(f"{folder / REASON_INDEX}: {'written' if is_new else 'it is there and fits; nothing was written'}")


@click.command("snapshot")
@option("--check", is_flag=True, help="Only compare the snapshot with what the facts make.")
@option("--data", type=FOLDER, help="A data folder instead of the project's.")
def snapshot_command(check: bool, data: Path | None) -> None:
    """Build the corpus from the facts of a data folder.

    \b
    lineage snapshot
    lineage snapshot --check
    lineage snapshot --data my-data

    The same facts give the same bytes, and files that are so already are left as they are. Exits
    with 1 when --check finds a difference.
    """
    from ...sources.snapshot import stale_files, write_snapshot

    folder = data or data_folder()
    if not (folder / "papers.toml").exists():
        raise InputError(
            "no facts to build from here (papers.toml is missing)",
            where=str(folder),
            remedy="run it in a checkout, or name a data folder with --data",
        )
    if not check:
        written = write_snapshot(folder)
        for name in written:
            say(f"{folder / 'snapshot' / name}: written")
        if not written:
            say(f"{folder / 'snapshot'}: up to date with the facts; nothing was written")
        return
    wrong = stale_files(folder)
    for name, what in wrong.items():
        say(f"{folder / 'snapshot' / name}: {what}; 'lineage snapshot' builds it anew")
    if wrong:
        sys.exit(NO)
    say(f"{folder / 'snapshot'}: up to date with the facts")
