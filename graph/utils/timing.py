"""Phases of long work, logged with their time and size."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def log_phase(log: logging.Logger, phase: str, size: str = "") -> Iterator[None]:
    """Log a phase of work, such as "merging citations": at DEBUG when it begins, at INFO with its time when it is done.

    `size` is how much work it is, where that is known: "12 parts". A phase that fails logs nothing more; the exception
    says why.
    """
    what = f"{phase}: {size}" if size else phase
    log.debug("%s begins", what)
    started = time.perf_counter()
    yield
    log.info("%s in %.3f s", what, time.perf_counter() - started)
