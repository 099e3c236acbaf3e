"""What paths can avoid and what they cannot: implied citations, and papers that no path avoids.

Arcs run cited -> citing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import TypeVar

from .dag import Dag
from .digraph import Graph
from .levels import Levels

N = TypeVar("N", bound=Hashable)


def implied_arcs(graph: Graph[N]) -> frozenset[tuple[N, N]]:
    """The citations that a longer chain implies: what a transitive reduction leaves out.

    An arc u -> v is implied when another path leads from u to v. Without the implied arcs every paper still leads to
    the same papers. Raises `InputError` when the graph has a circle. By bit sets: one machine word's work for every
    citation and 64 papers, which is more than linear. Memory is linear in the papers.

    Examples
    --------
    >>> from graph.algorithms.digraph import Digraph
    >>> implied_arcs(Digraph("abc", [("a", "b"), ("b", "c"), ("a", "c")]))
    frozenset({('a', 'c')})

    References
    ----------
    J. R. Clough, J. Gollings, T. V. Loach and T. S. Evans, Transitive reduction of citation
    networks, Journal of Complex Networks 3, 2015, doi:10.1093/comnet/cnu039.
    """
    dag = Dag.of(graph)
    implied = Levels.of(dag.network).implied()
    citing = dag.network.citing[implied]
    pairs = zip(dag.network.references[implied].tolist(), citing.tolist(), strict=True)
    return frozenset((dag.nodes[cited], dag.nodes[other]) for cited, other in pairs)


def unavoidable(graph: Graph[N], start: N, end: N) -> tuple[N, ...]:
    """The papers that no path from one paper to another avoids, in the order of the paths.

    They are the dominators of `end` for paths that begin at `start`. Only papers of one shortest path can be
    unavoidable. The search goes along it, and at each of its papers looks how far along the path it comes without that
    paper. Linear in papers and citations. The graph may have circles. Without the two ends; empty also when there is no
    path.

    >>> from graph.algorithms.digraph import Digraph
    >>> unavoidable(Digraph("abcde", [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]), "a", "e")
    ('d',)
    """
    if start not in graph or end not in graph:
        return ()
    path = _shortest_path(graph, start, end)
    place = {node: n for n, node in enumerate(path)}
    found: list[N] = []
    seen = set(path)
    furthest = 0
    for here, node in enumerate(path[:-1]):
        if here and furthest == here:
            found.append(node)
        waiting = [node]
        while waiting:
            for other in graph.successors(waiting.pop()):
                if other in place:
                    furthest = max(furthest, place[other])
                elif other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return tuple(found)


def _shortest_path(graph: Graph[N], start: N, end: N) -> list[N]:
    came_from = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        node = waiting.popleft()
        for other in graph.successors(node):
            if other not in came_from:
                came_from[other] = node
                waiting.append(other)
    if end not in came_from:
        return []
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
