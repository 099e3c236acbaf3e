"""Semantic Scholar's Graph API: what to request, what a response means, and how to keep it.

.. code-block:: text

    service         its address, its pace, and what its answers mean
    endpoints       what can be requested, as values
    retry_policy    maps a response to an action: pure
    paper_rows      papers and citations as the service writes them -> values: pure
    responses       bytes -> pages of these: pure
    pagination      reads one list page by page, as a state machine: pure
    nested_lists    reads the lists of many papers in one request, and tells which did not come whole
    date_windows    ranges of days, for lists that are longer than the service lists at once
    to_records      papers and lists -> records

    client           the `semanticscholar` client over our requests, with a corpus as its cache
    requester        what it sends its requests with
    client_requests  what it asks for -> requests: pure
    client_rules     what the answers to it mean: pure
    typed_rows       JSON that its records can be made of: pure

What `client` does not need is pure: `graph.sources.http` sends the requests and keeps the responses.
"""
