"""Counting paths: mantissas and exponents, because counts pass the largest float on real networks.

A count is m * 2**(256 * e), with a float m below 2**256 and an int32 e; while e is 0 and m below
2**53 it is exact. Two of them added lose at most one rounding, as floats do.
"""

from __future__ import annotations

import numpy as np

from ..compiled import compiled
from .order import keeps, stays

STEP = 256
LARGE = 2.0**STEP
SMALL = 2.0**-STEP
COUNTED = np.dtype([("m", np.float64), ("e", np.int32), ("date", np.int32)])
"""What is asked of a neighbour stands together: one miss of the cache, not three."""


@compiled
def counts_along(order, at, to, other_at, other, dates, circle, only, back):
    """How many paths lead to each vertex from where they begin, as mantissas and exponents, and where they begin.

    Parameters are plain: `order` so that arcs run forward; `at`, `to` the direction in which the
    paths come from (references, and with `back` citers); `other_at`, `other` the other one; `only` the
    vertex where paths begin, -1 for every vertex into which no kept arc runs and out of which one does.
    """
    papers = at.size - 1
    state = np.zeros(papers, COUNTED)
    for vertex in range(papers):
        state[vertex].date = dates[vertex]
    ends = np.zeros(papers, np.bool_)
    for n in range(order.size):
        vertex = order[order.size - 1 - n] if back else order[n]
        date = dates[vertex]
        m, e = 0.0, np.int32(0)
        first = True
        for arc in range(at[vertex], at[vertex + 1]):
            near = to[arc]
            there = state[near]
            if back:
                if not stays(vertex, near, date, there.date, dates, circle):
                    continue
            elif not stays(near, vertex, there.date, date, dates, circle):
                continue
            first = False
            if there.m == 0.0:
                continue
            if there.e == e:
                m += there.m
            elif there.e > e:
                m = there.m + (m * SMALL if there.e == e + 1 else 0.0)
                e = there.e
            elif there.e == e - 1:
                m += there.m * SMALL
            if m >= LARGE:
                m, e = m * SMALL, np.int32(e + 1)
        if first:
            for arc in range(other_at[vertex], other_at[vertex + 1]):
                near = other[arc]
                if keeps(near, vertex, dates, circle) if back else keeps(vertex, near, dates, circle):
                    ends[vertex] = True
                    break
        if only == vertex or (only == -1 and ends[vertex]):
            m, e = 1.0, np.int32(0)
        state[vertex].m, state[vertex].e = m, e
    return state["m"].copy(), state["e"].copy(), np.flatnonzero(ends).astype(np.int32)


@compiled
def total_of(mantissa, exponent, chosen):
    """The sum of the counts of some vertices."""
    m, e = 0.0, np.int32(0)
    for vertex in chosen:
        if mantissa[vertex] == 0.0:
            continue
        if exponent[vertex] == e:
            m += mantissa[vertex]
        elif exponent[vertex] > e:
            m = mantissa[vertex] + (m * SMALL if exponent[vertex] == e + 1 else 0.0)
            e = exponent[vertex]
        elif exponent[vertex] == e - 1:
            m += mantissa[vertex] * SMALL
        if m >= LARGE:
            m, e = m * SMALL, np.int32(e + 1)
    return m, e


@compiled
def share(first, second, vertex, near, total_m, total_e):
    """The part of all paths that run through the arc vertex -> near."""
    mantissa_f, exponent_f = first
    mantissa_b, exponent_b = second
    m = (mantissa_f[vertex] / total_m) * mantissa_b[near]
    e = exponent_f[vertex] + exponent_b[near] - total_e
    if e == 0:
        return m
    if e == -1:
        return m * SMALL
    return 0.0 if e < 0 else m * LARGE


@compiled
def heaviest_path(order, references_at, references, dates, circle, forward, back, total_m, total_e):
    """The path of the greatest sum of shares: its vertices from old to new, and the sum."""
    papers = references_at.size - 1
    best = np.zeros(papers, np.float64)
    before = np.full(papers, -1, np.int32)
    last = np.int32(-1)
    for vertex in order:
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            near = references[arc]
            if keeps(near, vertex, dates, circle) and forward[0][near] > 0.0 and back[0][vertex] > 0.0:
                weight = best[near] + share(forward, back, near, vertex, total_m, total_e)
                if before[vertex] == -1 or weight > best[vertex]:
                    best[vertex] = weight
                    before[vertex] = near
        if before[vertex] != -1 and (last == -1 or best[vertex] > best[last]):
            last = vertex
    hops = 0
    vertex = last
    while vertex != -1:
        hops += 1
        vertex = before[vertex]
    path = np.empty(hops, np.int32)
    vertex = last
    while vertex != -1:
        hops -= 1
        path[hops] = vertex
        vertex = before[vertex]
    return path, (best[last] if last != -1 else 0.0)


@compiled
def arc_shares(references_at, references, dates, circle, forward, back, total_m, total_e):
    """The share of every arc, in the order of the references; 0 for one that is not kept."""
    shares = np.zeros(references.size, np.float64)
    for vertex in range(references_at.size - 1):
        for arc in range(references_at[vertex], references_at[vertex + 1]):
            near = references[arc]
            if forward[0][near] > 0.0 and back[0][vertex] > 0.0 and keeps(near, vertex, dates, circle):
                shares[arc] = share(forward, back, near, vertex, total_m, total_e)
    return shares
