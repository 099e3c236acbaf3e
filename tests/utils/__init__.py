"""Tests of `graph.utils`."""
