"""Tests of `graph.analysis.measures`."""
