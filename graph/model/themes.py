"""The themes of papers outside the reading list, inferred from the entries nearest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

Shares = Mapping[str, float]


def inferred_shares(graph: nx.DiGraph[str], chosen: Mapping[str, Sequence[str]]) -> dict[str, Shares]:
    """Infer how much each paper belongs to each theme from the entries of the reading list near it.

    A paper with chosen themes belongs to each of them equally. Any other paper takes the mean of
    its neighbours that are one citation nearer to the list, whether they cite it or it cites them.
    So a paper that is cited by two entries, one of each theme, belongs half to each.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs cited -> citing; their direction makes no difference here.
    chosen : mapping of str to sequence of str
        The themes that a person chose for papers of the graph.

    Returns
    -------
    dict of str to mapping of str to float
        Shares over themes, which sum to 1, for every paper that is connected with the list. A
        paper that is not connected is left out: unknown, not zero.

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
    shares: dict[str, Shares] = {
        key: {theme: 1 / len(themes) for theme in sorted(themes)}
        for key, themes in chosen.items()
        if themes and key in graph
    }
    front = sorted(shares)  # the papers of the last distance from the list
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


def main_theme(shares: Shares, order: Sequence[str]) -> str | None:
    """The theme with the largest share; among equal ones the first in the list's order; None without shares.

    >>> main_theme({"nlp": 0.5, "rl": 0.5}, ["rl", "nlp"])
    'rl'
    """
    return max(order, key=lambda theme: shares.get(theme, 0.0)) if shares else None
