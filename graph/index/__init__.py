"""A graph too large for networkx: the index of a store on disk, and compiled loops over it.

.. code-block:: text

    store_layout                    the tables and the manifest of a store on disk
    citation_index                  the citations as one memory-mapped file, in both directions; opened, checked
    write_index topological_order   writing that file in bounded memory; the order of its vertices
    build_index build_names         everything that questions need, from the tables of a store
    page_sums checked_file          the checksums of its pages; files whose pages are checked when they are touched
    name_keys column_keys           the hashed keys of names: of one name, of all names of many papers
    top_k_filter                    of frequent names the most cited papers
    name_table resolve_names        the table of names; from what people type to papers
    paper_records contexts          records by vertex; citing sentences
    between path_weights            shortest paths, what lies between; path counts, the main path, PageRank
    kernels jit                     compiled loops over plain arrays, which know nothing of papers or files
    prefetch                        the next results are computed while the current one is used
    store extract                   a store, opened; a part of it as an ordinary corpus

Vertices are numbers in the order of lineage: see `graph.index.citation_index`. Arcs run **cited -> citing**, as
everywhere: `citers` lead forward in time, `references` back.
"""
