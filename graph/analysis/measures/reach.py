"""Reach: the papers that lead to a paper and those that follow from it, through chains of citations."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...algorithms.dag import Dag
from ...algorithms.levels import levels_of
from ...model.lineage import Lineage
from .counts import where_referenced
from .values import Result, by_age, incomplete, noted, refusals


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
    Exact. Memory is linear in papers; it takes one machine word's work for every citation and 64 papers.

    References
    ----------
    Hummon & Doreian (1989), doi:10.1016/0378-8733(89)90017-8: their node pair projection count is
    the product of the two counts.
    """
    return where_referenced(lineage, "ancestors", _leading(lineage) - 1, _lower_bounds(lineage))


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
    values = by_age(lineage, _leading(lineage, back=True) - 1)
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
    network = lineage.corpus.arrays.ordered.condensed
    depths = levels_of(network.nodes, network.citing, network.references)
    return where_referenced(lineage, "depth", _of_papers(lineage, depths, alone=0), _lower_bounds(lineage))


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
    part, network = lineage.corpus.arrays.ordered, lineage.network
    dag = Dag(range(part.condensed.nodes), part.condensed)
    chains_in = dag.paths_to(lambda node: not dag.before[node])
    chains_out = dag.paths_from(lambda node: not dag.after[node])
    has_citation = by_age(lineage, np.diff(network.references_at) + np.diff(network.citers_at) > 0)
    nodes = by_age(lineage, _of_papers(lineage, np.arange(part.condensed.nodes), alone=-1))
    details = {
        key: {"in": chains_in[node], "out": chains_out[node]} for key, node in nodes.items() if has_citation[key]
    }
    values = {key: details[key]["in"] * details[key]["out"] if key in details else None for key in nodes}
    reasons = {key: "it neither cites nor is cited in this corpus" for key in nodes if key not in details}
    notes = noted(len(part.circles), "circles of citations, which count as one paper each: {:,}")
    return Result("throughput", values, refusals(reasons), notes, details=details)


def _of_papers(lineage: Lineage, values: NDArray[Any], *, alone: int) -> NDArray[Any]:
    """What is known of every circle, as what is known of its papers, by their numbers.

    `alone` is what is known of a paper without citations that the order of lineage leaves out.
    """
    part = lineage.corpus.arrays.ordered
    found = np.full(lineage.network.nodes, alone, values.dtype)
    found[part.members] = values[part.groups]
    return found


def _leading(lineage: Lineage, *, back: bool = False) -> NDArray[Any]:
    """How many papers lead to each, or with `back` follow from it, itself included; all of a circle do both."""
    part = lineage.corpus.arrays.ordered
    levels = part.backward if back else part.forward
    return _of_papers(lineage, levels.count_leading(np.bincount(part.groups)), alone=1)


def _lower_bounds(lineage: Lineage) -> tuple[str, ...]:
    return noted(len(incomplete(lineage)), "lower bounds: the references of {:,} papers are not fully known")
