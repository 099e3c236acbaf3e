"""The option ``-v``, which every command has: what it logs, and how much."""

from __future__ import annotations

import click

from ..logs import logging_to_stderr

_VERBOSITY = "graph.verbosity"


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
