"""Compiling loops with numba. No other module imports it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

Kernel = Callable[..., Any]
"""All that mypy knows of a compiled loop: numba types it when it is called."""


def compiled(function: Kernel) -> Kernel:
    """Compile a loop over arrays when it is first called, and cache the code beside the module.

    Compiled code releases the interpreter lock, so that threads read one index at the same time. numba renews the
    cached code of a module when the file of that module changes, but not when a kernel that it calls does: after
    changing ``kernels/tables.py``, ``kernels/order.py`` or ``kernels/pages.py``, delete ``kernels/__pycache__``.
    """
    loop: Kernel = numba.njit(cache=True, nogil=True)(function)
    return loop


def inlined(function: Kernel) -> Kernel:
    """Compile a function into every loop that calls it: for a few instructions a call would take longer than these."""
    loop: Kernel = numba.njit(inline="always", nogil=True)(function)
    return loop
