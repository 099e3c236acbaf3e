"""Tests of `graph.interfaces`."""
