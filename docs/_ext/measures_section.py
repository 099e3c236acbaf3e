"""The section "All measures" of docs/measures.md, made from the registry of measures.

``python docs/_ext/measures_section.py`` writes it again; a test compares what is committed with the registry.
"""

from __future__ import annotations

from pathlib import Path

from graph.exports.text.measures_text import measures_markdown

PAGE = Path(__file__).parents[1] / "measures.md"
MARK = "<!-- measures -->\n"


def filled(text: str) -> str:
    """A page with what stands after its mark made anew."""
    before, mark, _ = text.partition(MARK)
    return f"{before}{mark}\n{measures_markdown()}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
