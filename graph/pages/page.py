"""One self-contained page: papers by year and theme, their citations, and what is known of each.

The page is one HTML file that works from a memory stick: it makes no request, and its content
security policy lets nothing run but the scripts that are written into it here. Titles, names and
every other text of a corpus travel as JSON and reach the reader as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..algorithms.path_counts import CIRCLE_STEPS
from ..analysis.measures.affordable import left_out
from ..exports.layout import Layout, timeline
from ..exports.style import label_of, theme_colours
from ..model.lineage import Lineage
from ..utils.text import for_xml
from .csp import policy
from .page_measures import measure_facts
from .paper_facts import ROLES, citations_of, link_heads, most_central, papers_of, provenance, theme_legend
from .templates import ASSETS, styled

_SCRIPTS = (
    *("paths", "model", "text", "constrained_paths", "resolve_names", "state", "visibility", "search", "path_form"),
    *("colours", "measures", "draw_papers", "draw_arcs", "overflow_lane", "draw_axes", "frame", "svg", "viewport"),
    *("interaction", "copy_texts", "panel", "paths_panel", "data_files", "downloads", "tables", "filters", "page"),
)
"""The parts of our script, in the order in which they are put together."""

_OPTIONS = {
    "autoResize": True,
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
    "nodes": {"fixed": True, "physics": False, "shape": "custom", "chosen": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,  # ours notices that the mouse has left
        "selectConnectedEdges": False,
        "keyboard": False,  # ours walks from paper to paper
    },
}


def render_page(lineage: Lineage, keys: Sequence[str], *, title: str, subtitle: str = "", preset: str = "") -> str:
    """Show some papers of a lineage as one HTML document.

    Parameters
    ----------
    lineage : Lineage
    keys : sequence of str
        The papers to show; arcs between them are drawn from the cited to the citing paper. Of more
        than `MOST` the most central are drawn; the page finds the others, and knows their citations.
    title, subtitle : str
        The heading, and a line below it.
    preset : str
        What the page shows when its address does not say: the part of an address after "#", as
        in "from=devlin2018&to=ouyang2022".

    Returns
    -------
    str
        A document to be written as UTF-8. Equal input gives an equal document.

    Raises
    ------
    KeyError
        When the lineage has no paper of that key.
    OutputError
        When the installed pyvis lacks the vis-network bundle.

    Examples
    --------
    >>> from graph import load
    >>> lineage = load()
    >>> page = render_page(lineage, lineage.list_keys, title="<My> list")
    >>> page.startswith("<!DOCTYPE html>"), "<h1>&lt;My&gt; list</h1>" in page
    (True, True)

    Notes
    -----
    Linear in papers and arcs, beside the layout's sorting and the measures (see `graph.analysis.measures.affordable`).
    The document weighs 0.5 MB, nearly all of it vis-network, plus 0.2 kB for every paper with
    four references. vis-network gets no nodes of its own: it moves and zooms the picture, which
    our script draws, because at 10,000 papers that is what keeps it moving.
    """
    from markupsafe import Markup

    from .network import TimelineNetwork, vis_network_bundle

    central, others = most_central(lineage, keys)
    layout = timeline(lineage, central)
    sources = sorted(lineage.corpus.sources)
    keys = [*central, *others]
    citations = citations_of(lineage, keys, sources)
    measures = measure_facts(lineage, central)
    legend = theme_legend(lineage, layout)
    themes = {theme.id: theme.name for theme in lineage.reading_list.themes}
    scripts = [vis_network_bundle(), _script()]
    style = styled(ASSETS / "page.css")
    network = TimelineNetwork(
        _OPTIONS,
        {
            "title": for_xml(title),
            "subtitle": for_xml(subtitle),
            "policy": policy(scripts, style),
            "scripts": [Markup(script) for script in scripts],  # noqa: S704 # ours and pyvis's, checked
            "style": Markup(style),  # noqa: S704
            "legend": [lane | {"name": for_xml(lane["name"])} for lane in legend],
            "roles": _roles_shown(lineage, layout),
            "provenance": [for_xml(line) for line in provenance(lineage, citations, sources)],
            "rings": sum(len(lineage.graph.nodes[key]["themes"]) > 1 for key in layout.spots),
            "isolated": len(set(central) - {end for c in citations for end in (c["cited"], c["citing"])}),
            "span": _span(lineage, central),
            "confirmed": sum(_kinds(lineage, citation, sources) > 1 for citation in citations),
            "influential": sum(any(by[2:] and by[2].get("influential") for by in c["by"]) for c in citations),
            "drawn": len(central),
            "left_out": len(others),
            "measures": [(each["id"], each["label"]) for each in measures],
            "corpus_size": (len(lineage.corpus.papers), len(lineage.corpus.citations)),
            "facts": {
                "papers": papers_of(lineage, keys, sources),
                "sources": [_source(lineage, source) for source in sources],
                "themes": themes,
                "order": list(themes),
                "colours": theme_colours(lineage),
                "roles": {role: f"{name}: {meaning}" for role, (name, meaning) in ROLES.items()},
                "lanes": [_lane(layout, n, themes) for n in range(len(layout.lanes))],
                "ticks": [[tick.label, tick.x, tick.empty] for tick in layout.ticks],
                "size": [layout.width, layout.height],
                "circleSteps": CIRCLE_STEPS,
                "preset": preset,
                "title": for_xml(title),
                "drawn": len(central),
                "measures": measures,
                "measuresLeftOut": left_out(lineage),
                "linkHeads": link_heads(),
            },
        },
    )
    for key in central:
        spot = layout.spots[key]
        network.add_node(key, spot.label, "custom", None, x=spot.x, y=spot.y, box=(spot.width, spot.height))
    for key in others:
        network.add_node(key, label_of(lineage, key), "custom", None)
    for citation in citations:
        network.add_edge(citation["cited"], citation["citing"], by=citation["by"], backwards=citation["backwards"])
    document: str = network.generate_html()
    return document


def _script() -> str:
    """Our script: its parts share one scope of their own."""
    parts = [(ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _source(lineage: Lineage, source_id: str) -> dict[str, Any]:
    source = lineage.corpus.sources[source_id]
    return {"label": source.label, "note": source.note, "kind": source.kind}


def _lane(layout: Layout, n: int, names: dict[str, str]) -> dict[str, Any]:
    lane = layout.lanes[n]
    name = names[lane.theme] if lane.theme else lane.name
    return {"theme": lane.theme, "name": name, "colour": lane.colour, "top": lane.top, "bottom": lane.bottom}


def _roles_shown(lineage: Lineage, layout: Layout) -> list[dict[str, Any]]:
    held = [lineage.graph.nodes[key]["role"] for key in layout.spots]
    return [
        {"id": role, "name": name, "meaning": meaning, "count": held.count(role)}
        for role, (name, meaning) in ROLES.items()
        if role in held
    ]


def _span(lineage: Lineage, keys: Sequence[str]) -> tuple[int | str, int | str]:
    """The first and the last year of some papers."""
    years = [year for key in keys if (year := lineage.paper(key).year) is not None]
    return (min(years), max(years)) if years else ("", "")


def _kinds(lineage: Lineage, citation: dict[str, Any], sources: Sequence[str]) -> int:
    return len({lineage.corpus.sources[sources[by[0]]].kind for by in citation["by"]})
