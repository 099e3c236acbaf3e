"""Printed lists of references, read from the files that papers are made of or kept as.

Nothing in a file is executed, expanded or fetched. What a list does not say stays unknown: a title is never guessed
from a journal, nor an identifier from a title.
"""
