"""An answer about more papers than can be shown, as its doors tell it; loads nothing of the kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LargeAnswer:
    """What is told where the ordinary answer would be too large.

    Attributes
    ----------
    text : str
        What the command prints.
    form : dict
        What it prints with ``--json``.
    """

    text: str
    form: dict[str, Any]
