"""Algorithms on directed graphs: paths, their counts, components, dominators, traversal weights, main path searches."""
