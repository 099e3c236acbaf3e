"""Graph libraries behind one face, to compare with: networkx, igraph, rustworkx and networkit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class Networkx:
    """Searches from both sides, returns paths."""

    returns = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import networkx as nx

        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(range(papers))
        self.graph.add_edges_from(zip(cited.tolist(), citing.tolist(), strict=True))
        self.nx = nx

    def hops(self, start: int, end: int) -> int:
        return len(self.nx.bidirectional_shortest_path(self.graph, start, end)) - 1

    def order(self) -> object:
        return list(self.nx.topological_sort(self.graph))


class Igraph:
    """Searches from one side, returns paths."""

    returns = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import igraph

        self.graph = igraph.Graph(papers, np.stack([cited, citing], axis=1), directed=True)

    def hops(self, start: int, end: int) -> int:
        return len(self.graph.get_shortest_path(start, end)) - 1

    def order(self) -> object:
        return self.graph.topological_sorting()


class Rustworkx:
    """Searches from one side, returns paths."""

    returns = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import rustworkx

        self.rx = rustworkx
        self.graph = rustworkx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(papers))
        self.graph.extend_from_edge_list(list(zip(cited.tolist(), citing.tolist(), strict=True)))

    def hops(self, start: int, end: int) -> int:
        return len(self.rx.digraph_dijkstra_shortest_paths(self.graph, start, target=end)[end]) - 1

    def order(self) -> object:
        return self.rx.topological_sort(self.graph)


class Networkit:
    """Searches from both sides, returns distances only."""

    returns = "distances (no paths)"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import networkit

        self.nk = networkit
        self.graph = networkit.GraphFromCoo((cited, citing), n=papers, directed=True)

    def hops(self, start: int, end: int) -> int:
        search = self.nk.distance.BidirectionalBFS(self.graph, start, end, False)
        search.run()
        return int(search.getDistance())

    def order(self) -> object:
        return self.nk.graphtools.topologicalSort(self.graph)


ENGINES: dict[str, Callable[[int, Any, Any], Any]] = {
    "networkx": Networkx,
    "igraph": Igraph,
    "rustworkx": Rustworkx,
    "networkit": Networkit,
}
