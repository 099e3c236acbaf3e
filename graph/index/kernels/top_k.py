"""Rows of (key, rank) on their way to the table of names: the filter of frequent keys, and a radix sort."""

from __future__ import annotations

import numpy as np

from ..jit import compiled

ONE = np.uint64(1)


@compiled
def add_frequent(key, place, slots, places):
    """Add a key to the hash table of frequent keys; whether it was new."""
    mask = np.uint64(slots.size - 1)
    slot = key & mask
    while slots[slot] != 0:
        if slots[slot] == key:
            return False
        slot = (slot + ONE) & mask
    slots[slot], places[slot] = key, place
    return True


@compiled
def mark_kept(keys, ranks, slots, places, counts, limits, left_out, kept):
    """Mark in `kept` the rows that may be among the first of their keys.

    `slots` and `places` are the hash table of frequent keys. At the place of each frequent key `limits` has the
    last rank that is kept. `counts` of the kept rows by rank, and `left_out`, are added to.
    """
    mask = np.uint64(slots.size - 1)
    for row in range(keys.size):
        slot = keys[row] & mask
        while slots[slot] != 0 and slots[slot] != keys[row]:
            slot = (slot + ONE) & mask
        kept[row] = True
        if slots[slot] != 0:
            place = places[slot]
            if ranks[row] > limits[place]:
                left_out[place] += 1
                kept[row] = False
            else:
                counts[place, ranks[row]] += 1


@compiled
def radix_pass(keys, payload, by_payload, shift, sorted_keys, sorted_payload, starts):
    """One pass of a stable radix sort, by the bits above `shift` of the key or the payload.

    `starts` is scratch space with one number for each value of these bits.
    """
    mask = np.uint64(starts.size - 1)
    starts[:] = 0
    for row in range(keys.size):
        starts[np.int64(((payload[row] if by_payload else keys[row]) >> shift) & mask)] += 1
    total = 0
    for value in range(starts.size):
        total, starts[value] = total + starts[value], total
    for row in range(keys.size):
        bits = np.int64(((payload[row] if by_payload else keys[row]) >> shift) & mask)
        sorted_keys[starts[bits]], sorted_payload[starts[bits]] = keys[row], payload[row]
        starts[bits] += 1
