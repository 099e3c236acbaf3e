"""What holds the behaviour of the project still while its inside is rebuilt; see `tests.recorded_answers`.

Nothing here knows a module of `graph` beyond its doors: the command, and the names that a notebook imports.
"""
