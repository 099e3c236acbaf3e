"""Counts: who cites a paper, and what it cites."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model.lineage import Lineage
from .values import Result, by_age, incomplete, noted, oldest_first, refusals, unreferenced

UNKNOWN_REFERENCES = "its references are not known"


def cited_by(lineage: Lineage) -> Result:
    """Count the papers of the corpus that cite each paper (the local citation count).

    Linear in papers. Papers whose references are unknown may also cite it; a note says how many these are.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing: the count is the out-degree.

    Returns
    -------
    Result
        A whole number for every paper. 0 means that no *known* reference list of the corpus names it.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> cited_by(example()).top(2)
    [('a', 3), ('b', 1)]

    References
    ----------
    Garfield, Pudovkin & Istomin (2003), doi:10.1002/asi.10226.
    """
    values = by_age(lineage, np.diff(lineage.network.citers_at))
    lower = "lower bounds: the references of {:,} papers are not fully known, and any of them may cite it"
    return Result("cited_by", values, notes=noted(len(incomplete(lineage)), lower))


def references(lineage: Lineage) -> Result:
    """Count the papers of the corpus that each paper cites.

    Linear in papers. Where a list is known in part the count is a lower bound, and a note says for how many papers it
    is one.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing: the count is the in-degree.

    Returns
    -------
    Result
        None where nothing is known of a paper's references; 0 only where a complete list is empty.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> references(example()).values
    {'a': None, 'b': 1, 'c': 2, 'd': 1}

    References
    ----------
    Garfield, Pudovkin & Istomin (2003), doi:10.1002/asi.10226.
    """
    lower = len(incomplete(lineage) - unreferenced(lineage))
    notes = noted(lower, "a lower bound for papers whose references are known only in part: {:,}")
    return where_referenced(lineage, "references", np.diff(lineage.network.references_at), notes)


def global_citations(lineage: Lineage) -> Result:
    """Give the number of papers anywhere that cite each paper, if a source states it (the global citation count).

    Linear in the coverage rows. The citations inside the corpus are never used for it.

    Parameters
    ----------
    lineage : Lineage
        The measure reads only its coverage: how many rows a complete list of citations has.

    Returns
    -------
    Result
        None for every paper whose citations no source lists completely. Sources index different
        papers; the value is the largest count, and the detail `source` names its source.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> global_citations(example()).values
    {'a': None, 'b': None, 'c': None, 'd': None}

    References
    ----------
    Garfield (1972), doi:10.1126/science.178.4060.471; Garfield, Pudovkin & Istomin (2003),
    doi:10.1002/asi.10226.
    """
    stated: dict[str, tuple[int, str]] = {}
    for row in lineage.corpus.coverage:
        if row.direction == "citations" and row.state == "complete" and row.rows is not None:
            stated[row.paper] = max(stated.get(row.paper, (-1, "")), (row.rows, row.source))
    order = oldest_first(lineage)
    reasons = {key: "no source of this corpus states how often it is cited" for key in order if key not in stated}
    values = {key: stated[key][0] if key in stated else None for key in order}
    details = {key: {"source": source} for key, (_, source) in stated.items()}
    return Result("global_citations", values, refusals(reasons), details=details)


def where_referenced(lineage: Lineage, measure: str, counts: NDArray[Any], notes: tuple[str, ...]) -> Result:
    """Counts that depend on the references of each paper itself: papers whose references are unknown have none."""
    found, unknown = by_age(lineage, counts), unreferenced(lineage)
    values = {key: None if key in unknown else count for key, count in found.items()}
    return Result(measure, values, refusals({key: UNKNOWN_REFERENCES for key in found if key in unknown}), notes)
