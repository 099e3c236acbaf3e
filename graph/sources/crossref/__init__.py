"""Crossref: what publishers deposited of their papers' references.

.. code-block:: text

    requests     which addresses to ask for some DOIs
    works        a work and its references as Crossref writes them -> values: pure
    numbering    whether the entries of a deposited list number through without a gap: pure
    lists        works -> the lists and records that every source becomes: pure
    service      all of it as a `graph.sources.citation_service.CitationService`

It never says who cites a paper, only how many do. Its titles and years are facts; abstracts belong to publishers and
are not kept.
"""
