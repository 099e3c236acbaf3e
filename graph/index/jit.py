"""Compiling loops with numba. No other module imports it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Kernel = Callable[..., Any]
"""All that mypy knows of a compiled loop: numba types it when it is called."""


def compiled(function: Kernel) -> Kernel:
    """Compile a loop over arrays when it is first called, and cache the code beside the module.

    It is compiled for each combination of types, and for each literal that another loop calls it with; so callers give
    it numbers of one type, and ``np.bool_(True)`` instead of ``True``.

    Compiled code releases the interpreter lock, so that threads read one index at the same time. numba renews the
    cached code of a module when the file of that module changes, but not when a kernel that it calls does: after
    changing ``kernels/tables.py``, ``kernels/order.py`` or ``kernels/pages.py``, delete ``kernels/__pycache__``. Where
    neither the folder of the module nor the home folder can be written to, every process compiles anew, which takes
    seconds.
    """
    try:
        loop: Kernel = numba.njit(cache=_has_a_place(), nogil=True)(function)
    except RuntimeError:  # numba found no folder for its cache
        log.info("%s is compiled anew: no folder for compiled code can be written to", function.__name__)
        loop = numba.njit(nogil=True)(function)
    return loop


def inlined(function: Kernel) -> Kernel:
    """Compile a function into every loop that calls it: for a few instructions a call would take longer than these."""
    loop: Kernel = numba.njit(inline="always", nogil=True)(function)
    return loop


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """The same values, which may not be written to.

    numba compiles a loop anew for arrays that it may write to. Arrays of a file are read-only, so a loop over those of
    a file and over those in memory is compiled once when it gets both as this.

    >>> import numpy as np
    >>> read_only(np.zeros(2)).flags.writeable
    False
    """
    view = array.view()
    view.flags.writeable = False
    return view


def _has_a_place() -> bool:
    """Whether numba may look for a folder: without a home it would make one named "~" in the current folder."""
    try:
        Path.home()
    except RuntimeError:
        return os.access(Path(__file__).parent, os.W_OK)
    return True
