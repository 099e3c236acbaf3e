"""The keys of names, from the bytes of many texts at once: `graph.index.name_keys` says what a key is.

A column of texts is two arrays, as in Arrow: the bytes of text n are ``text[offsets[n] : offsets[n + 1]]``.
Each kernel fills `keys` and `rows` from the place `first` on, one entry for each name, and returns the place
after its last entry.
"""

from __future__ import annotations

import numpy as np

from .. import name_keys
from ..jit import compiled

PRIME, WORD_BIT = np.uint64(name_keys.FNV_PRIME), np.uint64(name_keys.WORD_BIT)
FIRST_FACTOR, SECOND_FACTOR = map(np.uint64, name_keys.MIX_FACTORS)
ONE, SHIFT = np.uint64(1), np.uint64(33)
SPACE, COMMA = np.uint64(32), 44


@compiled
def finish_hash(state):
    """The key of a name whose bytes have been hashed: murmur3's last step, without the bit that marks words."""
    state = (state ^ (state >> SHIFT)) * FIRST_FACTOR
    state = (state ^ (state >> SHIFT)) * SECOND_FACTOR
    return (state ^ (state >> SHIFT)) >> ONE


@compiled
def fold_byte(byte):
    """A letter or digit in lower case, 0 for a byte that separates words; bytes above ASCII belong to words."""
    if 97 <= byte <= 122 or 48 <= byte <= 57 or byte >= 128:
        return byte
    return byte + 32 if 65 <= byte <= 90 else 0


@compiled
def text_keys(offsets, text, seed, keys, rows, first):
    """A key for every text that is not empty."""
    for row in range(offsets.size - 1):
        if offsets[row] == offsets[row + 1]:
            continue
        state = seed
        for place in range(offsets[row], offsets[row + 1]):
            state = (state ^ np.uint64(text[place])) * PRIME
        keys[first], rows[first] = finish_hash(state), row
        first += 1
    return first


@compiled
def title_keys(offsets, text, title_seed, word_seed, keys, rows, first):
    """A key for every title, from its words without what separates them, and one for each of its distinct words."""
    for row in range(offsets.size - 1):
        row_first, in_word = first, False
        title, word = title_seed, word_seed
        for place in range(offsets[row], offsets[row + 1] + 1):
            byte = fold_byte(text[place]) if place < offsets[row + 1] else 0
            if byte:
                title, word = (title ^ np.uint64(byte)) * PRIME, (word ^ np.uint64(byte)) * PRIME
                in_word = True
            elif in_word:
                key = finish_hash(word) | WORD_BIT
                earlier = row_first
                while earlier < first and keys[earlier] != key:
                    earlier += 1
                if earlier == first:
                    keys[first], rows[first] = key, row
                    first += 1
                word, in_word = word_seed, False
        if first > row_first:
            keys[first], rows[first] = finish_hash(title), row
            first += 1
    return first


@compiled
def author_keys(offsets, text, years, seed, suffixes, keys, rows, first):
    """A key "surname year" for every author with each distinct year of its row from 1 to 9999.

    Where `years` has no columns it is a key "surname". The surname is the last word before a comma that is not one of
    `suffixes`, such as "jr".
    """
    for row in range(offsets.size - 1):
        state, surname, in_word = seed, seed, False
        for place in range(offsets[row], offsets[row + 1] + 1):
            at_end = place == offsets[row + 1] or text[place] == COMMA
            byte = 0 if at_end else fold_byte(text[place])
            if byte:
                state, in_word = (state ^ np.uint64(byte)) * PRIME, True
            elif in_word:
                if not (suffixes == state).any():
                    surname = state
                state, in_word = seed, False
            if at_end:
                break
        if surname == seed:
            continue
        if years.shape[1] == 0:
            keys[first], rows[first] = finish_hash(surname), row
            first += 1
        for column in range(years.shape[1]):
            year = years[row, column]
            if year <= 0 or year > 9999 or (column and year == years[row, 0]):
                continue
            state = (surname ^ SPACE) * PRIME
            for unit in (1000, 100, 10, 1):
                if year >= unit:
                    state = (state ^ np.uint64(48 + year // unit % 10)) * PRIME
            keys[first], rows[first] = finish_hash(state), row
            first += 1
    return first
