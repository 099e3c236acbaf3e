"""What diffs do to rows, as Ibis expressions: for each key the last change counts, and replaces all before it.

A change has the key of a row (citationid, corpusid) and a `step`: diffs are applied in order, and
within one the updates come before the deletes.
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _


def with_step(rows: Any, step: int) -> Any:
    """Rows of one diff, marked with their place in the order of all."""
    return rows.mutate(step=ibis.literal(step, "int32"))


def last_changes(changes: list[Any], key: str) -> Any:
    """The last step at which each key was updated or deleted."""
    steps = [change.select(key, "step") for change in changes]
    every = ibis.union(*steps) if len(steps) > 1 else steps[0]
    return every.group_by(key).agg(step=_.step.max())


def untouched(rows: Any, last: Any, key: str) -> Any:
    """The rows of a store that no diff changes or deletes."""
    return rows.anti_join(last, key)


def brought(updates: Any, last: Any, key: str) -> Any:
    """The rows that diffs bring and no later one changes or deletes, each key once."""
    current = updates.semi_join(last, [key, "step"])
    place = ibis.row_number().over(group_by=current[key], order_by=current.columns[0])
    return current.mutate(place=place).filter(_.place == 0).drop("place", "step")
