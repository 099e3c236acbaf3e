"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from .fixtures import scholar, scholar_world

__all__ = ["client", "scholar", "scholar_world"]


@pytest.fixture
def client() -> Iterator[requests.Session]:
    """A client that uses no proxy."""
    with requests.Session() as session:
        session.trust_env = False
        yield session
