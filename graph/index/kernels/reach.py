"""Searches from some vertices that touch only what they visit: by hops, by cost, and everything that is reached.

Vertices are numbered in the order of lineage: what lies between two papers has numbers from `low` to `high`.
Neighbours are ascending, so a search skips those outside.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from ..jit import compiled
from .pages import neighbours_at, touch
from .tables import grow_array, grow_table, new_table, slot_of


@compiled
def within_hops(offsets, neighbours, seeds, depth, limit, allowed, stop, low, high):
    """The vertices within `depth` hops of `seeds`, nearest first, their hops, and whether these are all.

    A `depth` of -1 has no bound. The search ends when it would have more than `limit` vertices. `allowed` is a
    table of the vertices that may be entered; an empty one allows all. The vertex `stop` is entered and not left.
    """
    keys, places = new_table(64)
    queue, level = np.empty(64, np.int32), np.empty(64, np.int32)
    size = 0
    for seed in seeds:
        slot = slot_of(keys, seed)
        if keys[slot] == -1:
            keys[slot], places[slot] = seed, size
            if size == queue.size:
                queue, level = grow_array(queue), grow_array(level)
            queue[size], level[size] = seed, 0
            size += 1
            if 2 * size > keys.size:
                keys, places = grow_table(keys, places)
    n = 0
    while n < size:
        vertex = queue[n]
        if (depth < 0 or level[n] < depth) and vertex != stop:
            for arc in range(*neighbours_at(offsets, neighbours, vertex)):
                neighbour = neighbours.values[arc]
                if neighbour < low or (allowed.size and allowed[slot_of(allowed, neighbour)] == -1):
                    continue
                if neighbour > high:
                    break
                slot = slot_of(keys, neighbour)
                if keys[slot] != -1:
                    continue
                if size >= limit:
                    return queue[:size], level[:size], False
                keys[slot], places[slot] = neighbour, size
                if size == queue.size:
                    queue, level = grow_array(queue), grow_array(level)
                queue[size], level[size] = neighbour, level[n] + 1
                size += 1
                if 2 * size > keys.size:
                    keys, places = grow_table(keys, places)
        n += 1
    return queue[:size], level[:size], True


@compiled
def evidence_of(references_at, references, evidence, cited, citing):
    """The evidence byte of one citation, by bisection in the references of the citing paper; 0 when there is none."""
    low, end = neighbours_at(references_at, references, citing)
    high = end
    while low < high:
        middle = (low + high) // 2
        if references.values[middle] < cited:
            low = middle + 1
        else:
            high = middle
    if low == end or references.values[low] != cited:
        return np.uint8(0)
    touch(evidence, low, low + 1)
    return evidence.values[low]


@compiled
def within_cost(
    offsets,
    neighbours,
    references_at,
    references,
    evidence,
    costs,
    start,
    max_cost,
    limit,
    allowed,
    backwards,
    low,
    high,
):
    """The vertices whose cheapest path from `start` costs at most `max_cost`, those costs, and whether these are all.

    An arc costs what `costs` has for its evidence byte. `backwards` says that `offsets` and `neighbours` are the
    references. `limit` and `allowed` are those of `within_hops`.
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
        cost_so_far, n = heappop(heap)
        if done[n]:
            continue
        done[n] = True
        vertex = queue[n]
        begin, end = neighbours_at(offsets, neighbours, vertex)
        if backwards:
            touch(evidence, begin, end)
        for arc in range(begin, end):
            neighbour = neighbours.values[arc]
            if neighbour < low or (allowed.size and allowed[slot_of(allowed, neighbour)] == -1):
                continue
            if neighbour > high:
                break
            if backwards:
                byte = evidence.values[arc]
            else:
                byte = evidence_of(references_at, references, evidence, vertex, neighbour)
            total = cost_so_far + costs[byte]
            if total > max_cost:
                continue
            slot = slot_of(keys, neighbour)
            if keys[slot] == -1:
                if size >= limit:
                    return queue[:size], cost[:size], False
                keys[slot], places[slot] = neighbour, size
                if size == queue.size:
                    queue, cost = grow_array(queue), grow_array(cost)
                    longer = np.zeros(queue.size, np.bool_)
                    longer[: done.size] = done
                    done = longer
                queue[size], cost[size] = neighbour, total
                place = np.int64(size)
                size += 1
                if 2 * size > keys.size:
                    keys, places = grow_table(keys, places)
                heappush(heap, (total, place))
            else:
                place = np.int64(places[slot])
                if total < cost[place]:
                    cost[place] = total
                    heappush(heap, (total, place))
    return queue[:size], cost[:size], True


@compiled
def reachable_from(offsets, neighbours, seed):
    """For every vertex whether a path leads to it from `seed`, which is reachable itself: a byte for each."""
    seen = np.zeros(offsets.values.size - 1, np.bool_)
    stack = np.empty(1024, np.int32)
    stack[0] = seed
    seen[seed] = True
    size = 1
    while size > 0:
        size -= 1
        vertex = stack[size]
        for arc in range(*neighbours_at(offsets, neighbours, vertex)):
            neighbour = neighbours.values[arc]
            if not seen[neighbour]:
                seen[neighbour] = True
                if size == stack.size:
                    stack = grow_array(stack)
                stack[size] = neighbour
                size += 1
    return seen
