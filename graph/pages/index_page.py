"""The page that links the views: no script, one style, nothing loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..utils.text import for_xml
from .csp import policy
from .templates import ASSETS, environment, styled


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A link of the index: a file beside it, and what that shows."""

    file: str
    title: str
    subtitle: str
    papers: int
    citations: int


def render_index(title: str, entries: Sequence[ViewLink]) -> str:
    """Link some pages as one HTML document.

    Parameters
    ----------
    title : str
    entries : sequence of ViewLink
        In the order in which they are to stand.

    Returns
    -------
    str
        A document to be written as UTF-8. Equal input gives an equal document.

    Examples
    --------
    >>> page = render_index("My <list>", [Entry("lineage.html", "The list", "All of it", 2, 1)])
    >>> "<h1>My &lt;list&gt;</h1>" in page, 'href="lineage.html"' in page
    (True, True)
    """
    from markupsafe import Markup

    style = styled(ASSETS / "index.css")
    shown = [
        ViewLink(each.file, for_xml(each.title), for_xml(each.subtitle), each.papers, each.citations)
        for each in entries
    ]
    return (
        environment()
        .get_template("index.html")
        .render(
            title=for_xml(title),
            entries=shown,
            policy=policy((), style),
            style=Markup(style),  # noqa: S704 # ours
        )
    )
