"""Making the arrays: the other direction of a graph, and the part of it between some vertices."""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .tables import slot_of, table_of


@compiled
def count_into(to, counts):
    """Count how often each vertex is a neighbour."""
    for near in to:
        counts[near] += 1


@compiled
def turned(at, to, first, last, cursor, out, origin):
    """Write the other direction of the arcs into the vertices first .. last - 1, ascending.

    `cursor` holds where each vertex's next neighbour goes in the whole, `origin` where `out` begins in it.
    """
    for vertex in range(at.size - 1):
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            if first <= near < last:
                out[cursor[near] - origin] = vertex
                cursor[near] += 1


@compiled
def induced(references_at, references, evidence, members):
    """The arcs among some vertices, which are ascending: references by their places, and the evidence."""
    keys, places = table_of(members)
    at = np.zeros(members.size + 1, np.int64)
    for place in range(members.size):
        vertex = members[place]
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            if keys[slot_of(keys, references[arc])] != -1:
                at[place + 1] += 1
    for place in range(members.size):
        at[place + 1] += at[place]
    to, said = np.empty(at[members.size], np.int32), np.empty(at[members.size], np.uint8)
    size = 0
    for place in range(members.size):
        vertex = members[place]
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            slot = slot_of(keys, references[arc])
            if keys[slot] != -1:
                to[size], said[size] = places[slot], evidence[arc]
                size += 1
    return at, to, said


@compiled
def common(one, other):
    """The vertices that stand in both, ascending; neither holds one twice."""
    both = np.empty(min(one.size, other.size), np.int32)
    keys, _ = table_of(one)
    size = 0
    for vertex in other:
        if keys[slot_of(keys, vertex)] != -1:
            both[size] = vertex
            size += 1
    return np.sort(both[:size])
