"""From a reading list to a corpus, by way of Semantic Scholar.

.. code-block:: text

    targets          a reading list, or lines of identifiers -> what to ask for
    reference_files  BibTeX, RIS and CSL-JSON -> the same
    crawl            what to ask next, given the answers so far: pure
    client           gets each answer: from the log, else from the service, politely
    to_corpus        the answers -> a corpus: pure
    report           what was found, what was not, and why, for people
    run              all of it, once
    typed            the kept answers as the records of the `semanticscholar` client
"""

from __future__ import annotations

from .crawl import FetchOptions
from .run import Fetched, estimate, fetch

__all__ = ["FetchOptions", "Fetched", "estimate", "fetch"]
