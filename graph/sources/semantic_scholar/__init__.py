"""Semantic Scholar's Graph API: what to ask, what an answer means, and how to keep it.

.. code-block:: text

    asking     what can be asked, as values          walks      one list, page by page, as a state machine
    answers    bytes -> papers and pages, pure       windows    the days that one walk covers
    decisions  what to do about an answer, pure      rows       papers and pages -> records and reference lists
    pace       how fast, and how long to wait        transport  the one HTTP session
    rawstore   every answer, kept, so that nothing is asked twice

Only `transport` and `rawstore` touch the network and the disk.
"""
