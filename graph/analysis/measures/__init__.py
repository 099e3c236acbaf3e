"""Measures of papers, of pairs and of years, from one registry.

Every measure is a function of a `Lineage` that returns a `Result`; `MEASURES` says of each what it
means for citations, which way it follows them, what must be known, and who published it.
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
