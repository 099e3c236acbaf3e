"""Who cites whom, read from services, printed lists and files, and joined into one corpus.

.. code-block:: text

    verified, bibliographies, observations, overrides   the files in ``data/`` -> records and decisions
    facts               all of these
    http                asking any service: the pace, the log of answers, what is done about refusals
    citation_service    what a service that lists references or citations supplies
    printed_lists       the bibliography that a file of a paper prints -> a list among these
    retractions         Retraction Watch and Crossref -> notices about papers of a corpus
    semantic_scholar    Semantic Scholar's API -> records
    crossref            Crossref's API -> records
    openalex            OpenAlex' API -> records
    opencitations       OpenCitations' API -> records
    stated_identifiers, stated_dates, shown_text   what the fields of services hold: identifiers, dates, texts
    matched_rows        identifiers that a service matched, and that are another paper's
    records             what every source becomes: records of papers, and lists of citations
    dedupe              which records are one paper
    assemble            records and lists -> a corpus
    snapshot            the shipped corpus, from the facts
    fetch               a reading list -> a corpus, by way of Semantic Scholar

Each reader knows one kind of source, and nothing of the others.
"""
