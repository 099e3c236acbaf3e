"""Fixtures for test files: a conftest that imports them, and names them in ``__all__``, makes them available."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.model.corpus import Corpus

from .server import ScholarService, serving
from .world import ScholarWorld

Start = Callable[..., ScholarService]


@pytest.fixture(scope="session")
def scholar_world(corpus: Corpus) -> ScholarWorld:
    """The world of the shipped snapshot."""
    return ScholarWorld.from_corpus(corpus)


@pytest.fixture
def scholar(request: pytest.FixtureRequest) -> Iterator[Start]:
    """Start services that stop when the test ends: ``scholar()``, ``scholar(world, faults=[...])``.

    Without a world it serves the shipped snapshot. The options are those of `ScholarService`.
    """
    with contextlib.ExitStack() as running:

        def start(world: ScholarWorld | None = None, **options: Any) -> ScholarService:
            served = request.getfixturevalue("scholar_world") if world is None else world
            return running.enter_context(serving(served, **options))

        yield start
