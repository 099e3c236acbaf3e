"""The commands ``lineage bulk ...``: options in, `graph.bulk` does the work, lines out."""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..bulk.progress import Meter, size
from ..bulk.rejects import Allowance
from ..errors import InputError
from ..files import read_text
from ..text import for_terminal

if TYPE_CHECKING:
    from ..bulk.datasets import Datasets
    from ..bulk.download import Downloader
    from ..bulk.layout import Manifest

KEY_VARIABLE = "S2_API_KEY"
INTERRUPTED = 130
DATASETS = ("papers", "citations")
_ELSEWHERE = {"index": "bulk_index", "check": "bulk_index"}
"""Commands of this group that live in a module of their own."""
_ORDER = ("download", "ingest", "index", "check", "update")
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Bulk(click.Group):
    """Shows its commands in the order of the work, and loads those of other modules when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in _ORDER if self.get_command(ctx, name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _ELSEWHERE.get(cmd_name)
        if module is None or find_spec(f"{__package__}.{module}") is None:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(f".{module}", __package__), f"{cmd_name}_command")
        return found


@click.group("bulk", cls=_Bulk)
def bulk_command() -> None:
    """Take the whole literature from Semantic Scholar's bulk release.

    \b
    lineage bulk download --to shards        papers and citations of the latest release: 300 GB
    lineage bulk ingest shards --to store    sorted Parquet tables, in bounded memory
    lineage bulk update store                what changed since, without another download of it all

    Needs the extra bulk: pip install 'citation-lineage[bulk]'. Every command goes on where it was
    when it is typed again.
    """


def _bytes(_: click.Context, __: click.Parameter, text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", text.strip(), re.IGNORECASE | re.ASCII)
    if not match or float(match[1]) <= 0:
        raise click.BadParameter("write it like 8GiB or 500MiB")
    return int(float(match[1]) * _UNITS[match[2].lower()])


_SERVICE_OPTIONS = (
    click.option("--base-url", metavar="URL", help="A mirror or a test service instead of Semantic Scholar."),
    click.option(
        "--key-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"A file with the API key, before {KEY_VARIABLE}.",
    ),
)
_INGEST_OPTIONS = (
    click.option("--memory", callback=_bytes, default="8GiB", show_default=True, help="At most so much memory."),
    click.option("--threads", type=click.IntRange(1), help="Shards and parts at a time.  [default: the cores]"),
    click.option(
        "--max-rejects",
        default="0.1%",
        show_default=True,
        metavar="COUNT|PERCENT",
        help="Stop when more lines than that are no rows of the release.",
    ),
)


def _with(options: tuple[Callable[..., object], ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@bulk_command.command("download")
@click.option(
    "--datasets",
    default=",".join(DATASETS),
    show_default=True,
    help="Which datasets, with commas between them.",
)
@click.option("--release", default="latest", show_default=True, help="Which release, such as 2026-09-01.")
@click.option("--to", type=_FOLDER, required=True, help="The folder for the shards.")
@_with(_SERVICE_OPTIONS)
@click.pass_context
def download_command(
    ctx: click.Context, datasets: str, release: str, to: Path, base_url: str | None, key_file: Path | None
) -> None:
    """Download the shards of a release.

    \b
    lineage bulk download --to shards
    lineage bulk download --datasets citations --release 2026-09-01 --to shards

    Every shard is checked before it gets its name. Type the same command again after an
    interruption: it goes on in the middle of a shard.
    """
    wanted = _datasets(datasets)
    with _metered(ctx) as meter:
        service, downloader = _network(ctx, meter, base_url, key_file)
        chosen = service.release(release)
        for dataset in wanted:
            meter.begin(f"{dataset} of {chosen}", 0)
            paths = downloader.all(
                lambda dataset=dataset: service.shards(chosen, dataset),  # type: ignore[misc]  # the default binds it
                to / chosen / dataset,
                {"release": chosen, "dataset": dataset},
            )
            whole = sum(path.stat().st_size for path in paths)
            meter.say(f"{dataset} of {chosen}: {len(paths)} shards, {size(whole)}")
    click.echo(str(to / chosen))


def _datasets(text: str) -> list[str]:
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    for name in wanted:
        if not re.fullmatch(r"[a-z0-9_-]+", name):
            raise InputError(f"no dataset is called {name!r}", remedy=f"name some of {', '.join(DATASETS)}")
    if not wanted:
        raise InputError("no dataset is named", remedy=f"name some of {', '.join(DATASETS)}")
    return wanted


@bulk_command.command("ingest")
@click.argument("shards", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", type=_FOLDER, required=True, help="The folder of the store; an unfinished one is continued.")
@click.option("--release", help="Which release it is, where 'lineage bulk download' did not write it down.")
@click.option("--contexts", is_flag=True, help="Keep the citing sentences: much more to write.")
@click.option("--updatable", is_flag=True, help="Keep the rows with their ids, which 'lineage bulk update' needs.")
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="What does the work."
)
@click.option("--master", default="local[*]", show_default=True, metavar="URL", help="With spark: the cluster.")
@_with(_INGEST_OPTIONS)
@click.pass_context
def ingest_command(
    ctx: click.Context,
    shards: tuple[Path, ...],
    to: Path,
    release: str | None,
    contexts: bool,
    updatable: bool,
    engine: str,
    master: str,
    memory: int,
    threads: int | None,
    max_rejects: str,
) -> None:
    """Make a store from shards: sorted Parquet tables of papers and citations.

    \b
    lineage bulk ingest shards/2026-09-01 --to store
    lineage bulk ingest shards/*.gz --to store --memory 4GiB --threads 2
    lineage bulk ingest shards --to store --engine spark --master spark://host:7077

    Killed at any moment, it goes on where it was when the same command is typed again.
    """
    from ..bulk.download import release_of
    from ..bulk.engine import require
    from ..bulk.wish import Wish

    if engine == "spark":
        require("spark", "pyspark")
    require("bulk", "duckdb", "ibis", "pyarrow", "isal")
    from ..bulk.shards import find_shards

    found = find_shards(shards)
    wish = Wish(
        release=release or release_of([Path(shard.path) for shard in found]),
        memory=memory,
        threads=threads or os.cpu_count() or 1,
        sentences=contexts,
        updatable=updatable,
        allowance=Allowance.parse(max_rejects),
    )
    with _metered(ctx) as meter:
        if engine == "spark":
            from ..bulk.cluster import ingest_on_spark

            manifest = ingest_on_spark(found, to, wish, master, meter)
        else:
            from ..bulk.ingest import ingest

            manifest = ingest(found, to, wish, meter)
    _tell(manifest, to)


@bulk_command.command("update")
@click.argument("store", type=_FOLDER)
@click.option("--to", "release", default="latest", show_default=True, help="The release to go to.")
@click.option("--from", "diffs", type=_FOLDER, help="A folder with the diffs, downloaded before; nothing is asked.")
@_with(_SERVICE_OPTIONS)
@_with(_INGEST_OPTIONS)
@click.pass_context
def update_command(
    ctx: click.Context,
    store: Path,
    release: str,
    diffs: Path | None,
    base_url: str | None,
    key_file: Path | None,
    memory: int,
    threads: int | None,
    max_rejects: str,
) -> None:
    """Apply what changed since the release of a store, in order.

    \b
    lineage bulk update store
    lineage bulk update store --to 2026-10-06

    The store must have been made with --updatable. The old tables stand until the new ones are
    whole.
    """
    from ..bulk.engine import require

    require("bulk", "duckdb", "ibis", "pyarrow", "isal")
    from ..bulk.diffs import download_diffs
    from ..bulk.layout import read_manifest
    from ..bulk.update import update
    from ..bulk.wish import Wish

    manifest = read_manifest(store)
    wish = Wish(memory=memory, threads=threads or os.cpu_count() or 1, allowance=Allowance.parse(max_rejects))
    with _metered(ctx) as meter:
        if diffs is None:
            service, downloader = _network(ctx, meter, base_url, key_file)
            diffs = download_diffs(service, downloader, store, manifest, release)
        updated = update(store, diffs, wish, meter)
    _tell(updated, store)


def _network(
    ctx: click.Context, meter: Meter, base_url: str | None, key_file: Path | None
) -> tuple[Datasets, Downloader]:
    import requests

    from ..bulk.datasets import Datasets
    from ..bulk.download import Downloader
    from ..sources.semantic_scholar.transport import Key, Transport, service
    from .fetch import Outside

    given = read_text(key_file) if key_file else os.environ.get(KEY_VARIABLE, "")
    key = Key.of(given, where=str(key_file or KEY_VARIABLE)) if key_file or given.strip() else None
    to = service(base_url, key=key, key_is_for_base_url=key_file is not None)
    sleep = (ctx.obj if isinstance(ctx.obj, Outside) else Outside()).sleep
    chance = random.Random().random  # noqa: S311  # spreads waits, hides nothing
    notice = lambda line: meter.say(for_terminal(line))  # noqa: E731
    listing, session = (ctx.with_resource(requests.Session()) for _ in range(2))
    return (
        Datasets(Transport(listing, to), sleep=sleep, random=chance, notice=notice),
        Downloader(session, sleep=sleep, random=chance, notice=notice, told=meter),
    )


@contextmanager
def _metered(ctx: click.Context) -> Iterator[Meter]:
    meter = Meter(sys.stderr, time.monotonic)
    try:
        yield meter
    except KeyboardInterrupt:
        meter.close()
        click.echo("stopped; what is done is kept. Type the same command again to go on", err=True)
        ctx.exit(INTERRUPTED)
    finally:
        meter.close()


_SAID = {
    "lines": "lines were read",
    "null_targets": "citations of papers that Semantic Scholar does not know, left out",
    "self_citations": "citations of the citing paper itself, left out",
    "duplicate_citation": "rows that repeat a citation, merged",
    "duplicate_paper": "rows that repeat a paper, left out",
    "rejects": "lines that are no rows of the release: see the folder rejects",
    "unknown_intents": "rows with an intent that this program does not know, kept without it",
}


def _tell(manifest: Manifest, store: Path) -> None:
    for name, what in _SAID.items():
        if manifest.counts.get(name) or name == "lines":
            click.echo(f"{manifest.counts.get(name, 0):>15,} {what}")
    for name, table in manifest.tables.items():
        click.echo(f"{table.rows:>15,} rows of {name}, {size(sum(part.bytes for part in table.files))}")
    click.echo(str(store), err=True)
