"""Searches that touch what they visit and no more: meeting in the middle, balls by hops and by cost.

Vertices are numbered in the order of lineage, so that what lies between two papers has numbers from
`low` to `high`, and neighbours are ascending: a search looks at none outside.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from ..jit import compiled
from .tables import grown, lengthened, new_table, slot_of


@compiled
def _work(at, queue, first, last):
    """How many arcs leave the vertices of a frontier."""
    arcs = 0
    for n in range(first, last):
        arcs += at[queue[n] + 1] - at[queue[n]]
    return arcs


@compiled
def _expanded(at, to, keys, places, queue, parent, level, first, last, other, whole, low, high):
    """One more level of a breadth-first search; stops at the first vertex of `other`, or marks that one was met."""
    size = last
    met = np.int64(-1)
    for n in range(first, last):
        vertex = queue[n]
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            if near < low:
                continue
            if near > high:
                break
            slot = slot_of(keys, near)
            if keys[slot] != -1:
                continue
            keys[slot] = near
            places[slot] = size
            if size == queue.size:
                queue, parent, level = lengthened(queue), lengthened(parent), lengthened(level)
            queue[size] = near
            parent[size] = n
            level[size] = level[n] + 1
            size += 1
            if 2 * size > keys.size:
                keys, places = grown(keys, places)
            if other[slot_of(other, near)] != -1:
                met = np.int64(size - 1)
                if not whole:
                    return keys, places, queue, parent, level, size, met
    return keys, places, queue, parent, level, size, met


@compiled
def meet(citers_at, citers, references_at, references, start, end, low, high, whole):
    """Search forward from `start` and back from `end`, always on the cheaper side, until the two meet.

    Returns the vertex where they first met (-1: they never do), and of each side the table of
    what it visited, the visited in order, the place of each one's parent, and its hops. With
    `whole` the last level is searched to its end, so that all shortest paths run through it.
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
    first_f, last_f, first_b, last_b = 0, 1, 0, 1
    met = np.int64(-1)
    where = start if start == end else np.int32(-1)
    if end < low:
        last_f = 0
    while where == -1 and first_f < last_f and first_b < last_b:
        if _work(citers_at, queue_f, first_f, last_f) <= _work(references_at, queue_b, first_b, last_b):
            ahead = (keys_f, places_f, queue_f, parent_f, level_f, first_f, last_f, keys_b, whole, low, high)
            keys_f, places_f, queue_f, parent_f, level_f, size, met = _expanded(citers_at, citers, *ahead)
            first_f, last_f = last_f, size
            if met >= 0:
                where = queue_f[met]
        else:
            back = (keys_b, places_b, queue_b, parent_b, level_b, first_b, last_b, keys_f, whole, low, high)
            keys_b, places_b, queue_b, parent_b, level_b, size, met = _expanded(references_at, references, *back)
            first_b, last_b = last_b, size
            if met >= 0:
                where = queue_b[met]
    return (
        where,
        (keys_f, places_f, queue_f[:last_f], parent_f[:last_f], level_f[:last_f]),
        (keys_b, places_b, queue_b[:last_b], parent_b[:last_b], level_b[:last_b]),
    )


@compiled
def trace(citers_at, citers, references_at, references, start, end, low, high):
    """One shortest path from `start` to `end` as vertices; empty when there is none."""
    where, forward, back = meet(citers_at, citers, references_at, references, start, end, low, high, False)
    if where == -1:
        return np.empty(0, np.int32)
    keys_f, places_f, queue_f, parent_f, level_f = forward
    keys_b, places_b, queue_b, parent_b, level_b = back
    at_f, at_b = places_f[slot_of(keys_f, where)], places_b[slot_of(keys_b, where)]
    before = level_f[at_f]
    path = np.empty(before + level_b[at_b] + 1, np.int32)
    while at_f != -1:
        path[level_f[at_f]] = queue_f[at_f]
        at_f = parent_f[at_f]
    position = before
    while at_b != -1:
        path[position] = queue_b[at_b]
        position += 1
        at_b = parent_b[at_b]
    return path


@compiled
def _layer(at, to, keys, places, level, below, arcs_from, arcs_to, size, seen, seen_at, todo, count, n):
    """Arcs from the n-th of `todo` to the visited one level nearer to where a side began."""
    vertex = todo[n]
    for arc in range(at[vertex], at[vertex + 1]):
        near = to[arc]
        slot = slot_of(keys, near)
        if keys[slot] == -1 or level[places[slot]] != below:
            continue
        if size == arcs_from.size:
            arcs_from, arcs_to = lengthened(arcs_from), lengthened(arcs_to)
        arcs_from[size], arcs_to[size] = vertex, near
        size += 1
        slot = slot_of(seen, near)
        if seen[slot] == -1:
            seen[slot], seen_at[slot] = near, 0
            if count == todo.size:
                todo = lengthened(todo)
            todo[count] = near
            count += 1
            if 2 * count > seen.size:
                seen, seen_at = grown(seen, seen_at)
    return arcs_from, arcs_to, size, seen, seen_at, todo, count


@compiled
def _towards(at, to, keys, places, level, middle):
    """All arcs of shortest paths between the vertices in the middle and where one side began."""
    arcs_from, arcs_to = np.empty(64, np.int32), np.empty(64, np.int32)
    seen, seen_at = new_table(64)
    while seen.size < 2 * middle.size + 2:
        seen, seen_at = new_table(seen.size * 2)
    todo = np.empty(max(64, 2 * middle.size), np.int32)
    count = 0
    for vertex in middle:
        slot = slot_of(seen, vertex)
        seen[slot], seen_at[slot] = vertex, 0
        todo[count] = vertex
        count += 1
    size = 0
    n = 0
    while n < count:
        below = level[places[slot_of(keys, todo[n])]] - 1
        if below >= 0:
            arcs_from, arcs_to, size, seen, seen_at, todo, count = _layer(
                at, to, keys, places, level, below, arcs_from, arcs_to, size, seen, seen_at, todo, count, n
            )
        n += 1
    return arcs_from[:size], arcs_to[:size]


@compiled
def shortest_arcs(citers_at, citers, references_at, references, start, end, low, high):
    """Every arc cited -> citing on any shortest path, and the hops; -1 hops when there is no path."""
    where, forward, back = meet(citers_at, citers, references_at, references, start, end, low, high, True)
    if where == -1 or start == end:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.int64(-1 if where == -1 else 0)
    keys_f, places_f, queue_f, _, level_f = forward
    keys_b, places_b, queue_b, _, level_b = back
    hops = level_f[places_f[slot_of(keys_f, where)]] + level_b[places_b[slot_of(keys_b, where)]]
    middle = np.empty(64, np.int32)
    size = 0
    smaller = queue_f if queue_f.size <= queue_b.size else queue_b
    for vertex in smaller:
        slot_f, slot_b = slot_of(keys_f, vertex), slot_of(keys_b, vertex)
        if keys_f[slot_f] == -1 or keys_b[slot_b] == -1:
            continue
        if level_f[places_f[slot_f]] + level_b[places_b[slot_b]] == hops:
            if size == middle.size:
                middle = lengthened(middle)
            middle[size] = vertex
            size += 1
    citing_1, cited_1 = _towards(references_at, references, keys_f, places_f, level_f, middle[:size])
    cited_2, citing_2 = _towards(citers_at, citers, keys_b, places_b, level_b, middle[:size])
    return np.concatenate((cited_1, cited_2)), np.concatenate((citing_1, citing_2)), np.int64(hops)


@compiled
def ball(at, to, seeds, depth, most, only, stop, low, high):
    """The vertices within `depth` hops of `seeds`, nearest first, their hops, and whether these are all.

    `depth` -1: as far as it goes. More than `most` vertices end the search. `only` is a table of
    the vertices that may be entered, empty for all; `stop` a vertex that is entered and not left.
    """
    keys, places = new_table(64)
    queue, level = np.empty(64, np.int32), np.empty(64, np.int32)
    size = 0
    for seed in seeds:
        slot = slot_of(keys, seed)
        if keys[slot] == -1:
            keys[slot], places[slot] = seed, size
            if size == queue.size:
                queue, level = lengthened(queue), lengthened(level)
            queue[size], level[size] = seed, 0
            size += 1
            if 2 * size > keys.size:
                keys, places = grown(keys, places)
    n = 0
    while n < size:
        vertex = queue[n]
        if (depth < 0 or level[n] < depth) and vertex != stop:
            for arc in range(at[vertex], at[vertex + 1]):
                near = to[arc]
                if near < low or (only.size and only[slot_of(only, near)] == -1):
                    continue
                if near > high:
                    break
                slot = slot_of(keys, near)
                if keys[slot] != -1:
                    continue
                if size >= most:
                    return queue[:size], level[:size], False
                keys[slot], places[slot] = near, size
                if size == queue.size:
                    queue, level = lengthened(queue), lengthened(level)
                queue[size], level[size] = near, level[n] + 1
                size += 1
                if 2 * size > keys.size:
                    keys, places = grown(keys, places)
        n += 1
    return queue[:size], level[:size], True


@compiled
def evidence_at(references_at, references, evidence, cited, citing):
    """The evidence of one citation, by bisection in the references of the citing paper."""
    low, high = references_at[citing], references_at[citing + 1]
    while low < high:
        middle = (low + high) // 2
        if references[middle] < cited:
            low = middle + 1
        else:
            high = middle
    return evidence[low]


@compiled
def cost_ball(at, to, references_at, references, evidence, prices, start, radius, most, only, back, low, high):
    """The vertices whose cheapest path from `start` costs at most `radius`, each with that cost, and whether all.

    What an arc costs is `prices` at its evidence. `back` says that `at` and `to` are the references.
    """
    keys, places = new_table(64)
    queue, cost = np.empty(64, np.int32), np.empty(64, np.float64)
    done = np.zeros(64, np.bool_)
    slot = slot_of(keys, start)
    keys[slot], places[slot] = start, 0
    queue[0], cost[0] = start, 0.0
    size = 1
    heap = [(0.0, np.int64(0))]
    while len(heap) > 0:
        spent, n = heappop(heap)
        if done[n]:
            continue
        done[n] = True
        vertex = queue[n]
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            if near < low or (only.size and only[slot_of(only, near)] == -1):
                continue
            if near > high:
                break
            said = evidence[arc] if back else evidence_at(references_at, references, evidence, vertex, near)
            total = spent + prices[said]
            if total > radius:
                continue
            slot = slot_of(keys, near)
            if keys[slot] == -1:
                if size >= most:
                    return queue[:size], cost[:size], False
                keys[slot], places[slot] = near, size
                if size == queue.size:
                    queue, cost = lengthened(queue), lengthened(cost)
                    more = np.zeros(queue.size, np.bool_)
                    more[: done.size] = done
                    done = more
                queue[size], cost[size] = near, total
                place = np.int64(size)
                size += 1
                if 2 * size > keys.size:
                    keys, places = grown(keys, places)
                heappush(heap, (total, place))
            else:
                place = np.int64(places[slot])
                if total < cost[place]:
                    cost[place] = total
                    heappush(heap, (total, place))
    return queue[:size], cost[:size], True


@compiled
def reached(at, to, seed):
    """For every vertex whether a path leads to it from `seed`, itself included: a byte for each."""
    seen = np.zeros(at.size - 1, np.bool_)
    queue = np.empty(1024, np.int32)
    queue[0] = seed
    seen[seed] = True
    size = 1
    while size > 0:
        size -= 1
        vertex = queue[size]
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            if not seen[near]:
                seen[near] = True
                if size == queue.size:
                    queue = lengthened(queue)
                queue[size] = near
                size += 1
    return seen
