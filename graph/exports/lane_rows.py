"""The rows of a lane: what belongs together by citations stands together, in few rows.

A box wants to be at the barycentre of the boxes that cite it or that it cites, as in the drawings of Sugiyama, Tagawa
and Toda (1981), doi:10.1109/TSMC.1981.4308636. Averaging again and again leads to the order of the Fiedler vector,
which Hall (1970), doi:10.1287/mnsc.17.3.219, shows to make arcs as short as they can be.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from heapq import heappop, heappush, heapreplace

import numpy as np
from numpy.typing import NDArray

AVERAGINGS = 60
MANY_ROWS, SPARE = 12, 1 / 3
"""Many rows get a share of them more: in as few as there can be a box has no choice, and stripes result."""


def rows_needed(members: Sequence[int], lefts: Sequence[float], ends: Sequence[float]) -> list[list[int]]:
    """As few rows as there can be without overlap, each with positions of boxes, which come from left to right.

    Where these are many, spare ones without a box follow. Of the free rows a box takes the one that has been free for
    longest. n log n for n boxes.
    """
    rows: list[list[int]] = []
    free: list[tuple[float, int]] = []  # a heap of where the rows end
    for n in members:
        if free and free[0][0] <= lefts[n]:
            row = free[0][1]
            heapreplace(free, (ends[n], row))
            rows[row].append(n)
        else:
            heappush(free, (ends[n], len(rows)))
            rows.append([n])
    spare = int(min(SPARE * len(rows), max(0, len(rows) - MANY_ROWS)))  # grows step by step
    return [*rows, *([] for _ in range(spare))]


def order_by_barycentre(boxes: int, ends: tuple[NDArray[np.int64], NDArray[np.int64]]) -> NDArray[np.float64]:
    """The place of each box from top to bottom, from 0 to 1: neighbours are near each other.

    `AVERAGINGS` steps, each linear in boxes and citations.

    Parameters
    ----------
    boxes : int
        How many there are.
    ends : pair of arrays of int
        The positions of the boxes at the two ends of each citation; directions do not matter.

    Returns
    -------
    array of float
        A box without a neighbour is in the middle. Boxes that no citations join, however indirectly, with others stand
        apart from these. Equal input gives equal places.

    Examples
    --------
    >>> places = order_by_barycentre(5, (np.array([0, 1, 2]), np.array([2, 3, 4])))
    >>> bool(abs(places[0] - places[4]) < abs(places[0] - places[1]))
    True
    """
    one, other = ends
    degree = np.bincount(one, minlength=boxes) + np.bincount(other, minlength=boxes).astype(np.float64)
    linked = degree > 0
    place = np.where(
        linked, np.modf(np.arange(boxes) * 0.6180339887498949)[0] - 0.5, 0.0
    )  # spread, and the same each time
    weight = degree / max(degree.sum(), 1)
    for _ in range(AVERAGINGS):
        sums = np.bincount(one, place[other], boxes) + np.bincount(other, place[one], boxes)
        place = np.where(linked, (place + sums / np.maximum(degree, 1)) / 2, 0.0)
        place = np.where(linked, place - (weight * place).sum(), 0.0)
        place /= np.abs(place).max(initial=0.0) or 1.0
    place = np.round(place, 9)  # as every machine computes it
    ranks = np.argsort(np.argsort(np.where(linked, place, 0.0), kind="stable"), kind="stable")
    spread = ranks / max(boxes - 1, 1)
    return np.where(linked, spread, 0.5)


def rows_in_order(
    members: Sequence[int], lefts: Sequence[float], ends: Sequence[float], places: Sequence[float]
) -> list[list[int]]:
    """The rows of `rows_needed`, where a box takes the free row that is nearest to its place.

    Rows without a box are left out. n log r for n boxes in r rows, beside the insertions into a list of r rows.

    Parameters
    ----------
    members : sequence of int
        The boxes of a lane from left to right.
    lefts, ends : sequence of float
        Where each box begins, and where the next of its row may begin.
    places : sequence of float
        Where a box wants to be, from 0 at the top to 1.

    Examples
    --------
    >>> rows_in_order([0, 1, 2, 3], [0, 1, 10, 11], [5, 6, 15, 16], [1, 0, 1, 0])
    [[1, 3], [0, 2]]
    """
    count = len(rows_needed(members, lefts, ends))
    rows: list[list[int]] = [[] for _ in range(count)]
    free = list(range(count))
    taken: list[tuple[float, int]] = []  # a heap of where the boxes of the other rows end
    for n in members:
        while taken and taken[0][0] <= lefts[n]:
            insort(free, heappop(taken)[1])
        row = _nearest(free, places[n] * (count - 1))
        free.remove(row)
        heappush(taken, (ends[n], row))
        rows[row].append(n)
    return [row for row in rows if row]


def _nearest(rows: Sequence[int], wanted: float) -> int:
    """The row nearest to a place between rows; of two the upper one. The rows ascend."""
    at = bisect_left(rows, wanted)
    return min(rows[max(0, at - 1) : at + 1], key=lambda row: (abs(row - wanted), row))
