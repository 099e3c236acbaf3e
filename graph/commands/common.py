"""What commands share: what they are given, and how they print an answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import InputError

if TYPE_CHECKING:
    from ..lineage import Lineage

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


def print_answer(answer: str | dict[str, Any]) -> None:
    """Print a text, or a value as JSON, in UTF-8 wherever it goes."""
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


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
    from ..questions import two_ends

    refuse_redirection(query, command)
    return two_ends(lineage, query, example=f"{command} 'BERT → InstructGPT'")
