"""Betweenness: how many of the shortest chains of citations run through a paper."""

from __future__ import annotations

import random

from ...model.lineage import Lineage
from .values import Result, incomplete, oldest_first, require


def betweenness(lineage: Lineage, *, sample: int = 0, seed: int = 0) -> Result:
    """Count the pairs of papers whose shortest chain of citations runs through each paper.

    A pair with several shortest chains counts in part: if s(a, b) chains lead from a to b, and
    s(a, b | v) of them run through v, ::

        B(v) = sum of s(a, b | v) / s(a, b) over all a and b other than v

    Parameters
    ----------
    lineage : Lineage
        Chains run along the arcs, cited -> citing; pairs are ordered.
    sample : int
        From how many papers to follow chains; 0 for all of them, which is exact.
    seed : int
        Chooses the sample; the same seed gives the same values.

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
    Brandes' accumulation, from one end of the chains. Both ends give the same values, so it begins
    at the end with fewer papers: in a corpus of reference lists few papers cite, and many are only
    cited. A search visits only the papers that it reaches. networkx's function visits all papers each
    time and takes some forty times as long for the shipped corpus. With m citations and p papers at
    that end the cost is at most p * m. A sample costs less, and its values are scaled up.

    Chains through citations that are not known are missing. A note says how many papers have
    incomplete references.

    References
    ----------
    Freeman (1977), doi:10.2307/3033543; Brandes (2001), doi:10.1080/0022250X.2001.9990249;
    Brandes & Pich (2007), doi:10.1142/S0218127407018403.
    """
    require(sample >= 0, "sample must be 0 (all papers) or more", sample)
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
    """Add what the shortest chains from one paper contribute to the papers inside them."""
    chains: dict[str, float] = {start: 1.0}  # how many shortest chains lead to each paper
    distance = {start: 0}
    before: dict[str, list[str]] = {start: []}
    reached = [start]
    for key in reached:  # grows while the loop runs: breadth first
        for following in onward[key]:
            if following not in distance:
                distance[following] = distance[key] + 1
                chains[following] = 0.0
                before[following] = []
                reached.append(following)
            if distance[following] == distance[key] + 1:
                chains[following] += chains[key]
                before[following].append(key)
    dependency = dict.fromkeys(reached, 0.0)  # Brandes' term: the sum of s(start, b | key) / s(start, b) over all b
    for key in reversed(reached):
        part = (1 + dependency[key]) / chains[key]
        for earlier in before[key]:
            dependency[earlier] += chains[earlier] * part
        if key != start:
            values[key] += dependency[key]
