"""The measures of papers that pages and exports show: those that do not take too long for a corpus of its size."""

from __future__ import annotations

import weakref
from collections.abc import Mapping

from ...model.lineage import Lineage
from .registry import MEASURES, measure
from .values import Result

Measured = Mapping[str, Result]
"""Results by the id of their measure."""

COUNTS = ("cited_by", "references", "global_citations")
"""The measures that are quick for a corpus of any size."""

WITHOUT_BETWEENNESS = 5_000
"""In a larger corpus betweenness, which searches from every paper, would take longer than all other measures."""

COUNTS_ALONE = 20_000
"""In a larger corpus the other measures would take too long, too."""

_known: dict[int, Measured] = {}


def measured(lineage: Lineage) -> Measured:
    """The measures of papers that pages and exports of a lineage show, by id, over the whole corpus.

    Parameters
    ----------
    lineage : Lineage
        The results are kept as long as the lineage is.

    Returns
    -------
    mapping of str to Result
        In the registry's order, without measures whose value is not known for any paper.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> list(measured(example()))[:3]
    ['cited_by', 'references', 'pagerank']

    Notes
    -----
    About linear: `COUNTS_ALONE` and `WITHOUT_BETWEENNESS` are the limits past which measures are left out.
    """
    found = _known.get(id(lineage))
    if found is None:
        results = {id_: measure(lineage, id_) for id_ in _affordable(len(lineage.corpus.papers))}
        found = {id_: each for id_, each in results.items() if any(value is not None for value in each.values.values())}
        _known[id(lineage)] = found
        weakref.finalize(lineage, _known.pop, id(lineage), None)
    return found


def _affordable(papers: int) -> list[str]:
    every = [each.id for each in MEASURES if each.about == "paper"]
    if papers > COUNTS_ALONE:
        return [id_ for id_ in every if id_ in COUNTS]
    return [id_ for id_ in every if id_ != "betweenness" or papers <= WITHOUT_BETWEENNESS]


def left_out(lineage: Lineage) -> str:
    """A sentence that says which measures pages and exports leave out because the corpus is large; else empty.

    >>> from graph.analysis.measures.example import example
    >>> left_out(example())
    ''
    """
    papers = len(lineage.corpus.papers)
    if papers > COUNTS_ALONE:
        return f"Of a corpus of more than {COUNTS_ALONE:,} papers only the counts are shown: the rest takes too long."
    if papers > WITHOUT_BETWEENNESS:
        return f"Of a corpus of more than {WITHOUT_BETWEENNESS:,} papers betweenness is not shown: it takes too long."
    return ""
