"""Shortest paths by searching from both ends until the two searches meet.

Vertices are numbered in the order of lineage: what lies between two papers has numbers from `low` to `high`.
Neighbours are ascending, so a search skips those outside. Names that end in `_f` belong to the forward search
from the start, names that end in `_b` to the backward search from the end.
"""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .pages import neighbours_at, touch
from .tables import grow_array, grow_table, new_table, slot_of


@compiled
def _arc_count(offsets, queue, first, last):
    """How many arcs leave the vertices of a frontier."""
    arcs, at = 0, offsets.values
    for n in range(first, last):
        touch(offsets, queue[n], queue[n] + 2)
        arcs += at[queue[n] + 1] - at[queue[n]]
    return arcs


@compiled
def _expand_level(
    offsets, neighbours, keys, places, queue, parent, level, first, last, other_keys, whole_level, low, high
):
    """One more level of a breadth-first search. It ends at the first vertex that the other search has visited.

    With `whole_level` it goes on to the end of the level. The last value returned is the place of a vertex that
    the other search has visited, -1 for none.
    """
    size = last
    met = np.int64(-1)
    values = neighbours.values
    for n in range(first, last):
        vertex = queue[n]
        for arc in range(*neighbours_at(offsets, neighbours, vertex)):
            neighbour = values[arc]
            if neighbour < low:
                continue
            if neighbour > high:
                break
            slot = slot_of(keys, neighbour)
            if keys[slot] != -1:
                continue
            keys[slot] = neighbour
            places[slot] = size
            if size == queue.size:
                queue, parent, level = grow_array(queue), grow_array(parent), grow_array(level)
            queue[size] = neighbour
            parent[size] = n
            level[size] = level[n] + 1
            size += 1
            if 2 * size > keys.size:
                keys, places = grow_table(keys, places)
            if other_keys[slot_of(other_keys, neighbour)] != -1:
                met = np.int64(size - 1)
                if not whole_level:
                    return keys, places, queue, parent, level, size, met
    return keys, places, queue, parent, level, size, met


@compiled
def _search_both_ways(citers_at, citers, references_at, references, start, end, low, high, whole_level):
    """Search forward from `start` and back from `end`, always on the cheaper side, until the two meet.

    Returns the vertex where they first met (-1: they never do). For each side it returns the table of what it
    visited with the place of each vertex in the order of visits, and in that order the vertices, the places of
    their parents and their hops. With `whole_level` the last level is searched to its end, so that all shortest
    paths run through what was visited.
    """
    keys_f, places_f = new_table(64)
    keys_b, places_b = new_table(64)
    queue_f, parent_f, level_f = np.empty(32, np.int32), np.empty(32, np.int32), np.empty(32, np.int32)
    queue_b, parent_b, level_b = np.empty(32, np.int32), np.empty(32, np.int32), np.empty(32, np.int32)
    queue_f[0], parent_f[0], level_f[0] = start, -1, 0
    queue_b[0], parent_b[0], level_b[0] = end, -1, 0
    slot = slot_of(keys_f, start)
    keys_f[slot], places_f[slot] = start, 0
    slot = slot_of(keys_b, end)
    keys_b[slot], places_b[slot] = end, 0
    first_f = first_b = np.int64(0)  # for literals numba would compile what they are given to anew
    last_f = last_b = np.int64(1)
    met = np.int64(-1)
    meeting = start if start == end else np.int32(-1)
    if end < low:
        last_f = np.int64(0)
    while meeting == -1 and first_f < last_f and first_b < last_b:
        if _arc_count(citers_at, queue_f, first_f, last_f) <= _arc_count(references_at, queue_b, first_b, last_b):
            forward = (keys_f, places_f, queue_f, parent_f, level_f, first_f, last_f, keys_b, whole_level, low, high)
            keys_f, places_f, queue_f, parent_f, level_f, size, met = _expand_level(citers_at, citers, *forward)
            first_f, last_f = last_f, size
            if met >= 0:
                meeting = queue_f[met]
        else:
            backward = (keys_b, places_b, queue_b, parent_b, level_b, first_b, last_b, keys_f, whole_level, low, high)
            keys_b, places_b, queue_b, parent_b, level_b, size, met = _expand_level(
                references_at, references, *backward
            )
            first_b, last_b = last_b, size
            if met >= 0:
                meeting = queue_b[met]
    return (
        meeting,
        (keys_f, places_f, queue_f[:last_f], parent_f[:last_f], level_f[:last_f]),
        (keys_b, places_b, queue_b[:last_b], parent_b[:last_b], level_b[:last_b]),
    )


@compiled
def one_shortest_path(citers_at, citers, references_at, references, start, end, low, high):
    """One shortest path from `start` to `end` as vertices; empty when there is none."""
    meeting, forward, backward = _search_both_ways(
        citers_at, citers, references_at, references, start, end, low, high, np.bool_(False)
    )
    if meeting == -1:
        return np.empty(0, np.int32)
    keys_f, places_f, queue_f, parent_f, level_f = forward
    keys_b, places_b, queue_b, parent_b, level_b = backward
    place_f, place_b = places_f[slot_of(keys_f, meeting)], places_b[slot_of(keys_b, meeting)]
    hops_before = level_f[place_f]
    path = np.empty(hops_before + level_b[place_b] + 1, np.int32)
    while place_f != -1:
        path[level_f[place_f]] = queue_f[place_f]
        place_f = parent_f[place_f]
    position = hops_before
    while place_b != -1:
        path[position] = queue_b[place_b]
        position += 1
        place_b = parent_b[place_b]
    return path


@compiled
def _arcs_to_level(
    offsets, neighbours, keys, places, level, wanted_level, n, arcs_from, arcs_to, size, seen, seen_values, todo, count
):
    """Add the arcs from the n-th vertex of `todo` to the visited vertices on a level, and those to `todo`."""
    vertex, values = todo[n], neighbours.values
    for arc in range(*neighbours_at(offsets, neighbours, vertex)):
        neighbour = values[arc]
        slot = slot_of(keys, neighbour)
        if keys[slot] == -1 or level[places[slot]] != wanted_level:
            continue
        if size == arcs_from.size:
            arcs_from, arcs_to = grow_array(arcs_from), grow_array(arcs_to)
        arcs_from[size], arcs_to[size] = vertex, neighbour
        size += 1
        slot = slot_of(seen, neighbour)
        if seen[slot] == -1:
            seen[slot], seen_values[slot] = neighbour, 0
            if count == todo.size:
                todo = grow_array(todo)
            todo[count] = neighbour
            count += 1
            if 2 * count > seen.size:
                seen, seen_values = grow_table(seen, seen_values)
    return arcs_from, arcs_to, size, seen, seen_values, todo, count


@compiled
def _arcs_back_to_origin(offsets, neighbours, keys, places, level, middle):
    """All arcs of shortest paths from the vertices in the middle back to where one search began."""
    arcs_from, arcs_to = np.empty(64, np.int32), np.empty(64, np.int32)
    seen, seen_values = new_table(64)
    while seen.size < 2 * middle.size + 2:
        seen, seen_values = new_table(seen.size * 2)
    todo = np.empty(max(64, 2 * middle.size), np.int32)
    count = 0
    for vertex in middle:
        slot = slot_of(seen, vertex)
        seen[slot], seen_values[slot] = vertex, 0
        todo[count] = vertex
        count += 1
    size = 0
    n = 0
    while n < count:
        level_below = level[places[slot_of(keys, todo[n])]] - 1
        if level_below >= 0:
            found = (arcs_from, arcs_to, size, seen, seen_values, todo, count)
            arcs_from, arcs_to, size, seen, seen_values, todo, count = _arcs_to_level(
                offsets, neighbours, keys, places, level, level_below, n, *found
            )
        n += 1
    return arcs_from[:size], arcs_to[:size]


@compiled
def shortest_arcs(citers_at, citers, references_at, references, start, end, low, high):
    """Every arc cited -> citing on any shortest path, and the hops; -1 hops when there is no path."""
    meeting, forward, backward = _search_both_ways(
        citers_at, citers, references_at, references, start, end, low, high, np.bool_(True)
    )
    if meeting == -1 or start == end:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.int64(-1 if meeting == -1 else 0)
    keys_f, places_f, queue_f, _, level_f = forward
    keys_b, places_b, queue_b, _, level_b = backward
    hops = level_f[places_f[slot_of(keys_f, meeting)]] + level_b[places_b[slot_of(keys_b, meeting)]]
    middle = np.empty(64, np.int32)
    size = 0
    smaller = queue_f if queue_f.size <= queue_b.size else queue_b
    for vertex in smaller:
        slot_f, slot_b = slot_of(keys_f, vertex), slot_of(keys_b, vertex)
        if keys_f[slot_f] == -1 or keys_b[slot_b] == -1:
            continue
        if level_f[places_f[slot_f]] + level_b[places_b[slot_b]] == hops:
            if size == middle.size:
                middle = grow_array(middle)
            middle[size] = vertex
            size += 1
    citing_1, cited_1 = _arcs_back_to_origin(references_at, references, keys_f, places_f, level_f, middle[:size])
    cited_2, citing_2 = _arcs_back_to_origin(citers_at, citers, keys_b, places_b, level_b, middle[:size])
    return np.concatenate((cited_1, cited_2)), np.concatenate((citing_1, citing_2)), np.int64(hops)
