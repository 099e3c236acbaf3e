"""Compiled loops over plain arrays: no papers, no files, no Python objects.

A direction of the graph is two arrays: ``at`` (int64, one more than there are vertices) and
``to`` (int32): the neighbours of v are ``to[at[v] : at[v + 1]]``, ascending. `references` of a
vertex are what it cites, `citers` what cites it.
"""
