"""The measures of a page: papers can be sized by them, the details and the tables of papers list them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..analysis.measures import Result, find_measure
from ..analysis.measures.affordable import estimate_notes, measured
from ..model.lineage import Lineage
from ..utils.kept import kept_by_key, kept_in_owner
from .columnar import pack_column


def measure_facts(lineage: Lineage, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The labels and meanings of the measures, and packed values for some papers.

    Values that are not whole numbers have six digits. `why` says why a value is unknown.
    """
    return [_measure(id_, result, keys) for id_, result in measured(lineage).items()]


def _measure(id_: str, result: Result, keys: Sequence[str]) -> dict[str, Any]:
    definition = find_measure(id_)
    reasons = _reasons(result)
    return {
        "id": id_,
        "label": definition.label,
        "meaning": " ".join((definition.meaning, *(f"It is {note}." for note in estimate_notes(result)[:1]))),
        "values": pack_column(_shortened(result, keys)),
        "why": pack_column([reasons.get(key) for key in keys]),
    }


@kept_in_owner  # the pages of a site share it
def _reasons(result: Result) -> Mapping[str, str]:
    """Why the value of a paper is unknown, by its key."""
    return {key: refusal.reason for refusal in result.refused for key in refusal.keys}


@kept_by_key
def _shortened(result: Result, keys: Sequence[str]) -> Iterator[float | None]:
    return map(_short, map(result.values.get, keys))


def _short(value: float | None) -> float | None:
    """A number as short as a page needs it; JavaScript has whole numbers up to 2**53."""
    if value is None or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return float(f"{value:.6g}") if abs(value) <= 1e300 else None
