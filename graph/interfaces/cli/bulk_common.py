"""What the commands ``lineage bulk ...`` share: folders, sizes, options, and progress."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ...bulk.progress import ByteMeter
from ...errors import InputError
from .common import INTERRUPTED, say

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def refuse_url(text: str) -> None:
    """Refuse a URL where a folder of this machine is needed.

    Raises
    ------
    InputError
        For a URL, which would otherwise become a folder of that name.
    """
    from ...bulk.remote import is_url

    if is_url(text):
        raise InputError(
            "this is a URL, and only 'lineage bulk ingest --engine spark' reads and writes URLs",
            where=text,
            remedy="name a folder of this machine: mount the bucket, or copy it with its own tool",
        )


class _Folder(click.Path):
    """A folder of this machine, and not a URL."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str):
            refuse_url(value)
        return super().convert(value, param, ctx)


FOLDER = _Folder()


def bytes_of(_: click.Context, __: click.Parameter, text: str) -> int:
    """The number of bytes of a size such as 8GiB."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", text.strip(), re.IGNORECASE | re.ASCII)
    if not match or float(match[1]) <= 0:
        raise click.BadParameter("write it like 8GiB or 500MiB")
    return int(float(match[1]) * _UNITS[match[2].lower()])


INGEST_OPTIONS = (
    click.option(
        "--memory", callback=bytes_of, default="8GiB", show_default=True, help="The greatest amount of memory to use."
    ),
    click.option(
        "--threads", type=click.IntRange(1), help="How many shards and parts at a time.  [default: the number of cores]"
    ),
    click.option(
        "--max-rejects",
        default="0.1%",
        show_default=True,
        metavar="COUNT|PERCENT",
        help="Stop when more lines than this cannot be read.",
    ),
)


def with_options(options: tuple[Callable[..., object], ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that gives a command options that several commands share."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@contextmanager
def metered(ctx: click.Context) -> Iterator[ByteMeter]:
    """Progress on standard error, and a message instead of a traceback for an interruption."""
    meter = ByteMeter(sys.stderr, time.monotonic)
    try:
        yield meter
    except KeyboardInterrupt:
        meter.close()
        say("stopped; what is done is kept. Type the same command again to continue")
        ctx.exit(INTERRUPTED)
    finally:
        meter.close()
