"""The measures of papers that pages and exports show: as exact as a corpus of its size allows in some seconds."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping

import numpy as np

from ...algorithms.levels import affords_sets
from ...model.lineage import Lineage
from .registry import MEASURES, find_measure, measure
from .values import Result

Measured = Mapping[str, Result]
"""Results by the id of their measure."""

COMPARED = 10**9
"""How many papers disruption may compare, which are the citers of all references of all papers."""

_known: dict[int, Measured] = {}


def measured(lineage: Lineage) -> Measured:
    """The measures of papers that pages and exports of a lineage show, by id, over the whole corpus.

    About linear. In a large corpus betweenness is estimated from a sample, and what would take more than linear time is
    left out: see `left_out`. They are in the registry's order, without measures whose value is not known for any paper,
    and are kept as long as the lineage is.

    >>> from graph.analysis.measures.example import example
    >>> list(measured(example()))[:3]
    ['cited_by', 'references', 'pagerank']
    """
    found = _known.get(id(lineage))
    if found is None:
        omitted = set(_omitted(lineage))
        shown = [each.id for each in MEASURES if each.about == "paper" and each.id not in omitted]
        results = {id_: measure(lineage, id_) for id_ in shown}
        found = {id_: each for id_, each in results.items() if any(value is not None for value in each.values.values())}
        _known[id(lineage)] = found
        weakref.finalize(lineage, _known.pop, id(lineage), None)
    return found


def _omitted(lineage: Lineage) -> Iterator[str]:
    """The measures that would take too long."""
    if not affords_sets(lineage.network):
        yield from ("ancestors", "descendants")
    if int((np.diff(lineage.network.citers_at) ** 2).sum()) > COMPARED:
        yield "disruption"


def left_out(lineage: Lineage, found: Measured | None = None) -> str:
    """What pages and exports leave out or only estimate because the corpus is large, in sentences; else empty.

    `found` are the measures that they show; those of `measured` when it is left out.

    >>> from graph.analysis.measures.example import example
    >>> left_out(example())
    ''
    """
    sentences = []
    found = measured(lineage) if found is None else found
    if "betweenness" in found and (notes := estimate_notes(found["betweenness"])):
        sentences.append(f"Betweenness is {' and '.join(notes)}.")
    labels = [find_measure(id_).label for id_ in _omitted(lineage)]
    if labels:
        sentences.append(f"Not shown, because they take too long for so many papers: {', '.join(labels)}.")
    return " ".join(sentences)


def estimate_notes(result: Result) -> tuple[str, ...]:
    """From how much a result was estimated and how far it may be off; empty for one that is exact."""
    return result.notes[:2] if result.notes and result.notes[0].startswith("estimated") else ()
