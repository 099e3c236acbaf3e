"""From a reading list to a corpus, by way of Semantic Scholar.

.. code-block:: text

    target           a paper to fetch
    targets          a file, whatever it is: an export, a reading list, lines of identifiers -> the papers to fetch
    preview          what was read, and what would be asked for
    title_match      whether what a title found is the paper
    crawl            what to request next, given the responses so far: pure
    to_corpus        what was found -> a corpus: pure
    fetched_list     a reading list of what was found
    report           what was found, what was not, and why, for people
    progress         how far the fetch is, on standard error
    observation      which observation a run goes on with, and what it set out to fetch
    others           what other services say of the same papers, each with a log of its own
    bridges          papers outside the list that several of it cite, whichever service says so: pure
    between          from one paper to another: what to request next, best first, and what came of it: pure
    ask_others       asks these services about the list, then about the bridges
    others_report    what they said, in lines for people
    estimates        about how many requests a fetch takes
    run              all of it, once
    typed            the kept responses as the records of the `semanticscholar` client
"""

from __future__ import annotations

from .crawl import FetchOptions
from .estimates import estimate
from .run import Fetched, fetch

__all__ = ["FetchOptions", "Fetched", "estimate", "fetch"]
