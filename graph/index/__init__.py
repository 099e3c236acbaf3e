"""The same questions on a graph too large for networkx: a store's index on disk, and kernels over it.

.. code-block:: text

    index        the citations as one memory-mapped file, both directions; opened, checked
    writing      that file, from arrays in bounded memory
    indexing  naming              that file and the look-ups, from the tables of a store
    kernels/     compiled loops over plain arrays, knowing nothing of papers or files
    searches  ordering  ranks     what the kernels find, as values
    cards  names                  papers by their number, and by what people call them
    store  extract                all of it opened; a part of it as an ordinary corpus
    path_answers  large  portraits  neighbourhood  sentences      questions -> answers
    asking  selecting  telling  summary  behind                   what the doors ask of a store

Vertices are numbers: the rank of a paper's corpus id among all that have a record or a citation.
Arcs run **cited -> citing**, as everywhere: `citers` leads forward in time, `references` back.
"""
