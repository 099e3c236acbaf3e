"""Reach: what leads to a paper and what follows from it, through chains of citations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from ...model.lineage import Lineage
from .counts import UNKNOWN_REFERENCES
from .values import Number, Result, incomplete, oldest_first, refusals, unreferenced

_AT_ONCE = 2048
"""How many papers share one pass of masks: more saves passes, fewer save memory."""


@dataclass(frozen=True)
class Families:
    """The circles of a graph drawn together: `order` runs from the older families to the newer.

    `members` are the papers of each family, nearly always one; `before` and `after` are the
    families next to it, each once however many citations join the two.
    """

    order: list[int]
    members: dict[int, list[str]]
    before: dict[int, list[int]]
    after: dict[int, list[int]]


def families(graph: nx.DiGraph[str]) -> Families:
    """Draw every circle of citations together into one family; what is left has no circles.

    Notes
    -----
    Linear in papers and citations.
    """
    condensed = nx.condensation(graph)
    return Families(
        list(nx.topological_sort(condensed)),
        {family: sorted(papers) for family, papers in condensed.nodes(data="members")},
        {family: list(condensed.predecessors(family)) for family in condensed},
        {family: list(condensed.successors(family)) for family in condensed},
    )


def ancestors(lineage: Lineage) -> Result:
    """Count the papers that lead to each paper: what it cites, what that cites, and so on.

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
    Exact. Sets travel along the families of the graph as bit masks, 2,048 papers at a time, so
    that memory stays linear; time is citations * papers / 2,048 operations on short masks.

    References
    ----------
    Hummon & Doreian (1989), doi:10.1016/0378-8733(89)90017-8: their node pair projection count is
    the product of the two counts.
    """
    unknown = unreferenced(lineage)
    found = families(lineage.plain_graph())
    counts = _reached(found.order, found.members, found.after)
    return _where_referenced(lineage, "ancestors", counts, unknown)


def descendants(lineage: Lineage) -> Result:
    """Count the papers that follow from each paper: what cites it, what cites that, and so on.

    Parameters
    ----------
    lineage : Lineage
        Counted along the arcs, cited -> citing.

    Returns
    -------
    Result
        A whole number for every paper; 0 says that no known reference list of the corpus has it.

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
    found = families(lineage.plain_graph())
    counts = _reached(found.order[::-1], found.members, found.before)
    missing = len(incomplete(lineage))
    notes = (f"lower bounds: the references of {missing:,} papers are not fully known",) if missing else ()
    return Result("descendants", {key: counts[key] for key in oldest_first(lineage)}, notes=notes)


def depth(lineage: Lineage) -> Result:
    """Length of the longest chain of citations that leads to each paper.

    ``depth(v) = 0`` for a paper that cites nothing, else 1 more than the deepest that it cites.

    Parameters
    ----------
    lineage : Lineage
        Counted against the arcs, citing -> cited, in citations.

    Returns
    -------
    Result
        A whole number; None where nothing is known of the paper's own references. A circle of
        citations has no longest chain: its papers share one depth, and a citation inside it adds
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
    found = families(lineage.plain_graph())
    deep: dict[int, int] = {}
    for family in found.order:
        deep[family] = max((deep[earlier] + 1 for earlier in found.before[family]), default=0)
    counts = {key: deep[family] for family, members in found.members.items() for key in members}
    return _where_referenced(lineage, "depth", counts, unreferenced(lineage))


def throughput(lineage: Lineage) -> Result:
    """Count the chains of citations through each paper, from the oldest papers to the newest.

    The search path count of a paper: with f(v) chains that lead to it from papers that cite
    nothing, and b(v) chains that lead on to papers that nobody cites, ``SPC(v) = f(v) * b(v)``.

    Parameters
    ----------
    lineage : Lineage
        Chains run along the arcs, cited -> citing.

    Returns
    -------
    Result
        Exact whole numbers, which may exceed 64 bits. None for a paper that neither cites nor is
        cited in the corpus: it is beginning and end at once, and no chain.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> throughput(example()).values
    {'a': 3, 'b': 1, 'c': 2, 'd': 1}

    Notes
    -----
    Linear in papers and citations, times the length of the numbers. Each circle of citations is
    drawn together into one family, whose papers share one count; citations that join the same
    two families are one step. The details `in` and `out` are f and b.

    References
    ----------
    Batagelj (2003), doi:10.48550/arXiv.cs/0309023; Hummon & Doreian (1989),
    doi:10.1016/0378-8733(89)90017-8.
    """
    found = families(lineage.plain_graph())
    into: dict[int, int] = {}
    out: dict[int, int] = {}
    for family in found.order:
        into[family] = sum(into[earlier] for earlier in found.before[family]) or 1
    for family in reversed(found.order):
        out[family] = sum(out[later] for later in found.after[family]) or 1
    family_of = {key: family for family, members in found.members.items() for key in members}
    order = oldest_first(lineage)
    alone = {key for key in order if not (lineage.times_cited(key) or lineage.reference_count(key))}
    values: dict[str, Number | None] = {
        key: None if key in alone else into[family_of[key]] * out[family_of[key]] for key in order
    }
    reasons = {key: "it neither cites nor is cited in this corpus" for key in order if key in alone}
    circles = sum(len(members) > 1 for members in found.members.values())
    notes = (f"circles of citations, which count as one paper each: {circles:,}",) if circles else ()
    details = {key: {"in": into[family_of[key]], "out": out[family_of[key]]} for key in order if key not in alone}
    return Result("throughput", values, refusals(reasons), notes, details=details)


def _reached(order: Iterable[int], members: dict[int, list[str]], onward: dict[int, list[int]]) -> dict[str, int]:
    """For every paper, how many others lead to it when families come in this order and lead onward so."""
    steps = list(order)
    total = dict.fromkeys(steps, 0)
    position = 0
    while position < len(steps):
        masks: dict[int, int] = {}
        first, used = position, 0
        while position < len(steps) and used < _AT_ONCE:
            size = len(members[steps[position]])
            masks[steps[position]] = ((1 << size) - 1) << used
            used += size
            position += 1
        for family in steps[first:]:  # earlier families are not reached from these
            mask = masks.get(family, 0)
            if mask:
                total[family] += mask.bit_count()
                for following in onward[family]:
                    masks[following] = masks.get(following, 0) | mask
                del masks[family]  # nothing leads back to it
    return {key: total[family] - 1 for family in steps for key in members[family]}


def _where_referenced(lineage: Lineage, measure: str, counts: dict[str, int], unknown: set[str]) -> Result:
    """Counts that rest on the references of a paper: none where those are unknown."""
    order = oldest_first(lineage)
    values: dict[str, Number | None] = {key: None if key in unknown else counts[key] for key in order}
    reasons = {key: UNKNOWN_REFERENCES for key in order if key in unknown}
    missing = len(incomplete(lineage))
    notes = (f"lower bounds: the references of {missing:,} papers are not fully known",) if missing else ()
    return Result(measure, values, refusals(reasons), notes)
