"""Time and circles: which arcs are kept, a topological order, strongly connected components.

A date is an int32 that reads as YYYYMMDD; a day, or a month and a day, of 00 are not known, and 0
is no date. A bare year is one that was stated, and often the venue's.
"""

from __future__ import annotations

import numpy as np

from ..compiled import compiled

WAITING = np.dtype([("date", np.int32), ("waits", np.int32)])
"""What is asked of a neighbour stands together: one miss of the cache, not two."""


@compiled
def is_later(cited, citing):
    """Whether the date of a cited paper is after that of the citing one, as `graph.lineage.is_backwards` says it."""
    if cited <= citing or citing == 0:  # also whatever of the two is not known
        return False
    if cited % 10000 == 0 or citing % 10000 == 0:
        return cited // 10000 > citing // 10000 + 1
    if cited % 100 == 0 or citing % 100 == 0:
        return cited // 100 > citing // 100
    return cited > citing


@compiled
def _age(date):
    """A date for sorting: what is not known of it counts as the last that it can be."""
    if date == 0:
        return 99999999
    if date % 10000 == 0:
        return date + 9999
    return date + 99 if date % 100 == 0 else date


@compiled
def is_older(one, other, dates):
    """Whether a vertex comes before another by date, then by number."""
    mine, others = _age(dates[one]), _age(dates[other])
    return mine < others or (mine == others and one < other)


@compiled
def stays(cited, citing, cited_date, citing_date, dates, circle):
    """`keeps`, where the dates of the two are at hand."""
    if is_later(cited_date, citing_date):
        return False
    return circle.size == 0 or circle[cited] < 0 or circle[cited] != circle[citing] or is_older(cited, citing, dates)


@compiled
def keeps(cited, citing, dates, circle):
    """Whether an arc stays when circles are opened: not to an earlier paper, nor, in a circle, to an older one."""
    return stays(cited, citing, dates[cited], dates[citing], dates, circle)


@compiled
def topological(citers_at, citers, references_at, references, dates, circle):
    """The vertices so that every kept arc runs forward; those behind an open circle are missing at the end."""
    papers = citers_at.size - 1
    state = np.zeros(papers, WAITING)
    for vertex in range(papers):
        state[vertex].date = dates[vertex]
    order = np.empty(papers, np.int32)
    size = 0
    for vertex in range(papers):
        date = dates[vertex]
        waits = 0
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            near = references[arc]
            if stays(near, vertex, dates[near], date, dates, circle):
                waits += 1
        state[vertex].waits = waits
        if waits == 0:
            order[size] = vertex
            size += 1
    n = 0
    while n < size:
        vertex = order[n]
        date = dates[vertex]
        n += 1
        for arc in range(citers_at[vertex], citers_at[vertex + 1]):
            near = citers[arc]
            if stays(vertex, near, date, state[near].date, dates, circle):
                state[near].waits -= 1
                if state[near].waits == 0:
                    order[size] = near
                    size += 1
    return order[:size]


@compiled
def circles(citers_at, citers, dates, ordered):
    """The strongly connected component of every vertex in a circle of arcs that run forward in time, else -1.

    `ordered` are the vertices that are in none, because they were put in order. Tarjan's algorithm
    with a stack of its own.
    """
    papers = citers_at.size - 1
    none = np.empty(0, np.int32)
    circle = np.full(papers, -1, np.int32)
    found = np.zeros(papers, np.int32)  # when it was found, from 1; -1: finished, or in no circle
    low = np.zeros(papers, np.int32)
    for vertex in ordered:
        found[vertex] = -1
    stack = np.empty(papers - ordered.size, np.int32)
    trail = np.empty(papers - ordered.size, np.int32)
    arc_of = np.empty(papers - ordered.size, np.int64)
    clock, held, families = 0, 0, 0
    for root in range(papers):
        if found[root] != 0:
            continue
        clock += 1
        found[root] = low[root] = clock
        stack[held] = root
        held += 1
        trail[0], arc_of[0] = root, citers_at[root]
        deep = 1
        while deep > 0:
            vertex = trail[deep - 1]
            arc = arc_of[deep - 1]
            if arc < citers_at[vertex + 1]:
                arc_of[deep - 1] += 1
                near = citers[arc]
                if found[near] == -1 or not keeps(vertex, near, dates, none):
                    continue
                if found[near] == 0:
                    clock += 1
                    found[near] = low[near] = clock
                    stack[held] = near
                    held += 1
                    trail[deep], arc_of[deep] = near, citers_at[near]
                    deep += 1
                else:
                    low[vertex] = min(low[vertex], found[near])
                continue
            deep -= 1
            if deep > 0:
                low[trail[deep - 1]] = min(low[trail[deep - 1]], low[vertex])
            if low[vertex] == found[vertex]:
                alone = stack[held - 1] == vertex
                while True:
                    held -= 1
                    member = stack[held]
                    found[member] = -1
                    if not alone:
                        circle[member] = families
                    if member == vertex:
                        break
                families += 0 if alone else 1
    return circle


@compiled
def dropped(references_at, references, dates, circle):
    """How many arcs were left out for their dates, and how many to open circles."""
    later, tied = 0, 0
    for vertex in range(references_at.size - 1):
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            if is_later(dates[references[arc]], dates[vertex]):
                later += 1
            elif not keeps(references[arc], vertex, dates, circle):
                tied += 1
    return later, tied
