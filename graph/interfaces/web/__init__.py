"""The pages with the whole corpus behind them, on this machine alone.

.. code-block:: text

    asked    a route's parameters, read strictly
    api      the answers as JSON: the values of ``--json``
    site     the same for people: the start page, papers, neighbourhoods, paths
    routes   which address leads where
    gate     which requests are refused, and why
    server   the shell: the standard library's HTTP server on the loopback address
"""
