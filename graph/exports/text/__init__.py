"""One module for each kind of answer: its text, without anything that a terminal would obey, and its JSON value."""
