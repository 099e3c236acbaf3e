"""A hash table of vertices in two arrays. It uses open addressing, so that a query costs only what it touches."""

from __future__ import annotations

import numpy as np

from ..jit import compiled


@compiled
def new_table(slots):
    """An empty table: an array of keys, and one of the value of each key. `slots` is a power of two."""
    return np.full(slots, -1, np.int32), np.empty(slots, np.int32)


@compiled
def slot_of(keys, vertex):
    """The slot of a vertex, or the free slot where it would go."""
    mask = np.int64(keys.size - 1)
    slot = np.int64((np.uint64(vertex) * np.uint64(11400714819323198485)) >> np.uint64(33)) & mask
    while keys[slot] != -1 and keys[slot] != vertex:
        slot = (slot + 1) & mask
    return slot


@compiled
def grow_table(keys, values):
    """The same table with twice the slots."""
    new_keys, new_values = new_table(keys.size * 2)
    for slot in range(keys.size):
        if keys[slot] != -1:
            new_slot = slot_of(new_keys, keys[slot])
            new_keys[new_slot] = keys[slot]
            new_values[new_slot] = values[slot]
    return new_keys, new_values


@compiled
def grow_array(array):
    """The same array with twice the room."""
    longer = np.empty(array.size * 2, array.dtype)
    longer[: array.size] = array
    return longer


@compiled
def table_of(vertices):
    """A table of these vertices; the value of each is its place among them."""
    slots = 16
    while slots < 2 * vertices.size:
        slots *= 2
    keys, values = new_table(slots)
    for place in range(vertices.size):
        slot = slot_of(keys, vertices[place])
        if keys[slot] == -1:
            keys[slot] = vertices[place]
            values[slot] = place
    return keys, values
