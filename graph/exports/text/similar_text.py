"""What is near a paper in content, as text and as a JSON value."""

from __future__ import annotations

from typing import Any

from ...analysis.similar import SimilarPapers
from ...model.lineage import Lineage
from ..json_forms import paper_form
from ..wording import counted, lines_text, name_of, themes_of, year_of


def similar_text(lineage: Lineage, found: SimilarPapers) -> str:
    """The nearest papers, each with its cosine and whether a citation joins it with the paper."""
    of = f"{counted(found.compared, 'paper')} compared, {found.without:,} without a vector"
    by = f"by {found.model}, asked on {found.asked or 'an unknown day'}"
    lines = [f"{name_of(lineage, found.key)}: nearest in content {by} ({of}).", ""]
    for each in found.papers:
        joined = "joined by a citation" if each.cited else "no citation known"
        paper = f"{year_of(lineage, each.key)}  {name_of(lineage, each.key)}  {themes_of(lineage, each.key)}"
        lines.append(f"  {each.cosine:6.3f}  {paper.rstrip()}  ({joined})")
    if not found.papers:
        lines.append("  none")
    return lines_text(lines)


def similar_form(lineage: Lineage, found: SimilarPapers) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "of": paper_form(lineage, found.key),
        "model": found.model,
        "asked": found.asked or None,
        "compared": found.compared,
        "without_vector": found.without,
        "papers": [
            paper_form(lineage, each.key) | {"cosine": each.cosine, "joined_by_a_citation": each.cited}
            for each in found.papers
        ],
    }
