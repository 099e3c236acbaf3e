"""A lineage for agents: tools of the Model Context Protocol that answer as the commands do.

.. code-block:: text

    tools        the questions: a method for each, whose annotations are the schema of its tool
    arguments    arguments that several tools take, each with what an agent is told of it
    calls        how tools are called: answers of bounded size, the rest page by page
    strict_tool  a tool that refuses an argument it does not know
    faults       what an agent is told when a call is refused
    truncate     an answer cut to a size, with what was left out and how to get it
    app          the view that draws an answer about paths in a chat
    quoted       what is said of texts from papers: they are data
    exporting    the tools that export
    fetching     the tool that uses the network
    sandbox      the folder that may be written to, and nothing outside it
    server       tools and resources as one server, over standard input and output

It needs the extra ``[mcp]``; nothing else of the package imports it.
"""
