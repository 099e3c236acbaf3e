"""What changed from one corpus to another, as plain text."""

from __future__ import annotations

from ...model.diff import Comparison
from ...utils.text import clipped, for_terminal


def comparison_text(found: Comparison, *, most: int = 20) -> str:
    """Every kind of change with the number of its cases, and the first `most` of them."""
    if found.same:
        return "The two corpora are the same.\n"
    sections: list[tuple[str, list[str]]] = [
        ("papers added", list(found.added)),
        ("papers removed", list(found.removed)),
        ("papers under another key", [f"{old} is now {new}" for old, new in found.renamed]),
        ("papers merged", [f"{key} was {' and '.join(old)}" for key, old in found.merged]),
        ("papers split", [f"{key} is now {' and '.join(new)}" for key, new in found.split]),
        ("corrections", [f"{c.key}: {c.field} was {_value(c.old)}, is {_value(c.new)}" for c in found.corrected]),
        ("citations added", [f"{citing} cites {cited}" for citing, cited in found.cited]),
        ("citations removed", [f"{citing} cites {cited}" for citing, cited in found.uncited]),
        (
            "citations with other sources",
            [
                f"{citing} cites {cited}: {_source_changes(added, removed)}"
                for citing, cited, added, removed in found.witnesses
            ],
        ),
        (
            "retractions and other notices",
            [
                f"{key}: was {old or 'without a notice'}, is {new or 'without a notice'}"
                for key, old, new in found.notices
            ],
        ),
        ("changes of coverage", [f"{key}, {side}: was {old}, is {new}" for key, side, old, new in found.coverage]),
    ]
    lines = []
    for title, rows in sections:
        if rows:
            lines += [f"{title}: {len(rows):,}", *(f"  {for_terminal(row)}" for row in rows[:most])]
            if len(rows) > most:
                lines.append(f"  and {len(rows) - most:,} more; --json has all of them")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if value is None or value == ():
        return "unknown"
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return clipped(text, 80)


def _source_changes(added: tuple[str, ...], removed: tuple[str, ...]) -> str:
    parts = [f"{word} {', '.join(names)}" for word, names in (("now also", added), ("no longer", removed)) if names]
    return ", ".join(parts)
