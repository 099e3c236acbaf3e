"""A graph too large for networkx: the index of a store on disk, and compiled loops over it.

Vertices are numbers in the order of lineage: see `graph.index.citation_index`. Arcs run **cited -> citing**, as
everywhere: `citers` lead forward in time, `references` back.
"""
