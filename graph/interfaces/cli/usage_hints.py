"""What to do about a word, an option or a value that a command does not take."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from ...errors import InputError

_PLACES = ("--output", "-o", "--to", "--folder")
"""What commands call the option that says where to write."""
_OF_ALL_COMMANDS = ("--list", "--corpus", "--store", "--read", "--own")
"""The options that say what every command works on."""
_FORMS = ("--markdown", "--csv", "--svg", "--html", "--atom", "--json")
"""The options that say in which form a command answers."""
_EXTRA = re.compile(r"unexpected extra argument(?: \((.+)\)|s \((\S+))")
"""One word too many, which may have blanks, or the first of several, which click parts by blanks."""


def usage_hint(fault: click.UsageError) -> str:
    """What to do about a fault in how a command was typed; "" when its message says it, or when that is not known."""
    if fault.ctx is None:
        return ""
    command = fault.ctx.command
    name = fault.ctx.info_name or ""
    if isinstance(fault, click.NoSuchOption):
        return _unknown_option(fault.option_name, name, _options_of(command))
    if isinstance(fault, click.BadOptionUsage):
        return _example(command, fault.option_name)
    if isinstance(fault, click.MissingParameter):
        return _example(command, name)
    if isinstance(fault, click.BadParameter):
        return _value(fault.message)
    extra = _EXTRA.search(fault.message)
    return _extra_word(extra[1] or extra[2], name, command) if extra else ""


def _example(command: click.Command, word: str) -> str:
    """The first example in the help of a command that has a word, such as its name or an option."""
    lines = map(str.strip, (command.help or "").splitlines())
    examples = [line for line in lines if line.startswith("lineage ") and f" {word} " in line]
    return f"for example: {examples[0].partition('  ')[0]}" if examples else ""


def _unknown_option(option: str, command: str, options: set[str]) -> str:
    places = [each for each in _PLACES if each in options]
    if option in _PLACES and places:
        return f"'lineage {command}' writes where {places[0]} says"
    if option == "--host" and "--port" in options:
        return "the server is for this machine alone; --port says at which port"
    if option == "--format":
        forms = [each for each in _FORMS if each in options]
        here = f"'lineage {command}' has {', '.join(forms)}; " if forms else ""
        return f"{here}'lineage export' writes files for other programs, and lists their formats"
    if option in _OF_ALL_COMMANDS:
        return f"{option} goes with every command and stands before it: lineage {option} ... {command}"
    return ""


def _value(message: str) -> str:
    """How a value is written, where click's message says it as a program does.

    >>> _value("0 is not in the range 1<=x<=10000."), _value("-1 is not in the range x>=1.")
    ('write a whole number from 1 to 10,000', 'write a whole number, 1 or more')
    """
    if bounds := re.search(r"is not in the range (-?\d+)<=x<=(-?\d+)", message):
        return f"write a whole number from {int(bounds[1]):,} to {int(bounds[2]):,}"
    if least := re.search(r"is not in the range x>=(-?\d+)", message):
        return f"write a whole number, {int(least[1]):,} or more"
    if "is not a valid integer" in message:
        return "write a whole number"
    if "does not match the format" in message:
        return "write a day as year, month and day: 2020-12-31"
    return ""


def _extra_word(word: str, name: str, command: click.Command) -> str:
    options = _options_of(command)
    if word.endswith(".toml"):
        return f"a reading list stands before the command: lineage --list {shlex.quote(word)} {name}"
    if (Path(word) / "papers.jsonl").is_file():
        return f"a corpus stands before the command: lineage --corpus {shlex.quote(word)} {name}"
    if word.isdecimal() and "--port" in options:
        return f"write --port {word}"
    if name == "export":
        return _more_to_export(word)
    if any(isinstance(each, click.Argument) for each in command.params):
        return ""
    quoted = shlex.quote(word)
    hint = f"one paper is described by: lineage show {quoted}"
    if "--output" in options and name != "open":
        hint = f"to write there: --output {quoted}"
    elif "--output" in options and Path(word).is_dir():
        hint = f"to open the pages in that folder: --output {quoted}"
    return f"'lineage {name}' takes options alone; {hint}"


def _more_to_export(word: str) -> str:
    from ...exports.registry import find_format  # loads slowly

    try:
        find_format(word)
    except InputError:
        return "what to export stands behind --of, as in: --of 'BERT → InstructGPT'"
    return f"it takes one at a time: ask 'lineage export' again for {word}"


def _options_of(command: click.Command) -> set[str]:
    return {name for each in command.params for name in each.opts}
