"""The commands ``lineage bulk`` ``ingest``, ``update``, ``index`` and ``check``: shards or diffs into a store."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...bulk.progress import format_size
from ...bulk.rejects import RejectLimit
from ...utils.extras import require
from .bulk_common import LOCAL_FOLDER, memory_option, metered, refuse_url
from .bulk_download import SERVICE_OPTIONS, network
from .common import say
from .options import option, with_options

if TYPE_CHECKING:
    from ...index.store_layout import Manifest


def _settings(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    if wrong := [one for one in given if not re.match(r"spark\.[^=\s]+=", one)]:
        raise click.BadParameter(f"{wrong[0]!r} is not a setting; write it like spark.executor.memory=8g")
    return dict(one.split("=", 1) for one in given)


INGEST_OPTIONS = (
    memory_option,
    option(
        "--threads",
        type=click.IntRange(1),
        callback=lambda _, __, threads: threads or os.cpu_count() or 1,
        help="How many shards and parts at a time.  [default: the number of cores]",
    ),
    option(
        "--max-rejects",
        "reject_limit",
        default="0.1%",
        callback=lambda _, __, text: RejectLimit.parse(text),
        metavar="COUNT|PERCENT",
        help="Stop when more lines than this cannot be read.",
    ),
)


@click.command("ingest")
@click.argument("shards", nargs=-1, required=True)
@option("--to", required=True, help="The folder of the store; an unfinished store is continued.")
@option("--release", help="The release, where 'lineage bulk download' did not record it.")
@option("--contexts", "sentences", is_flag=True, help="Keep the citing sentences, which takes much more space.")
@option("--updatable", is_flag=True, help="Keep the ids of rows, which 'lineage bulk update' needs.")
@option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="The engine that does the work.")
@option("--master", default="local[*]", metavar="URL", help="With spark: the cluster.")
@option(
    "--spark-setting",
    "settings",
    multiple=True,
    callback=_settings,
    metavar="NAME=VALUE",
    help="With spark: one of its settings, such as spark.executor.memory=8g. May be repeated.",
)
@with_options(*INGEST_OPTIONS)
@click.pass_context
def ingest_command(
    ctx: click.Context,
    /,
    shards: tuple[str, ...],
    to: str,
    engine: str,
    master: str,
    settings: dict[str, str],
    **chosen: Any,
) -> None:
    """Make a store from shards: sorted Parquet tables of papers and citations.

    \b
    lineage bulk ingest shards/2026-09-01 --to store
    lineage bulk ingest shards/*.gz --to store --memory 4GiB --threads 2
    lineage bulk ingest shards --to store --engine spark --master spark://host:7077

    Spark also reads shards at URLs, such as s3a://bucket/shards, and makes a store at one. A run
    that was killed continues when the same command is typed again.
    """
    from ...bulk.workspace import IngestOptions

    if engine == "spark":
        require("spark", "pyspark")
    else:
        for path in (*shards, to):
            refuse_url(path)
    require("bulk", "duckdb", "ibis", "pyarrow", "isal")
    options = IngestOptions(**chosen)
    with metered(ctx) as meter:
        if engine == "spark":
            from ...bulk.cluster import ingest_paths_on_spark

            logging.getLogger().addHandler(logging.NullHandler())  # Py4J logs Ctrl-C, with a traceback
            manifest = ingest_paths_on_spark(shards, to, options, master, settings, meter)
        else:
            from ...bulk.ingest import ingest_paths

            manifest = ingest_paths([Path(path) for path in shards], Path(to), options, meter)
    _report(manifest, to)


@click.command("update")
@click.argument("store", type=LOCAL_FOLDER)
@option("--to", "release", default="latest", help="The release to update to.")
@option("--from", "diffs", type=LOCAL_FOLDER, help="A folder with downloaded diffs; no request is sent.")
@with_options(*SERVICE_OPTIONS, *INGEST_OPTIONS)
@click.pass_context
def update_command(
    ctx: click.Context,
    /,
    store: Path,
    release: str,
    diffs: Path | None,
    base_url: str | None,
    key_file: Path | None,
    at_once: int,
    **chosen: Any,
) -> None:
    """Apply the changes since the release of a store, in order.

    \b
    lineage bulk update store
    lineage bulk update store --to 2026-10-06

    The store must have been made with --updatable. The old tables are kept until the new ones are
    complete.
    """
    require("bulk", "duckdb", "ibis", "pyarrow", "isal")
    from ...bulk.diffs import download_diffs
    from ...bulk.update import update
    from ...bulk.workspace import IngestOptions
    from ...index.store_layout import read_manifest

    manifest = read_manifest(store)
    options = IngestOptions(**chosen)
    with metered(ctx) as meter:
        if diffs is None:
            service, downloader = network(ctx, meter, base_url, key_file, at_once)
            diffs = download_diffs(service, downloader, store, manifest, release)
        updated = update(store, diffs, options, meter)
    _report(updated, str(store))


_COUNTS = {
    "lines": "lines were read",
    "null_targets": "citations of papers that Semantic Scholar does not know, left out",
    "self_citations": "citations of the citing paper itself, left out",
    "duplicate_citation": "rows that repeat a citation, merged",
    "duplicate_paper": "rows that repeat a paper, left out",
    "rejects": "lines that are no rows of the release: see the folder rejects",
    "unknown_intents": "rows with an intent that this program does not know, kept without it",
}


def _report(manifest: Manifest, store: str) -> None:
    for name, what in _COUNTS.items():
        if manifest.counts.get(name) or name == "lines":
            click.echo(f"{manifest.counts.get(name, 0):>15,} {what}")
    for name, table in manifest.tables.items():
        click.echo(f"{table.rows:>15,} rows of {name}, {format_size(sum(part.bytes for part in table.files))}")
    say(store)


@click.command("index")
@click.argument("store", type=LOCAL_FOLDER)
@memory_option
def index_command(store: Path, memory: int) -> None:
    """Build the index of a store, its records and its names, which questions need.

    \b
    lineage bulk index store
    lineage --store store path "BERT → InstructGPT"

    It is built beside the old index, and replaces it when it is complete.
    """
    require("bulk", "duckdb", "numba", "pyarrow")
    from ...bulk.checkpoints import lock_folder
    from ...index.build_index import index_store
    from ...index.store_layout import read_manifest

    read_manifest(store)  # in what is no store not even a lock is left
    with lock_folder(store):
        index_store(store, memory=memory, say=say)
    click.echo(str(store))


@click.command("check")
@click.argument("store", type=LOCAL_FOLDER)
def check_command(store: Path) -> None:
    """Compare every file of a store with its checksum.

    \b
    lineage bulk check store
    """
    require("bulk", "duckdb", "numba", "pyarrow")
    from ...index.build_index import check_indexed
    from ...index.store_layout import check_store, read_manifest

    check_store(store, read_manifest(store))
    check_indexed(store)
    click.echo("the tables and the index are unchanged since they were written")
