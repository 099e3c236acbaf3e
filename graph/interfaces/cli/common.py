"""What commands share: what they are given, and how they print an answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...errors import InputError, OutputError

if TYPE_CHECKING:
    from ...model.lineage import Lineage

NO = 1
"""The exit code of an answer that is no."""


class Given(Protocol):
    """What the door hands to a command: the lineage that it works on, and the files that stand for it."""

    @property
    def lineage(self) -> Lineage:
        """Loaded when it is first asked for."""

    @property
    def files(self) -> Mapping[str, Path]:
        """What was read, by the name that a manifest shows."""


def before_the_command(option: str, command: str) -> str:
    """Where an option of all commands stands, for who wrote it after one; nothing of any other option."""
    name = option.partition("=")[0]
    if name not in ("--list", "--corpus", "--store"):
        return ""
    return f"{name} goes with every command and stands before it: lineage {name} ... {command}"


def print_answer(answer: str | dict[str, Any]) -> None:
    """Print a text, or a value as JSON, in UTF-8 wherever it goes.

    Raises
    ------
    OutputError
        When it goes nowhere, or the disk that it goes to is full.
    """
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    if sys.stdout is None:
        raise OutputError("the answer cannot be printed: standard output is closed; send it to a file or a terminal")
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # a reader that has seen enough is no fault
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what did not fit is not tried again at exit
        reason = fault.strerror or str(fault)
        raise OutputError(f"the answer cannot be printed ({reason}); make room, or send it elsewhere") from None


def refuse_redirection(query: Sequence[str], command: str) -> None:
    """Catch an arrow whose `>` the shell took for a redirection: a lone "-" is left of it.

    Raises
    ------
    InputError
        When the last word is what the shell leaves.
    """
    if query[-1] in ("-", "--", "="):
        raise InputError(
            "the shell took '>' for a redirection and wrote this output to a file named like the second paper",
            remedy=f"delete that file, and quote the query: {command} 'BERT -> InstructGPT'",
        )


def two_papers(lineage: Lineage, query: Sequence[str], command: str) -> tuple[str, str]:
    """The keys of the two papers that a command was asked about.

    Raises
    ------
    InputError
        When the words do not name two papers in one direction.
    NameNotFound, AmbiguousName
        When a name cannot be resolved.
    """
    from ...analysis.ask import parse_two_papers

    refuse_redirection(query, command)
    return parse_two_papers(lineage, query, example=f"{command} 'BERT → InstructGPT'")
