"""The group of commands ``lineage bulk ...``; `graph.bulk` does the work."""

from __future__ import annotations

import click

from .lazy_group import LazyGroup

_COMMANDS = {
    "download": ("bulk_download", "Download the shards of a release."),
    "ingest": ("bulk_ingest", "Make a store from shards: sorted Parquet tables of papers and citations."),
    "index": ("bulk_ingest", "Build the index of a store, its records and its names, which questions need."),
    "check": ("bulk_ingest", "Compare every file of a store with its checksum."),
    "update": ("bulk_ingest", "Apply the changes since the release of a store, in order."),
}


@click.group("bulk", cls=LazyGroup, modules=_COMMANDS)
def bulk_command() -> None:
    """Build a store from Semantic Scholar's bulk release.

    \b
    lineage bulk download --to shards        papers and citations of the latest release: 300 GB
    lineage bulk ingest shards --to store    sorted Parquet tables, in bounded memory
    lineage bulk update store                what changed since, without downloading everything again

    A store holds the whole literature. These commands need the extra bulk: pip install
    'citation-lineage[bulk]'. A command that was stopped continues when it is typed again.
    """
