"""A group that loads the module of a command when the command is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from ...errors import InputError
from .options import with_verbosity
from .terminal import HelpFormatter, with_terminal_options

_WHOLE = 1000
"""No summary has so many letters."""


class LazyGroup(click.Group):
    """A group of commands in modules of `graph.interfaces.cli`.

    `modules` has for each command, in the order of the help, the module that defines it as ``NAME_command``, and the
    first sentence of its help.
    """

    def __init__(self, *args: Any, modules: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(self._modules)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        is_fitted = isinstance(formatter, HelpFormatter) and formatter.is_fitted
        width = _WHOLE if is_fitted else formatter.width - 6 - max(map(len, self._modules))
        rows = [
            (name, click.Command(name, help=summary).get_short_help_str(width))
            for name, (_, summary) in self._modules.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of this name; for a mistyped name, a fault with the nearest one."""
        if args[0] not in self._modules:
            from difflib import get_close_matches

            for near in get_close_matches(args[0], self._modules, n=1):
                ctx.fail(f"No such command {args[0]!r}; did you mean {near!r}?")
            hint = self.hint(args) or f"; there are {', '.join(self._modules)}"
            ctx.fail(f"No such command {args[0]!r}{hint}.")
        name, command, others = super().resolve_command(ctx, args)
        if command is not None:
            _refuse_dashes(command, others)
        return name, command, others

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; where an option lacks its value, the fault says of which command."""
        try:
            return super().invoke(ctx)
        except click.BadOptionUsage as fault:
            command = self.get_command(ctx, ctx.invoked_subcommand or "")
            if fault.ctx is not None or command is None:
                raise
            its_context = click.Context(command, ctx, ctx.invoked_subcommand)
            raise click.BadOptionUsage(fault.option_name, fault.message, its_context) from None

    def hint(self, args: Sequence[str]) -> str:
        """What may be meant by words that begin with no command; nothing when that is not known."""
        return ""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self._modules:
            return None
        module = import_module(f".{self._modules[cmd_name][0]}", __package__)
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return with_terminal_options(with_verbosity(command), hidden=True)


def _refuse_dashes(command: click.Command, words: Sequence[str]) -> None:
    """Catch an option whose two hyphens a program that writes texts made a dash of."""
    options = {name for each in command.params for name in each.opts}
    for word in words:
        option = "--" + word.lstrip("\u2013\u2014\u2015").partition("=")[0]
        if word[:1] in ("\u2013", "\u2014", "\u2015") and option in options:
            raise InputError(f"{word!r} begins with a dash, and options with two hyphens", remedy=f"write {option}")
