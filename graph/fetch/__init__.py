"""From a reading list to a corpus, by way of Semantic Scholar.

.. code-block:: text

    wanted         a reading list, or lines of identifiers -> what to ask for
    libraries      BibTeX, RIS and CSL-JSON -> the same
    conversation   what to ask next, given the answers so far: pure
    asker          gets each answer: from the log, else from the service, politely
    harvest        the answers -> a corpus: pure
    report         what was found, what was not, and why, for people
    run            all of it, once
    typed          the kept answers as the records of the `semanticscholar` client
"""

from __future__ import annotations

from .conversation import Aims
from .run import Fetched, estimate, fetch

__all__ = ["Aims", "Fetched", "estimate", "fetch"]
