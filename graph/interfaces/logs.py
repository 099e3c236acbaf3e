"""Logging: how long questions and phases take, and the handler that writes records to standard error."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ..utils.text import for_terminal

SECRETS = ("S2_API_KEY",)
"""Environment variables whose value is never shown."""


class _Formatter(logging.Formatter):
    """One line a record: seconds since the start, logger, message; nothing that a terminal would obey, no key."""

    def format(self, record: logging.LogRecord) -> str:
        text = f"{record.relativeCreated / 1000:8.3f} s  {record.name}: {super().format(record)}"
        for name in SECRETS:
            if secret := os.environ.get(name, "").strip():
                text = text.replace(secret, "***")
        return "\n".join(map(for_terminal, text.split("\n")))


@contextmanager
def logging_to_stderr(verbosity: int) -> Iterator[None]:
    """Write log records to standard error while the context lasts.

    Parameters
    ----------
    verbosity : int
        0 writes nothing; 1 writes what this package logs at INFO; 2 or more, what it logs at DEBUG, and
        what libraries log at INFO.
    """
    if not verbosity:
        yield
        return
    ours, root = logging.getLogger("graph"), logging.getLogger()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter())
    levels = (ours.level, root.level)
    ours.addHandler(handler)
    ours.setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)
    ours.propagate = False  # a library that configures the root logger would write our records again
    if verbosity > 1:
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        root.removeHandler(handler)
        ours.setLevel(levels[0])
        root.setLevel(levels[1])
        ours.propagate = True
