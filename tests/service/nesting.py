"""A paper with the citations and references that a caller may ask for inside it."""

from __future__ import annotations

from .fields import Tree, project
from .records import JsonObject, PaperRecord
from .world import ScholarWorld


def full_paper(world: ScholarWorld, paper: PaperRecord, tree: Tree, most: int) -> tuple[JsonObject, int]:
    """The asked fields of a paper, and how many nested rows that took.

    No more than `most` rows are nested; what is beyond is cut without a word, as the service does.
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
