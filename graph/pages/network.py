"""pyvis as the exporter of our pages: its network and options, our columns and our template.

Stock pyvis 0.3.2 renders without autoescape, loads styles and scripts from other hosts, and
searches a list and makes a dict for every node. This module is imported only where a page is made, because pyvis
loads IPython.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from ..errors import OutputError
from .ascii import ascii_script
from .columnar import pack_column
from .page_contents import PageContents
from .templates import environment


class TimelineNetwork(Network):  # type: ignore[misc] # pyvis has no types
    """A directed pyvis network with fixed positions, rendered by our own template.

    The options are vis-network's, and must say ``physics: {"enabled": False}``: pyvis reads it. `page` is what the
    template shows besides nodes, edges and options.
    """

    def __init__(self, options: Mapping[str, Any], page: Mapping[str, Any], contents: PageContents) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.options = dict(options)
        self.path = "page.html"
        self.templateEnv = environment()
        self.templateEnv.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
        self.templateEnv.filters["fromjson"] = json.loads  # pyvis hands the options over as JSON
        self.templateEnv.globals.update(page)
        self._columns = _node_columns(contents), _edge_columns(contents)

    def get_network_data(self) -> tuple[Any, ...]:
        """What pyvis hands to the template: nodes and edges as packed columns instead of a dict for each."""
        return *self._columns, *super().get_network_data()[2:]


def _node_columns(contents: PageContents) -> dict[str, Any]:
    """The keys of all papers of a page, and where they are drawn."""
    spots = [contents.layout.placements[key] for key in contents.drawn]
    none = [None] * len(contents.others)
    columns: dict[str, list[Any]] = {
        "label": contents.labels,
        "x": [*(spot.x for spot in spots), *none],
        "y": [*(spot.y for spot in spots), *none],
        "box": [*((spot.width, spot.height) for spot in spots), *none],
    }
    return {"id": contents.keys} | {name: pack_column(values) for name, values in columns.items()}


def _edge_columns(contents: PageContents) -> dict[str, Any]:
    """The citations of a page; their ends are positions of papers."""
    position = {key: n for n, key in enumerate(contents.keys)}
    rows = contents.citations
    columns = {
        "from": [position[row.cited] for row in rows],
        "to": [position[row.citing] for row in rows],
        "by": pack_column([row.by for row in rows]),
        "backwards": pack_column([row.backwards for row in rows]),
        "origins": pack_column([row.origins for row in rows]),
        "cost": pack_column([str(row.cost) for row in rows]),  # of more digits than a number of JavaScript
    }
    reasons = {"why": pack_column([row.why for row in rows])} if contents.lineage.reasons else {}
    return columns | reasons


@cache
def vis_network_bundle() -> str:
    """The JavaScript of vis-network that the installed pyvis carries, in ASCII and safe to stand inside a page.

    Raises `OutputError` when the bundle is not where pyvis 0.3.2 has it, or has something that would end the script
    element.
    """
    bundle = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    if not bundle.is_file():
        raise OutputError("pyvis carries no vis-network 9.1.2; install pyvis 0.3.2")
    text = bundle.read_text(encoding="utf-8").replace("\r\n", "\n")
    if "</script" in text.casefold() or "<!--" in text:
        raise OutputError("pyvis's vis-network bundle cannot stand inside a page; install pyvis 0.3.2 anew")
    return ascii_script(text)
