"""Columns of a table as short JSON: a page carries a list for every fact, not a record for every paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def pack_column(values: Sequence[Any]) -> dict[str, Any]:
    """Write one column in the shortest of three forms, which `columnReader` of model.js reads.

    The values are JSON values of one kind, with tuples for lists. Where nearly all are equal, the form is ``usual``
    with the exceptions ``are`` in the rows ``at``; where few values differ, ``kinds`` with their position ``of`` each
    row; else ``all``. Values that cannot be hashed stay as they are. Linear; equal columns give equal results: kinds
    stand in the order of their first use.

    >>> pack_column([0, 0, 0, 0, 0, 7])
    {'usual': 0, 'at': [5], 'are': [7]}
    >>> pack_column(["list", "bridge", "list", "bridge", "list", "bridge", "list", "bridge"])
    {'kinds': ['list', 'bridge'], 'of': [0, 1, 0, 1, 0, 1, 0, 1]}
    >>> pack_column([1, 2, 3])
    {'all': [1, 2, 3]}
    """
    try:
        counts = Counter(values)
    except TypeError:
        return {"all": list(values)}
    if not counts:
        return {"all": []}
    usual, times = counts.most_common(1)[0]
    if times >= 0.8 * len(values):
        exceptions = [n for n, value in enumerate(values) if value != usual]
        return {"usual": usual, "at": exceptions, "are": [values[n] for n in exceptions]}
    if 4 * len(counts) <= len(values):
        positions = {kind: n for n, kind in enumerate(counts)}
        return {"kinds": list(counts), "of": [positions[value] for value in values]}
    return {"all": list(values)}
