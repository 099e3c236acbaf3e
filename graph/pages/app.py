"""The picture of an answer about paths, for a chat: one document that knows no corpus, and is told the answer."""

from __future__ import annotations

from .csp import policy
from .templates import ASSETS, environment, styled


def render_app() -> str:
    """Render the view as one HTML document, for a host that speaks the protocol of MCP Apps (SEP-1865, 2026-01-26).

    The host opens it in a sandboxed frame and sends it the result of the tool `paths`. It draws the papers on the paths
    that are shown, older to newer, lights one path, and says of each of its citations who asserts it and why. It makes
    no request, keeps nothing, and shows every text as text. Every call gives an equal document.

    >>> "default-src &#39;none&#39;" in render_app()
    True
    """
    from markupsafe import Markup

    style = styled(ASSETS / "app.css")
    script = "\n".join((ASSETS / f"{part}.js").read_text(encoding="utf-8") for part in ("clip_text", "app"))
    return (
        environment()
        .get_template("app.html")
        .render(
            title="Paths of citations",
            policy=policy([script], style),
            script=Markup(script),  # noqa: S704 # of this project
            style=Markup(style),  # noqa: S704 # of this project
        )
    )
