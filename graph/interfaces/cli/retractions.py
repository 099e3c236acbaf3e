"""The command ``lineage retractions``; `graph.sources.retractions` does the work."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from .common import interruptible, print_output, say
from .context import CommandContext
from .options import FOLDER, GIVEN_FILE, option
from .safe_stream import safe

if TYPE_CHECKING:
    from ...sources.retractions.download import FetchedTable
    from ...sources.retractions.join import Search
    from ...sources.retractions.statements import Statement

_MEGABITS = 10
"""A usual connection, for the time that is said beforehand."""


@click.command("retractions")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=GIVEN_FILE)
@option("--to", type=FOLDER, help="Write the corpus with its marks into this folder, and leave the other as it is.")
@option(
    "--observed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="As of which day the files hold; without it the day on which each was written.",
)
@option("--fetch", "fetches", is_flag=True, help="Get Retraction Watch's table, and keep what is about the corpus.")
@option("--dry-run", is_flag=True, help="With --fetch: only say what would be asked for, and how long it takes.")
@option("--base-url", metavar="URL", help="With --fetch: a mirror or a test service instead of GitLab.")
@option(
    "--json",
    "as_json",
    is_flag=True,
    help="The notices about papers of the corpus as JSON; with --dry-run what it says.",
)
@click.pass_context
def retractions_command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    to: Path | None,
    observed: datetime.datetime | None,
    fetches: bool,
    dry_run: bool,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Mark papers that were retracted, corrected or put back.

    \b
    lineage --corpus mine retractions --fetch
    lineage --corpus mine retractions retraction_watch.csv
    lineage --corpus mine retractions works.json --observed 2026-11-30
    lineage retractions retraction_watch.csv --to mine
    lineage retractions

    It reads Retraction Watch's CSV, and works of Crossref as JSON with their update notices, and joins them by
    DOI or PubMed id, never by title. Marks then stand wherever a paper is named. A later fetch keeps them.
    --fetch downloads the table as Crossref publishes it, some 60 MB, and keeps the rows about papers of the
    corpus alone. Without a file it lists what is known.
    """
    from ...model.shipped_data import snapshot_path

    context = ctx.obj
    assert isinstance(context, CommandContext)
    _check_options(files, observed, fetches=fetches, dry_run=dry_run, base_url=base_url)
    if context.store is not None:
        raise InputError("a store has no retractions", where=str(context.store), remedy="name a corpus with --corpus")
    if not files and not fetches:
        _show(context, as_json=as_json)
        return
    if to is None and context.corpus == snapshot_path():
        raise InputError(
            "the shipped corpus stays as it is", where=str(context.corpus),
            remedy="name a corpus of yours, lineage --corpus mine retractions ..., or a folder for a copy, --to mine",
        )  # fmt: skip
    folder = to or context.corpus
    if fetches:
        table = _fetched(ctx, context.corpus, folder, base_url, dry_run=dry_run, as_json=as_json)
        if table is None:
            return
        _save(context.corpus, table.statements, folder, table.search)
    else:
        statements = [each for path in files for each in _read(path, observed)]
        _save(context.corpus, statements, folder)
    _show(CommandContext(context.reading_list, folder), as_json=as_json)


def _check_options(
    files: Sequence[Path], observed: datetime.datetime | None, *, fetches: bool, dry_run: bool, base_url: str | None
) -> None:
    """Raise `InputError` for options that do not go together."""
    if fetches and files:
        raise InputError("--fetch takes no file", where=str(files[0]), remedy="leave one of them out")
    if fetches and observed:
        raise InputError("what is fetched holds as of today", where="--observed", remedy="leave it out")
    for name, given in (("--dry-run", dry_run), ("--base-url", base_url)):
        if given and not fetches:
            raise InputError(f"{name} goes with --fetch", remedy="add --fetch, or leave it out")


def _fetched(
    ctx: click.Context, corpus: Path, folder: Path, base_url: str | None, *, dry_run: bool, as_json: bool
) -> FetchedTable | None:
    """What the table says of the papers of a corpus; None where only that was to be said which it takes."""
    from ...exports.wording import counted
    from ...model.storage import load_corpus
    from ...sources.fetch.progress import RequestMeter
    from ...sources.http.transport import service_at
    from ...sources.retractions.download import HOME, MEGABYTES, PATH, fetch_table
    from ...sources.retractions.join import searchable

    searched = searchable(load_corpus(corpus))
    service = service_at(base_url, home=HOME)
    seconds = MEGABYTES * 8 / _MEGABITS
    duration = f"{seconds / 60:.0f} minute at {_MEGABITS} Mbit/s"
    say(f"1 request to {service.base_url}{PATH}, about {MEGABYTES} MB: {duration}")
    if not searched:
        raise InputError("no paper has a DOI or a PubMed id", where=str(corpus), remedy="notices name papers by these")
    if dry_run:
        if as_json:
            print_output({"service": service.base_url, "requests": 1, "seconds": seconds, "megabytes": MEGABYTES})
        return None
    meter = RequestMeter(safe(sys.stderr).rewriting(), time.monotonic, seconds_per_request=seconds)
    meter.on_phase("Retraction Watch", 1)
    with interruptible(ctx, meter, "stopped; nothing was changed"):
        table = fetch_table(searched, folder / "raw" / "retraction_watch", service, progress=meter)
    kept = f"{counted(len(table.statements), 'notice')} about papers of this corpus kept"
    say(f"{counted(table.rows, 'row')} read, {kept}")
    return table


def _read(path: Path, observed: datetime.datetime | None) -> list[Statement]:
    from ...exports.wording import counted
    from ...sources.retractions.read import read_notices
    from ...utils.files import opened

    with opened(path) as file:
        written = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
        found = read_notices(file, str(path), (observed or written).date().isoformat())
    unnamed = f"; {counted(found.unnamed, 'row')} without a DOI and a PubMed id left out" if found.unnamed else ""
    say(f"{path} ({found.format}): {counted(len(found.statements), 'notice')}{unnamed}")
    return list(found.statements)


def _save(corpus: Path, statements: Sequence[Statement], folder: Path, search: Search | None = None) -> None:
    """Write the corpus with its notices, and beside it what a later fetch joins again: both or none."""
    from ...model.storage import load_corpus, save_corpus
    from ...sources.retractions.join import with_notices
    from ...sources.retractions.own_file import OWN_FILE, own_text, read_own, replaced
    from ...utils.locks import edited

    if corpus != folder:
        load_corpus(corpus)  # a corpus that cannot be read leaves no new folder behind
    with edited(folder):
        own = replaced(read_own(folder), statements, search)
        marked = with_notices(load_corpus(corpus), own.statements, own.search)
        save_corpus(marked, folder, beside={OWN_FILE: own_text(own)})
    say(f"{folder}: written")


def _show(context: CommandContext, *, as_json: bool) -> None:
    """What is known of the papers of a corpus."""
    from ...analysis.retraction_status import retraction_counts, retraction_status
    from ...exports.retraction_wording import counts_form, retraction_lines, status_form

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
