"""What the commands ``lineage bulk ...`` share: folders, sizes, options, and progress."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ...bulk.progress import ByteMeter
from ...errors import InputError
from .common import interruptible
from .options import option
from .safe_stream import safe

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def refuse_url(text: str) -> None:
    """Refuse a URL where a folder of this machine is needed: it would become a folder of that name."""
    from ...bulk.remote import is_url

    if is_url(text):
        raise InputError(
            "this is a URL, and only 'lineage bulk ingest --engine spark' reads and writes URLs",
            where=text,
            remedy="name a folder of this machine: mount the bucket, or copy it with its own tool",
        )


class _LocalFolder(click.Path):
    """A folder of this machine, and not a URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str):
            refuse_url(value)
        return super().convert(value, param, ctx)


LOCAL_FOLDER = _LocalFolder(path_type=Path, file_okay=False)


def bytes_of(_: click.Context, __: click.Parameter, text: str) -> int:
    """The number of bytes of a size such as 8GiB."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", text.strip(), re.IGNORECASE | re.ASCII)
    if not match or float(match[1]) <= 0:
        raise click.BadParameter("write it like 8GiB or 500MiB")
    return int(float(match[1]) * _UNITS[match[2].lower()])


memory_option = option("--memory", callback=bytes_of, default="8GiB", help="The greatest amount of memory to use.")


@contextmanager
def metered(ctx: click.Context) -> Iterator[ByteMeter]:
    """Progress on standard error, and a message instead of a traceback for an interruption."""
    meter = ByteMeter(safe(sys.stderr).rewriting(), time.monotonic)
    with interruptible(ctx, meter, "stopped; what is done is kept. Type the same command again to continue"):
        yield meter
