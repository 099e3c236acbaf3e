"""Measures on a page: what marks can grow with, what the details tell, what its tables have a column for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..analysis.measures import Result, find_measure
from ..analysis.measures.affordable import measured
from ..model.lineage import Lineage
from .columnar import packed


def measure_facts(lineage: Lineage, keys: Sequence[str]) -> list[dict[str, Any]]:
    """What a page tells of its measures: labels, meanings, and packed values for some papers.

    Values that are not whole numbers have six digits. `why` says why a value is unknown.
    """
    return [
        {
            "id": id_,
            "label": (definition := find_measure(id_)).label,
            "meaning": definition.meaning,
            "values": packed([_short(result.values.get(key)) for key in keys]),
            "why": packed(_reasons(result, keys)),
        }
        for id_, result in measured(lineage).items()
    ]


def _reasons(result: Result, keys: Sequence[str]) -> list[str | None]:
    why = {key: refusal.reason for refusal in result.refused for key in refusal.keys}
    return [why.get(key) for key in keys]


def _short(value: float | None) -> float | None:
    """A number as short as a page needs it; JavaScript has whole numbers up to 2**53."""
    if value is None or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return float(f"{value:.6g}") if abs(value) <= 1e300 else None
