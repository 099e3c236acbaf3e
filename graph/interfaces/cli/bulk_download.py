"""The command ``lineage bulk download``, and the connection to the service that ``update`` uses, too."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...bulk.progress import ByteMeter, format_size
from ...errors import InputError
from ...utils.file_names import FileName
from .bulk_common import LOCAL_FOLDER, metered
from .common import semantic_scholar
from .options import base_url_option, key_file_option, option, with_options

if TYPE_CHECKING:
    from ...bulk.datasets import DatasetsService
    from ...bulk.download import Downloader

DATASETS = ("papers", "citations")
SERVICE_OPTIONS = (
    base_url_option,
    key_file_option,
    option("--at-once", type=click.IntRange(1, 16), default=4, help="How many shards at a time."),
)


@click.command("download")
@option("--datasets", default=",".join(DATASETS), help="Which datasets, with commas between them.")
@option("--release", default="latest", help="Which release, such as 2026-09-01.")
@option("--to", type=LOCAL_FOLDER, required=True, help="The folder for the shards.")
@with_options(*SERVICE_OPTIONS)
@click.pass_context
def download_command(
    ctx: click.Context, datasets: str, release: str, to: Path, base_url: str | None, key_file: Path | None, at_once: int
) -> None:
    """Download the shards of a release.

    \b
    lineage bulk download --to shards
    lineage bulk download --datasets citations --release 2026-09-01 --to shards

    Every shard is checked before it gets its name. After an interruption the same command continues
    in the middle of each shard.
    """
    wanted = _datasets(datasets)
    with metered(ctx) as meter:
        service, downloader = network(ctx, meter, base_url, key_file, at_once)
        chosen = service.release(release)
        for dataset in wanted:
            meter.begin(f"{dataset} of {chosen}", 0)
            paths = downloader.download(
                lambda dataset=dataset: service.shards(chosen, dataset),  # type: ignore[misc]  # the default binds it
                to / chosen / dataset,
                {"release": chosen, "dataset": dataset},
            )
            whole = sum(path.stat().st_size for path in paths)
            meter.say(f"{dataset} of {chosen}: {len(paths)} shards, {format_size(whole)}")
    click.echo(str(to / chosen))


def _datasets(text: str) -> list[str]:
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    for name in wanted:
        if not re.fullmatch(r"[a-z0-9_-]+", name) or name != FileName.of(name):
            raise InputError(f"no dataset is called {name!r}", remedy=f"name some of {', '.join(DATASETS)}")
    if not wanted:
        raise InputError("no dataset is named", remedy=f"name some of {', '.join(DATASETS)}")
    return wanted


def network(
    ctx: click.Context, meter: ByteMeter, base_url: str | None, key_file: Path | None, at_once: int
) -> tuple[DatasetsService, Downloader]:
    """The service that lists datasets, and what downloads their files."""
    import requests

    from ...bulk.datasets import DatasetsService
    from ...bulk.download import Downloader
    from ...bulk.threads import StopSignal
    from ...sources.http.transport import Transport
    from .fetch import FetchContext

    service = semantic_scholar(base_url, key_file)
    stop = StopSignal(ctx.obj.sleep if isinstance(ctx.obj, FetchContext) else None)
    chance = random.Random().random  # noqa: S311  # spreads retries over time; nothing secret depends on it
    session = ctx.with_resource(requests.Session())
    return (
        DatasetsService(Transport(session, service), sleep=stop.sleep, random=chance, notice=meter.say),
        Downloader(requests.Session, stop=stop, random=chance, notice=meter.say, progress=meter, parallel=at_once),
    )
