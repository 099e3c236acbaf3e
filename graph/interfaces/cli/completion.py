"""The command ``lineage completion``, and what a shell is offered in the place of a paper or a theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from .common import print_answer

if TYPE_CHECKING:
    from ...model.reading_list import ReadingList

_INSTALL = {
    "bash": "mkdir -p ~/.local/share/bash-completion/completions"
    " && lineage completion bash > ~/.local/share/bash-completion/completions/lineage",
    "zsh": "lineage completion zsh > ~/.lineage-completion.zsh && echo 'source ~/.lineage-completion.zsh' >> ~/.zshrc",
    "fish": "lineage completion fish > ~/.config/fish/completions/lineage.fish",
}
"""For each shell, what installs its script; the next shell that is opened has it."""


@click.command("completion")
@click.argument("shell", type=click.Choice(tuple(_INSTALL)))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print what lets a shell complete commands and papers.

    \b
    lineage completion bash
    lineage completion zsh > ~/.lineage-completion.zsh
    lineage completion fish > ~/.config/fish/completions/lineage.fish

    The first lines of the script say how to install it. Papers and themes are those of the reading
    list, also of the one that --list names.
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click completes in each of the three"
    script = kind(ctx.find_root().command, {}, "lineage", "_LINEAGE_COMPLETE").source()
    print_answer(f"# Completion of 'lineage' in {shell}. To install it, run:\n#   {_INSTALL[shell]}\n{script}\n")


def complete_paper(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The names of the reading list that begin with what was typed, in any case; their titles say what they are.

    A name of several words is offered with hyphens, which name the same paper and need no quotes.
    """
    offered = {name.replace(" ", "-"): entry.title for entry in _listed(ctx).entries for name in entry.names}
    wanted = typed.casefold()
    return [CompletionItem(name, help=title) for name, title in offered.items() if name.casefold().startswith(wanted)]


def complete_theme(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The ids of the reading list's themes that begin with what was typed."""
    return [CompletionItem(each.id, help=each.name) for each in _listed(ctx).themes if each.id.startswith(typed)]


def _listed(ctx: click.Context) -> ReadingList:
    """The reading list that the line names, or the shipped one; an empty one where it cannot be read."""
    from ...errors import InputError
    from ...model.reading_list import ReadingList, load_reading_list
    from ...model.shipped_data import reading_list_path

    named: Path | None = ctx.find_root().params.get("reading_list")
    try:
        return load_reading_list(named or reading_list_path())
    except InputError:  # while a person types is no time to complain: the command will
        return ReadingList("", (), ())
