"""The command ``lineage completion``, and what completes the name of a paper or a theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from ...errors import InputError
from ...utils.text import one_line
from .common import print_file

if TYPE_CHECKING:
    from ...model.reading_list import ReadingList

_INSTALL = {
    "bash": "mkdir -p ~/.local/share/bash-completion/completions"
    " && lineage completion bash > ~/.local/share/bash-completion/completions/lineage",
    "zsh": "lineage completion zsh > ~/.lineage-completion.zsh && echo 'source ~/.lineage-completion.zsh' >> ~/.zshrc",
    "fish": "lineage completion fish > ~/.config/fish/completions/lineage.fish",
}
"""For each shell, the command that installs its script for the next shell that is opened."""


@click.command("completion")
@click.argument("shell", type=click.Choice(tuple(_INSTALL)))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands and papers.

    \b
    lineage completion bash
    lineage completion zsh > ~/.lineage-completion.zsh
    lineage completion fish > ~/.config/fish/completions/lineage.fish

    The first lines of the script say how to install it. It completes the papers and themes of the
    reading list, also of one that --list names.
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click completes in each of the three"
    script = kind(ctx.find_root().command, {}, "lineage", "_LINEAGE_COMPLETE").source()
    print_file(f"# Completion of 'lineage' in {shell}. To install it, run:\n#   {_INSTALL[shell]}\n{script}\n")


def complete_paper(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The names of the reading list that begin with what was typed, in any case, each with its title.

    A name of several words gets hyphens, which name the same paper and need no quotes.
    """
    titles = {
        one_line(name).replace(" ", "-"): one_line(entry.title or "")
        for entry in _reading_list(ctx).entries
        for name in entry.names
    }
    begun = typed.casefold()
    return [CompletionItem(name, help=title) for name, title in titles.items() if name.casefold().startswith(begun)]


def complete_theme(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The ids of the reading list's themes that begin with what was typed."""
    return [
        CompletionItem(each.id, help=one_line(each.name))
        for each in _reading_list(ctx).themes
        if each.id.startswith(typed)
    ]


def _reading_list(ctx: click.Context) -> ReadingList:
    """The reading list that the command line names, or the shipped one; an empty one when it cannot be read."""
    from ...model.reading_list import ReadingList, load_reading_list
    from ...model.shipped_data import reading_list_path

    path: Path | None = ctx.find_root().params.get("reading_list")
    try:
        return load_reading_list(path or reading_list_path())
    except InputError:  # the command itself will report it
        return ReadingList("", (), ())
