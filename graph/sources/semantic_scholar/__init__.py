"""Semantic Scholar's Graph API: what to request, what a response means, and how to keep it.

.. code-block:: text

    endpoints       what can be requested, as values
    transport       the HTTP session: sends a request
    rate_limit      how fast to send requests, and how long to wait: pure
    retry_policy    maps a response to an action: pure
    paper_rows      papers and citations as the service writes them -> values: pure
    responses       bytes -> pages of these: pure
    response_cache  every response, kept on disk, so that nothing is requested twice
    pagination      reads one list page by page, as a state machine: pure
    date_windows    ranges of days, for lists that are longer than the service lists at once
    to_records      papers and lists -> records

Only `transport` uses the network, and only `response_cache` the disk.
"""
