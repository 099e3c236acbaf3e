"""Building graph arrays: the other direction of a graph, and the part of it between some vertices."""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .pages import neighbours_at, touch
from .tables import slot_of, table_of


@compiled
def count_into(neighbours, counts):
    """Add to `counts` how often each vertex is a neighbour."""
    for neighbour in neighbours:
        counts[neighbour] += 1


@compiled
def transpose_into(offsets, neighbours, first, last, cursor, out, origin):
    """Write the arcs into the vertices first .. last - 1 as the neighbours of those vertices, ascending.

    `cursor` holds where the next neighbour of each vertex goes in the whole other direction; `out` is the part of
    that which begins at `origin`.
    """
    for vertex in range(offsets.size - 1):
        for arc in range(offsets[vertex], offsets[vertex + 1]):
            neighbour = neighbours[arc]
            if first <= neighbour < last:
                out[cursor[neighbour] - origin] = vertex
                cursor[neighbour] += 1


@compiled
def induced_subgraph(references_at, references, evidence, members):
    """The arcs among some vertices, which are ascending: offsets and references by their places, and the evidence."""
    keys, places = table_of(members)
    part_at = np.zeros(members.size + 1, np.int64)
    for place in range(members.size):
        vertex = members[place]
        for arc in range(*neighbours_at(references_at, references, vertex)):
            if keys[slot_of(keys, references.values[arc])] != -1:
                part_at[place + 1] += 1
    for place in range(members.size):
        part_at[place + 1] += part_at[place]
    part_references = np.empty(part_at[members.size], np.int32)
    part_evidence = np.empty(part_at[members.size], np.uint8)
    size = 0
    for place in range(members.size):
        vertex = members[place]
        begin, end = neighbours_at(references_at, references, vertex)
        touch(evidence, begin, end)
        for arc in range(begin, end):
            slot = slot_of(keys, references.values[arc])
            if keys[slot] != -1:
                part_references[size], part_evidence[size] = places[slot], evidence.values[arc]
                size += 1
    return part_at, part_references, part_evidence


@compiled
def intersection(one, other):
    """The vertices that are in both arrays, ascending; neither array holds a vertex twice."""
    both = np.empty(min(one.size, other.size), np.int32)
    keys, _ = table_of(one)
    size = 0
    for vertex in other:
        if keys[slot_of(keys, vertex)] != -1:
            both[size] = vertex
            size += 1
    return np.sort(both[:size])
