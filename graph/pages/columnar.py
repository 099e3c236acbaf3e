"""Columns of a table as short JSON: a page carries one list for every fact, not one record for every paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def packed(values: Sequence[Any]) -> dict[str, Any]:
    """One column in the shortest of three forms; `model.js` reads them.

    Parameters
    ----------
    values : sequence
        JSON values of one kind, tuples for lists. What cannot be hashed is written as it is.

    Returns
    -------
    dict
        ``usual``, ``at`` and ``are`` where nearly all values are the same; ``kinds`` and ``of``
        where few differ; else ``all``.

    Examples
    --------
    >>> packed([0, 0, 0, 0, 0, 7])
    {'usual': 0, 'at': [5], 'are': [7]}
    >>> packed(["list", "bridge", "list", "bridge", "list", "bridge", "list", "bridge"])
    {'kinds': ['list', 'bridge'], 'of': [0, 1, 0, 1, 0, 1, 0, 1]}
    >>> packed([1, 2, 3])
    {'all': [1, 2, 3]}

    Notes
    -----
    Linear. Equal columns give equal results: kinds stand in the order of their first use.
    """
    try:
        counts = Counter(values)
    except TypeError:
        return {"all": list(values)}
    if not counts:
        return {"all": []}
    usual, often = counts.most_common(1)[0]
    if often >= 0.8 * len(values):
        others = [n for n, value in enumerate(values) if value != usual]
        return {"usual": usual, "at": others, "are": [values[n] for n in others]}
    if 4 * len(counts) <= len(values):
        position = {kind: n for n, kind in enumerate(counts)}
        return {"kinds": list(counts), "of": [position[value] for value in values]}
    return {"all": list(values)}
