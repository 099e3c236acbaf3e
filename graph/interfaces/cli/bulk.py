"""The group of commands ``lineage bulk ...``; `graph.bulk` does the work."""

from __future__ import annotations

from importlib import import_module

import click

from .verbosity import with_verbosity

_COMMANDS = {
    "download": "bulk_download",
    "ingest": "bulk_ingest",
    "index": "bulk_index",
    "check": "bulk_index",
    "update": "bulk_ingest",
}
"""The commands in the order of use, and the module of each."""


class _Bulk(click.Group):
    """Loads each command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f".{_COMMANDS[cmd_name]}", __package__)
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return with_verbosity(found)


@click.group("bulk", cls=_Bulk)
def bulk_command() -> None:
    """Build a store from Semantic Scholar's bulk release.

    \b
    lineage bulk download --to shards        papers and citations of the latest release: 300 GB
    lineage bulk ingest shards --to store    sorted Parquet tables, in bounded memory
    lineage bulk update store                what changed since, without downloading everything again

    A store holds the whole literature. These commands need the extra bulk: pip install
    'citation-lineage[bulk]'. A command that was stopped continues when it is typed again.
    """
