"""pyvis as the exporter of our pages: its nodes, edges and options, our template.

Stock pyvis 0.3.2 renders without autoescape, loads styles and scripts from other hosts, and
searches a list for every node. This module is imported only where a page is made, because pyvis
loads IPython.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from ..errors import OutputError
from ..exports.style import label_of
from .columnar import pack_column
from .page_contents import PageContents
from .templates import environment


class _Positions(dict[str, int]):
    """The positions of the nodes by id, in place of pyvis's list, which it would search for every node."""

    def append(self, key: str) -> None:
        self[key] = len(self)


class TimelineNetwork(Network):  # type: ignore[misc] # pyvis has no types
    """A directed pyvis network with fixed positions, rendered by our own template.

    The options are vis-network's, and must say ``physics: {"enabled": False}``: pyvis reads it. `page` is what the
    template shows besides nodes, edges and options.
    """

    def __init__(self, options: Mapping[str, Any], page: Mapping[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.node_ids = _Positions()
        self.options = dict(options)
        self.path = "page.html"
        self.templateEnv = environment()
        self.templateEnv.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
        self.templateEnv.filters["fromjson"] = json.loads  # pyvis hands the options over as JSON
        self.templateEnv.filters["node_columns"] = _node_columns
        self.templateEnv.filters["edge_columns"] = self._edge_columns
        self.templateEnv.globals.update(page)

    def add_papers(self, contents: PageContents) -> None:
        """Add all papers of a page, those that are drawn with their places."""
        for key in contents.drawn:
            spot = contents.layout.placements[key]
            self.add_node(key, spot.label, "custom", None, x=spot.x, y=spot.y, box=(spot.width, spot.height))
        for key in contents.others:
            self.add_node(key, label_of(contents.lineage, key), "custom", None)

    def add_citations(self, contents: PageContents) -> None:
        """Add the citations of a page; their papers must be there."""
        for row in contents.citations:
            self.add_edge(row.cited, row.citing, by=row.by, backwards=row.backwards)

    def get_nodes(self) -> _Positions:
        """The nodes, which pyvis tests for membership."""
        return self.node_ids

    def _edge_columns(self, edges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the page needs of pyvis's edges; their ends are positions of nodes."""
        ends = {end: [self.node_ids[edge[end]] for edge in edges] for end in ("from", "to")}
        return ends | {name: pack_column([edge[name] for edge in edges]) for name in ("by", "backwards")}


def _node_columns(nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the page needs of pyvis's nodes."""
    columns = {name: pack_column([node.get(name) for node in nodes]) for name in ("label", "x", "y", "box")}
    return {"id": [node["id"] for node in nodes]} | columns


def vis_network_bundle() -> str:
    """The JavaScript of vis-network that the installed pyvis carries, safe to stand inside a page.

    Raises `OutputError` when the bundle is not where pyvis 0.3.2 has it, or has something that would end the script
    element.
    """
    bundle = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    if not bundle.is_file():
        raise OutputError("pyvis carries no vis-network 9.1.2; install pyvis 0.3.2")
    text = bundle.read_text(encoding="utf-8").replace("\r\n", "\n")
    if "</script" in text.casefold() or "<!--" in text:
        raise OutputError("pyvis's vis-network bundle cannot stand inside a page; install pyvis 0.3.2 anew")
    return text
