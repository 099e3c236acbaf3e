"""Embed a page in something else: in a notebook's frame, under the bar of the local server.

A page of `graph.pages.page` stands alone, and its content security policy allows only its own script and
style. Here it gets a further script or style, and the policy allows that too; nothing else of the page changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from .csp import hash_of

_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
"""What a framed page may do. It has no origin: it sees nothing of the notebook, and no cookie."""

NOT_SHOWN = (
    "Here is an interactive page. To see it, trust this notebook (in JupyterLab: the command Trust Notebook), "
    "or run it again."
)
"""What stands in the place of the frame where a notebook that is not trusted loses its frames and keeps their texts."""

_WITHOUT_ADDRESS = """
// In a notebook's frame the page has no address of its own in which it could keep its state.
for (const name of ["pushState", "replaceState"]) {
  const change = history[name].bind(history);
  history[name] = (...given) => {
    try {
      change(...given);
    } catch {
      // the state is not in the address, and nothing else is amiss
    }
  };
}
"""


def extended(
    page: str, *, script: str = "", style: str = "", body: str = "", allow: Mapping[str, str] | None = None
) -> str:
    r"""Add a script, a style or markup to a page of `graph.pages.page.render_page`, and allow them in its policy.

    The script, which runs before the page's, and the style must be this project's own, never a text of a corpus: they
    are not escaped. In `body`, markup for the top of the page, every text is escaped. `allow` holds directives that
    replace those of the same name, such as connect-src. Raises `ValueError` when the page has no policy, or the script
    or style would end its own element.

    >>> page = '<head><meta http-equiv="Content-Security-Policy" content="script-src \'sha256-a\'">'
    >>> page += '</head><body><script>1</script></body>'
    >>> extended(page, script="2", body="<p>first</p>").partition("<body>")[2]
    '<p>first</p><script>2</script><script>1</script></body>'
    """
    found = _POLICY.search(page)
    if found is None:
        raise ValueError("the page has no content security policy")
    if "</" in script or "</" in style:
        raise ValueError("a script or style that holds '</' cannot stand in a page")
    directives = dict(directive.split(" ", 1) for directive in unescape(found[2]).split("; "))
    for name, text in (("script-src", script), ("style-src", style)):
        if text:
            directives[name] = f"{directives.get(name, '')} {hash_of(text)}".lstrip()
    directives |= allow or {}
    new_policy = escape("; ".join(f"{name} {value}" for name, value in directives.items()))
    head, body_tag, rest = (page[: found.start(2)] + new_policy + page[found.end(2) :]).partition("<body>")
    if style:
        head = head.replace("</head>", f"<style>{style}</style>\n</head>", 1)
    before, script_tag, after = rest.partition("<script>")
    own_script = f"<script>{script}</script>" if script else ""
    return head + body_tag + body + before + own_script + script_tag + after


def policy_of(page: str) -> str:
    """The content security policy of a page; empty when it has none."""
    found = _POLICY.search(page)
    return unescape(found[2]) if found else ""


def framed(page: str, *, title: str, height: int = 640) -> str:
    """A page as a frame inside another document, without a server: it is in the `srcdoc`, in a sandbox of no origin.

    `title` is what a screen reader calls the frame. The height is in pixels; the frame is as wide as its surroundings.
    A host that removes frames, as JupyterLab does in notebooks that are not trusted, shows `NOT_SHOWN` instead.

    >>> from graph import load
    >>> from graph.pages.page import render_page
    >>> lineage = load()
    >>> framed(render_page(lineage, lineage.list_keys, title="Mine"), title="<Mine>")[:40]
    '<iframe title="&lt;Mine&gt;" sandbox="al'
    """
    inner = escape(extended(page, script=_WITHOUT_ADDRESS))
    return (
        f'<iframe title="{escape(title)}" sandbox="{SANDBOX}" srcdoc="{inner}" loading="lazy" '
        f'style="width: 100%; height: {int(height)}px; border: 1px solid #8884; border-radius: 8px">'
        f"{escape(NOT_SHOWN)}</iframe>"
    )
