"""Time and cycles: the order of lineage, the cycles that have no order, and the arcs to leave out to break them.

A date is an int32 that reads as YYYYMMDD. A day of 00 is not known, nor are a month and a day of 0000; 0 is no
date. A year alone was stated by a source, and is often that of the venue.
"""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .tables import grow_array

LATER, TIED = 16, 32
"""The bits of an evidence byte that say why an arc is left out where cycles are broken. `LATER`: the cited paper has
a later date. `TIED`: dates do not tell; both papers are in one cycle of arcs that are not `LATER`, and the cited
paper is not the older one."""
NUMBER_AND_DATE = np.dtype([("number", np.int32), ("date", np.int32)])
"""What is looked up of a cited paper is stored together: one cache miss instead of two."""
MAX_INSERTION_SORT = 64
DONE = np.int32(2**31 - 1)
"""The state of a vertex that has its place in the order, or is not to get one."""


@compiled
def is_later(cited, citing):
    """Whether the cited paper has the later date, by the rule of `graph.model.arrays.CorpusArrays.backwards`."""
    if cited <= citing or citing == 0:  # also where one of the two has no date
        return False
    if cited % 10000 == 0 or citing % 10000 == 0:
        return cited // 10000 > citing // 10000 + 1
    if cited % 100 == 0 or citing % 100 == 0:
        return cited // 100 > citing // 100
    return cited > citing


@compiled
def sort_date(date):
    """A date for sorting: an unknown month or day counts as the last one that it can be."""
    if date == 0:
        return 99999999
    if date % 10000 == 0:
        return date + 9999
    return date + 99 if date % 100 == 0 else date


@compiled
def is_older(one, other, dates, ids):
    """Whether a paper comes before another by date, then by corpus id."""
    date, other_date = sort_date(dates[one]), sort_date(dates[other])
    return date < other_date or (date == other_date and ids[one] < ids[other])


@compiled
def tied_bit(cited, citing, dates, ids, cycle_of):
    """`TIED` if an arc that is not `LATER` is to be left out, else 0.

    `cycle_of` has for each paper the number of its cycle of such arcs, -1 for none.
    """
    if cycle_of[cited] < 0 or cycle_of[cited] != cycle_of[citing]:
        return 0
    return 0 if is_older(cited, citing, dates, ids) else TIED


@compiled
def oldest_first(dates):
    """The vertices from the oldest to the newest, those of one date by number."""
    keys = np.empty(dates.size, np.int64)
    for vertex in range(dates.size):
        keys[vertex] = (np.int64(sort_date(dates[vertex])) << 32) | vertex
    keys.sort()
    return keys.astype(np.int32)  # the lower half


@compiled
def components_in_order(offsets, references, roots, break_cycles, dates, ids, cycle_of):
    """The vertices `roots` in an order in which each follows all that it cites among them, and the cycles.

    No order has the papers of a cycle (a strongly connected component) in sequence; they stand side by side. The
    vertices come as early as their references allow, and otherwise in the order of `roots`. With `break_cycles`
    arcs that are `LATER`, or `TIED` by `cycle_of`, are ignored.

    Returns the order, and the bounds of each cycle: where it begins and where it ends. This is Pearce's form of
    Tarjan's algorithm with explicit stacks. It takes one number for each vertex, and as much again for the longest
    descent.
    """
    begun = np.full(offsets.size - 1, DONE, np.int32)
    for root in roots:
        begun[root] = 0
    order, bounds = np.empty(roots.size, np.int32), np.empty(64, np.int32)
    waiting, trail, first, next_arc = (
        np.empty(1024, np.int32),
        np.empty(1024, np.int32),
        np.empty(1024, np.int32),
        np.empty(1024, np.int64),
    )
    clock, size, waiting_count, bounds_count = 0, 0, 0, 0
    for root in roots:
        if begun[root] != 0:
            continue
        clock += 1
        begun[root] = clock
        trail[0], first[0], next_arc[0] = root, clock, offsets[root]
        depth = 1
        while depth > 0:
            vertex = trail[depth - 1]
            low = begun[vertex]
            arc, end = next_arc[depth - 1], offsets[vertex + 1]
            descend = False
            while arc < end:
                cited = references[arc]
                cited_begun = begun[cited]
                if cited_begun != DONE and not (
                    break_cycles
                    and (
                        is_later(dates[cited], dates[vertex])
                        or (cycle_of.size and tied_bit(cited, vertex, dates, ids, cycle_of))
                    )
                ):
                    if cited_begun == 0:
                        descend = True
                        break
                    low = min(low, cited_begun)
                arc += 1
            begun[vertex] = low
            if descend:
                next_arc[depth - 1] = arc  # looked at again on the way back, for how far back it leads
                clock += 1
                begun[cited] = clock
                if depth == trail.size:
                    trail, first, next_arc = grow_array(trail), grow_array(first), grow_array(next_arc)
                trail[depth], first[depth], next_arc[depth] = cited, clock, offsets[cited]
                depth += 1
                continue
            depth -= 1
            if low < first[depth]:
                if waiting_count == waiting.size:
                    waiting = grow_array(waiting)
                waiting[waiting_count] = vertex
                waiting_count += 1
                continue
            begin = size
            while waiting_count > 0 and begun[waiting[waiting_count - 1]] >= low:
                waiting_count -= 1
                order[size] = waiting[waiting_count]
                begun[waiting[waiting_count]] = DONE
                size += 1
            order[size] = vertex
            begun[vertex] = DONE
            size += 1
            if size - begin > 1:
                if bounds_count == bounds.size:
                    bounds = grow_array(bounds)
                bounds[bounds_count], bounds[bounds_count + 1] = begin, size
                bounds_count += 2
    return order[:size], bounds[:bounds_count]


@compiled
def sort_first(values, count):
    """Sort the first `count` values of an array in place; usually these are few."""
    if count > MAX_INSERTION_SORT:
        values[:count].sort()
        return
    for place in range(1, count):
        value, free = values[place], place
        while free > 0 and values[free - 1] > value:
            values[free] = values[free - 1]
            free -= 1
        values[free] = value


@compiled
def renumber_references(offsets, references, evidence, order, numbers, dates, ids, cycle_of, first, last):
    """The references of the vertices first .. last - 1 of an order by their new numbers, and the evidence.

    `numbers` holds `NUMBER_AND_DATE` of each vertex. The evidence also says of each arc whether it is `LATER` or
    `TIED`.
    """
    size, longest = 0, 0
    for place in range(first, last):
        count = offsets[order[place] + 1] - offsets[order[place]]
        size += count
        longest = max(longest, count)
    new_references, new_evidence = np.empty(size, np.int32), np.empty(size, np.uint8)
    row = np.empty(longest, np.int64)
    size = 0
    for place in range(first, last):
        vertex = order[place]
        begin, date = offsets[vertex], numbers[vertex].date
        count = offsets[vertex + 1] - begin
        for n in range(count):
            cited = references[begin + n]
            byte = np.uint8(evidence[begin + n])
            if is_later(numbers[cited].date, date):
                byte |= LATER
            elif cycle_of.size:
                byte |= tied_bit(cited, vertex, dates, ids, cycle_of)
            row[n] = (np.int64(numbers[cited].number) << 8) | byte
        sort_first(row, count)
        for n in range(count):
            new_references[size + n], new_evidence[size + n] = row[n] >> 8, row[n] & 255
        size += count
    return new_references, new_evidence
