"""The pages with the whole corpus behind them, on this machine alone.

.. code-block:: text

    parameters     the parameters of an address, read strictly
    html_pages     the answers for people: the start page, papers, neighbourhoods, paths
    frame          what surrounds every page
    routes         which address is answered by what; the answers as JSON
    request_guard  which requests are refused, and why
    server         the standard library's HTTP server on the loopback address
"""
