"""A page inside something else: a notebook's frame, the local server.

The page that `graph.pages` makes stands alone and lets nothing run but itself. Here it gets a further
script or style, and its content security policy the mark of it; nothing else of the page changes.
"""

from __future__ import annotations

import re
from html import escape, unescape

from .csp import policy

_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
"""What a framed page may do. It is of no origin: it sees nothing of the notebook, and no cookie."""

_ADDRESS = """
// A page without an address of its own, as in a notebook's frame, keeps its state to itself.
for (const name of ["pushState", "replaceState"]) {
  const change = history[name].bind(history);
  history[name] = (...given) => {
    try {
      change(...given);
    } catch {
      // its state is only not in the address
    }
  };
}
"""


def extended(page: str, *, script: str = "", style: str = "", body: str = "", allow: str = "") -> str:
    """A page with something added, allowed by its policy.

    Parameters
    ----------
    page : str
        As `graph.pages.page.render_page` made it.
    script, style : str
        Ours alone, never a text of a corpus: they are not escaped. The script runs before the page's.
    body : str
        Markup that stands first in the page; every text in it is escaped already.
    allow : str
        Directives that replace those of the same name, as in "connect-src 'self'".

    Returns
    -------
    str

    Raises
    ------
    ValueError
        When the page has no policy, or the script or style would end its own element.

    Examples
    --------
    >>> page = '<head><meta http-equiv="Content-Security-Policy" content="script-src \\'sha256-a\\'">'
    >>> page += '</head><body><script>1</script></body>'
    >>> extended(page, script="2", body="<p>first</p>").partition("<body>")[2]
    '<p>first</p><script>2</script><script>1</script></body>'
    """
    found = _POLICY.search(page)
    if found is None:
        raise ValueError("the page has no content security policy")
    if "</" in script or "</" in style:
        raise ValueError("a script or style that holds '</' cannot stand in a page")
    rules = dict(rule.split(" ", 1) for rule in unescape(found[2]).split("; "))
    ours = dict(rule.split(" ", 1) for rule in policy((script,), style).split("; "))
    for name, text in (("script-src", script), ("style-src", style)):
        if text:
            rules[name] = f"{rules[name]} {ours[name]}" if name in rules else ours[name]
    rules |= dict(rule.split(" ", 1) for rule in allow.split("; ") if rule)
    written = escape("; ".join(f"{name} {value}" for name, value in rules.items()))
    head, start, rest = (page[: found.start(2)] + written + page[found.end(2) :]).partition("<body>")
    if style:
        head = head.replace("</head>", f"<style>{style}</style>\n</head>", 1)
    before, first, after = rest.partition("<script>")
    return head + start + body + before + (f"<script>{script}</script>" if script else "") + first + after


def policy_of(page: str) -> str:
    """The content security policy that a page carries."""
    found = _POLICY.search(page)
    return unescape(found[2]) if found else ""


def framed(page: str, *, title: str, height: int = 640) -> str:
    """A page as a frame that stands inside another document, with no server behind it.

    Parameters
    ----------
    page : str
        As `graph.pages.page.render_page` made it.
    title : str
        What a screen reader calls the frame.
    height : int
        In pixels; the frame is as wide as there is room.

    Returns
    -------
    str
        One element. The page is in its `srcdoc` and runs in a sandbox of no origin.

    Examples
    --------
    >>> from graph import load
    >>> from graph.pages.page import render_page
    >>> lineage = load()
    >>> framed(render_page(lineage, lineage.list_keys, title="Mine"), title="<Mine>")[:40]
    '<iframe title="&lt;Mine&gt;" sandbox="al'
    """
    inner = escape(extended(page, script=_ADDRESS))
    return (
        f'<iframe title="{escape(title)}" sandbox="{SANDBOX}" srcdoc="{inner}" loading="lazy" '
        f'style="width: 100%; height: {int(height)}px; border: 1px solid #8884; border-radius: 8px"></iframe>'
    )
