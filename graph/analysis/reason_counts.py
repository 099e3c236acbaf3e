"""For how many citations of a lineage a reason is recorded, and by which confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..model.lineage import Lineage


@dataclass(frozen=True, slots=True)
class ReasonCounts:
    """Citations with a reason."""

    by_confidence: dict[str, int]
    """How many citations have a reason of each confidence: see `graph.model.reasons.CONFIDENCES`."""
    citations: int
    """How many citations there are, papers that cite themselves left out."""
    in_list: int
    """How many citations there are between papers of the list."""
    missing_in_list: tuple[tuple[str, str], ...]
    """Those of them without a reason, cited -> citing."""

    @property
    def total(self) -> int:
        """How many citations have a reason."""
        return sum(self.by_confidence.values())


def reason_counts(lineage: Lineage) -> ReasonCounts:
    """Count the citations of a lineage that have a reason. Linear in the reasons and the citations of the list.

    >>> from graph import load
    >>> found = reason_counts(load())
    >>> found.in_list, len(found.missing_in_list)
    (60, 4)
    """
    in_list = lineage.arcs_among(lineage.by_age(lineage.list_keys))
    return ReasonCounts(
        dict(sorted(Counter(each.confidence for each in lineage.reasons.values()).items(), reverse=True)),
        lineage.network.arcs,
        len(in_list),
        tuple(arc for arc in in_list if arc not in lineage.reasons),
    )
