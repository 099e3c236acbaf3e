"""The nearness of papers to some others, by pushes that stay local."""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .pages import neighbours_at, touch
from .tables import grow_array, grow_table, new_table, slot_of


@compiled
def nearness(citers_at, citers, references_at, references, seeds, depth, restart, precision):
    """The probability of a random walk with restart to be at each paper near `seeds`: personalised PageRank.

    At each paper the walk starts again at a seed with probability `restart`. Otherwise a coin decides between a
    paper that it cites and one that cites it. Only papers fewer than `depth` hops away, in either direction, pass
    the walk on. Probability is pushed on in the order in which papers were found, while more than `precision` for
    each of a paper's citations waits at it.

    Returns the vertices that were touched, their hops, and the probabilities.
    """
    keys, places = new_table(256)
    vertices, hops = np.empty(128, np.int32), np.empty(128, np.int32)
    settled, waiting = np.zeros(128, np.float64), np.zeros(128, np.float64)
    is_queued = np.zeros(128, np.bool_)
    queue = np.empty(128, np.int32)
    head, tail, size = 0, 0, 0
    for seed in seeds:
        slot = slot_of(keys, seed)
        keys[slot], places[slot] = seed, size
        vertices[size], hops[size] = seed, 0
        waiting[size] = 1.0 / seeds.size
        is_queued[size] = True
        queue[tail] = size
        tail += 1
        size += 1
        if size == vertices.size:
            vertices, hops, settled, waiting, is_queued = _grow_all(vertices, hops, settled, waiting, is_queued)
        if tail == queue.size:
            queue = grow_array(queue)
        if 2 * size > keys.size:
            keys, places = grow_table(keys, places)
    while head < tail:
        place = queue[head]
        head += 1
        if head > 1_000_000 and 2 * head > tail:
            queue[: tail - head] = queue[head:tail].copy()
            head, tail = 0, tail - head
        is_queued[place] = False
        vertex = vertices[place]
        amount = waiting[place]
        waiting[place] = 0.0
        settled[place] += restart * amount
        references_begin, references_end = neighbours_at(references_at, references, vertex)
        citers_begin, citers_end = neighbours_at(citers_at, citers, vertex)
        reference_count, citer_count = references_end - references_begin, citers_end - citers_begin
        if reference_count + citer_count == 0:
            settled[place] += (1.0 - restart) * amount
            continue
        moving = (1.0 - restart) * amount * (0.5 if reference_count and citer_count else 1.0)
        for side in range(2):
            begin = references_begin if side == 0 else citers_begin
            count = reference_count if side == 0 else citer_count
            for arc in range(begin, begin + count):
                neighbour = references.values[arc] if side == 0 else citers.values[arc]
                slot = slot_of(keys, neighbour)
                if keys[slot] == -1:
                    keys[slot], places[slot] = neighbour, size
                    neighbour_place = size
                    vertices[size], hops[size] = neighbour, hops[place] + 1
                    settled[size], waiting[size], is_queued[size] = 0.0, 0.0, False
                    size += 1
                    if size == vertices.size:
                        vertices, hops, settled, waiting, is_queued = _grow_all(
                            vertices, hops, settled, waiting, is_queued
                        )
                    if 2 * size > keys.size:
                        keys, places = grow_table(keys, places)
                else:
                    neighbour_place = places[slot]
                    hops[neighbour_place] = min(hops[neighbour_place], hops[place] + 1)
                waiting[neighbour_place] += moving / count
                if is_queued[neighbour_place] or hops[neighbour_place] >= depth:
                    continue
                degree = _degree(references_at, neighbour) + _degree(citers_at, neighbour)
                if waiting[neighbour_place] > precision * degree:
                    is_queued[neighbour_place] = True
                    if tail == queue.size:
                        queue = grow_array(queue)
                    queue[tail] = neighbour_place
                    tail += 1
    return vertices[:size], hops[:size], settled[:size] + restart * waiting[:size]


@compiled
def _degree(offsets, vertex):
    touch(offsets, vertex, vertex + 2)
    return offsets.values[vertex + 1] - offsets.values[vertex]


@compiled
def _grow_all(vertices, hops, settled, waiting, is_queued):
    return grow_array(vertices), grow_array(hops), grow_array(settled), grow_array(waiting), grow_array(is_queued)
