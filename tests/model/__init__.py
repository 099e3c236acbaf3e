"""Tests of `graph.model`."""
