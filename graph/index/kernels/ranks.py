"""PageRank of the whole graph, and the nearness of papers to a few by pushes that touch only what matters."""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .tables import grown, lengthened, new_table, slot_of


@compiled
def rank_sweep(citers_at, citers, references_at, rank, share, damping):
    """One sweep of PageRank from the newest paper to the oldest: each gets what its citers hand on. In place.

    `rank` is up to a factor; `share` is what of it goes to each paper that is cited. Returns how far
    the ranks moved, in all, and their sum.
    """
    moved, total = 0.0, 0.0
    for vertex in range(citers_at.size - 2, -1, -1):
        given = 0.0
        for arc in range(citers_at[vertex], citers_at[vertex + 1]):
            given += share[citers[arc]]
        new = 1.0 + damping * given
        moved += abs(new - rank[vertex])
        total += new
        rank[vertex] = new
        cites = references_at[vertex + 1] - references_at[vertex]
        share[vertex] = new / cites if cites else 0.0
    return moved, total


@compiled
def nearness(citers_at, citers, references_at, references, seeds, depth, restart, precision):
    """Where a walk from `seeds` is, which steps to a cited or a citing paper and now and then starts again.

    From a paper the walk starts again with probability `restart`; else a coin decides between what the
    paper cites and what cites it. Only papers fewer than `depth` hops away, in whichever directions,
    hand the walk on. Probability is pushed on in the order in which papers were found, while more than
    `precision` for each of a paper's citations waits at it.

    Returns the vertices that were touched, their hops, and the probabilities.
    """
    keys, places = new_table(256)
    vertices, hops = np.empty(128, np.int32), np.empty(128, np.int32)
    settled, waiting = np.zeros(128, np.float64), np.zeros(128, np.float64)
    queued = np.zeros(128, np.bool_)
    line = np.empty(128, np.int32)
    head, tail, size = 0, 0, 0
    for seed in seeds:
        slot = slot_of(keys, seed)
        keys[slot], places[slot] = seed, size
        vertices[size], hops[size] = seed, 0
        waiting[size] = 1.0 / seeds.size
        queued[size] = True
        line[tail] = size
        tail += 1
        size += 1
        if size == vertices.size:
            vertices, hops, settled, waiting, queued = _longer(vertices, hops, settled, waiting, queued)
        if tail == line.size:
            line = lengthened(line)
        if 2 * size > keys.size:
            keys, places = grown(keys, places)
    while head < tail:
        place = line[head]
        head += 1
        if head > 1_000_000 and 2 * head > tail:
            line[: tail - head] = line[head:tail].copy()
            head, tail = 0, tail - head
        queued[place] = False
        vertex = vertices[place]
        amount = waiting[place]
        waiting[place] = 0.0
        settled[place] += restart * amount
        cites = references_at[vertex + 1] - references_at[vertex]
        cited = citers_at[vertex + 1] - citers_at[vertex]
        if cites + cited == 0:
            settled[place] += (1.0 - restart) * amount
            continue
        moving = (1.0 - restart) * amount * (0.5 if cites and cited else 1.0)
        for side in range(2):
            begin = references_at[vertex] if side == 0 else citers_at[vertex]
            many = cites if side == 0 else cited
            for arc in range(begin, begin + many):
                near = references[arc] if side == 0 else citers[arc]
                slot = slot_of(keys, near)
                if keys[slot] == -1:
                    keys[slot], places[slot] = near, size
                    there = size
                    vertices[size], hops[size] = near, hops[place] + 1
                    settled[size], waiting[size], queued[size] = 0.0, 0.0, False
                    size += 1
                    if size == vertices.size:
                        vertices, hops, settled, waiting, queued = _longer(vertices, hops, settled, waiting, queued)
                    if 2 * size > keys.size:
                        keys, places = grown(keys, places)
                else:
                    there = places[slot]
                    hops[there] = min(hops[there], hops[place] + 1)
                waiting[there] += moving / many
                if queued[there] or hops[there] >= depth:
                    continue
                near_degree = references_at[near + 1] - references_at[near] + citers_at[near + 1] - citers_at[near]
                if waiting[there] > precision * near_degree:
                    queued[there] = True
                    if tail == line.size:
                        line = lengthened(line)
                    line[tail] = there
                    tail += 1
    return vertices[:size], hops[:size], settled[:size] + restart * waiting[:size]


@compiled
def _longer(vertices, hops, settled, waiting, queued):
    return lengthened(vertices), lengthened(hops), lengthened(settled), lengthened(waiting), lengthened(queued)
