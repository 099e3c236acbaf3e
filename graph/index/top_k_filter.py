"""Rows of names on their way to the table: those that no look-up will show are left out early, the rest is sorted.

Of a name of more than `MOST` papers the look-up keeps the most cited. The words that half of all titles have would
otherwise be most of the rows, and one of them alone could be more than fits in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels import hashes as kernels
from .name_keys import Keys

MOST = 50_000
"""So many papers of one name are kept."""
RANKS = 256
SAMPLED = 16
"""Every so manieth row is looked at for names that may have very many papers."""
_DIGIT = 13
_SLOTS = 1 << 15
Bits = NDArray[np.uint64]


def ranks_of(citations: Any) -> NDArray[np.uint64]:
    """Steps of how often papers are cited: 0 the most, 255 not at all; eight steps are twice as often."""
    steps = np.rint(8 * np.log2(1 + np.maximum(citations, 0))).astype(np.int64)
    ranks: NDArray[np.uint64] = (RANKS - 1 - np.minimum(steps, RANKS - 1)).astype(np.uint64)
    return ranks


class TopKFilter:
    """Knows of names with very many papers how cited the first of them are, of all that went through it so far.

    Parameters
    ----------
    most : int
        How many papers of a name matter.
    least : int
        A name is watched from the first block on that has so many rows of it.
    """

    def __init__(self, most: int, least: int) -> None:
        self.most, self._least = most, max(least // SAMPLED, 8)
        self.keys: list[int] = []
        self._slots, self._places = np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.int32)
        self._limits, self._left_out = np.empty(_SLOTS // 2, np.uint64), np.zeros(_SLOTS // 2, np.int64)
        self._counts = np.zeros((_SLOTS // 2, RANKS), np.int32)  # pages are touched when they are used
        self._limits[:] = RANKS

    def kept(self, keys: Keys, ranks: Bits) -> NDArray[np.bool_]:
        """Which of these rows may be among the `most` first ones of their names."""
        sample, times = np.unique(keys[::SAMPLED], return_counts=True)
        for key in sample[times >= self._least]:
            if len(self.keys) < _SLOTS // 2 and kernels.entered(key, len(self.keys), self._slots, self._places):
                self.keys.append(int(key))
        kept = np.empty(len(keys), np.bool_)
        known = len(self.keys)
        kernels.sifted(keys, ranks, self._slots, self._places, self._counts, self._limits, self._left_out, kept)
        enough = np.cumsum(self._counts[:known], axis=1) >= self.most
        self._limits[:known] = np.where(enough[:, -1], enough.argmax(axis=1), RANKS)
        return kept

    @property
    def left_out(self) -> dict[int, int]:
        """How many rows of each name were left out."""
        counts = self._left_out[: len(self.keys)].tolist()
        return {key: count for key, count in zip(self.keys, counts, strict=True) if count}


def in_order(keys: Keys, rest: Bits) -> tuple[Keys, Bits]:
    """Rows sorted by their keys, those of a key by the upper half of `rest`, a rank; others stay as they are."""
    other_keys, other_rest = np.empty_like(keys), np.empty_like(rest)
    starts = np.empty(1 << _DIGIT, np.int64)
    steps = [(True, 32), *((False, shift) for shift in range(0, 64, _DIGIT))]
    for by_rest, shift in steps:
        kernels.moved(keys, rest, by_rest, np.uint64(shift), other_keys, other_rest, starts)
        keys, rest, other_keys, other_rest = other_keys, other_rest, keys, rest
    return keys, rest


def first_of_each(keys: Keys, most: int, counted: int) -> tuple[NDArray[np.bool_], dict[int, int]]:
    """Of sorted rows the first `most` of every key, and how many there were of the keys with `counted` or more."""
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(keys)))
    kept = np.ones(len(keys), np.bool_)
    many = np.flatnonzero(counts >= counted)
    for start, count in zip(starts[many].tolist(), counts[many].tolist(), strict=True):
        kept[start + most : start + count] = False
    return kept, dict(zip(keys[starts[many]].tolist(), counts[many].tolist(), strict=True))
