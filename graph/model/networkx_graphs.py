"""A lineage as a networkx graph: its nodes are keys of papers, its arcs run cited -> citing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from .arcs import ArcBetween


def annotated_graph(papers: Iterable[tuple[str, dict[str, Any]]], arcs: Iterable[ArcBetween]) -> nx.DiGraph[str]:
    """Papers with what is known of them, and arcs; see `graph.model.lineage.Lineage.graph` for the attributes.

    Linear in papers and arcs: about 20 microseconds for each of them, and 1 kB.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(papers)
    for each in arcs:
        said = each.citation
        graph.add_edge(each.cited, each.citing, sources=said.sources, citation=said, backwards=each.backwards)
    return graph
