"""VOSviewer's JSON file, for VOSviewer 1.6.17 and later and VOSviewer Online.

See https://app.vosviewer.com/docs/file-types/json-file-type/.
"""

from __future__ import annotations

import html
from typing import Any

from ...utils.files import json_text
from ...utils.text import for_xml, one_line
from ..column import known, records
from ..columns import measure_columns
from ..contents import PlacedPaper
from ..selection import Selection
from ..style import NO_COLOUR, theme_colours
from ..wording import DATE_BASES

_UNIT = 1000.0
"""Pixels of the layout in one unit of VOSviewer, whose maps are a few units wide."""


def write(selection: Selection) -> dict[str, str]:
    """The network with themes as clusters, citations as weights, years and measures as scores.

    Clusters are numbered in the list's order of themes; the last one holds papers without a known theme. VOSviewer's
    links have no direction.
    """
    themes = selection.lineage.reading_list.themes
    colours = theme_colours(selection.lineage)
    scores = measure_columns(selection.measured)
    cluster = {theme.id: n for n, theme in enumerate(themes, start=1)}
    items = [_item(paper, cluster) for paper in selection.placed_papers]
    for item, measures in zip(items, records(scores, selection.papers), strict=True):
        item["scores"] |= known(measures)
    names = [{"cluster": n, "label": one_line(theme.name)} for n, theme in enumerate(themes, start=1)]
    cluster_colours = [{"cluster": cluster[id_], "color": colour} for id_, colour in colours.items()]
    if any(item["cluster"] > len(themes) for item in items):
        names.append({"cluster": len(themes) + 1, "label": selection.lineage.grouping.words.none})
        cluster_colours.append({"cluster": len(themes) + 1, "color": NO_COLOUR})
    links = [
        {"source_id": each.citation.cited, "target_id": each.citation.citing, "strength": float(each.asserted_by)}
        for each in selection.citations
    ]
    value = {
        "network": {"items": items, "links": links, "clusters": names},
        "config": {
            "color_schemes": {"cluster_colors": cluster_colours},
            "terminology": {
                "item": "paper",
                "items": "papers",
                "link": "citation",
                "links": "citations",
                "cluster": "theme",
                "clusters": "themes",
                "link_strength": "sources",
            },
        },
        "info": {"title": one_line(selection.title), "description": html.escape(selection.provenance_of_measures)},
    }
    return {".json": json_text(value)}


def _item(paper: PlacedPaper, cluster: dict[str, int]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": paper.paper.key,
        "label": paper.look.label,
        "description": _description(paper),
        "x": round(paper.placement.x / _UNIT, 5),
        "y": round(0.0 - paper.placement.y / _UNIT, 5),  # the y axis of VOSviewer points up
        "cluster": cluster[paper.look.theme] if paper.look.theme else len(cluster) + 1,
        "weights": {"Cited by in this file": paper.cited_by},
        "scores": {},
    }
    if paper.cites_known is not None:
        item["weights"]["Cites in this file"] = paper.cites_known
    if paper.paper.year is not None:
        item["scores"]["Year"] = paper.paper.year
    if paper.paper.url:
        item["url"] = paper.paper.url
    return item


def _description(paper: PlacedPaper) -> str:
    """The description of a paper, escaped, because VOSviewer shows it as HTML."""
    facts = [
        ("Title", paper.paper.title),
        ("Authors", "; ".join(paper.paper.authors)),
        ("Date", paper.paper.date and f"{paper.paper.date} ({DATE_BASES[paper.paper.date_basis]})"),
        ("Venue", paper.paper.venue),
        ("List", "; ".join(map(str, paper.look.numbers))),
        ("Role", paper.look.role),
        ("Theme", paper.theme_name and f"{paper.theme_name} ({paper.theme_basis})"),
        ("References known", paper.references),
    ]
    return "<br>".join(f"<b>{name}:</b> {html.escape(one_line(for_xml(text)))}" for name, text in facts if text)
