"""The one place that knows numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

Kernel = Callable[..., Any]
"""What mypy knows of a compiled loop: numba types it when it is called."""


def compiled(function: Kernel) -> Kernel:
    """Compile a loop over arrays when it is first called, and keep the code beside the module.

    The lock of the interpreter is let go, so that threads read one index at the same time. The kept
    code of a module is renewed when that module's file changes, and not when one that it calls does:
    after changing ``kernels/tables.py`` or ``kernels/order.py``, delete ``kernels/__pycache__``.
    """
    loop: Kernel = numba.njit(cache=True, nogil=True)(function)
    return loop
