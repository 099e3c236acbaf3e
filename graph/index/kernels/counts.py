"""Counting paths: mantissas and exponents, because counts pass the largest float on real networks.

A count is m * 2**(256 * e), with a float m below 2**256 and an int32 e; while e is 0 and m below
2**53 it is exact. Two of them added lose at most one rounding, as floats do.

The vertices are in the order of lineage and the arcs those of the references, so that one sweep up
and one down see every paper after all that its count is made of. Arcs that are left out where circles
are opened do not count.
"""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .order import LATER, TIED

STEP = 256
LARGE = 2.0**STEP
SMALL = 2.0**-STEP
LEFT_OUT = LATER | TIED
COUNTED = np.dtype([("m", np.float64), ("e", np.int32), ("joined", np.int32)])
"""What is asked of a neighbour stands together: one miss of the cache, not three."""


@compiled
def plus(m, e, more_m, more_e):
    """The sum of two counts."""
    if more_m == 0.0:
        return m, e
    if more_e == e:
        m += more_m
    elif more_e > e:
        m = more_m + (m * SMALL if more_e == e + 1 else 0.0)
        e = more_e
    elif more_e == e - 1:
        m += more_m * SMALL
    return (m * SMALL, np.int32(e + 1)) if m >= LARGE else (m, np.int32(e))


@compiled
def counts_into(at, to, said, only):
    """How many paths lead to each vertex from where they begin, as `COUNTED`, and where they begin.

    That is the vertex `only`, or if it is -1 every one that is cited and has no reference that counts.
    """
    papers = at.size - 1
    state = np.zeros(papers, COUNTED)
    starts = np.zeros(papers, np.bool_)
    for vertex in range(papers):
        m, e = 0.0, np.int32(0)
        first = True
        for arc in range(at[vertex], at[vertex + 1]):
            if said[arc] & LEFT_OUT:
                continue
            first = False
            near = to[arc]
            state[near].joined = 1
            m, e = plus(m, e, state[near].m, state[near].e)
        starts[vertex] = first
        if only == vertex or (only == -1 and first):
            m, e = 1.0, np.int32(0)
        state[vertex].m, state[vertex].e = m, e
    for vertex in range(papers):
        if starts[vertex] and state[vertex].joined == 0:
            starts[vertex] = False
            if only == -1:
                state[vertex].m = 0.0
    return state, np.flatnonzero(starts).astype(np.int32)


@compiled
def counts_out_of(at, to, said, only):
    """How many paths lead from each vertex to where they end, as `COUNTED`, and where they end.

    That is the vertex `only`, or if it is -1 every one that has a reference that counts, and no citer that does.
    """
    papers = at.size - 1
    state = np.zeros(papers, COUNTED)
    ends = np.zeros(papers, np.bool_)
    for vertex in range(papers - 1, -1, -1):
        last = state[vertex].joined == 0
        if only == vertex or (only == -1 and last):
            state[vertex].m, state[vertex].e = 1.0, np.int32(0)
        m, e = state[vertex].m, state[vertex].e
        cites = False
        for arc in range(at[vertex], at[vertex + 1]):
            if said[arc] & LEFT_OUT:
                continue
            cites = True
            near = to[arc]
            state[near].joined = 1
            state[near].m, state[near].e = plus(state[near].m, state[near].e, m, e)
        ends[vertex] = last and cites
        if only == -1 and last and not cites:
            state[vertex].m = 0.0
    return state, np.flatnonzero(ends).astype(np.int32)


@compiled
def total_of(counted, chosen):
    """The sum of the counts of some vertices."""
    m, e = 0.0, np.int32(0)
    for vertex in chosen:
        m, e = plus(m, e, counted[vertex].m, counted[vertex].e)
    return m, e


@compiled
def share(into, out_of, cited, citing, total_m, total_e):
    """The part of all paths that run through the arc cited -> citing; 0 for an arc on none."""
    one, other = into[cited], out_of[citing]
    if one.m == 0.0 or other.m == 0.0:
        return 0.0
    m = (one.m / total_m) * other.m
    e = one.e + other.e - total_e
    if e == 0:
        return m
    if e == -1:
        return m * SMALL
    return 0.0 if e < 0 else m * LARGE


@compiled
def heaviest_path(at, to, said, into, out_of, total_m, total_e):
    """The path of the greatest sum of shares: its vertices from old to new, and the sum."""
    papers = at.size - 1
    best = np.zeros(papers, np.float64)
    before = np.full(papers, -1, np.int32)
    last = -1
    for vertex in range(papers):
        if out_of[vertex].m == 0.0:
            continue
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            if not said[arc] & LEFT_OUT and into[near].m > 0.0:
                weight = best[near] + share(into, out_of, near, vertex, total_m, total_e)
                if before[vertex] == -1 or weight > best[vertex]:
                    best[vertex] = weight
                    before[vertex] = near
        if before[vertex] != -1 and (last == -1 or best[vertex] > best[last]):
            last = vertex
    hops, here = 0, last
    while here != -1:
        hops, here = hops + 1, int(before[here])
    path, here = np.empty(hops, np.int32), last
    while here != -1:
        hops -= 1
        path[hops] = here
        here = int(before[here])
    return path, (best[last] if last != -1 else 0.0)


@compiled
def arc_shares(at, to, said, into, out_of, total_m, total_e):
    """The share of every arc, in the order of the references; 0 for one that is left out."""
    shares = np.zeros(to.size, np.float64)
    for vertex in range(at.size - 1):
        for arc in range(at[vertex], at[vertex + 1]):
            if not said[arc] & LEFT_OUT:
                shares[arc] = share(into, out_of, to[arc], vertex, total_m, total_e)
    return shares
