"""Counting paths with a mantissa and an exponent, because counts exceed the largest float on real networks.

A count is mantissa * 2**(256 * exponent), with a float mantissa below 2**256 and an int32 exponent. While the
exponent is 0 and the mantissa below 2**53 it is exact. Adding two counts loses at most one rounding, as with
floats.

The vertices are in the order of lineage and the arcs are those of the references. So one sweep in each direction
meets every paper after all papers that its count depends on. Arcs that are left out where cycles are broken do
not count.
"""

from __future__ import annotations

import numpy as np

from ..jit import compiled
from .order import LATER, TIED

STEP = 256
LARGE = 2.0**STEP
SMALL = 2.0**-STEP
LEFT_OUT = LATER | TIED
COUNT = np.dtype([("mantissa", np.float64), ("exponent", np.int32), ("has_arc", np.int32)])
"""What is looked up of a neighbour is stored together: one cache miss instead of three."""


@compiled
def add(mantissa, exponent, other_mantissa, other_exponent):
    """The sum of two counts."""
    if other_mantissa == 0.0:
        return mantissa, exponent
    if other_exponent == exponent:
        mantissa += other_mantissa
    elif other_exponent > exponent:
        mantissa = other_mantissa + (mantissa * SMALL if other_exponent == exponent + 1 else 0.0)
        exponent = other_exponent
    elif other_exponent == exponent - 1:
        mantissa += other_mantissa * SMALL
    return (mantissa * SMALL, np.int32(exponent + 1)) if mantissa >= LARGE else (mantissa, np.int32(exponent))


@compiled
def counts_into(offsets, references, evidence, source):
    """How many paths lead to each vertex from the sources, as `COUNT`, and the sources.

    The only source is the vertex `source`; if that is -1, sources are all vertices that are cited and have no
    reference that counts.
    """
    papers = offsets.size - 1
    state = np.zeros(papers, COUNT)
    is_source = np.zeros(papers, np.bool_)
    for vertex in range(papers):
        mantissa, exponent = 0.0, np.int32(0)
        has_references = False
        for arc in range(offsets[vertex], offsets[vertex + 1]):
            if evidence[arc] & LEFT_OUT:
                continue
            has_references = True
            cited = references[arc]
            state[cited].has_arc = 1
            mantissa, exponent = add(mantissa, exponent, state[cited].mantissa, state[cited].exponent)
        is_source[vertex] = not has_references
        if source == vertex or (source == -1 and not has_references):
            mantissa, exponent = 1.0, np.int32(0)
        state[vertex].mantissa, state[vertex].exponent = mantissa, exponent
    for vertex in range(papers):
        if is_source[vertex] and state[vertex].has_arc == 0:
            is_source[vertex] = False
            if source == -1:
                state[vertex].mantissa = 0.0
    return state, np.flatnonzero(is_source).astype(np.int32)


@compiled
def counts_out_of(offsets, references, evidence, sink):
    """How many paths lead from each vertex to the sinks, as `COUNT`, and the sinks.

    The only sink is the vertex `sink`; if that is -1, sinks are all vertices that have a reference that counts and
    no citer that does.
    """
    papers = offsets.size - 1
    state = np.zeros(papers, COUNT)
    is_sink = np.zeros(papers, np.bool_)
    for vertex in range(papers - 1, -1, -1):
        has_no_citers = state[vertex].has_arc == 0
        if sink == vertex or (sink == -1 and has_no_citers):
            state[vertex].mantissa, state[vertex].exponent = 1.0, np.int32(0)
        mantissa, exponent = state[vertex].mantissa, state[vertex].exponent
        has_references = False
        for arc in range(offsets[vertex], offsets[vertex + 1]):
            if evidence[arc] & LEFT_OUT:
                continue
            has_references = True
            cited = references[arc]
            state[cited].has_arc = 1
            state[cited].mantissa, state[cited].exponent = add(
                state[cited].mantissa, state[cited].exponent, mantissa, exponent
            )
        is_sink[vertex] = has_no_citers and has_references
        if sink == -1 and has_no_citers and not has_references:
            state[vertex].mantissa = 0.0
    return state, np.flatnonzero(is_sink).astype(np.int32)


@compiled
def total_of(state, vertices):
    """The sum of the counts of some vertices."""
    mantissa, exponent = 0.0, np.int32(0)
    for vertex in vertices:
        mantissa, exponent = add(mantissa, exponent, state[vertex].mantissa, state[vertex].exponent)
    return mantissa, exponent


@compiled
def share_of(into, out_of, cited, citing, total_mantissa, total_exponent):
    """The fraction of all paths that run through the arc cited -> citing."""
    before, after = into[cited], out_of[citing]
    if before.mantissa == 0.0 or after.mantissa == 0.0:
        return 0.0
    mantissa = (before.mantissa / total_mantissa) * after.mantissa
    exponent = before.exponent + after.exponent - total_exponent
    if exponent == 0:
        return mantissa
    if exponent == -1:
        return mantissa * SMALL
    return 0.0 if exponent < 0 else mantissa * LARGE


@compiled
def heaviest_path(offsets, references, evidence, into, out_of, total_mantissa, total_exponent):
    """The path with the greatest sum of shares: its vertices from old to new, and the sum."""
    papers = offsets.size - 1
    best = np.zeros(papers, np.float64)
    previous = np.full(papers, -1, np.int32)
    last = -1
    for vertex in range(papers):
        if out_of[vertex].mantissa == 0.0:
            continue
        for arc in range(offsets[vertex], offsets[vertex + 1]):
            cited = references[arc]
            # In a damaged file an arc may run the wrong way, and following it back would not end.
            if not evidence[arc] & LEFT_OUT and cited < vertex and into[cited].mantissa > 0.0:
                weight = best[cited] + share_of(into, out_of, cited, vertex, total_mantissa, total_exponent)
                if previous[vertex] == -1 or weight > best[vertex]:
                    best[vertex] = weight
                    previous[vertex] = cited
        if previous[vertex] != -1 and (last == -1 or best[vertex] > best[last]):
            last = vertex
    length, vertex = 0, last
    while vertex != -1:
        length, vertex = length + 1, int(previous[vertex])
    path, vertex = np.empty(length, np.int32), last
    while vertex != -1:
        length -= 1
        path[length] = vertex
        vertex = int(previous[vertex])
    return path, (best[last] if last != -1 else 0.0)


@compiled
def arc_shares(offsets, references, evidence, into, out_of, total_mantissa, total_exponent):
    """The share of every arc, in the order of the references; 0 for one that is left out."""
    shares = np.zeros(references.size, np.float64)
    for vertex in range(offsets.size - 1):
        for arc in range(offsets[vertex], offsets[vertex + 1]):
            if not evidence[arc] & LEFT_OUT:
                shares[arc] = share_of(into, out_of, references[arc], vertex, total_mantissa, total_exponent)
    return shares
