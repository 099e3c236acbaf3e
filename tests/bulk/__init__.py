"""Tests of `graph.bulk`."""
