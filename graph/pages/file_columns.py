"""The columns of the files that a page saves: those of the exports, whose values the page finds by name."""

from __future__ import annotations

from typing import Any

from ..analysis.measures.affordable import measured
from ..exports.columns import build_columns
from ..exports.columns import share_columns as columns_of_shares
from ..exports.formats.graphml import EDGE_COLUMNS, node_columns
from ..exports.tables import CITATION_COLUMNS, paper_columns
from ..model.lineage import Lineage


def file_columns(lineage: Lineage) -> dict[str, Any]:
    """The columns of each file, in order.

    Returns
    -------
    dict
        ``nodes`` and ``edges`` of GraphML as pairs of name and type; ``papers`` and ``citations``, the
        tables, as names.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> columns = file_columns(example())
    >>> columns["edges"][0], columns["citations"][:2]
    (['weight', 'double'], ['citing', 'cited'])
    """
    return {
        "nodes": [[column.name, column.type] for column in node_columns(lineage, measured(lineage))],
        "edges": [[column.name, column.type] for column in (*EDGE_COLUMNS, *build_columns(lineage))],
        "papers": [column.name for column in paper_columns(lineage, measured(lineage))],
        "citations": [column.name for column in (*CITATION_COLUMNS, *build_columns(lineage))],
    }


def share_columns(lineage: Lineage) -> dict[str, str]:
    """The theme of each column of GraphML that has a share."""
    themes = [theme.id for theme in lineage.reading_list.themes]
    return {column.name: theme for column, theme in zip(columns_of_shares(lineage), themes, strict=True)}
