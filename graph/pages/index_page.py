"""The front of the site: what it is, one question, and the pages. One small script, one style, nothing loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..utils.text import for_xml
from .csp import policy
from .site import Site
from .templates import ASSETS, environment, styled

MOST_TO_CHOOSE = 300
"""Of so many papers two are chosen from lists; of more, on a page whose field finds them."""


def render_index(title: str, site: Site, papers: Sequence[tuple[str, str]] = (), example: Sequence[str] = ()) -> str:
    """Render the front of some pages, in the order of the site's links, as one HTML document.

    `papers` are the key and the name of those between which the front asks for paths; fewer than two, and it asks
    nothing. `example` are the keys of two of them that it proposes, else the first and the last. Equal input gives an
    equal document.

    >>> from graph.pages.site import ViewLink
    >>> link = ViewLink("lineage.html", "The list", "All of it", 2, 1)
    >>> page = render_index("My <list>", Site([link], 0, "lineage.html", {}))
    >>> "<h1>My &lt;list&gt;</h1>" in page, 'href="lineage.html"' in page
    (True, True)
    """
    from markupsafe import Markup

    style = styled(ASSETS / "index.css", ASSETS / "tabs.css")
    script = "".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in ("mark_names", "front"))
    tabs = site.tabs()
    for group in ("whole", "themes"):
        tabs[group] = [replace(link, subtitle=for_xml(link.subtitle)) for link in tabs[group]]
    asks = 1 < len(papers) <= MOST_TO_CHOOSE
    ends = (papers[0][0], papers[-1][0]) if asks else ()
    return (
        environment()
        .get_template("index.html")
        .render(
            title=for_xml(title),
            tabs=tabs,
            papers=[(key, for_xml(name)) for key, name in papers] if asks else (),
            example=example or ends,
            widest=site.widest,
            policy=policy([script], style),
            script=Markup(script),  # noqa: S704 # of this project
            style=Markup(style),  # noqa: S704 # of this project
        )
    )
