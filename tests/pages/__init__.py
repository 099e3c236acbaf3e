"""Tests of `graph.pages`."""
