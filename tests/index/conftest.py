"""What the tests of the index share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def _compiled(request: pytest.FixtureRequest) -> None:
    """Among several workers, wait for the store that they share: the loops tested here are compiled with it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        request.getfixturevalue("whole")
