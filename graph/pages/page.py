"""One self-contained page: papers by year and theme, their citations, and what is known of each.

The page is one HTML file that works from a memory stick: it makes no request, and its content
security policy lets nothing run but the scripts that are written into it here. Titles, names and
every other text of a corpus travel as JSON and reach the reader as text, never as markup.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache
from time import perf_counter
from urllib.parse import urlencode

from ..analysis.outside import flagged_with_unknown_references
from ..exports.layout import Layout
from ..model.lineage import Lineage
from ..model.marks import MARK_KINDS, Marks
from ..utils.text import for_xml
from .ascii import ascii_document, ascii_script, ascii_style
from .citation_texts import packed_citations
from .csp import policy
from .example_question import example_path, example_questions
from .outside_facts import Totals, outside_facts
from .page_contents import PageContents
from .site import Site
from .story import story_facts
from .templates import ASSETS, styled
from .witness_picture import witness_picture

log = logging.getLogger(__name__)

SCRIPTS = (
    *(
        "saved_copy",
        "model",
        "clip_text",
        "text",
        "paths",
        "constrained_paths",
        "forward_paths",
        "best_paths",
        "path_limits",
        "path_ranking",
        "reason_condition",
        "grouped_paths",
        "path_answer",
        "resolve_names",
        "parse_query",
        "mark_names",
        "marks",
        "two_names",
        "story",
        "reading_trail",
        "state",
        "site",
        "steps",
    ),
    *(
        "outside",
        "visibility",
        "search",
        "path_form",
        "welcome",
        "colours",
        "measures",
        "plates",
        "canvas_text",
        "density",
        "names_from_afar",
        "draw_papers",
        "draw_arcs",
        "draw_marks",
        "path_lines",
        "overflow_lane",
        "collapse",
    ),
    *(
        "draw_axes",
        "frame",
        "svg",
        "viewport",
        "framing",
        "view_limits",
        "interaction",
        "copy_texts",
        "mark_controls",
        "panel",
        "reason_controls",
        "path_conditions",
        "most_travelled",
        "path_figure",
        "path_strip",
        "paths_panel",
        "data_files",
    ),
    *(
        "picture_sheet",
        "downloads",
        "star_list",
        "tables",
        "name_filters",
        "filters",
        "related",
        "several",
        "lasso",
        "present",
        "page",
    ),
)
"""The parts of our script, in the order in which they are put together."""

STYLES = ("page", "tabs", "marks", "present", "several")
"""The parts of our style sheet, in the order in which they are put together."""

_OPTIONS = {
    "autoResize": True,
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
    "nodes": {"fixed": True, "physics": False, "shape": "custom", "chosen": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,  # our script notices when the mouse leaves
        "selectConnectedEdges": False,
        "keyboard": False,  # our script goes from paper to paper
    },
}


def render_page(
    lineage: Lineage,
    keys: Sequence[str],
    *,
    title: str,
    subtitle: str = "",
    tab: str = "",
    preset: str = "",
    layout: Layout | None = None,
    is_part: bool = False,
    totals: Totals | None = None,
    site: Site | None = None,
    file: str = "",
    welcome: bool = True,
) -> str:
    """Show some papers of a lineage as one HTML document.

    Raises `KeyError` when the lineage has no paper of that key, and `OutputError` when the installed pyvis lacks the
    vis-network bundle. Linear in papers and arcs, beside the layout's sorting and the measures (see
    `graph.analysis.measures.affordable`). The document weighs 0.8 MB, nearly all of it vis-network, plus 0.3 kB for
    every paper with four references. vis-network gets no nodes of its own: it moves and zooms the picture, which our
    script draws, because at 10,000 papers that is what keeps it moving.

    Parameters
    ----------
    keys : sequence of str
        The papers to show; arcs between them are drawn from the cited to the citing paper. Of more
        than `MOST_DRAWN` the most central are drawn; the page finds the others, and knows their citations.
    title, subtitle : str
        The heading, and a line below it.
    tab : str
        What the page shows, for the browser's tab, before the heading.
    preset : str
        What the page shows when its address does not say: the part of an address after "#", as
        in "from=devlin2018&to=ouyang2022".
    layout : Layout, optional
        Of these papers, where it is known.
    is_part : bool
        Whether the lineage is a part of a larger corpus: the page says then that it does not know the rest.
    totals : mapping of (str, str) to int or None, optional
        Numbers of paths in the whole corpus that are known already, by the two ends.
    site : Site, optional
        The pages beside this one, to which its tabs lead.
    file : str
        Which of the site's files this page is.
    welcome : bool
        Whether a reader who comes for the first time is told what the page is, unless it opens with an answer.

    Returns
    -------
    str
        A document to be written as UTF-8. Equal input gives an equal document.

    Examples
    --------
    >>> from graph import load
    >>> lineage = load()
    >>> page = render_page(lineage, lineage.list_keys, title="<My> list")
    >>> page.startswith("<!DOCTYPE html>"), "<h1>&lt;My&gt; list</h1>" in page
    (True, True)
    """
    from markupsafe import Markup

    from .network import TimelineNetwork, vis_network_bundle

    began = perf_counter()
    contents = PageContents.of(lineage, keys, layout)
    asked = example_questions(lineage, contents.keys)
    story = {} if is_part else story_facts(lineage, contents.keys, *asked[:1])
    named = [(for_xml(lineage.paper(older).name), for_xml(lineage.paper(newer).name)) for older, newer in asked]
    examples = [(*pair, " → ".join(names)) for pair, names in zip(asked, named, strict=True)]
    welcomes = welcome and not preset and bool(asked)
    outside = outside_facts(lineage, contents.keys, preset=preset, is_part=is_part, totals=totals)
    scripts = [vis_network_bundle(), page_script()]
    compared, witnesses = witness_picture(lineage, contents.keys)
    style = ascii_style(styled(*(ASSETS / f"{name}.css" for name in STYLES)))
    network = TimelineNetwork(
        _OPTIONS,
        contents.summary()
        | {
            "title": for_xml(title),
            "subtitle": for_xml(subtitle),
            "policy": policy(scripts, style),
            "scripts": [Markup(script) for script in scripts],  # noqa: S704 # ours and pyvis's, checked
            "style": Markup(style),  # noqa: S704 # ours
            "examples": examples,
            "ends": named[0] if named else ("a paper", "a later one"),
            "tab": for_xml(f"{tab} - {title}" if tab else title),
            "is_part": is_part,
            "tabs": site.tabs(file) if site else None,
            "compared": compared,
            "witnesses": Markup(witnesses),  # noqa: S704 # ours: every text in it is escaped
            "unknown_references": int(flagged_with_unknown_references(lineage).sum()),
            "facts": contents.facts()
            | {
                "title": for_xml(title),
                "preset": preset,
                "marks": marks_address(lineage.marks),
                "outside": outside,
                "example": " → ".join(named[0]) if named else "",
                "examplePath": example_path(lineage, contents.keys, *asked[0]) if welcomes else [],
                "welcome": welcomes,
                "story": story,
            }
            | {"site": site.facts(file, contents.keys) if site else None},
            "citation_texts": packed_citations(lineage, contents.keys),
        },
        contents,
    )
    document = ascii_document(network.generate_html())
    papers, citations = len(contents.keys), len(contents.citations)
    log.info("page of %d papers and %d citations: %.3f s", papers, citations, perf_counter() - began)
    return document


def marks_address(marks: Marks) -> str:
    """Marks as a page's address tells them.

    >>> marks_address(Marks(read=frozenset({"devlin2018", "brown2020"})))
    'read=brown2020,devlin2018'
    """
    marked = [(str(kind), ",".join(sorted(marks.keys(kind)))) for kind in MARK_KINDS if marks.keys(kind)]
    return urlencode(marked, safe=",")


_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment that has its lines for itself: a quarter of the script."""


@cache
def page_script() -> str:
    """Our script without its comments: its parts share one scope of their own."""
    parts = [_COMMENT.sub("", (ASSETS / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS]
    return ascii_script('(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n")
