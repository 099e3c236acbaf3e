"""What several tests of analysis share."""

from __future__ import annotations

import pytest

from graph.analysis.measures import MEASURES, Result, measure
from graph.model.lineage import Lineage


@pytest.fixture(scope="session")
def shipped(lineage: Lineage) -> dict[str, Result]:
    """Every measure of papers and years on the shipped corpus, and the partners of BERT."""
    return {
        each.id: measure(lineage, each.id, **({"paper": "devlin2018"} if each.about == "partner" else {}))
        for each in MEASURES
    }
