"""Tests of what surrounds the package: its documentation and how it is packaged."""
