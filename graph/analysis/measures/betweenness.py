"""Betweenness: how many shortest chains of citations run through a paper."""

from __future__ import annotations

import random

from ...model.lineage import Lineage
from .values import Result, incomplete, oldest_first, require


def betweenness(lineage: Lineage, *, sample: int = 0, seed: int = 0) -> Result:
    """Count the pairs of papers whose shortest chain of citations runs through each paper.

    A pair with several shortest chains counts in parts: with s(a, b) chains from a to b, of which
    s(a, b | v) pass v, ::

        B(v) = sum of s(a, b | v) / s(a, b) over all a and b other than v

    Parameters
    ----------
    lineage : Lineage
        Chains run along the arcs, cited -> citing; pairs are ordered.
    sample : int
        From how many papers chains are followed; 0 for all of them, which is exact.
    seed : int
        Which papers the sample takes; the same seed gives the same bytes.

    Returns
    -------
    Result
        A number for every paper, not normalised: most pairs of a citation graph have no chain.

    Raises
    ------
    InputError
        When `sample` is negative.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> betweenness(example()).top(1)
    [('a', 0.0)]

    Notes
    -----
    Brandes' accumulation, from one end of the chains. The values are the same whichever end that
    is, so it is the one with fewer papers: in a corpus of reference lists few papers cite, and
    many are only cited. A search touches only the papers that it reaches, and networkx's function
    all papers each time: for the shipped corpus it needs some forty times as long. With m citations
    and p such papers the cost is at most p * m, less with a sample, whose values are scaled up.

    Citations that are not known can only be missing from chains: a note says how many papers have
    incomplete references.

    References
    ----------
    Freeman (1977), doi:10.2307/3033543; Brandes (2001), doi:10.1080/0022250X.2001.9990249;
    Brandes & Pich (2007), doi:10.1142/S0218127407018403.
    """
    require(sample >= 0, "sample is a whole number from 0 (all papers) up", sample)
    graph = lineage.citation_graph()
    order = oldest_first(lineage)
    rank = {key: position for position, key in enumerate(order)}
    cited = [key for key in order if lineage.times_cited(key)]
    citing = [key for key in order if lineage.reference_count(key)]
    starts, forward = (cited, True) if len(cited) <= len(citing) else (citing, False)
    follow = graph.successors if forward else graph.predecessors
    onward = {key: sorted(follow(key), key=rank.__getitem__) for key in order}
    total = len(starts)
    if 0 < sample < total:
        starts = random.Random(seed).sample(starts, sample)  # noqa: S311  # a sample of papers, no secret
    values = dict.fromkeys(order, 0.0)
    for start in starts:
        _accumulate(onward, start, values)
    if len(starts) < total:
        values = {key: value * total / len(starts) for key, value in values.items()}
    notes = [f"estimated from {len(starts):,} of {total:,} papers"] if len(starts) < total else []
    missing = len(incomplete(lineage))
    if missing:
        notes.append(f"chains through the unknown references of {missing:,} papers are not seen")
    return Result("betweenness", values, notes=tuple(notes), parameters={"sample": sample, "seed": seed})


def _accumulate(onward: dict[str, list[str]], start: str, values: dict[str, float]) -> None:
    """Add what the shortest chains from one paper contribute to every paper inside them."""
    ways: dict[str, float] = {start: 1.0}
    distance = {start: 0}
    before: dict[str, list[str]] = {start: []}
    met = [start]
    for key in met:  # grows while it is walked: breadth first
        for following in onward[key]:
            if following not in distance:
                distance[following] = distance[key] + 1
                ways[following] = 0.0
                before[following] = []
                met.append(following)
            if distance[following] == distance[key] + 1:
                ways[following] += ways[key]
                before[following].append(key)
    lean = dict.fromkeys(met, 0.0)
    for key in reversed(met):
        part = (1 + lean[key]) / ways[key]
        for earlier in before[key]:
            lean[earlier] += ways[earlier] * part
        if key != start:
            values[key] += lean[key]
