"""Time and circles: the order of lineage, the circles that no order has, and which arcs open them.

A date is an int32 that reads as YYYYMMDD; a day, or a month and a day, of 00 are not known, and 0
is no date. A bare year is one that was stated, and often the venue's.
"""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .tables import lengthened

LATER, TIED = 16, 32
"""The bits of an evidence byte of an arc that is left out where circles are opened: the cited paper has a later
date; or the two are in a circle of arcs that run forward in time, and the cited one is not the older."""
KNOWN = np.dtype([("number", np.int32), ("date", np.int32)])
"""What is asked of a cited paper stands together: one miss of the cache, not two."""
FEW = 64
DONE = np.int32(2**31 - 1)
"""Of a vertex that has its place in the order, or is to get none."""


@compiled
def is_later(cited, citing):
    """Whether the cited paper's date is after the citing one's, as `graph.model.lineage.is_backwards` says it."""
    if cited <= citing or citing == 0:  # also whatever of the two is not known
        return False
    if cited % 10000 == 0 or citing % 10000 == 0:
        return cited // 10000 > citing // 10000 + 1
    if cited % 100 == 0 or citing % 100 == 0:
        return cited // 100 > citing // 100
    return cited > citing


@compiled
def age(date):
    """A date for sorting: what is not known of it counts as the last that it can be."""
    if date == 0:
        return 99999999
    if date % 10000 == 0:
        return date + 9999
    return date + 99 if date % 100 == 0 else date


@compiled
def is_older(one, other, dates, ids):
    """Whether a paper comes before another by date, then by corpus id."""
    mine, others = age(dates[one]), age(dates[other])
    return mine < others or (mine == others and ids[one] < ids[other])


@compiled
def tie(cited, citing, dates, ids, circle):
    """`TIED` for an arc of a circle to a paper that is not the older one, else 0; for one that is not `LATER`.

    `circle` has for each paper the circle of such arcs that it is in, -1 for none.
    """
    if circle[cited] < 0 or circle[cited] != circle[citing]:
        return 0
    return 0 if is_older(cited, citing, dates, ids) else TIED


@compiled
def by_age(dates):
    """The vertices from the oldest to the newest, equally old ones by number."""
    keys = np.empty(dates.size, np.int64)
    for vertex in range(dates.size):
        keys[vertex] = (np.int64(age(dates[vertex])) << 32) | vertex
    keys.sort()
    return keys.astype(np.int32)  # the lower half


@compiled
def in_order(at, to, roots, opened, dates, ids, circle):
    """The vertices `roots`, each behind all that it cites among them, and the circles, which no order has.

    Parameters are plain: `at` and `to` are the references; `roots` come as early in the order as they
    stand here and their references allow; `opened` leaves out arcs that are `LATER`, or
    `TIED` by `circle`.

    Returns the order, in which the papers of a circle stand side by side, and of each circle where it
    begins and ends there. Pearce's form of Tarjan's algorithm with stacks of its own: a number a
    vertex, and as much again as the longest descent.
    """
    begun = np.full(at.size - 1, DONE, np.int32)
    for root in roots:
        begun[root] = 0
    order, bounds = np.empty(roots.size, np.int32), np.empty(64, np.int32)
    waiting, trail, first, arcs = (
        np.empty(1024, np.int32),
        np.empty(1024, np.int32),
        np.empty(1024, np.int32),
        np.empty(1024, np.int64),
    )
    clock, size, held, ends = 0, 0, 0, 0
    for root in roots:
        if begun[root] != 0:
            continue
        clock += 1
        begun[root] = clock
        trail[0], first[0], arcs[0] = root, clock, at[root]
        deep = 1
        while deep > 0:
            vertex = trail[deep - 1]
            low = begun[vertex]
            arc, last = arcs[deep - 1], at[vertex + 1]
            down = False
            while arc < last:
                near = to[arc]
                there = begun[near]
                if there != DONE and not (
                    opened
                    and (
                        is_later(dates[near], dates[vertex]) or (circle.size and tie(near, vertex, dates, ids, circle))
                    )
                ):
                    if there == 0:
                        down = True
                        break
                    low = min(low, there)
                arc += 1
            begun[vertex] = low
            if down:
                arcs[deep - 1] = arc  # looked at again from above, for how far back it leads
                clock += 1
                begun[near] = clock
                if deep == trail.size:
                    trail, first, arcs = lengthened(trail), lengthened(first), lengthened(arcs)
                trail[deep], first[deep], arcs[deep] = near, clock, at[near]
                deep += 1
                continue
            deep -= 1
            if low < first[deep]:
                if held == waiting.size:
                    waiting = lengthened(waiting)
                waiting[held] = vertex
                held += 1
                continue
            begin = size
            while held > 0 and begun[waiting[held - 1]] >= low:
                held -= 1
                order[size] = waiting[held]
                begun[waiting[held]] = DONE
                size += 1
            order[size] = vertex
            begun[vertex] = DONE
            size += 1
            if size - begin > 1:
                if ends == bounds.size:
                    bounds = lengthened(bounds)
                bounds[ends], bounds[ends + 1] = begin, size
                ends += 2
    return order[:size], bounds[:ends]


@compiled
def put_in_order(values, many):
    """Sort the first values of an array in place; they are few, as a rule."""
    if many > FEW:
        values[:many].sort()
        return
    for place in range(1, many):
        value, free = values[place], place
        while free > 0 and values[free - 1] > value:
            values[free] = values[free - 1]
            free -= 1
        values[free] = value


@compiled
def renumbered(at, to, said, order, known, dates, ids, circle, first, last):
    """The references of the vertices first .. last - 1 of an order, by their numbers in it, and the evidence.

    The evidence says also of each arc whether it is `LATER` or `TIED`.
    """
    size, most = 0, 0
    for place in range(first, last):
        cites = at[order[place] + 1] - at[order[place]]
        size += cites
        most = max(most, cites)
    references, evidence = np.empty(size, np.int32), np.empty(size, np.uint8)
    row = np.empty(most, np.int64)
    size = 0
    for place in range(first, last):
        vertex = order[place]
        begin, date = at[vertex], known[vertex].date
        cites = at[vertex + 1] - begin
        for n in range(cites):
            cited = to[begin + n]
            byte = np.uint8(said[begin + n])
            if is_later(known[cited].date, date):
                byte |= LATER
            elif circle.size:
                byte |= tie(cited, vertex, dates, ids, circle)
            row[n] = (np.int64(known[cited].number) << 8) | byte
        put_in_order(row, cites)
        for n in range(cites):
            references[size + n], evidence[size + n] = row[n] >> 8, row[n] & 255
        size += cites
    return references, evidence
