"""The longest and the shortest paths of a network without circles, all that tie as one set of arcs."""

from __future__ import annotations

import numpy as np

from .dag import Dag, N
from .digraph import Graph
from .main_path_search import MainArcs, main_arcs
from .network import Network


def longest_paths(graph: Graph[N]) -> MainArcs[N]:
    """The longest paths of a network, all of them as one set of arcs.

    The criticality of a paper is the difference between the longest path of all and the longest path through
    it. So the papers on the longest paths are those of zero criticality.

    >>> from graph.algorithms.digraph import Digraph
    >>> longest_paths(Digraph("abcx", [("a", "b"), ("b", "c"), ("a", "c"), ("x", "c")])).papers
    ('a', 'b', 'c')
    """
    dag = Dag.of(graph)
    begins, ends = dag.ends
    hops = dag.forward.levels[begins] + 1 + dag.backward.levels[ends]
    return main_arcs(dag, np.flatnonzero(hops == hops.max(initial=0)).tolist())


def shortest_arcs(graph: Graph[N], start: N, end: N) -> MainArcs[N]:
    """All shortest paths between two papers of a network as one set of arcs.

    The network has no circles. Without arcs when there is no path.

    >>> from graph.algorithms.digraph import Digraph
    >>> square = Digraph("abcd", [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c")])
    >>> found = shortest_arcs(square, "a", "d")
    >>> found.path_count, list(found.paths())
    (2, [('a', 'b', 'd'), ('a', 'c', 'd')])
    """
    dag = Dag.of(graph)
    if start not in dag or end not in dag:
        return MainArcs((), (), 0)
    away, back = dag.network.hops([dag.place[start]]), dag.network.hops([dag.place[end]], back=True)
    begins, ends = dag.ends
    reached = (away[begins] >= 0) & (back[ends] >= 0)
    shortest = reached & (away[begins] + 1 + back[ends] == away[dag.place[end]])
    places, kept = np.unique(np.stack([begins[shortest], ends[shortest]]), return_inverse=True)
    cited, citing = kept.reshape(2, -1)
    part = Dag(dag.labels(places), Network.of(len(places), citing, cited)).in_levels()
    return main_arcs(part, range(part.network.arcs))
