"""Tests of `graph.exports`."""
