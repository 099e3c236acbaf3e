"""What can be gone around and what cannot: implied citations, and papers that no path avoids.

Arcs run cited -> citing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from .traversal_weights import BLOCK, Arc, neighbours, topological


def implied_arcs(graph: nx.DiGraph[str]) -> frozenset[Arc]:
    """The citations that a longer chain implies: what a transitive reduction leaves out.

    An arc u -> v is implied when another way leads from u to v. Without the implied arcs every
    paper still leads to the same papers.

    Parameters
    ----------
    graph : networkx.DiGraph
        Without circles.

    Returns
    -------
    frozenset of (str, str)

    Raises
    ------
    InputError
        When the graph has a circle.

    Examples
    --------
    >>> import networkx as nx
    >>> implied_arcs(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]))
    frozenset({('a', 'c')})

    Notes
    -----
    By bit sets: one machine word's work per citation and 64 papers, so more than linear, in memory
    linear in the papers.

    References
    ----------
    J. R. Clough, J. Gollings, T. V. Loach and T. S. Evans, Transitive reduction of citation
    networks, Journal of Complex Networks 3, 2015, doi:10.1093/comnet/cnu039.
    """
    order, after = topological(graph), neighbours(graph)
    found: list[Arc] = []
    for first in range(0, len(order), BLOCK):
        bit = {node: 1 << n for n, node in enumerate(order[first : first + BLOCK])}
        leads_to: dict[str, int] = {}  # the papers of the block that a paper leads to
        for node in reversed(order[: first + BLOCK]):
            direct = further = 0
            for other in after[node]:
                direct |= bit.get(other, 0)
                further |= leads_to.get(other, 0)
            if direct & further:
                found += [(node, other) for other in after[node] if bit.get(other, 0) & further]
            leads_to[node] = direct | further
    return frozenset(found)


def unavoidable(graph: nx.DiGraph[str], start: str, end: str) -> tuple[str, ...]:
    """The papers that every path from one paper to another runs through, in their order.

    They are the dominators of `end` when all search starts at `start`.

    Parameters
    ----------
    graph : networkx.DiGraph
        Circles do no harm here.
    start, end : str

    Returns
    -------
    tuple of str
        Without `start` and `end`; empty also when there is no path.

    Examples
    --------
    >>> import networkx as nx
    >>> unavoidable(nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]), "a", "e")
    ('d',)

    Notes
    -----
    Linear in papers and citations: one path is walked, and at each of its papers a search from
    everything before it tells whether some way leads past it.

    References
    ----------
    R. E. Tarjan, Finding dominators in directed graphs, SIAM Journal on Computing 3, 1974,
    doi:10.1137/0203006.
    """
    if start == end or start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return ()
    walk, after = list(nx.shortest_path(graph, start, end)), neighbours(graph)
    place = {node: n for n, node in enumerate(walk)}
    seen: set[str] = set()
    furthest = 0  # on the walk, by ways that avoid what comes next on it
    found = []
    for n, node in enumerate(walk):
        if n == furthest:
            found.append(node)
        for met in _around(after, node, place, seen):
            furthest = max(furthest, place[met])
    return tuple(found[1:-1])


def _around(after: Mapping[str, Sequence[str]], node: str, place: Mapping[str, int], seen: set[str]) -> Iterator[str]:
    """The nodes of a walk that come next, by ways beside it; no such way is gone twice."""
    stack = [node]
    while stack:
        for other in after[stack.pop()]:
            if other in place:
                yield other
            elif other not in seen:
                seen.add(other)
                stack.append(other)
