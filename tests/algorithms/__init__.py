"""Tests of `graph.algorithms`."""
