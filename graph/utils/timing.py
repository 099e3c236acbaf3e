"""Phases of long work, logged with their time and size."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def log_phase(log: logging.Logger, phase: str, size: str) -> Iterator[None]:
    """Log a phase of work: at DEBUG when it begins, at INFO with its time when it is done.

    Parameters
    ----------
    log : Logger
    phase : str
        "merging citations".
    size : str
        How much work it is: "12 parts". A phase that fails logs nothing more; the exception says why.
    """
    log.debug("%s: %s, begins", phase, size)
    started = time.monotonic()
    yield
    log.info("%s: %s in %.1f s", phase, size, time.monotonic() - started)
