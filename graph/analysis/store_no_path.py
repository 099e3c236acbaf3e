"""What relates two papers of a store between which there is no path."""

from __future__ import annotations

from typing import Literal

from ..index.between import Reached, reach
from ..index.citation_index import Index

DEEPEST = 30
"""Relatives this many hops away, or more, are not looked for."""


def nearest_common(
    index: Index,
    one: int,
    other: int,
    kind: Literal["ancestry", "descent"],
    *,
    most: int = 20_000,
    shown: int = 50,
) -> list[int]:
    """Find the common ancestors or descendants with the smallest sum of hops to two papers.

    Parameters
    ----------
    index : Index
    one, other : int
        Vertices.
    kind : str
        "ancestry" or "descent".
    most : int
        A search that reaches more papers than this is stopped.
    shown : int
        How many to return, the most cited first.

    Returns
    -------
    list of int
        Vertices; none where the searches were stopped before they found a common relative.
    """
    for depth in range(1, DEEPEST):
        first, second = (reach(index, [vertex], kind, depth=depth, max_papers=most) for vertex in (one, other))
        hops = dict(zip(first.vertices.tolist(), first.hops.tolist(), strict=True))
        both = {
            vertex: hops[vertex] + further
            for vertex, further in zip(second.vertices.tolist(), second.hops.tolist(), strict=True)
            if vertex in hops
        }
        least = min(both.values(), default=depth + 1)
        if least <= depth:
            found = [vertex for vertex, total in both.items() if total == least]
            return sorted(found, key=lambda vertex: (-index.citation_count(vertex), vertex))[:shown]
        stopped = not (first.complete and second.complete)
        exhausted = depth > max(_farthest(first), _farthest(second)) and not both
        if stopped or exhausted:
            break
    return []


def _farthest(reached: Reached) -> int:
    return int(reached.hops.max()) if len(reached.hops) else 0
