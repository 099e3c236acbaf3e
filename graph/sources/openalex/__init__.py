"""OpenAlex: which works it matched to the references of a paper, and who cites it.

.. code-block:: text

    requests     which addresses to ask for works and for citing works; what is free, and what is charged
    works        a work as OpenAlex writes it -> a value: pure
    lists        works -> the lists and records that every source becomes: pure
    crawl        what to ask for next: pure
    service      all of it as a `graph.sources.citation_service.CitationService`

Its lists are never whole: a reference without a DOI or a PubMed id is dropped there. Priem et al. 2022,
doi:10.48550/arXiv.2205.01833.
"""
