"""How promising it is to read the list of a paper that a search has met: the score by which it chooses.

For a paper before B, whose references may lead back to A (and in the same way for one after A, whose citing papers may
lead on to B):

.. code-block:: text

    score = 0.5 ** hops * (1 + years)

    hops     from the end at which the search met it: short paths first
    years    from it to the other end; 6 where either year is not known

The years still to go are what makes a paper worth reading. All paths through it have to fit into them, so that most of
what it leads to lies too far back (or too far on) when few are left, and little leads to the other end.

A request brings rows, whatever the papers, so what is compared is the score times the rows that a request would bring.
`benchmarks/between.py` runs the search with this score and with others. Shared references, citation counts, influential
citations, titles and fields were measured too, and are left out: with them no more paths were found.
"""

from __future__ import annotations

from collections.abc import Callable

from ...semantic_scholar.paper_rows import CitationRow, PaperRow

YEARS_UNKNOWN = 6
"""A paper whose years to the other end are not known counts as one of so many."""

Score = Callable[[CitationRow, int, PaperRow], float]
"""The score of a paper: as the list that names it last describes it, its hops, and the paper at the other end."""


def promise(met: CitationRow, hops: int, goal: PaperRow) -> float:
    """The score of the module's docstring.

    >>> goal = PaperRow(year=2010)
    >>> [promise(CitationRow(PaperRow(year=year)), 1, goal) for year in (2017, 2010, None)]
    [4.0, 0.5, 3.5]
    """
    return 0.5**hops * (1 + _years(met.paper.year, goal.year))


def _years(one: int | None, other: int | None) -> int:
    return YEARS_UNKNOWN if one is None or other is None else abs(one - other)
