"""The section "All measures" of docs/measures.md, made from the registry of measures.

``python docs/_ext/measures_section.py`` writes it again; a test compares what is committed with the registry.
"""

from __future__ import annotations

from pathlib import Path

from graph.exports.text.measures_text import measures_markdown

PAGE = Path(__file__).parents[1] / "measures.md"
MARK = "<!-- measures -->\n"


def filled(text: str) -> str:
    """A page with what stands after its mark made anew; raises `ValueError` for one without it.

    >>> filled("# Measures")
    Traceback (most recent call last):
    ValueError: the page has no line <!-- measures -->; put it above the section that is generated
    """
    before, mark, _ = text.partition(MARK)
    if not mark:
        raise ValueError(f"the page has no line {MARK.strip()}; put it above the section that is generated")
    return f"{before}{mark}\n{measures_markdown()}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
