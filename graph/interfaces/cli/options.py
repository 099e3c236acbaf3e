"""Options that several commands have, and the types of paths."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from ...model.marks import MARK_KINDS
from .safe_stream import KEY_VARIABLE

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)

option = partial(click.option, show_default=True)
"""An option whose help shows its default, where it has one."""
base_url_option = option("--base-url", metavar="URL", help="A mirror or a test service instead of Semantic Scholar.")
key_file_option = option(
    "--key-file", type=FILE, help=f"A file with the API key; it takes precedence over {KEY_VARIABLE}."
)
leave_out_option = option(
    "--leave-out",
    type=click.Choice(MARK_KINDS),
    multiple=True,
    help="Without papers that you have marked so: lineage --read FILE ...; may be given several times.",
)


def with_options(*options: Callable[..., object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that gives a command some options, in this order."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for each in reversed(options):
            command = each(command)
        return command

    return add
