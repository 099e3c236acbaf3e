"""Tests of `graph.sources`."""
