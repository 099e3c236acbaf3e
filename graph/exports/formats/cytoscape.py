"""Cytoscape's JSON (CyJS), for Cytoscape desktop and Cytoscape.js.

The file is written here and not by networkx, whose writer leaves places out, gives edges no ids, and lets an
attribute called `name` or `value` replace the built-in one.
"""

from __future__ import annotations

from ...utils.files import json_text
from ...utils.text import one_line
from ..column import known, records
from ..columns import citation_columns, paper_columns
from ..provenance import made_by
from ..selection import Selection


def write(selection: Selection) -> dict[str, str]:
    """The file; unknown values are left out, because Cytoscape has no null."""
    papers = records(paper_columns(selection), selection.placed_papers)
    citations = records(citation_columns(selection), selection.citations)
    nodes = []
    for row in papers:
        data = {"id": row["key"], "name": row["label"], **known(row)}
        place = {"x": data.pop("x"), "y": 0.0 - data.pop("y")}  # the y axis of Cytoscape points down, unlike Gephi's
        nodes.append({"data": data, "position": place})
    edges = [
        {
            "data": {
                "id": f"{row['cited']}:{row['citing']}",
                "source": row["cited"],
                "target": row["citing"],
                "interaction": row["kind"],
                **known(row),
            }
        }
        for row in citations
    ]
    title = one_line(selection.title)
    value = {
        "format_version": "1.0",
        "generated_by": made_by(),
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": title, "shared_name": title, "description": selection.provenance_of_measures},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return {".cyjs": json_text(value)}
