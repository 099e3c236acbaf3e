"""Reach: the papers that lead to a paper and those that follow from it, through chains of citations."""

from __future__ import annotations

from ...algorithms.components import condense, count_leading_to
from ...algorithms.path_counts import counts_to_each
from ...model.lineage import Lineage
from .counts import UNKNOWN_REFERENCES
from .values import Number, Result, incomplete, oldest_first, refusals, unreferenced


def ancestors(lineage: Lineage) -> Result:
    """Count the papers that lead to each paper: those that it cites, those that these cite, and so on.

    Parameters
    ----------
    lineage : Lineage
        Counted against the arcs, citing -> cited.

    Returns
    -------
    Result
        A whole number; None where nothing is known of the paper's own references. Papers of one
        circle are ancestors of each other; no paper is its own.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> ancestors(example()).values
    {'a': None, 'b': 1, 'c': 2, 'd': 1}

    Notes
    -----
    Exact. Memory is linear in papers; time is citations * papers / 2,048 operations on bit masks.

    References
    ----------
    Hummon & Doreian (1989), doi:10.1016/0378-8733(89)90017-8: their node pair projection count is
    the product of the two counts.
    """
    counts = count_leading_to(lineage.digraph())
    return _where_referenced(lineage, "ancestors", {key: count - 1 for key, count in counts.items()})


def descendants(lineage: Lineage) -> Result:
    """Count the papers that follow from each paper: those that cite it, those that cite these, and so on.

    Parameters
    ----------
    lineage : Lineage
        Counted along the arcs, cited -> citing.

    Returns
    -------
    Result
        A whole number for every paper; 0 means that no known reference list of the corpus names it.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> descendants(example()).values
    {'a': 3, 'b': 1, 'c': 0, 'd': 0}

    Notes
    -----
    Exact, and as costly as `ancestors`.

    References
    ----------
    Hummon & Doreian (1989), doi:10.1016/0378-8733(89)90017-8.
    """
    counts = count_leading_to(lineage.digraph().reverse())
    values = {key: counts[key] - 1 for key in oldest_first(lineage)}
    return Result("descendants", values, notes=_lower_bounds(lineage))


def depth(lineage: Lineage) -> Result:
    """Measure the length of the longest chain of citations that leads to each paper.

    ``depth(v) = 0`` for a paper that cites nothing, else 1 more than the greatest depth of the papers that it cites.

    Parameters
    ----------
    lineage : Lineage
        Counted against the arcs, citing -> cited, in citations.

    Returns
    -------
    Result
        A whole number; None where nothing is known of the paper's own references. A circle of
        citations has no longest chain: its papers have the same depth, and a citation inside it adds
        nothing.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> depth(example()).values
    {'a': None, 'b': 1, 'c': 2, 'd': 1}

    Notes
    -----
    Linear in papers and citations.

    References
    ----------
    Clough & Evans (2016), doi:10.1016/j.physa.2015.12.053.
    """
    circles = condense(lineage.digraph())
    depths: list[int] = []
    for before in circles.before:
        depths.append(max((depths[earlier] + 1 for earlier in before), default=0))
    counts = {key: depths[n] for n, members in enumerate(circles.members) for key in members}
    return _where_referenced(lineage, "depth", counts)


def throughput(lineage: Lineage) -> Result:
    """Count the chains of citations through each paper, from the oldest papers to the newest.

    This is the search path count of a paper. If f(v) chains lead to it from papers that cite
    nothing, and b(v) chains lead from it to papers that nothing cites, ``SPC(v) = f(v) * b(v)``.

    Parameters
    ----------
    lineage : Lineage
        Chains run along the arcs, cited -> citing.

    Returns
    -------
    Result
        Exact whole numbers, which may exceed 64 bits. None for a paper that neither cites nor is
        cited in the corpus, because no chain runs through it.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> throughput(example()).values
    {'a': 3, 'b': 1, 'c': 2, 'd': 1}

    Notes
    -----
    Linear in papers and citations, times the length of the numbers. Each circle of citations counts as
    one paper, and so its papers have the same count; several citations between the same two circles
    are one step of a chain. The details `in` and `out` are f and b.

    References
    ----------
    Batagelj (2003), doi:10.48550/arXiv.cs/0309023; Hummon & Doreian (1989),
    doi:10.1016/0378-8733(89)90017-8.
    """
    circles = condense(lineage.digraph())
    numbers = range(len(circles.members))
    chains_in = counts_to_each(numbers, dict(enumerate(circles.before)), lambda n: not circles.before[n])
    chains_out = counts_to_each(numbers[::-1], dict(enumerate(circles.after)), lambda n: not circles.after[n])
    number_of = {key: n for n, members in enumerate(circles.members) for key in members}
    order = oldest_first(lineage)
    alone = {key for key in order if not (lineage.times_cited(key) or lineage.reference_count(key))}
    details = {
        key: {"in": chains_in[number_of[key]], "out": chains_out[number_of[key]]} for key in order if key not in alone
    }
    values = {key: None if key in alone else details[key]["in"] * details[key]["out"] for key in order}
    reasons = {key: "it neither cites nor is cited in this corpus" for key in order if key in alone}
    several = sum(len(members) > 1 for members in circles.members)
    notes = (f"circles of citations, which count as one paper each: {several:,}",) if several else ()
    return Result("throughput", values, refusals(reasons), notes, details=details)


def _where_referenced(lineage: Lineage, measure: str, counts: dict[str, int]) -> Result:
    """Counts that depend on the references of each paper itself: papers whose references are unknown have none."""
    order, unknown = oldest_first(lineage), unreferenced(lineage)
    values: dict[str, Number | None] = {key: None if key in unknown else counts[key] for key in order}
    reasons = {key: UNKNOWN_REFERENCES for key in order if key in unknown}
    return Result(measure, values, refusals(reasons), _lower_bounds(lineage))


def _lower_bounds(lineage: Lineage) -> tuple[str, ...]:
    missing = len(incomplete(lineage))
    return (f"lower bounds: the references of {missing:,} papers are not fully known",) if missing else ()
