"""What a person is told who waits for an answer: once, after ten seconds, that it takes long and what takes less."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...algorithms.budget import abandoned_when
from .common import say

SECONDS = 10
"""After so many seconds of the processor a person is told."""


@contextmanager
def told_after_a_while(what_takes_less: str, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
    """While this lasts, a computation that takes long says so once on standard error; it is not stopped.

    >>> import contextlib, sys
    >>> from graph.algorithms.budget import stop_if_abandoned
    >>> times = iter([0, 9, 11, 12])
    >>> with contextlib.redirect_stderr(sys.stdout), told_after_a_while("ask for less", lambda: next(times)):
    ...     for _ in range(3):
    ...         stop_if_abandoned()
    this takes more than ten seconds; ask for less, and Ctrl-C stops it
    """
    began, told = clock(), False

    def nobody_waits() -> bool:
        nonlocal told
        if not told and clock() - began > SECONDS:
            told = True
            say(f"this takes more than ten seconds; {what_takes_less}, and Ctrl-C stops it")
        return False

    with abandoned_when(nobody_waits):
        yield
