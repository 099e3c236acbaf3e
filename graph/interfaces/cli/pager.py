"""A pager: the program that shows a long text page by page."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import PurePath

_NONE = ("", "cat")


def pager_command(environment: Mapping[str, str]) -> Sequence[str]:
    """The command of the pager that a person has chosen, or less where there is one; nothing when there is none.

    >>> pager_command({"PAGER": "more -d"}), pager_command({"PAGER": "cat"}), pager_command({"PAGER": "'unclosed"})
    (['more', '-d'], [], [])
    """
    chosen = environment.get("PAGER", "less")
    try:
        words = shlex.split(chosen)
    except ValueError:  # a quote is not closed: better no pager than no answer
        return []
    if not words or chosen.strip() in _NONE or not shutil.which(words[0], path=environment.get("PATH")):
        return []
    return [*words, "-R"] if PurePath(words[0]).stem == "less" else words


def show_in_pager(text: str, command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Show a text in a pager until the person leaves it; False when the pager cannot be started.

    less gets ``-R`` with its command, for colours, and where LESS does not say otherwise it leaves the text on the
    terminal. An interruption is for the pager alone. What the pager did not read when it ended is no fault.
    """
    variables = {"LESS": "FRX", "LESSCHARSET": "utf-8"} | dict(environment)
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=variables)  # noqa: S603 - the person chose it
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError):
            pager.communicate(text.encode("utf-8", "backslashreplace"))
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
