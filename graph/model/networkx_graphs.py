"""A lineage as a networkx graph: its nodes are keys of papers, its arcs run cited -> citing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import networkx as nx

from .arcs import ArcBetween

if TYPE_CHECKING:
    from .lineage import Lineage


def annotated_graph(lineage: Lineage, keys: Iterable[str], arcs: Iterable[ArcBetween]) -> nx.DiGraph[str]:
    """Papers with what is known of them, and arcs; see `graph.model.lineage.Lineage.graph` for the attributes.

    Linear in papers and arcs: about 20 microseconds for each of them, and 1 kB.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(_annotated(lineage, list(keys)))
    for each in arcs:
        said = each.citation
        graph.add_edge(each.cited, each.citing, sources=said.sources, citation=said, backwards=each.backwards)
    return graph


def _annotated(lineage: Lineage, keys: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, shares in zip(keys, lineage.shares_at(lineage.numbers_of(keys)), strict=True):
        paper = lineage.paper(key)
        yield (
            key,
            {
                "name": paper.name,
                "title": paper.title,
                "date": paper.date,
                "year": paper.year,
                "role": lineage.role(key),
                "numbers": lineage.entry_numbers(key),
                "themes": lineage.themes(key),
                "shares": shares,
            },
        )
