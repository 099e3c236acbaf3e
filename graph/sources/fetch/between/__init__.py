"""From A to B for any two papers: a corpus that grows from both ends towards each other.

.. code-block:: text

    score        how promising it is to read the list of a paper: pure
    frontier     one end: what was met from there, what is read, what is next
    long_list    a list that is too long for one request, page by page
    known_paths  the citations known so far, and the paths that they make
    budget       a number of requests, kept to the request
    search       from A to B, best first
    findings     what a search found, what it left, and how sure it is: values
    grow         the whole question as one crawl: its papers, and a search for each part of the path
    report       what was found, for people and for programs

All of it is pure: `graph.sources.fetch` gets the answers and keeps them.
"""
