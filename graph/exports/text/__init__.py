"""Answers as text for a terminal, with nothing in them that a terminal would obey."""
