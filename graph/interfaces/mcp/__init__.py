"""A lineage for agents: tools of the Model Context Protocol that answer as the commands do.

.. code-block:: text

    bounded   an answer cut to a size, with what was left out and how to get it
    folders   the folders that may be written to, and nothing outside them
    questions the questions: names in, the values of ``--json`` out
    tools     the tools: typed parameters, read-only marks, faults with their remedy
    server    tools and resources as one server, over standard input and output

It needs the extra ``[mcp]``; nothing else of the package imports it.
"""
