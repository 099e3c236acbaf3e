"""Who cites whom, read from services, printed lists and files, and joined into one corpus.

Each reader knows one kind of source, and nothing of the others.
"""
