"""The pages of the shipped list, live in the site: built beside it, and shown in a frame.

A page of the documentation has a line ``<!-- live: FILE -->`` above a picture. GitHub shows the picture; the site
shows FILE, one of those that `lineage build` writes, in its place. The frame is no sandbox: on a disk a browser lets
nothing in a sandbox open the file beside it, so that the tabs would lead nowhere. What the page may do is said by its
own policy.
"""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.interfaces.build import build_into
from graph.interfaces.cli.context import CommandContext
from graph.model.shipped_data import reading_list_path, snapshot_path
from scripts.build_example import corpus_steps

ROOT = Path(__file__).parents[2]

FOLDER = "live"
"""Where the pages lie in the site."""
MARK = re.compile(r"^<!-- live: (\S+) -->\n!\[([^\]]*)\]\([^)]*\)$", re.MULTILINE)
FRAME = """\
```{{raw}} html
<iframe class="live" title="{title}" src="{address}"></iframe>
<p class="live-alone"><a href="{address}">Open the page alone</a>, in the whole window</p>
```"""


def frames(text: str, up: str = "") -> str:
    """Put live pages in the place of the pictures below the marks; `up` leads from the text's page to the site's root.

    >>> print(frames("<!-- live: lineage.html -->\\n![The list](images/list.png)", up="../"))
    ```{raw} html
    <iframe class="live" title="The list" src="../live/lineage.html"></iframe>
    <p class="live-alone"><a href="../live/lineage.html">Open the page alone</a>, in the whole window</p>
    ```
    """

    def frame(found: re.Match[str]) -> str:
        address, title = f"{up}{FOLDER}/{found[1]}", found[2]
        return FRAME.format(title=escape(title), address=escape(address))

    return MARK.sub(frame, text)


def fill(app: Any, docname: str, source: list[str]) -> None:
    """Put the frames into a page of the site."""
    if app.builder.format == "html":
        source[0] = frames(source[0], "../" * docname.count("/"))


def build_pages(app: Any) -> None:
    """Write what `lineage build` writes of the shipped list, and of the second field, into the site."""
    if app.builder.format == "html":
        folder = Path(app.outdir) / FOLDER
        _build(reading_list_path(), snapshot_path(), folder)
        with TemporaryDirectory() as scratch:
            made = Path(scratch)
            for step in corpus_steps(ROOT / "examples" / "cryptography", made):
                command = [sys.executable, "-m", "graph", *step]
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own command
            _build(made / "reading_list.toml", made / "snapshot", folder / "cryptography")


def _build(reading_list: Path, corpus: Path, folder: Path) -> None:
    context = CommandContext(reading_list, corpus)
    build_into(folder, context.lineage, context.files, lambda _line: None)


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("builder-inited", build_pages)
    app.connect("source-read", fill)
    return {"parallel_read_safe": True}
