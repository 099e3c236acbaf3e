"""What a corpus knows of some papers that these papers alone do not show: further paths, and unknown references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import WORD, Flags, Masks
from ..algorithms.ordered_part import OrderedPart, ordered_part
from ..model.arrays import UNDATED
from ..model.lineage import Lineage
from ..utils.kept import kept_in_owner

MOST_ENDS = 2 * WORD
"""For how many papers it is found out what leads to them."""
MOST_STEPS = 2_000_000
"""How many papers and citations the counts of paths may pass, all together: about a second."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside some papers of a corpus."""

    papers: int
    """How many papers of the corpus are not among them."""
    counted: frozenset[str]
    """The papers between which it is known how many paths the corpus has."""
    totals: Mapping[tuple[str, str], int | None]
    """The number of paths from one of these papers to another, where a path can run through papers outside; None where
    circles make them too many to count. All other paths run through the papers themselves."""
    hiding: Mapping[str, Mapping[int | None, int]]
    """By paper and year: how many papers outside that lead to it have references that are not fully known, so that they
    could hide a path. The year is None for papers without a date. A paper that is missing was not looked at."""


def outside_of(lineage: Lineage, keys: Sequence[str], *, first: Sequence[str] = ()) -> Outside:
    """Find out what a lineage knows of some papers that these alone do not show.

    Those of `first` matter most. The papers of the reading list follow, then the most cited. Linear in papers and
    citations for every `graph.algorithms.network.WORD` papers, and for each paper from which paths are counted linear
    in what lies between the papers. Past `MOST_ENDS` and `MOST_STEPS` the rest is not known.

    >>> from graph import load
    >>> outside = outside_of(load(), load().list_keys)
    >>> outside.totals["devlin2018", "ouyang2022"]
    760
    >>> sum(outside.hiding["schulman2017"].values()) > 1000
    True
    """
    network, outside = lineage.network, ~lineage.flagged(keys)
    if not keys or not outside.any():
        return Outside(int(outside.sum()), frozenset(keys), {}, {})
    chosen = _by_importance(lineage, keys, first)[:MOST_ENDS]
    numbers = np.array(lineage.numbers_of(chosen), np.int64)
    led_to, leading = _masks(lineage, numbers, back=False), _masks(lineage, numbers, back=True)
    between = led_to.any(axis=1) & leading.any(axis=1)
    passed = np.flatnonzero(outside & between)
    ends = _ends(led_to[passed], leading[passed], len(chosen))
    part = ordered_part(network, np.flatnonzero(between))
    affordable = MOST_STEPS // max(1, len(part.members) + part.network.arcs)
    counted = chosen[:affordable] if any(ends) else chosen
    return Outside(
        int(outside.sum()),
        frozenset(counted),
        _totals(part, counted, numbers, ends),
        _hiding(lineage, chosen, leading, outside),
    )


@kept_in_owner
def flagged_with_unknown_references(lineage: Lineage) -> Flags:
    """An array that is true for the papers whose references are not fully known."""
    rows = lineage.corpus.coverage
    complete = {row.paper for row in rows if row.direction == "references" and row.state == "complete"}
    return ~lineage.flagged(complete)


def _by_importance(lineage: Lineage, keys: Sequence[str], first: Sequence[str]) -> list[str]:
    rank = {key: n for n, key in enumerate(dict.fromkeys((*first, *lineage.list_keys)))}
    return sorted(dict.fromkeys(keys), key=lambda key: (rank.get(key, len(rank)), -lineage.times_cited(key)))


def _masks(lineage: Lineage, numbers: np.ndarray, *, back: bool) -> Masks:
    """Which of some papers lead to every paper of the corpus, or with `back` to which it leads: words of bits."""
    part, bit = lineage.corpus.arrays.ordered, np.arange(len(numbers))
    masks = np.zeros((lineage.network.nodes, -(-len(numbers) // WORD)), np.uint64)
    masks[numbers, bit // WORD] = np.uint64(1) << (bit % WORD).astype(np.uint64)
    masks[part.members] = part.gathered(masks[part.members], back=back)
    return masks


def _flags(masks: Masks, count: int) -> NDArray[np.uint8]:
    """The words of some papers as columns: 1 where the bit of the n-th of the chosen papers is set."""
    bits = np.unpackbits(masks.astype("<u8", copy=False).view(np.uint8), axis=1, count=count, bitorder="little")
    return np.ascontiguousarray(bits.T)


def _ends(led_to: Masks, leading: Masks, count: int) -> list[list[int]]:
    """For each of the chosen papers those to which a path leads from it by way of one of the papers that are passed."""
    after, before = (np.packbits(_flags(masks, count), axis=1) for masks in (led_to, leading))
    passes = [(before & passed).any(axis=1) for passed in after]
    return [[end for end in np.flatnonzero(ends).tolist() if end != n] for n, ends in enumerate(passes)]


def _totals(
    part: OrderedPart, counted: Sequence[str], numbers: np.ndarray, ends: Sequence[Sequence[int]]
) -> dict[tuple[str, str], int | None]:
    starts = [n for n in range(len(counted)) if ends[n]]
    if not starts:
        return {}
    place = {int(member): n for n, member in enumerate(part.members.tolist())}
    paths = part.sweep().counts([place[int(numbers[n])] for n in starts])
    reached = sorted({end for n in starts for end in ends[n] if end < len(counted)})
    found = dict(zip(reached, paths.to(np.array([place[int(numbers[end])] for end in reached], np.int64)), strict=True))
    return {
        (counted[n], counted[end]): found[end][column]
        for column, n in enumerate(starts)
        for end in ends[n]
        if end < len(counted)
    }


def _hiding(
    lineage: Lineage, chosen: Sequence[str], leading: Masks, outside: Flags
) -> dict[str, dict[int | None, int]]:
    suspects = np.flatnonzero(outside & flagged_with_unknown_references(lineage))
    dates = lineage.corpus.arrays.dates[suspects]
    years, of_year = np.unique(np.where(dates == UNDATED, 0, dates // 10_000), return_inverse=True)
    named = [year or None for year in years.tolist()]
    hiding: dict[str, dict[int | None, int]] = {}
    for end, found in zip(chosen, _flags(leading[suspects], len(chosen)), strict=True):
        counts = np.bincount(of_year[np.flatnonzero(found)], minlength=len(named)).tolist()
        hiding[end] = {year: count for year, count in zip(named, counts, strict=True) if count}
    return hiding
