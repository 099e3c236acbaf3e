"""Applying diffs to rows, as Ibis expressions: of each key only the last change counts.

A change has the key of a row (citationid, corpusid) and a `step`: diffs are applied in order, and in each
diff the updates come before the deletes.
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _


def with_step(rows: Any, step: int) -> Any:
    """The rows of one diff with its place in the order of all diffs."""
    return rows.mutate(step=ibis.literal(step, "int32"))


def last_changes(changes: list[Any], key: str) -> Any:
    """For each key the last step that updates or deletes it."""
    steps = [change.select(key, "step") for change in changes]
    all_steps = ibis.union(*steps) if len(steps) > 1 else steps[0]
    return all_steps.group_by(key).agg(step=_.step.max())


def unchanged_rows(rows: Any, last: Any, key: str) -> Any:
    """The rows that no diff updates or deletes."""
    return rows.anti_join(last, key)


def updated_rows(updates: Any, last: Any, key: str) -> Any:
    """The updates that are the last change of their key, each key once."""
    current = updates.semi_join(last, [key, "step"])
    place = ibis.row_number().over(group_by=current[key], order_by=current.columns[0])
    return current.mutate(place=place).filter(_.place == 0).drop("place", "step")
