"""A paper with the citations and references that may be requested inside it."""

from __future__ import annotations

from .fields import Tree, project
from .records import JsonObject, PaperRecord
from .world import ScholarWorld


def full_paper(world: ScholarWorld, paper: PaperRecord, tree: Tree, most: int) -> tuple[JsonObject, int]:
    """The requested fields of a paper, and how many nested rows they took.

    At most `most` rows are nested; the rest is cut off silently, as the service does.
    """
    row = world.to_json(paper)
    used = 0
    for name, rows in (("references", world.references_of(paper.id)), ("citations", world.citations_of(paper.id))):
        if name not in tree:
            continue
        if name == "references" and paper.id in world.elided:
            row[name] = None
            continue
        ends = [each.cited if name == "references" else each.citing for each in rows[: max(most - used, 0)]]
        parts = tree[name] or {"title": {}}
        row[name] = [project(world.to_json(world.record(end)), parts) for end in ends]
        used += len(ends)
    return project(row, tree), used
