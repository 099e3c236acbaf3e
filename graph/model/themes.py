"""Themes of papers outside the reading list, inferred from the entries nearest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

Shares = Mapping[str, float]


def inferred_shares(graph: nx.DiGraph[str], chosen: Mapping[str, Sequence[str]]) -> dict[str, Shares]:
    """How much each paper belongs to each theme, as the reading list's entries around it suggest.

    A paper with chosen themes shares itself evenly among them. Any other paper takes the mean of
    its neighbours that are one citation nearer to the list, in whichever direction they cite; so
    a paper that two entries cite, one of each theme, is half of both.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs cited -> citing; both directions count alike here.
    chosen : mapping of str to sequence of str
        The themes that a person gave to papers of the graph.

    Returns
    -------
    dict of str to mapping of str to float
        Shares over themes, which sum to 1, for every paper that is connected with the list at
        all. A paper that is not has no entry: unknown, not zero.

    Examples
    --------
    >>> import networkx as nx
    >>> shares = inferred_shares(nx.DiGraph([("a", "x"), ("x", "b")]), {"a": ["rl"], "b": ["rl", "nlp"]})
    >>> shares["x"]
    {'nlp': 0.25, 'rl': 0.75}

    Notes
    -----
    One breadth-first pass: linear in papers and citations.
    """
    shares: dict[str, Shares] = {key: _even(themes) for key, themes in chosen.items() if themes and key in graph}
    front = sorted(shares)
    while front:
        sums: dict[str, dict[str, float]] = {}
        voters: dict[str, int] = {}
        for key in front:
            for neighbour in [*graph.predecessors(key), *graph.successors(key)]:
                if neighbour not in shares:
                    votes = sums.setdefault(neighbour, {})
                    voters[neighbour] = voters.get(neighbour, 0) + 1
                    for theme, share in shares[key].items():
                        votes[theme] = votes.get(theme, 0.0) + share
        front = sorted(sums)
        for key in front:
            shares[key] = {theme: sums[key][theme] / voters[key] for theme in sorted(sums[key])}
    return shares


def _even(themes: Sequence[str]) -> Shares:
    return {theme: 1 / len(themes) for theme in sorted(themes)}
