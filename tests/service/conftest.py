"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests


@pytest.fixture
def client() -> Iterator[requests.Session]:
    """A client that uses no proxy."""
    with requests.Session() as session:
        session.trust_env = False
        yield session
