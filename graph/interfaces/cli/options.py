"""Options that several commands have, ``-v``, which every command has, and the types of paths."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from ...errors import InputError
from ...model.marks import MARK_KINDS
from .safe_stream import KEY_VARIABLE, safe

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class _Path(click.Path):
    """A file or a folder of this machine: an address is none, and an empty name would be the current folder."""

    def __init__(self, *, may_be_folder: bool = True, **settings: Any) -> None:
        super().__init__(path_type=Path, **settings)
        self._may_be_folder = may_be_folder

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            here = ", or . for the folder you are in" if self._may_be_folder else ""
            self.fail(f"the name is empty; write one{here}", param, ctx)
        if isinstance(value, str) and _ADDRESS.match(value):
            self.fail(f"{value!r} is an address; save what is there, and name the file or folder", param, ctx)
        from ...utils.files import refuse_impossible  # loads slowly

        try:
            refuse_impossible(Path(value))
        except InputError as fault:
            self.fail(str(fault), param, ctx)
        return super().convert(value, param, ctx)


class _NamedPath(_Path):
    """One with a name: "-", which elsewhere is standard output, would become a file or folder that is called so."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "-":
            self.fail("'-' is not standard input or output here; write a name, or ./- if that is it", param, ctx)
        return super().convert(value, param, ctx)


class _NewFile(_NamedPath):
    """A file to be written: not in a mistyped folder, which would be made, and not in the place of what is read."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        try:
            refuse_missing_folder(path)
            if ctx and ctx.obj:  # the CommandContext, which knows what is read
                ctx.obj.refuse_to_replace(path)
        except InputError as fault:
            self.fail(str(fault), param, ctx)
        return path


def refuse_missing_folder(file: Path) -> None:
    """Raise `InputError` where the folder of a file that is to be written is missing."""
    if not file.parent.exists():
        raise InputError("there is no such folder", where=str(file.parent), remedy="make it, or name another one")


PATH = _Path()
GIVEN_FILE = _Path(may_be_folder=False)
"""A file that is read; a folder in its place is told when it is read, with what to do."""
FILE = _NamedPath(may_be_folder=False, dir_okay=False)
NEW_FILE = _NewFile(may_be_folder=False, dir_okay=False)
FOLDER = _NamedPath(file_okay=False)

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


_VERBOSITY = "graph.verbosity"


class _Formatter(logging.Formatter):
    """One line a record: the message, or with `details` seconds since the start, logger and message."""

    def __init__(self, *, details: bool) -> None:
        super().__init__()
        self._details = details

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return f"{record.relativeCreated / 1000:8.3f} s  {record.name}: {text}" if self._details else f"lineage: {text}"


@contextmanager
def logging_to_stderr(verbosity: int) -> Iterator[None]:
    """Write log records to standard error while the context lasts.

    At verbosity 0 the warnings of this package, at 1 what it logs at INFO, from 2 on what it logs at DEBUG and what
    libraries log at INFO.
    """
    ours, root = logging.getLogger("graph"), logging.getLogger()
    handler = logging.StreamHandler(safe(sys.stderr))
    handler.setFormatter(_Formatter(details=verbosity > 0))
    levels = (ours.level, root.level)
    ours.addHandler(handler)
    if not verbosity:
        handler.setLevel(logging.WARNING)
    else:
        ours.setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)
        ours.propagate = False  # a library that configures the root logger would write our records again
    if verbosity > 1:
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        root.removeHandler(handler)
        ours.setLevel(levels[0])
        root.setLevel(levels[1])
        ours.propagate = True


def _log(ctx: click.Context, _: click.Parameter, count: int) -> None:
    """Add up the options of a command and its groups; the command itself starts the log."""
    ctx.meta[_VERBOSITY] = ctx.meta.get(_VERBOSITY, 0) + count
    if not isinstance(ctx.command, click.Group):
        ctx.with_resource(logging_to_stderr(ctx.meta[_VERBOSITY]))


def with_verbosity(command: click.Command) -> click.Command:
    """Give a command the option, unless it has it already."""
    if not any(each.name == "verbose" for each in command.params):
        command.params.append(
            click.Option(
                ["-v", "--verbose"],
                count=True,
                expose_value=False,
                callback=_log,
                help="Log each phase with its time to standard error; -vv logs more.",
            )
        )
    return command
