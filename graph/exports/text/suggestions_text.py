"""What a reading list may be missing, as text and as a JSON value."""

from __future__ import annotations

from typing import Any

from ...analysis.suggestions import Suggestions
from ...model.lineage import Lineage
from ..wording import lines_text, name_of, some_of, year_of


def suggestions_text(lineage: Lineage, found: Suggestions) -> str:
    """Papers that the list often cites without naming them, and what would connect its isolated entries."""
    lines = ["Papers outside the list, by how many papers of the list cite them:"]
    for each in found.frequently_cited:
        cites = f"; it cites {some_of(lineage, each.cites)}" if each.cites else ""
        lines.append(f"  {len(each.cited_by):>3}  {year_of(lineage, each.key)}  {name_of(lineage, each.key)}")
        lines.append(f"            cited by {some_of(lineage, each.cited_by)}{cites}")
    lines += ["", f"Entries without a citation in the list: {len(found.connections) or 'none'}"]
    for lone in found.connections:
        chain = " - ".join(name_of(lineage, key) for key in lone.chain)
        link = f"the shortest chain, whichever way citations point, is {chain}"
        if not lone.chain:
            link = "no chain of citations in this corpus leads to another entry"
        lines.append(f"  {name_of(lineage, lone.key)} ({year_of(lineage, lone.key)}): {link}")
    return lines_text(lines)


def suggestions_form(_: Lineage, found: Suggestions) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "leaned_on": [
            {"key": each.key, "cited_by": list(each.cited_by), "cites": list(each.cites)}
            for each in found.frequently_cited
        ],
        "joining": [{"key": each.key, "chain": list(each.chain)} for each in found.connections],
    }
