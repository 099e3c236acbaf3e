"""Measures of papers, of pairs and of years, from one registry.

Every measure is a function of a `Lineage` that returns a `Result`. `MEASURES` says what each one means, in
which direction it follows citations, what must be known for it, and who published it.
"""

from .registry import MEASURES, find_measure, measure
from .values import LiteratureReference, Measure, MeasureParameter, Refusal, Result

__all__ = [
    "MEASURES",
    "LiteratureReference",
    "Measure",
    "MeasureParameter",
    "Refusal",
    "Result",
    "find_measure",
    "measure",
]
