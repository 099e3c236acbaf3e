"""OpenCitations: which citations among works with identifiers it has from Crossref, PubMed, DataCite and others.

.. code-block:: text

    requests     which addresses to ask for references, citations, and whether a work is known at all
    rows         the rows of an answer -> values: pure
    lists        rows -> the lists and records that every source becomes: pure
    crawl        what to ask for next: pure
    service      all of it as a `graph.sources.citation_service.CitationService`

Its lists are never whole, and an empty answer says nothing: a time-out within the service looks the same. Peroni and
Shotton 2020, doi:10.1162/qss_a_00023.
"""
