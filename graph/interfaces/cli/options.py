"""Options that several commands have, and the types of paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from ...model.marks import MARK_KINDS
from .safe_stream import KEY_VARIABLE

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class _Path(click.Path):
    """A file or a folder of this machine: an address is none, and an empty name would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty; write one, or . for the folder you are in", param, ctx)
        if isinstance(value, str) and _ADDRESS.match(value):
            self.fail(f"{value!r} is an address; save what is there, and name the file or folder", param, ctx)
        return super().convert(value, param, ctx)


class _NamedPath(_Path):
    """One with a name: "-", which elsewhere is standard output, would become a file or folder that is called so."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "-":
            self.fail("'-' is not standard input or output here; write a name, or ./- if that is it", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path(path_type=Path)
FILE = _NamedPath(path_type=Path, dir_okay=False)
FOLDER = _NamedPath(path_type=Path, file_okay=False)

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

without_self_citations = option(
    "--without-self-citations",
    is_flag=True,
    help="Only paths without a hop that is known to be a citation by the cited paper's own authors.",
)


def with_options(*options: Callable[..., object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that gives a command some options, in this order."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for each in reversed(options):
            command = each(command)
        return command

    return add
