"""Rows on their way to the table of names: those that no look-up would return are dropped early, the rest is sorted.

Of a name of more than `MAX_PAPERS` papers the table keeps the most cited ones. Otherwise the words that are in half
of all titles would be most of the rows, and the rows of one such word might not fit in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .column_keys import Keys
from .kernels.top_k import add_frequent, mark_kept, radix_pass

MAX_PAPERS = 50_000
"""How many papers of one name are kept."""
RANKS = 256
"""How many ranks there are: see `ranks_of`."""
SAMPLING_INTERVAL = 16
"""Every 16th row is looked at to find names that may have very many papers."""
_DIGIT_BITS = 13
"""How many bits one pass of the radix sort looks at: five passes sort 64 bits."""
_SLOTS = 1 << 15
"""The size of the hash table of frequent names, of which half is used at most."""
Payload = NDArray[np.uint64]
"""What goes with a key: the rank of a paper in the upper half, its corpus id in the lower."""


def ranks_of(citation_counts: Any) -> NDArray[np.uint64]:
    """How cited papers are as a rank: 0 for the most cited, 255 for uncited; eight ranks are a factor of two."""
    steps = np.rint(8 * np.log2(1 + np.maximum(citation_counts, 0))).astype(np.int64)
    ranks: NDArray[np.uint64] = (RANKS - 1 - np.minimum(steps, RANKS - 1)).astype(np.uint64)
    return ranks


class TopKFilter:
    """Drops rows that cannot be among the most cited papers of their names, by the ranks of all rows before them.

    It counts rows only for frequent names. Of a name `max_papers` are to be kept. A name counts as frequent after the
    first block that has about `min_rows` rows of it.
    """

    def __init__(self, max_papers: int, min_rows: int) -> None:
        self._max_papers, self._min_samples = max_papers, max(min_rows // SAMPLING_INTERVAL, 8)
        self._frequent: list[int] = []
        self._slots, self._places = np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.int32)
        self._limits = np.full(_SLOTS // 2, RANKS, np.uint64)
        self._left_out = np.zeros(_SLOTS // 2, np.int64)
        self._counts = np.zeros((_SLOTS // 2, RANKS), np.int32)  # its pages take memory only once they are used

    def kept(self, keys: Keys, ranks: Payload) -> NDArray[np.bool_]:
        """Which rows of a block may be among the first `max_papers` of their names; linear in its rows.

        A name that is found frequent in this block is counted from this block on.
        """
        sampled, times = np.unique(keys[::SAMPLING_INTERVAL], return_counts=True)
        for key in sampled[times >= self._min_samples]:
            place = len(self._frequent)
            if place < _SLOTS // 2 and add_frequent(key, place, self._slots, self._places):
                self._frequent.append(int(key))
        kept = np.empty(len(keys), np.bool_)
        mark_kept(keys, ranks, self._slots, self._places, self._counts, self._limits, self._left_out, kept)
        known = len(self._frequent)
        is_enough = np.cumsum(self._counts[:known], axis=1) >= self._max_papers
        self._limits[:known] = np.where(is_enough[:, -1], is_enough.argmax(axis=1), RANKS)
        return kept

    @property
    def left_out(self) -> dict[int, int]:
        """How many rows of each frequent name were dropped."""
        counts = self._left_out[: len(self._frequent)].tolist()
        return {key: count for key, count in zip(self._frequent, counts, strict=True) if count}


def sort_rows(keys: Keys, payload: Payload) -> tuple[Keys, Payload]:
    """Rows sorted by key and rank; rows with the same key and rank stay in their order.

    Linear in rows. The arrays that are given are used as scratch space.
    """
    sorted_keys, sorted_payload = np.empty_like(keys), np.empty_like(payload)
    starts = np.empty(1 << _DIGIT_BITS, np.int64)
    # The least significant digit comes first: the rank, which is in one digit of the payload, and then the whole key.
    passes = [(True, 32), *((False, shift) for shift in range(0, 64, _DIGIT_BITS))]
    for by_payload, shift in passes:
        radix_pass(keys, payload, by_payload, np.uint64(shift), sorted_keys, sorted_payload, starts)
        keys, payload, sorted_keys, sorted_payload = sorted_keys, sorted_payload, keys, payload
    return keys, payload


def first_of_each(keys: Keys, max_papers: int, min_counted: int) -> tuple[NDArray[np.bool_], dict[int, int]]:
    """Find which of sorted rows are among the first of their key, and count the rows of each key that has many.

    The `keys` are sorted. `max_papers` rows of each are kept, and those with at least `min_counted` rows are counted:
    at most `max_papers`, since the other keys keep every row. Gives a mark for each row that is kept, and the number of
    all rows by key.

    >>> kept, counts = first_of_each(np.array([3, 3, 3, 5], np.uint64), max_papers=2, min_counted=2)
    >>> kept.tolist(), counts
    ([True, True, False, True], {3: 3})
    """
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(keys)))
    kept = np.ones(len(keys), np.bool_)
    many = np.flatnonzero(counts >= min_counted)
    for start, count in zip(starts[many].tolist(), counts[many].tolist(), strict=True):
        kept[start + max_papers : start + count] = False
    return kept, dict(zip(keys[starts[many]].tolist(), counts[many].tolist(), strict=True))
