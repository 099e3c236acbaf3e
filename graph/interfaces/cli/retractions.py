"""The command ``lineage retractions``; `graph.sources.retractions` does the work."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from .common import print_output, say
from .context import CommandContext
from .options import FOLDER, option

if TYPE_CHECKING:
    from ...model.corpus import Corpus
    from ...sources.retractions.statements import Statement

LARGEST = 1 << 30
"""How many bytes a file may have: the table of 2026 has 60 MB."""


@click.command("retractions")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@option("--to", type=FOLDER, help="Write the corpus with its marks into this folder, and leave the other as it is.")
@option(
    "--observed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="As of which day the files hold; without it the day on which each was written.",
)
@option("--json", "as_json", is_flag=True, help="The notices about papers of the corpus as JSON.")
@click.pass_obj
def retractions_command(
    context: CommandContext,
    /,
    files: tuple[Path, ...],
    to: Path | None,
    observed: datetime.datetime | None,
    as_json: bool,
) -> None:
    """Mark papers that were retracted, corrected or put back.

    \b
    lineage --corpus mine retractions retraction_watch.csv
    lineage --corpus mine retractions works.json --observed 2026-11-30
    lineage retractions retraction_watch.csv --to mine
    lineage retractions

    It reads Retraction Watch's CSV, and works of Crossref as JSON with their update notices, and joins them by
    DOI or PubMed id, never by title. Marks then stand wherever a paper is named. A later fetch keeps them.
    Without a file it lists what is known.
    """
    from ...model.shipped_data import snapshot_path
    from ...model.storage import load_corpus

    if not files:
        _show(context, as_json=as_json)
        return
    if to is None and context.corpus == snapshot_path():
        raise InputError(
            "the shipped corpus stays as it is", where=str(context.corpus),
            remedy="name a corpus of yours, lineage --corpus mine retractions ..., or a folder for a copy, --to mine",
        )  # fmt: skip
    statements = [each for path in files for each in _read(path, observed)]
    folder = to or context.corpus
    marked = _save(load_corpus(context.corpus), statements, folder)
    if as_json or not marked.notices:
        _show(CommandContext(context.reading_list, folder), as_json=as_json)
    else:
        _show(CommandContext(context.reading_list, folder), as_json=False)


def _read(path: Path, observed: datetime.datetime | None) -> list[Statement]:
    from ...exports.text.wording import counted
    from ...sources.retractions.read import read_notices
    from ...utils.files import read_bytes

    if path.exists() and not path.is_file() and not path.is_dir():
        raise InputError("this is no ordinary file", where=str(path), remedy="name a file")
    data = read_bytes(path, most=LARGEST)
    written = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    found = read_notices(data, str(path), (observed or written).date().isoformat())
    unnamed = f"; {counted(found.unnamed, 'row')} without a DOI and a PubMed id left out" if found.unnamed else ""
    say(f"{path} ({found.format}): {counted(len(found.statements), 'notice')}{unnamed}")
    return list(found.statements)


def _save(corpus: Corpus, statements: list[Statement], folder: Path) -> Corpus:
    """Write the corpus with its notices, and beside it what a later fetch joins again: both or none."""
    from ...model.storage import save_corpus
    from ...sources.retractions.join import with_notices
    from ...sources.retractions.own_file import OWN_FILE, own_text, read_own, replaced

    every = replaced(read_own(folder), statements)
    marked = with_notices(corpus, every)
    save_corpus(marked, folder, beside={OWN_FILE: own_text(every)})
    say(f"{folder}: written")
    return marked


def _show(context: CommandContext, *, as_json: bool) -> None:
    """What is known of the papers of a corpus."""
    from ...analysis.retraction_status import retraction_counts, retraction_status
    from ...exports.text.retraction_text import counts_form, retraction_lines, status_form

    if context.store is not None:
        raise InputError("a store has no retractions", where=str(context.store), remedy="name a corpus with --corpus")
    lineage = context.lineage
    found = retraction_counts(lineage)
    if as_json:
        noticed = found.noticed if found else ()
        papers = {
            key: status_form(lineage.corpus, retraction_status(lineage.corpus, lineage.paper(key)))["retraction"]
            for key, _ in noticed
        }
        print_output({"papers": papers} | counts_form(found))
    elif found is None:
        print_output("Nobody has looked for retractions in this corpus; 'lineage retractions FILE' does.\n")
    else:
        print_output("\n".join(retraction_lines(lineage, found)) + "\n")
