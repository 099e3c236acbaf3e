"""The keys of names, from the bytes of many texts at once: `graph.index.name_keys` says what a key is.

A column of texts is two arrays, as in Arrow: the bytes of text n are ``text[at[n] : at[n + 1]]``. Kernels fill
`keys` and `rows` from `first` on, one for each name, and return where they end.
"""

from __future__ import annotations

import numpy as np

from .. import name_keys as keying
from ..jit import compiled

PRIME, WORD = np.uint64(keying.PRIME), np.uint64(keying.WORD)
FIRST_MIX, SECOND_MIX = map(np.uint64, keying.MIXES)
ONE, SHIFT = np.uint64(1), np.uint64(33)
SPACE, COMMA = np.uint64(32), 44


@compiled
def finished(state):
    """The key of a name whose bytes are through: murmur3's last mix, without the bit that marks words."""
    state = (state ^ (state >> SHIFT)) * FIRST_MIX
    state = (state ^ (state >> SHIFT)) * SECOND_MIX
    return (state ^ (state >> SHIFT)) >> ONE


@compiled
def folded(byte):
    """A letter or digit in its small form, 0 for what parts words; bytes of other alphabets are part of them."""
    if 97 <= byte <= 122 or 48 <= byte <= 57 or byte >= 128:
        return byte
    return byte + 32 if 65 <= byte <= 90 else 0


@compiled
def whole_keys(at, text, kind, keys, rows, first):
    """A key for every text that is not empty."""
    for row in range(at.size - 1):
        if at[row] == at[row + 1]:
            continue
        state = kind
        for place in range(at[row], at[row + 1]):
            state = (state ^ np.uint64(text[place])) * PRIME
        keys[first], rows[first] = finished(state), row
        first += 1
    return first


@compiled
def title_keys(at, text, title_kind, word_kind, keys, rows, first):
    """A key for every title, of its words without what parts them, and one for each of its distinct words."""
    for row in range(at.size - 1):
        begun, inside = first, False
        whole, word = title_kind, word_kind
        for place in range(at[row], at[row + 1] + 1):
            byte = folded(text[place]) if place < at[row + 1] else 0
            if byte:
                whole, word = (whole ^ np.uint64(byte)) * PRIME, (word ^ np.uint64(byte)) * PRIME
                inside = True
            elif inside:
                key = finished(word) | WORD
                earlier = begun
                while earlier < first and keys[earlier] != key:
                    earlier += 1
                if earlier == first:
                    keys[first], rows[first] = key, row
                    first += 1
                word, inside = word_kind, False
        if first > begun:
            keys[first], rows[first] = finished(whole), row
            first += 1
    return first


@compiled
def author_keys(at, text, years, kind, suffixes, keys, rows, first):
    """A key "surname year" for every author and each of the years of his row that is not 0 and no other's."""
    for row in range(at.size - 1):
        state, named, inside = kind, kind, False
        for place in range(at[row], at[row + 1] + 1):
            parts = place == at[row + 1] or text[place] == COMMA
            byte = 0 if parts else folded(text[place])
            if byte:
                state, inside = (state ^ np.uint64(byte)) * PRIME, True
            elif inside:
                if not (suffixes == state).any():
                    named = state
                state, inside = kind, False
            if parts:
                break
        if named == kind:
            continue
        for column in range(years.shape[1]):
            year = years[row, column]
            if year <= 0 or year > 9999 or (column and year == years[row, 0]):
                continue
            state = (named ^ SPACE) * PRIME
            for unit in (1000, 100, 10, 1):
                if year >= unit:
                    state = (state ^ np.uint64(48 + year // unit % 10)) * PRIME
            keys[first], rows[first] = finished(state), row
            first += 1
    return first


@compiled
def sifted(keys, ranks, slots, places, counts, limits, left_out, kept):
    """Mark the rows that may be among the first of their keys; `slots` is a table of the keys that have many.

    `limits` are the last ranks that may, per key; `counts` of the ranks that are kept, and `left_out` grow.
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
def entered(key, place, slots, places):
    """Enter a key into the table of those that have many; whether it was not there yet."""
    mask = np.uint64(slots.size - 1)
    slot = key & mask
    while slots[slot] != 0:
        if slots[slot] == key:
            return False
        slot = (slot + ONE) & mask
    slots[slot], places[slot] = key, place
    return True


@compiled
def moved(keys, rest, by_rest, shift, to_keys, to_rest, starts):
    """One step of a sort: rows go to where the `starts.size` values of these bits of theirs begin, in their order."""
    mask = np.uint64(starts.size - 1)
    starts[:] = 0
    for row in range(keys.size):
        starts[np.int64(((rest[row] if by_rest else keys[row]) >> shift) & mask)] += 1
    total = 0
    for value in range(starts.size):
        total, starts[value] = total + starts[value], total
    for row in range(keys.size):
        bits = np.int64(((rest[row] if by_rest else keys[row]) >> shift) & mask)
        to_keys[starts[bits]], to_rest[starts[bits]] = keys[row], rest[row]
        starts[bits] += 1
