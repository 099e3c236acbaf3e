"""The page that links the views: no script, one style, nothing loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..utils.text import for_xml
from .csp import policy
from .templates import ASSETS, environment, styled


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A link of the index: a file in the same folder, and what that shows."""

    file: str
    title: str
    subtitle: str
    papers: int
    citations: int


def render_index(title: str, links: Sequence[ViewLink]) -> str:
    """Render the index of some pages, in the order of its links, as one HTML document; equal input gives an equal one.

    >>> page = render_index("My <list>", [ViewLink("lineage.html", "The list", "All of it", 2, 1)])
    >>> "<h1>My &lt;list&gt;</h1>" in page, 'href="lineage.html"' in page
    (True, True)
    """
    from markupsafe import Markup

    style = styled(ASSETS / "index.css")
    shown = [replace(link, title=for_xml(link.title), subtitle=for_xml(link.subtitle)) for link in links]
    return (
        environment()
        .get_template("index.html")
        .render(
            title=for_xml(title),
            links=shown,
            policy=policy((), style),
            style=Markup(style),  # noqa: S704 # of this project
        )
    )
