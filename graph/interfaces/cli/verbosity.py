"""The option ``-v``, which every command has: log records on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from .safe_stream import safe

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
