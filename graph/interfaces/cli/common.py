"""What commands share: exit codes, how an answer is printed, and the service that they ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ...errors import InputError
from ...utils.text import visible_json
from .safe_stream import KEY_VARIABLE, hide_key, safe
from .terminal import fit_message, show_text

if TYPE_CHECKING:
    from ...exports.answers import Form
    from ...model.reading_list import ReadingList
    from ...sources.http.transport import Service
    from ...utils.progress import ProgressMeter
    from ..answer import Answer

NO = 1
"""The answer is no, such as: there is no path."""
UNUSABLE = 2
"""The input cannot be used, or the output cannot be written."""
BUG = 70
"""A fault of the program."""
INTERRUPTED = 130


def say(message: str) -> None:
    """Print a message for the person on standard error."""
    stream = safe(sys.stderr)
    stream.write(f"{fit_message(stream, message)}\n")


def announce(url: str) -> None:
    """Say at which address a server is, and how it is stopped."""
    click.echo(url)
    say("Control-C stops it.")


def print_answer(
    answer: Answer[Any],
    *,
    as_json: bool,
    text: Callable[..., str] | None = None,
    json_options: Mapping[str, Any] | None = None,
    **options: Any,
) -> None:
    """Print an answer on standard output, as text or as JSON, and its remarks on standard error.

    `text` makes the text, of the lineage and the value; by default it is `graph.exports.answers.answer_text`. The other
    options are those of the text, such as how much is shown, and `json_options` those of the JSON value.
    """
    from ...exports.answers import answer_form, answer_text

    for remark in answer.remarks:
        say(remark)
    if as_json:
        print_output(answer_form(answer.lineage, answer.value, **(json_options or {})))
    else:
        print_output((text or answer_text)(answer.lineage, answer.value, **options), answer.lineage.reading_list)


def print_output(output: str | Form, reading_list: ReadingList | None = None) -> None:
    """Print a text, or a value as JSON, in UTF-8 wherever it goes; see `graph.interfaces.cli.terminal`.

    The themes of the reading list have colours on a terminal that has. Raises `OutputError` when standard output is
    closed, or the disk that it is sent to is full.
    """
    stream = safe(sys.stdout, must_arrive=True)
    if isinstance(output, str):
        show_text(stream, output, reading_list)
    else:
        stream.write(visible_json(output, indent=1) + "\n")


def print_file(content: str) -> None:
    """Print what a file would hold, to the byte, unless it goes to a terminal; raises as `print_output` does."""
    safe(sys.stdout, must_arrive=True).write_exactly(content)


def write_beside(
    answer: Answer[Any],
    tables: Path | None,
    tables_of: Callable[..., Mapping[str, str]],
    picture: Path | None,
    picture_of: Callable[..., str],
) -> None:
    """Write an answer as tables into a folder, and as a picture into a file, where these are asked for, and say so."""
    from ...utils.csv_files import for_spreadsheets
    from ...utils.files import write_all

    if tables:
        files = for_spreadsheets(tables_of(answer.lineage, answer.value))
        write_all(tables, files)
        for name in files:
            say(f"{tables / name}: written")
    if picture:
        write_all(picture.parent, {picture.name: picture_of(answer.lineage, answer.value)})
        say(f"{picture}: written")


@contextmanager
def interruptible(ctx: click.Context, meter: ProgressMeter, message: str) -> Iterator[None]:
    """Close a meter at the end; an interruption ends the command with a message."""
    try:
        yield
    except KeyboardInterrupt:
        meter.close()
        say(message)
        ctx.exit(INTERRUPTED)
    finally:
        meter.close()


def first_given(ctx: click.Context, *names: str) -> str | None:
    """The first of these parameters that was given to a command, as a person types it; None where none was."""
    given = (each for each in ctx.command.params if each.name in names and is_given(ctx, each.name))
    return next((each.opts[0] for each in given), None)


def is_given(ctx: click.Context, name: str) -> bool:
    """Whether a parameter was given to a command, rather than left at its default."""
    source = ctx.get_parameter_source(name)
    return source not in (None, ParameterSource.DEFAULT) and ctx.params[name] not in ((), None)


def refuse_options(query: Sequence[str]) -> None:
    """Refuse a mistyped option as click does, which lets it pass where a word may begin with "-", as an arrow does."""
    ctx = click.get_current_context()
    for word in query:
        if word.startswith("-") and word.strip("-=>"):
            from difflib import get_close_matches  # most options are known

            typed = word.partition("=")[0]
            known = [name for each in ctx.command.params for name in each.opts if name.startswith("-")]
            raise click.NoSuchOption(typed, possibilities=get_close_matches(typed, known), ctx=ctx)


def refuse_redirection(query: Sequence[str], command: str) -> None:
    """Catch an arrow whose `>` the shell took for a redirection: a lone "-" as the last word is what is left of it."""
    if query and query[-1] in ("-", "--", "="):
        raise InputError(
            "the shell took '>' for a redirection and wrote this output to a file named like the second paper",
            remedy=f"delete that file, and quote the query: {command} 'BERT -> InstructGPT'",
        )


def semantic_scholar(base_url: str | None, key_file: Path | None = None) -> Service:
    """The service that a command asks, with the key from a file or from the environment."""
    from ...sources.http.transport import Key
    from ...sources.semantic_scholar.service import service_at
    from ...utils.files import read_text

    if key_file:
        text = read_text(key_file)
        hide_key(text.strip())
        return service_at(base_url, key=Key.parse(text, where=str(key_file)), key_is_for_base_url=True)
    text = os.environ.get(KEY_VARIABLE, "")
    return service_at(base_url, key=Key.parse(text, where=KEY_VARIABLE) if text.strip() else None)
