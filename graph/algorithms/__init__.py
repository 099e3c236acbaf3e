"""Algorithms on directed graphs that know nothing of papers: paths, counts, itineraries, traversals, searches."""
