"""Asking a service over HTTP: politely, to the end, and never twice.

.. code-block:: text

    request         what is asked, as a value
    outcomes        what came back, and what can be done about it: values
    rules           what must be known of a service
    usual           what is done about a refusal where a service has no rule of its own: pure
    bodies          the JSON of a response, without trusting it: pure
    rate_limit      how fast to send requests, and how long to wait: pure
    transport       the HTTP session: sends a request
    deadlines       an end for requests that never end
    response_cache  every response, kept on disk, so that nothing is requested twice
    client          gets each outcome: from the cache, or from the service

Only `transport` uses the network, and only `response_cache` the disk.
"""
