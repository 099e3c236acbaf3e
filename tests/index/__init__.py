"""Tests of `graph.index`."""
