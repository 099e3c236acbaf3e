"""The commands ``lineage bulk index`` and ``lineage bulk check``."""

from __future__ import annotations

from pathlib import Path

import click

from ...utils.extras import require
from .bulk_common import LOCAL_FOLDER, memory_option
from .common import say


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
