"""Retractions and other notices: from what sources say to the papers of a corpus.

.. code-block:: text

    statements         what a source says of one paper, before it is joined with a corpus
    retraction_watch   Retraction Watch's CSV, row by row
    download           the same from where it is published, of which nothing is kept but what is about a corpus
    crossref_updates   the update notices in records of Crossref
    read               a file, whichever of these it is
    own_file           ``retractions.csv`` in the folder of a corpus, which is joined whenever the corpus is made anew
    join               statements and a corpus -> a corpus with notices
"""
