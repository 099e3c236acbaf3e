"""The command line: a module a command, as a rule of its name, which is loaded when the command is asked for.

.. code-block:: text

    main           the group of all commands, which `main._COMMANDS` lists; errors become one line and an exit code
    lazy_group     a group that loads the module of a command when the command is needed
    context        what a command works on: the reading list, and the corpus or the store
    common         exit codes, and how an answer is printed
    usage_hints    what to do about a word, an option or a value that a command does not take
    options        options that several commands have
    verbosity      the options -v and -vv
    completion     the command `completion`, and what completes the name of a paper
    help_text      the help, laid out for the terminal
    terminal, pager, theme_colours   what a terminal can show: width, colours, one page after the other
    safe_stream    standard output and standard error, which no text of a paper can take over
    patience       what a person is told who waits for an answer
    ask_scholar    options of the commands that ask Semantic Scholar about papers
    fetch_services which services a fetch asks, and the keys for them
    bulk_common    what the commands `bulk ...` share
"""
