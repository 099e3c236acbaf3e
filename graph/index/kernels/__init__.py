"""Compiled loops over plain arrays: no papers, no files, no Python objects.

A direction of the graph is two arrays: ``offsets`` (int64, one more than there are vertices) and
``neighbours`` (int32). The neighbours of v are ``neighbours[offsets[v] : offsets[v + 1]]``, ascending. The
`references` of a vertex are what it cites, with ``references_at`` as offsets; its `citers` are what cites it,
with ``citers_at``.

Arrays of an index are `graph.index.kernels.pages.CheckedArray`: a loop that searches checks what it touches. Loops over
all papers, and over parts in memory, take plain arrays that were checked as a whole.
"""
