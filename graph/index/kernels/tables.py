"""A hash table of vertices in two arrays: open addressing, so that a query costs what it touches."""

from __future__ import annotations

import numpy as np

from ..jit import compiled


@compiled
def new_table(slots):
    """An empty table of keys, and the value of each; `slots` is a power of two."""
    return np.full(slots, -1, np.int32), np.empty(slots, np.int32)


@compiled
def slot_of(keys, vertex):
    """Where a vertex is, or the free slot where it would go."""
    mask = np.int64(keys.size - 1)
    at = np.int64((np.uint64(vertex) * np.uint64(11400714819323198485)) >> np.uint64(33)) & mask
    while keys[at] != -1 and keys[at] != vertex:
        at = (at + 1) & mask
    return at


@compiled
def grown(keys, values):
    """The same table with twice the slots."""
    more, their = new_table(keys.size * 2)
    for at in range(keys.size):
        if keys[at] != -1:
            there = slot_of(more, keys[at])
            more[there] = keys[at]
            their[there] = values[at]
    return more, their


@compiled
def lengthened(array):
    """The same array with room for as much again."""
    more = np.empty(array.size * 2, array.dtype)
    more[: array.size] = array
    return more


@compiled
def table_of(vertices):
    """A table of these vertices; the value of each is its place among them."""
    slots = 16
    while slots < 2 * vertices.size:
        slots *= 2
    keys, values = new_table(slots)
    for place in range(vertices.size):
        at = slot_of(keys, vertices[place])
        if keys[at] == -1:
            keys[at] = vertices[place]
            values[at] = place
    return keys, values
