"""Node-link JSON as `networkx.node_link_data` writes it, which D3 also reads."""

from __future__ import annotations

import networkx as nx

from ...utils.files import json_text
from ..column import records
from ..columns import citation_columns, paper_columns
from ..provenance import made_by
from ..selection import Selection


def write(selection: Selection) -> dict[str, str]:
    """The file; `nx.node_link_graph(value, edges="edges")` reads it."""
    graph: nx.DiGraph[str] = nx.DiGraph(
        title=selection.title, made_by=made_by(), provenance=selection.provenance_of_measures
    )
    for row in records(paper_columns(selection), selection.placed_papers):
        graph.add_node(row["key"], **row)
    for row in records(citation_columns(selection), selection.citations):
        graph.add_edge(row["cited"], row["citing"], **row)
    return {".json": json_text(nx.node_link_data(graph, edges="edges"))}
